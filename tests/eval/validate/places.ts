import type { Path } from "#src/home/automation/automation.ts";

/** `… @ data['action'][2]['service']`: the place that Home Assistant names; `undefined` when it names none. */
export function placeIn(said: string): Path | undefined {
  const [, steps] = / @ data((?:\[[^\]]+\])*)$/.exec(said) ?? [];
  if (steps === undefined) return undefined;
  return [...steps.matchAll(/\['([^']*)'\]|\[(\d+)\]/g)].map(
    ([, key, index]) => key ?? Number(index),
  );
}

const TOP = new Set(["trigger", "triggers", "condition", "conditions", "action", "actions"]);
const SAME_KEY: Readonly<Record<string, string>> = {
  triggers: "trigger",
  conditions: "condition",
  actions: "action",
  platform: "trigger",
  service: "action",
};

/** Old and new names of a key are one; what is not in a list is its first and only item. */
function normalize(path: Path, raw: unknown): string[] {
  const steps: string[] = [];
  let value = raw;
  for (const [index, step] of path.entries()) {
    if (typeof step === "number" && !Array.isArray(value)) continue; // Home Assistant made a list of it
    value = valueAt(value, step);
    const key = String(step);
    const inAction = index > 0 && key === "conditions" ? key : (SAME_KEY[key] ?? key);
    steps.push(inAction);
  }
  return steps;
}

/** The value under a key, also when it is written there by its other name. */
function valueAt(value: unknown, step: string | number): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const source = value as Record<string, unknown>; // lists are asked by number only
  const other = Object.entries(SAME_KEY).flat();
  const names = [String(step), ...(other.includes(String(step)) ? namesOf(String(step)) : [])];
  return source[names.find((name) => name in source) ?? ""];
}

const namesOf = (key: string) =>
  Object.entries(SAME_KEY)
    .filter((names) => names.includes(key))
    .flat();

/**
 * Whether a problem is where Home Assistant says. Its second stage names a place within a trigger only, and a
 * schema that tries alternatives stops above the culprit: a place within the one it names is as right.
 */
export function isThere(raw: unknown, { said, found }: { said: Path; found: Path }): boolean {
  const ours = normalize(found, raw);
  const [first] = said;
  const relative =
    said.length > 0 &&
    !(TOP.has(String(first)) && typeof said[1] === "number") &&
    !isTopKey(raw, said);
  if (relative) return TOP.has(String(found[0])) && endsWith(ours, said);
  const theirs = normalize(said, raw);
  const same = theirs.every((step, index) => step === ours[index]);
  return same && (ours.length === theirs.length || theirs.length > 1);
}

const isTopKey = (raw: unknown, said: Path) =>
  said.length === 1 &&
  (typeof raw !== "object" || raw === null || String(said[0]) in raw || TOP.has(String(said[0])));

function endsWith(ours: readonly string[], said: Path): boolean {
  const theirs = said.map(String);
  const bare = theirs.filter((step) => !/^\d+$/.test(step));
  return [theirs, bare].some((steps) =>
    steps.every((step, index) => step === ours[ours.length - steps.length + index]),
  );
}

/** Where two configurations begin to differ: the place of the one change between them. */
export function firstDifference(one: unknown, other: unknown, path: Path = []): Path | undefined {
  if (Object.is(one, other)) return undefined;
  const isBox = (value: unknown) => typeof value === "object" && value !== null;
  if (!isBox(one) || !isBox(other) || Array.isArray(one) !== Array.isArray(other)) return path;
  const keys = new Set([...Object.keys(one as object), ...Object.keys(other as object)]);
  const differences = [...keys].flatMap((key) => {
    const step = Array.isArray(one) ? Number(key) : key;
    const inner = firstDifference((one as never)[key], (other as never)[key], [...path, step]);
    return inner ? [inner] : [];
  });
  return differences.length > 1 ? path : differences[0];
}

/** Whether a place is where a change was made: at it, within it, or right around it. */
export function isAround(changed: Path, found: Path): boolean {
  const shared = Math.min(changed.length, found.length);
  return (
    found.length >= changed.length - 1 &&
    changed.slice(0, shared).every((step, index) => step === found[index])
  );
}
