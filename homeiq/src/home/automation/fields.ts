import type { Fix } from "./problem.ts";
import { readNote, toJson } from "./read-json.ts";
import { type At, type Reading, removeKey, renameKey } from "./reading.ts";
import { nearest } from "./spelling.ts";
import type { Json, JsonMap, Path } from "./value.ts";

/** The keys of one mapping. What is asked for is known; what is left at the end is too much. */
export interface Fields {
  readonly path: Path;
  has(key: string): boolean;
  /** The value of a key, or `undefined` when it is not there. */
  get(key: string): At | undefined;
  /** The same without asking for it. */
  peek(key: string): unknown;
  /** Reads it when it is there. */
  pick<T>(key: string, read: (r: Reading, at: At) => T | undefined): T | undefined;
  /** Reads it, and reports when it is not there. Home Assistant names the missing key as the place. */
  must<T>(key: string, read: (r: Reading, at: At) => T | undefined): T | undefined;
  /** Home Assistant wants at most one of these. */
  atMostOne(...keys: string[]): void;
  /** Takes what Home Assistant drops or ignores here, so that it is not lost. */
  ignore(...keys: string[]): JsonMap | undefined;
  /** All that nobody asked for, when any key may stand here. */
  rest(): JsonMap;
  /** Reports what nobody asked for. `move` may know where else it belongs. */
  close(move?: (key: string, at: At) => Fix | undefined): void;
}

const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Opens a mapping; reports and gives `undefined` when it is none. `what` says it with an article: "a state trigger". */
export function openFields(r: Reading, at: At, what: string): Fields | undefined {
  if (!isMapping(at.value)) {
    r.error(
      at.path,
      "not_a_mapping",
      `${sentence(what)} must be a set of keys, not ${kindOf(at.value)}.`,
    );
    return undefined;
  }
  const entries = Object.entries(at.value).map(
    ([key, value]) => [key, { value, path: [...at.path, key] }] as const,
  );
  return fieldsOf(r, at.path, new Map(entries), what);
}

/** Fields from several mappings, as where `options` may hold what may also stand beside it. */
export function fieldsOf(
  r: Reading,
  path: Path,
  entries: ReadonlyMap<string, At>,
  what: string,
): Fields {
  const asked = new Set<string>();
  const get = (key: string) => {
    asked.add(key);
    return entries.get(key);
  };
  const left = () => [...entries].filter(([key]) => !asked.has(key));
  return {
    path,
    has: (key) => entries.has(key),
    get,
    peek: (key) => entries.get(key)?.value,
    pick(key, read) {
      const at = get(key);
      return at && read(r, at);
    },
    must(key, read) {
      const at = get(key);
      if (at) return read(r, at);
      const instead = nearest(
        key,
        [...entries.keys()].filter((other) => !asked.has(other)),
      );
      const meant = instead ? ` (\`${instead.word}\` may be meant)` : "";
      r.error([...path, key], "missing_key", `${sentence(what)} needs \`${key}\`${meant}.`, {
        facts: { key },
      });
      return undefined;
    },
    atMostOne(...keys) {
      const [first, second] = keys.filter((key) => entries.has(key));
      if (first === undefined || second === undefined) return;
      r.error(
        [...path, second],
        "two_keys",
        `\`${first}\` and \`${second}\` cannot both be given.`,
        {
          fix: { ...removeKey([...path, second]), score: 0.5 },
        },
      );
    },
    ignore(...keys) {
      const kept = keys.flatMap((key) => {
        const at = get(key);
        return at ? [[key, toJson(r, at)] as const] : [];
      });
      return kept.length > 0 ? Object.fromEntries(kept) : undefined;
    },
    rest() {
      const kept = left().map(([key, at]): [string, Json] => [key, toJson(r, at)]);
      for (const [key] of kept) asked.add(key);
      return Object.fromEntries(kept);
    },
    close(move) {
      for (const [key, at] of left()) {
        const free = [...asked].filter((known) => !entries.has(known));
        const moved = move?.(key, at);
        const meant = moved ? undefined : nearest(key, free);
        const renamed = meant && renameKey(at.path, meant.word, meant.score);
        r.error(
          at.path,
          "unknown_key",
          `\`${key}\` is not a key of ${what}${meant ? `; is \`${meant.word}\` meant?` : "."}`,
          {
            facts: { key, ...(meant && { meant: meant.word }) },
            fix: moved ?? renamed ?? { ...removeKey(at.path), score: 0.3 },
          },
        );
      }
    },
  };
}

const sentence = (what: string) => what.charAt(0).toUpperCase() + what.slice(1);

/** What a value is, for a person. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a set of keys";
  if (typeof value === "string") return "text";
  return typeof value === "number" ? "a number" : String(value);
}

/** What is given as one or as a list of several; each with where it stands. Nothing is no element. */
export function eachOf(at: At): At[] {
  if (at.value === null || at.value === undefined) return [];
  if (!Array.isArray(at.value)) return [at];
  return at.value.map((value, index) => ({ value, path: [...at.path, index] }));
}

/** `note`, which Home Assistant keeps for people and drops. */
export function readNoteOf(fields: Fields): JsonMap | undefined {
  const note = fields.pick("note", readNote);
  return note === undefined ? undefined : { note };
}
