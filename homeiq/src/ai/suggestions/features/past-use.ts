import { createLocalDays } from "#analysis/local-days/local-days.ts";
import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import type { PastMoment, PastReader } from "#ingest/history/reader/past-reader.ts";
import type { Ability, FeatureKind, Moment } from "./feature.ts";

export type FeaturePast = Pick<PastReader, "entities" | "visit" | "visitAll">;

/** What the past says of a feature that was never used. */
export interface NeverUsed {
  /** From when on it would be known. Milliseconds since the epoch. */
  readonly since: number;
  /** When it could have been of use. */
  readonly occasions: readonly number[];
}

export interface UsedBefore {
  /** `undefined`: it was used, or too little is known. */
  neverUsed(entity: HomeEntity, kind: FeatureKind, ability: Ability): NeverUsed | undefined;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const LEAST_DAYS = 30;
const MOST_DAYS = 90; // what was long ago says nothing of now
const LEAST_HEARD = 0.9; // of the changes; what was fetched later has no attributes
const NOT_HEARD = new Set(["unavailable", "unknown"]);

/** Looks through the recorded past for each feature of one entity; holds one entity's moments at a time. */
export function readUses(
  past: FeaturePast,
  { to, timeZone, people }: { to: number; timeZone: string; people: readonly string[] },
): UsedBefore {
  const keys = new Map(past.entities().map(({ entityId, key }) => [entityId, key]));
  const local = createLocalDays(timeZone);
  const minuteOf = (at: number) => local.wallTime(at).msOfDay / MINUTE_MS;
  let out: readonly Out[] | undefined;
  let last: { readonly name: string; readonly read: Told } | undefined;

  function toldOf(entityId: string, shows: FeatureKind["shows"]): Told {
    const name = `${entityId} ${shows}`;
    if (last?.name === name) return last.read;
    const key = keys.get(entityId);
    // A setting that nobody touches says nothing for years.
    const from = shows === "states" ? 0 : to - MOST_DAYS * DAY_MS;
    const span = { from, to };
    const read = key === undefined ? NOTHING : READERS[shows](past, key, span);
    last = { name, read };
    return read;
  }

  function outFor(lengthMs: number, since: number): number[] {
    const span = { from: to - MOST_DAYS * DAY_MS, to };
    out ??= outIn(
      past,
      people.flatMap((id) => keys.get(id) ?? []),
      span,
    );
    const long = out.filter(({ from, until }) => from >= since && until - from >= lengthMs);
    return long.map(({ from }) => from);
  }

  return {
    neverUsed(entity, { shows, toldBy, isUse, isOccasion, leastOccasions }, ability) {
      const { since, moments } = toldOf(entity.entityId, shows);
      if (since === undefined || to - since < LEAST_DAYS * DAY_MS) return undefined;
      const name = toldBy?.(entity);
      const says = ({ attributes }: Pick<Known, "attributes">) => attributes[name ?? ""] != null;
      if (name !== undefined && !says(entity) && !moments.some(says)) return undefined;
      const occasions = typeof isOccasion === "number" ? outFor(isOccasion, since) : [];
      for (const [place, one] of moments.entries()) {
        const before = moments[place - 1]?.state;
        const lastedMs = (moments[place + 1]?.at ?? to) - one.at;
        const moment: Moment = { ...one, before, lastedMs, minute: minuteOf(one.at) };
        if (isUse(moment, ability)) return undefined;
        if (typeof isOccasion === "function" && isOccasion(moment)) occasions.push(one.at);
      }
      return occasions.length < leastOccasions ? undefined : { since, occasions };
    },
  };
}

type Known = Pick<Moment, "at" | "state" | "attributes">;

interface Told {
  /** Absent: too little was heard as it happened. */
  readonly since?: number;
  readonly moments: readonly Known[];
}

const NOTHING: Told = { moments: [] };

const READERS: Readonly<
  Record<FeatureKind["shows"], (past: FeaturePast, key: number, span: Span) => Told>
> = {
  states(past, key, span) {
    const moments: Known[] = [];
    past.visit(key, span, (at, state) => moments.push({ at, state, attributes: {} }));
    const [first] = moments;
    return { moments, ...(first && { since: first.at }) };
  },

  /** From the first that was heard on, with its attributes as they were then. */
  attributes(past, key, span) {
    const moments: Known[] = [];
    let attributes: Readonly<Record<string, unknown>> = {};
    let fetched = 0;
    past.visitAll(key, span, ({ at, state, changedAttributes, meta }: PastMoment) => {
      if (meta.source !== undefined) {
        if (moments.length > 0) fetched += 1;
        return;
      }
      if (Object.keys(changedAttributes).length > 0) {
        attributes = { ...attributes, ...changedAttributes };
      }
      moments.push({ at, state, attributes });
    });
    const [first] = moments;
    const isHeard = moments.length / Math.max(1, moments.length + fetched) >= LEAST_HEARD;
    return first && isHeard ? { moments, since: first.at } : NOTHING;
  },
};

interface Out {
  readonly from: number;
  readonly until: number;
}

/** When all were out. */
function outIn(past: FeaturePast, people: readonly number[], span: Span): Out[] {
  const changes = people.flatMap((key) => {
    const own: { readonly at: number; readonly key: number; readonly isOut: boolean }[] = [];
    past.visit(key, span, (at, state) => {
      own.push({ at, key, isOut: state !== "home" && !NOT_HEARD.has(state) });
    });
    return own;
  });
  changes.sort((one, other) => one.at - other.at);
  const out = new Set<number>();
  const found: Out[] = [];
  let since: number | undefined;
  for (const { at, key, isOut } of changes) {
    if (isOut) out.add(key);
    else out.delete(key);
    if (out.size === people.length) since ??= at;
    else {
      if (since !== undefined) found.push({ from: since, until: at });
      since = undefined;
    }
  }
  return found;
}
