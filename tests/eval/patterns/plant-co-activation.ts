import { createLocalDays, type LocalDays } from "#src/analysis/local-days/local-days.ts";
import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { createRandom, type Random } from "#src/analysis/patterns/chance/chance.ts";
import type { Household } from "#src/analysis/patterns/pattern.ts";
import { MINUTE_MS } from "#src/foundation/time.ts";

/** Something done because of something else, put into a home on purpose. */
export interface PlantedPair {
  readonly trigger: { readonly entityId: string; readonly to: string };
  readonly entityId: string;
  readonly to: string;
  readonly delaySeconds: number;
  readonly probability: number;
  /** Minutes since midnight; outside of these the trigger means nothing. */
  readonly hours?: readonly [number, number];
}

export interface HomeWithPairs {
  readonly household: Household;
  readonly pairs: readonly PlantedPair[];
}

interface Wish {
  /** The sensors and the lights are there, but nothing follows from anything. */
  readonly onlyNoise?: boolean;
}

/** What is written into a record day by day, on the wall's clock. */
export interface Writer {
  readonly random: Random;
  readonly local: LocalDays;
  /** Days on which the people are at home. */
  readonly lived: readonly number[];
  readonly acts: Act[];
  readonly traces: Act[];
}

/** Continues the record of a household; the people are at home on the days on which they do something. */
export function createWriter(household: Household, seed: number): Writer {
  const local = createLocalDays(household.timeZone);
  const lived = [...new Set(household.acts.map(({ at }) => local.wallTime(at).day))];
  return {
    random: createRandom(seed * 104_729 + 71),
    ...{ local, lived },
    acts: [...household.acts],
    traces: [...(household.traces ?? [])],
  };
}

/** The household with what was written. */
export function written(household: Household, { acts, traces }: Writer): Household {
  const inOrder = (some: Act[]) => some.sort((one, other) => one.at - other.at);
  return { ...household, acts: inOrder(acts), traces: inOrder(traces) };
}

/** Minutes since midnight; absent in an hour that the clock skips. */
export function momentAt({ local }: Writer, day: number, minute: number): number | undefined {
  const date = day + Math.floor(minute / 1440);
  return local.momentsOf(date, (((minute % 1440) + 1440) % 1440) * MINUTE_MS)[0];
}

/**
 * Adds pairs of acts, acts after motion on evenings, an act after a door; and what looks like pairs and is none: lights
 * that are bound to the same minute each by itself, sensors that see somebody all day.
 */
export function plantPairs(
  household: Household,
  seed: number,
  { onlyNoise = false }: Wish = {},
): HomeWithPairs {
  const writer = createWriter(household, seed);
  const { random } = writer;
  const planned = plan(random);
  for (const day of writer.lived) {
    for (let n = 0; n < 4; n += 1) {
      const rate = 10 + n * 8;
      for (let times = poisson(random, rate); times > 0; times -= 1) {
        const at = momentAt(writer, day, waking(random));
        if (at === undefined) continue;
        const seen = { entityId: `binary_sensor.motion_${n}`, to: "on" };
        writer.traces.push({ at, ...seen });
        if (random() < 0.5) writer.traces.push({ at: at + 90_000, ...seen });
      }
    }
    for (const [entityId, minute] of CLOCK_BOUND) {
      const at = momentAt(writer, day, minute + normal(random) * 4);
      if (random() < 0.9 && at !== undefined) writer.acts.push({ at, entityId, to: "on" });
    }
    for (const one of planned) live(writer, day, { ...one, isBroken: onlyNoise });
  }
  return { household: written(household, writer), pairs: onlyNoise ? [] : planned };
}

/** Each by itself: two in the evening at the same minute, one five minutes later, two in the morning. */
const CLOCK_BOUND = [
  ["light.evening_one", 1270],
  ["light.evening_two", 1270],
  ["light.evening_three", 1275],
  ["light.morning_one", 400],
  ["light.morning_two", 408],
] as const;

interface Planned extends PlantedPair {
  /** Of the trigger, each day. */
  readonly rate: number;
}

function plan(random: Random): Planned[] {
  const acts = Array.from({ length: 5 }, (_, n) => ({
    trigger: { entityId: `switch.lead_${n}`, to: random() < 0.5 ? "on" : "off" },
    ...{ entityId: `light.follow_${n}`, to: random() < 0.5 ? "on" : "off" },
    delaySeconds: 10 + random() ** 2 * 500,
    probability: 0.6 + random() * 0.35,
    rate: 0.3 + random() * 2,
  }));
  const motion = Array.from({ length: 2 }, (_, n) => ({
    trigger: { entityId: `binary_sensor.hall_motion_${n}`, to: "on" },
    ...{ entityId: `light.hall_${n}`, to: "on", delaySeconds: 8 + n * 10, probability: 0.75 },
    ...{ rate: 14, hours: [1080, 1380] as const },
  }));
  const door = {
    trigger: { entityId: "binary_sensor.front_door", to: "on" },
    ...{ entityId: "switch.coat_light", to: "on", delaySeconds: 25, probability: 0.7, rate: 4 },
  };
  return [...acts, ...motion, door];
}

interface Lived extends Planned {
  readonly isBroken: boolean;
}

function live(writer: Writer, day: number, one: Lived): void {
  const { random, acts, traces } = writer;
  const { trigger, entityId, to, hours, isBroken } = one;
  const starts = trigger.entityId.startsWith("binary_sensor") ? traces : acts;
  const alone = poisson(random, 0.2 + (isBroken ? one.rate : 0));
  for (let times = alone; times > 0; times -= 1) {
    const at = momentAt(writer, day, waking(random));
    if (at !== undefined) acts.push({ at, entityId, to });
  }
  for (let times = poisson(random, one.rate); times > 0; times -= 1) {
    const minute = waking(random);
    const at = momentAt(writer, day, minute);
    if (at === undefined) continue;
    starts.push({ at, ...trigger });
    const isOpen = !hours || (minute >= hours[0] && minute <= hours[1]);
    if (isBroken || !isOpen || random() > one.probability) continue;
    const delay = one.delaySeconds * (1 + 0.3 * normal(random));
    acts.push({ at: at + Math.max(2, delay) * 1000, entityId, to });
  }
}

/** Minutes since midnight. */
const waking = (random: Random) => 410 + random() * 960;

/** Box and Muller. */
export const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let n = 0;
  for (let product = random(); product > limit; product *= random()) n += 1;
  return n;
}
