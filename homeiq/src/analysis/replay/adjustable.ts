import type { Edit, Json, Parsed, Path } from "#home/automation/automation.ts";

/** A number in an automation that one can ask "what if it were another" about. */
export interface Adjustable {
  /** In the typed form, as `vary` wants it: it names this place. */
  readonly path: Path;
  readonly field: "above" | "below" | "for" | "at" | "after" | "before" | "delay" | "timeout";
  /** `number` in the entity's unit; `duration` in milliseconds; `time` in milliseconds after midnight. */
  readonly kind: "number" | "duration" | "time";
  readonly value: number;
  /** Whose number it is, when it is about entities. */
  readonly entityIds: readonly string[];
  /** In the written configuration. */
  readonly at: Path;
}

const NUMBERS = ["above", "below"] as const;
const DURATIONS = ["for", "delay", "timeout"] as const;
const TIMES = ["after", "before"] as const;
/** What holds no triggers, conditions or actions. */
const CLOSED = new Set(["extra", "metadata", "variables", "triggerVariables", "data", "options"]);

/** Thresholds, lengths of time and times of day, in the order of reading. */
export function adjustablesOf(
  { value, pathOf }: Pick<Parsed<unknown>, "value" | "pathOf">,
  written: Json,
): Adjustable[] {
  const found: Adjustable[] = [];
  const search = (node: unknown, path: Path): void => {
    if (typeof node !== "object" || node === null) return;
    if (Array.isArray(node)) {
      for (const [index, one] of node.entries()) search(one, [...path, index]);
      return;
    }
    const stood = pathOf(node);
    if (stood) found.push(...adjustablesIn(node as Fields, { path, stood, written }));
    for (const [key, inner] of Object.entries(node)) {
      if (!CLOSED.has(key)) search(inner, [...path, key]);
    }
  };
  search(value, []);
  return found;
}

type Fields = Readonly<Record<string, unknown>>;
interface Place {
  readonly path: Path;
  readonly stood: Path;
  readonly written: Json;
}

function adjustablesIn(node: Fields, { path, stood, written }: Place): Adjustable[] {
  const entityIds = Array.isArray(node.entityIds) ? node.entityIds.map(String) : [];
  const common = { entityIds };
  const numbers = NUMBERS.flatMap((field): Adjustable[] => {
    const value = node[field];
    if (typeof value !== "number") return [];
    return [
      { ...common, field, kind: "number", value, path: [...path, field], at: [...stood, field] },
    ];
  });
  const lengths = [...DURATIONS, ...TIMES].flatMap((field): Adjustable[] => {
    const value = msOf(node[field]);
    if (value === undefined) return [];
    const kind = isTime(field) ? "time" : "duration";
    return [{ ...common, field, kind, value, path: [...path, field], at: [...stood, field] }];
  });
  const times = (Array.isArray(node.at) ? node.at : []).flatMap((time, index): Adjustable[] => {
    const value = msOf(time);
    if (value === undefined) return [];
    const own = [...stood, "at"];
    const at = Array.isArray(standingAt(written, own)) ? [...own, index] : own;
    return [{ ...common, field: "at", kind: "time", value, path: [...path, "at", index], at }];
  });
  return [...numbers, ...lengths, ...times];
}

const isTime = (field: string) => TIMES.some((one) => one === field);

const msOf = (value: unknown): number | undefined =>
  typeof value === "object" && value !== null && "ms" in value && typeof value.ms === "number"
    ? value.ms
    : undefined;

function standingAt(written: Json, path: Path): unknown {
  let found: unknown = written;
  for (const step of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}

/** A value as the typed form holds it. */
export const typedValue = ({ kind }: Adjustable, value: number) =>
  kind === "number" ? value : { ms: value };

/** What writes a value into a configuration. */
export const editFor = ({ kind, at }: Adjustable, value: number): Edit => ({
  path: at,
  value: kind === "number" ? value : clockText(value),
});

/** `HH:MM:SS`, as Home Assistant writes lengths of time and times of day. */
function clockText(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const two = (value: number) => String(value).padStart(2, "0");
  return [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map(two)
    .join(":");
}
