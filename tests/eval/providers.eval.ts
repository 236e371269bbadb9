import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { AppError, toAppError } from "#src/foundation/errors.ts";
import type { Reply } from "#src/foundation/http.ts";
import { type Measure, measured, withoutData } from "../../tools/bars.ts";
import { root } from "../../tools/root.ts";
import { READERS, type Reader } from "./providers/readers.ts";

const UNDERSTOOD = {
  bar: "files of vendors that give values or the right kind of error",
  unit: "%",
  limit: 100,
  direction: "min",
} as const;
const UNCLASSIFIED = {
  bar: "files of vendors that throw something unclassified",
  unit: "files",
  limit: 0,
  direction: "max",
} as const;

/** What a file came to. */
interface Verdict {
  readonly file: string;
  readonly isRight: boolean;
  readonly isUnclassified: boolean;
  readonly text: string;
}

/** Runs each vendor's reader over the bodies of `DIR/<vendor>/…`; a status is what a name begins with. */
const measure: Measure = async ({ dataFolder }) => {
  const folder = dataFolder ?? join(root, "../shared/data/providers");
  if (!existsSync(folder)) {
    const reason = `there is no ${folder}`;
    return { bars: [withoutData(UNDERSTOOD, reason), withoutData(UNCLASSIFIED, reason)] };
  }
  const verdicts: Verdict[] = [];
  const skipped: string[] = [];
  for (const path of filesOf(folder)) {
    const file = relative(folder, path);
    const readers = readersOf(file);
    if (readers.length === 0) skipped.push(file);
    else verdicts.push(judge(file, readFileSync(path), readers));
  }
  for (const { file, isRight, text } of verdicts) {
    process.stdout.write(`${isRight ? "ok    " : "failed"}  ${file}: ${text}\n`);
  }
  if (skipped.length > 0) {
    process.stdout.write(`failed  no reader (${skipped.length}): ${skipped.join(", ")}\n`);
  }
  const right = verdicts.filter(({ isRight }) => isRight).length;
  return {
    bars: [
      measured(UNDERSTOOD, (100 * right) / (verdicts.length + skipped.length)),
      measured(UNCLASSIFIED, verdicts.filter(({ isUnclassified }) => isUnclassified).length),
    ],
  };
};

export default measure;

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^(readme|license)/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

const readersOf = (file: string) =>
  READERS.filter(
    ({ folder, files }) =>
      (file === folder || file.startsWith(`${folder}/`)) && (files?.test(basename(file)) ?? true),
  );

/** `429-limit.json` comes with 429; a body without a status comes with 200. */
function judge(file: string, body: Buffer, readers: readonly Reader[]): Verdict {
  const named = /^([1-5]\d\d)\b/.exec(basename(file))?.[1];
  const status = Number(named ?? 200);
  const reply: Reply = { status, text: body.toString("utf8") };
  const tries = readers.map((reader) => tryOne(reader, reply));
  const best = tries.find(({ isValue }) => isValue) ?? tries[0];
  const expected = expectedOf(file, status);
  const isRight = tries.some((one) => expected.includes(one.kind));
  return {
    file,
    isRight,
    isUnclassified: tries.every(({ isUnclassified }) => isUnclassified),
    text: isRight ? (best?.text ?? "") : `${best?.text} (expected ${expected.join(" or ")})`,
  };
}

function tryOne({ name, read }: Reader, reply: Reply) {
  try {
    const facts = read(reply);
    return { kind: "values", isValue: true, isUnclassified: false, text: `${name} ${show(facts)}` };
  } catch (thrown) {
    const { kind, code, message } = toAppError(thrown);
    const isUnclassified = !(thrown instanceof AppError) || code === "foundation.unexpected";
    return { kind, isValue: false, isUnclassified, text: `${name} ${kind} ${code}: ${message}` };
  }
}

/** What a name says of its content; a plain one holds values. */
function expectedOf(file: string, status: number): readonly string[] {
  const name = basename(file).toLowerCase();
  if (status === 401 || status === 403) return ["unconfigured"];
  if (status === 429 || status === 408 || status >= 500) return ["unavailable"];
  if (status >= 400) return ["internal", "unconfigured", "unavailable"];
  if (/corrupt|truncat|malformed|invalid|html|drift|broken/.test(name)) {
    return ["internal", "unconfigured", "unavailable"];
  }
  if (/empty|not_found|error/.test(name))
    return ["values", "internal", "unconfigured", "unavailable"];
  return ["values"];
}

function show(facts: unknown): string {
  const text = JSON.stringify(facts) ?? String(facts);
  return text.length > 160 ? `${text.slice(0, 160)}… (${text.length} characters)` : text;
}
