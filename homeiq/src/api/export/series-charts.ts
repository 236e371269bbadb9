import type { BandChart, Chart, LineChart } from "./export.ts";

/** As many as a printed line of 500 points can show. */
const LINE_BUCKETS = 240;
/** Instead of a state, where it changed too often to be seen. */
export const OFTEN = "changed often";
const MOST_IN_A_BUCKET = 2;
const NO_VALUE = new Set(["unavailable", "unknown"]);

interface Change {
  readonly entityId: string;
  readonly name: string;
  readonly at: number;
  readonly before?: string;
  readonly state?: string;
  readonly value?: number;
  readonly unit?: string;
}

interface Bucket {
  min: number;
  max: number;
  sum: number;
  n: number;
  readonly afterGap: boolean;
}

interface Span {
  readonly start: number;
  end: number;
  state: string;
}

interface Course {
  name: string;
  unit?: string;
  /** Of numbers; the rest is drawn as bands. */
  readonly buckets: Map<number, Bucket>;
  readonly spans: Span[];
  /** The bucket of the last change of state, and how many it had. */
  busy: { bucket: number; changes: number };
  lastValueAt: number;
  withoutValue: boolean;
  current: { start: number; state: string } | undefined;
}

interface Frame {
  readonly from: number;
  readonly to: number;
  /** So long without a value is a gap; absent: a value holds until the next one. */
  readonly gapAfterMs?: number;
}

/** The courses of a few entities over a period, gathered change by change, oldest first. */
export function createSeriesCharts({ from, to, gapAfterMs = Number.POSITIVE_INFINITY }: Frame) {
  const bucketMs = Math.max(1, Math.ceil((to - from) / LINE_BUCKETS));
  const courses = new Map<string, Course>();

  function courseOf({ entityId, name, before }: Change): Course {
    const known = courses.get(entityId);
    if (known) return known;
    // What it had been before the first change, it had been since the start of the period.
    const current = before === undefined ? undefined : { start: from, state: before };
    const course: Course = {
      name,
      buckets: new Map(),
      spans: [],
      busy: { bucket: -1, changes: 0 },
      lastValueAt: Number.POSITIVE_INFINITY,
      withoutValue: false,
      current,
    };
    courses.set(entityId, course);
    return course;
  }

  return {
    add(change: Change): void {
      const course = courseOf(change);
      if (change.unit) course.unit = change.unit;
      if (change.value !== undefined) addValue(course, change.at, change.value);
      else if (NO_VALUE.has(change.state ?? "")) course.withoutValue = true;
      addState(course, change.at, change.state);
    },

    charts(): Chart[] {
      const all = [...courses.values()];
      const numeric = all.filter(isNumeric);
      const others = all.filter((course) => !isNumeric(course));
      return [...numeric.map(toLine), ...(others.length > 0 ? [toBands(others)] : [])];
    },
  };

  function addValue(course: Course, at: number, value: number): void {
    const key = Math.floor((at - from) / bucketMs);
    const bucket = course.buckets.get(key);
    const afterGap = course.withoutValue || at - course.lastValueAt > gapAfterMs;
    course.lastValueAt = at;
    course.withoutValue = false;
    if (!bucket) {
      course.buckets.set(key, { min: value, max: value, sum: value, n: 1, afterGap });
      return;
    }
    bucket.min = Math.min(bucket.min, value);
    bucket.max = Math.max(bucket.max, value);
    bucket.sum += value;
    bucket.n += 1;
  }

  function addState(course: Course, at: number, state: string | undefined): void {
    const { current, spans, busy } = course;
    if (current?.state === state) return;
    const bucket = Math.floor((at - from) / bucketMs);
    course.busy = { bucket, changes: bucket === busy.bucket ? busy.changes + 1 : 1 };
    if (current && course.busy.changes <= MOST_IN_A_BUCKET) spans.push({ ...current, end: at });
    else if (current) blur(spans, at);
    course.current = state === undefined ? undefined : { start: at, state };
  }

  /** The last spans became too short to be seen: they are one, up to here. */
  function blur(spans: Span[], end: number): void {
    let last = spans.at(-1);
    const before = spans.at(-2);
    if (last && before?.state === OFTEN && last.end - last.start < bucketMs) {
      spans.pop();
      last = before;
    }
    if (!last) return;
    // What began long before stays as it was; its short tail is part of the blur.
    if (last.state !== OFTEN && last.end - last.start >= bucketMs) {
      spans.push({ start: last.end, end, state: OFTEN });
      return;
    }
    last.state = OFTEN;
    last.end = end;
  }

  function toLine({ name, unit, buckets }: Course): LineChart {
    return {
      kind: "line",
      title: name,
      ...(unit ? { unit } : {}),
      from,
      to,
      bucketMs,
      points: [...buckets]
        .sort(([one], [other]) => one - other)
        .map(([key, { min, max, sum, n, afterGap }]) => ({
          start: from + key * bucketMs,
          min,
          max,
          mean: sum / n,
          afterGap,
        })),
    };
  }

  function toBands(all: readonly Course[]): BandChart {
    const rows = all.map(({ name, spans, current }) => ({
      name,
      spans: current ? [...spans, { ...current, end: to }] : spans,
    }));
    return { kind: "bands", title: "States over time", from, to, rows };
  }
}

const isNumeric = ({ buckets, spans }: Course) =>
  buckets.size > 0 && (buckets.size > 1 || spans.every(({ state }) => NO_VALUE.has(state)));
