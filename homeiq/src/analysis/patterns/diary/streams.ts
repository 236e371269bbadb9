import type { Act } from "../acts/acts.ts";
import { createHouseDays, type HouseDays } from "../house-days/house-days.ts";
import type { Household } from "../pattern.ts";

/** All of one kind on the days that people lived at home, in order of time; the lists run in parallel. */
export interface DiaryStream {
  readonly entityId: string;
  readonly to: string;
  /** A sensor saw somebody: it begins habits, but is none. */
  readonly isTrace: boolean;
  readonly acts: readonly Act[];
  /** Milliseconds since the epoch. */
  readonly at: Float64Array;
  readonly day: Int32Array;
  /** Since the day began, on the wall's clock. */
  readonly minute: Float64Array;
}

/** What people did and what sensors saw of them, each at its day and minute. */
export interface Diary {
  readonly days: HouseDays;
  /** Whole days on which somebody did something, in order. */
  readonly lived: readonly number[];
  /** What people did, in the order of their first act; then what sensors saw. */
  readonly streams: readonly DiaryStream[];
}

/** `isEnough`: streams with fewer acts are left out. */
export function createDiary(household: Household, isEnough: number): Diary {
  const days = createHouseDays(household);
  const lived = livedDays(household, days);
  const eligible = new Set(lived);
  const place = (acts: readonly Act[], isTrace: boolean) =>
    kindsOf(acts)
      .filter((some) => some.length >= isEnough)
      .map((some) => placed(some, { days, eligible, isTrace }))
      .filter(({ acts: { length } }) => length >= isEnough);
  return {
    ...{ days, lived },
    streams: [...place(household.acts, false), ...place(household.traces ?? [], true)],
  };
}

function livedDays({ acts, from, to }: Household, days: HouseDays): number[] {
  const [first, last] = [days.placeOf(from), days.placeOf(to)];
  const seen = new Set(acts.map(({ at }) => days.placeOf(at).day));
  return [...seen]
    .filter((day) => (first.minute === 0 ? day >= first.day : day > first.day) && day < last.day)
    .sort((one, other) => one - other);
}

/** Without a key made of both names for each act: there may be millions. */
function kindsOf(acts: readonly Act[]): Act[][] {
  const known = new Map<string, Map<string, Act[]>>();
  const kinds: Act[][] = [];
  for (const act of acts) {
    const ofEntity = known.get(act.entityId) ?? new Map<string, Act[]>();
    if (ofEntity.size === 0) known.set(act.entityId, ofEntity);
    const same = ofEntity.get(act.to);
    if (same) same.push(act);
    else {
      const kind = [act];
      ofEntity.set(act.to, kind);
      kinds.push(kind);
    }
  }
  return kinds;
}

interface Placing {
  readonly days: HouseDays;
  readonly eligible: ReadonlySet<number>;
  readonly isTrace: boolean;
}

function placed(all: readonly Act[], { days, eligible, isTrace }: Placing): DiaryStream {
  const places = all.map(({ at }) => days.placeOf(at));
  const kept = places.map(({ day }) => eligible.has(day));
  const acts = all.filter((_, n) => kept[n]);
  const own = places.filter((_, n) => kept[n]);
  const [{ entityId, to }] = all as [Act];
  return {
    ...{ entityId, to, isTrace, acts },
    at: Float64Array.from(acts, ({ at }) => at),
    day: Int32Array.from(own, ({ day }) => day),
    minute: Float64Array.from(own, ({ minute }) => minute),
  };
}
