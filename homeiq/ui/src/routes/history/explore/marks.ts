import type { CauseKind } from "#lib/api.ts";
import type { EntityHistory, Range } from "#lib/history-api.ts";

/** Changes by somebody or something, so near to each other that one finger covers them. */
export interface Mark extends Range {
  readonly x: number;
  readonly count: number;
  /** Of the most of them. */
  readonly kind: CauseKind;
}

/** What may stand alone: everybody who acts. A device that reports is no mark. */
const ACTING = new Set<CauseKind>([
  "person_dashboard",
  "person_voice",
  "physical",
  "automation",
  "script",
  "scene",
]);

const TOUCHING = 0.8; // of the distance; nearer, at the right edge, two become one

export function toMarks(
  causes: EntityHistory["causes"],
  {
    view,
    toX,
    apart,
    furthest,
  }: {
    readonly view: Range;
    readonly toX: (at: number) => number;
    /** The least distance of two marks, in pixels. */
    readonly apart: number;
    /** How far right a mark may stand. */
    readonly furthest: number;
  },
): Mark[] {
  const groups: { left: number; found: (readonly [number, CauseKind])[] }[] = [];
  for (const one of causes ?? []) {
    const [at, kind] = one;
    if (!ACTING.has(kind) || at < view.from || at > view.to) continue;
    const x = toX(at);
    const last = groups.at(-1);
    if (last && x - last.left < apart) last.found.push(one);
    else groups.push({ left: x, found: [one] });
  }
  const marks: Mark[] = [];
  let stood: (readonly [number, CauseKind])[] = [];
  for (const { found } of groups) {
    const before = marks.at(-1);
    const middle = middleOf(found, toX);
    const x = Math.min(furthest, Math.max(middle, before ? before.x + apart : middle));
    const isApart = !before || x - before.x >= apart * TOUCHING;
    if (!isApart) marks.pop();
    stood = isApart ? found : [...stood, ...found];
    marks.push(toMark(stood, isApart ? x : before.x));
  }
  return marks;
}

const middleOf = (found: readonly (readonly [number, CauseKind])[], toX: (at: number) => number) =>
  (toX(found[0]?.[0] ?? 0) + toX(found.at(-1)?.[0] ?? 0)) / 2;

function toMark(found: readonly (readonly [number, CauseKind])[], x: number): Mark {
  const [from = 0] = found[0] ?? [];
  const [to = 0] = found.at(-1) ?? [];
  return { from, to, x, count: found.length, kind: mostOf(found) };
}

function mostOf(found: readonly (readonly [number, CauseKind])[]): CauseKind {
  const counts = Map.groupBy(found, ([, kind]) => kind);
  const [most] = [...counts].sort(([, one], [, other]) => other.length - one.length);
  return most?.[0] ?? "unknown";
}
