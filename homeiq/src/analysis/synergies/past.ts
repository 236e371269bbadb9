import type { Cycle, ValueSlot } from "#analysis/load-shifting/load-shifting.ts";
import { createLocalDays, type LocalDays } from "#analysis/local-days/local-days.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import { common, type Stretch } from "./stretches.ts";
import type { Estimate } from "./synergy.ts";

/** An entity in a state from this moment on. */
export interface Step {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly state: string;
  readonly byPeople: boolean;
}

/** What was measured in an hour. */
export interface HourValue {
  readonly start: number;
  readonly end: number;
  /** The mean over time. */
  readonly value: number;
}

/** The hours of the wall's clock in which people do least; over midnight where `from` is later. */
export interface Night {
  readonly fromHour: number;
  readonly toHour: number;
}

/** The last weeks of a home, of what synergies are looked for in. */
export interface Past {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  /** In order of time; the first may be of `from`. */
  readonly steps: ReadonlyMap<string, readonly Step[]>;
  readonly hours: ReadonlyMap<string, readonly HourValue[]>;
  /** Of appliances with a power sensor, by the sensor. */
  readonly cycles: ReadonlyMap<string, readonly Cycle[]>;
  /** Money and grams of CO2 of a kWh; absent without a source. */
  readonly prices?: readonly ValueSlot[];
  readonly carbon?: readonly ValueSlot[];
  /** What the house took from the grid, W, below zero what it gave; absent without panels and a meter that shows it. */
  readonly grid?: readonly ValueSlot[];
  /** What devices draw while they are on, as measured. */
  readonly watts: ReadonlyMap<string, Estimate>;
  /** Absent where people did too little to say. */
  readonly night?: Night;
}

const NOT_KNOWN = new Set(["unavailable", "unknown"]);

/** When an entity was in one of the states; at the end of what is known a stretch ends as well. */
export function stretchesOf(
  { steps, to }: Pick<Past, "steps" | "to">,
  entityId: string,
  isSo: (state: string) => boolean,
): Stretch[] {
  const found: { from: number; until: number }[] = [];
  const all = steps.get(entityId) ?? [];
  for (const [place, { at, state }] of all.entries()) {
    if (!isSo(state)) continue;
    const until = all[place + 1]?.at ?? to;
    const last = found.at(-1);
    if (last?.until === at) last.until = until;
    else if (until > at) found.push({ from: at, until });
  }
  return found;
}

const LEAST_AWAY_MS = 30 * MINUTE_MS; // who is at the mailbox is not away

/** When it is known of everybody that they are not at home. */
export function awayOf(past: Past, people: readonly string[]): Stretch[] {
  const known = people.filter((id) => past.steps.has(id));
  if (known.length === 0) return [];
  const all = known
    .map((id) => stretchesOf(past, id, (state) => state !== "home" && !NOT_KNOWN.has(state)))
    .reduce(common);
  return all.filter(({ from, until }) => until - from >= LEAST_AWAY_MS);
}

/** The nights of the span, one stretch each. */
export function nightsOf(past: Past): Stretch[] {
  if (!past.night) return [];
  const { fromHour, toHour } = past.night;
  const local = createLocalDays(past.timeZone);
  const first = local.wallTime(past.from).day - 1;
  const last = local.wallTime(past.to).day;
  const found: Stretch[] = [];
  for (let day = first; day <= last; day += 1) {
    const from = momentOf(local, day, fromHour);
    const until = momentOf(local, toHour > fromHour ? day : day + 1, toHour);
    if (from !== undefined && until !== undefined && from >= past.from && until <= past.to) {
      found.push({ from, until });
    }
  }
  return found;
}

const HOUR = 3_600_000;
const momentOf = (local: LocalDays, day: number, hour: number) =>
  local.momentsOf(day, hour * HOUR)[0] ?? local.momentsOf(day, (hour + 1) * HOUR)[0];

/** Whole days between, at least one. */
export const daysOf = ({ from, to }: Pick<Past, "from" | "to">): number =>
  Math.max(1, Math.round((to - from) / (24 * HOUR)));
