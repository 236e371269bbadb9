import type { Edit, Fix, Problem, Severity } from "./problem.ts";
import type { Purpose } from "./purpose.ts";
import type { Path } from "./value.ts";

/** What a parser may know beside the configuration. All is optional. */
export interface ParseOptions {
  /** From `readYaml`, so that problems tell their line. */
  readonly lineOf?: (path: Path) => number | undefined;
  /** `"2026.11.0"`. Absent: everything that any version accepts is accepted. */
  readonly haVersion?: string;
  /** Purpose-specific triggers that are announced. Absent: any key with a dot is believed. */
  readonly triggerKeys?: ReadonlyMap<string, Purpose>;
  readonly conditionKeys?: ReadonlyMap<string, Purpose>;
  /** What is wrong with the syntax of a template, in words; `undefined` when nothing is. */
  readonly checkTemplate?: (text: string) => string | undefined;
}

/** What a parser found. It never throws on what it is given. */
export interface Parsed<T> {
  /** Absent when there is an error. */
  readonly value?: T;
  readonly problems: readonly Problem[];
  /** Where a trigger, condition, action or choice of the value stood in the source. */
  pathOf(node: object): Path | undefined;
}

/** A value and where it stands. */
export interface At {
  readonly value: unknown;
  readonly path: Path;
}

/** One run of a parser: what it knows and what it found so far. */
export interface Reading {
  readonly options: ParseOptions;
  readonly problems: readonly Problem[];
  /** Whether the source names its keys as before Home Assistant 2024.10: `platform`, `service`. */
  readonly oldKeys: boolean;
  error(path: Path, what: string, message: string, more?: More): void;
  warn(path: Path, what: string, message: string, more?: More): void;
  hint(path: Path, what: string, message: string, more?: More): void;
  /** Remembers where a node stood, and hands it back. */
  keep<T extends object>(node: T, path: Path): T;
  /** Reads the whole, and says what was found. */
  finish<T>(read: (r: Reading) => T | undefined): Parsed<T>;
}

type More = { readonly fix?: Fix; readonly facts?: Problem["facts"] };

export function createReading(options: ParseOptions, oldKeys = false): Reading {
  const problems: Problem[] = [];
  const paths = new WeakMap<object, Path>();
  const report =
    (severity: Severity) =>
    (path: Path, what: string, message: string, { fix, facts }: More = {}) => {
      const line = options.lineOf?.(path);
      problems.push({
        code: `schema.${what}`,
        stage: "schema",
        severity,
        path,
        ...(line !== undefined && { line }),
        message,
        ...(facts && { facts }),
        ...(fix && { fix }),
      });
    };
  const reading: Reading = {
    options,
    problems,
    oldKeys,
    error: report("error"),
    warn: report("warning"),
    hint: report("hint"),
    keep(node, path) {
      paths.set(node, path);
      return node;
    },
    finish(read) {
      const value = notTooDeep(reading, read);
      const failed = problems.some((problem) => problem.severity === "error");
      return {
        ...(value !== undefined && !failed && { value }),
        problems,
        pathOf: (node) => paths.get(node),
      };
    },
  };
  return reading;
}

function notTooDeep<T>(r: Reading, read: (r: Reading) => T | undefined): T | undefined {
  try {
    return read(r);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // the stack is full: thousands of levels
    r.error([], "too_deep", "This is nested too deeply.");
    return undefined;
  }
}

/** Writes another value in the place of this one. */
export const replaceBy = (path: Path, value: unknown, score?: number): Fix => ({
  words: `Write \`${typeof value === "string" ? value : JSON.stringify(value)}\``,
  edits: [{ path, value }],
  ...(score !== undefined && { score }),
});

/** Gives a key another name. */
export const renameKey = (path: Path, renameTo: string, score?: number): Fix => ({
  words: `Write \`${renameTo}\` instead of \`${String(path.at(-1))}\``,
  edits: [{ path, renameTo }] satisfies Edit[],
  ...(score !== undefined && { score }),
});

export const removeKey = (path: Path): Fix => ({
  words: `Remove \`${String(path.at(-1))}\``,
  edits: [{ path, remove: true }],
});

/** The same object without the fields that are `undefined`. */
export function given<T extends object>(fields: T): Given<T> {
  const kept = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as Given<T>; // the filter is exactly what the type says
}
type Given<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };
