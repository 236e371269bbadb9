import {
  type Cycle,
  costOfRun,
  findBestStart,
  type ValueSlot,
} from "#analysis/load-shifting/load-shifting.ts";
import { kinds } from "#analysis/templates/templates.ts";
import { present } from "#foundation/absent.ts";
import { median } from "#foundation/median.ts";
import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { type Candidate, type FoundOfType, measuredAt, type Question } from "./candidate.ts";
import { callFor, type HomeLook } from "./home-look.ts";
import { daysOf } from "./past.ts";
import type { BenefitKind, Deed, EnergyFacts } from "./synergy.ts";

const LEAST_RUNS = 4;
const LEAST_SHARE = 0.05; // of what was spent; less is not worth a thought
const WITHIN_HOURS = 12; // who starts it in the evening has it in the morning
const STEP_MS = 5 * MINUTE_MS;
const QUARTER_MS = 15 * MINUTE_MS;
const MOST_RUNS = 60; // the last ones: more say the same

/** Sensors that show what an appliance draws which can wait. */
export function patientPowers({
  look,
  home,
}: Pick<HomeLook, "look" | "home">): readonly HomeEntity[] {
  const named = [kinds.WASHER_POWER, kinds.DRYER_POWER, kinds.DISHWASHER_POWER].flatMap((kind) =>
    look.find(kind),
  );
  const devices = new Set(startable(look).flatMap(({ deviceId }) => deviceId ?? []));
  const behind = [...home.entities.values()].filter(
    ({ domain, deviceId, attributes, disabledBy }) =>
      domain === "sensor" &&
      attributes.device_class === "power" &&
      disabledBy === undefined &&
      deviceId !== undefined &&
      devices.has(deviceId),
  );
  return [...new Set([...named, ...behind])];
}

/** What runs as soon as it has power; a washing machine must be loaded and started by a person. */
const startable = (look: HomeLook["look"]) => [
  ...look.find(kinds.WALLBOX),
  ...look.find(kinds.BOILER),
];

/** Appliances that could have run at cheaper, greener or sunnier hours than they did. */
export function findEnergy(question: Question): FoundOfType {
  const { past, around } = question;
  const runs = patientPowers(around).flatMap((sensor) => {
    const cycles = past.cycles.get(sensor.entityId) ?? [];
    return cycles.length >= LEAST_RUNS ? [{ sensor, cycles }] : [];
  });
  const needs = [
    ...(runs.length === 0 ? ["power_sensor" as const] : []),
    ...(past.prices ? [] : ["price" as const]),
    ...(past.carbon ? [] : ["carbon" as const]),
    ...(past.grid ? [] : ["solar" as const]),
  ];
  const found: Candidate[] = [];
  for (const { sensor, cycles } of runs) {
    for (const by of ["price", "carbon", "solar"] as const) {
      const shifted = shift({ by, sensor, cycles }, question);
      if (shifted) found.push(shifted);
    }
  }
  return { found, needs };
}

interface Shifted {
  readonly start: number;
  readonly bestStart: number;
  readonly kwh: number;
  readonly spent: number;
  readonly possible: number;
}

interface Appliance {
  readonly by: EnergyFacts["by"];
  readonly sensor: HomeEntity;
  readonly cycles: readonly Cycle[];
}

const SPARES: Readonly<Record<EnergyFacts["by"], BenefitKind>> = {
  price: "cost",
  carbon: "co2_grams",
  solar: "kwh",
};

function shift({ by, sensor, cycles }: Appliance, question: Question): Candidate | undefined {
  const { past, local, around } = question;
  const slots = { price: past.prices, carbon: past.carbon, solar: past.grid }[by];
  if (!slots) return undefined;
  const shifted = cycles.slice(-MOST_RUNS).flatMap((cycle) => {
    const near = slots.filter(
      ({ start, end }) => end > cycle.start && start < cycle.end + WITHIN_HOURS * HOUR_MS,
    );
    return (by === "solar" ? sunnier(cycle, near) : cheaper(cycle, coarse(near))) ?? [];
  });
  const spent = sum(shifted.map((one) => one.spent));
  const possible = sum(shifted.map((one) => one.possible));
  if (shifted.length < LEAST_RUNS || spent - possible < LEAST_SHARE * Math.abs(spent)) {
    return undefined;
  }
  const better = shifted.filter((one) => one.spent - one.possible > LEAST_SHARE * one.spent);
  const amounts = new Map<number, number>();
  for (const one of shifted) {
    const { day } = local.wallTime(one.start);
    amounts.set(day, (amounts.get(day) ?? 0) + one.spent - one.possible);
  }
  const usual = (moments: readonly number[]) =>
    usualTime(moments.map((at) => local.wallTime(at).msOfDay));
  const { entityId } = sensor;
  const action = switchOf(sensor, around);
  return {
    facts: {
      ...{ type: "energy", by, powerId: entityId, ...present("action", action) },
      ...{ runs: shifted.length, kwhPerRun: median(shifted.map(({ kwh }) => kwh)) },
      withinHours: WITHIN_HOURS,
      usualStart: usual(shifted.map(({ start }) => start)),
      bestStart: usual(better.map(({ bestStart }) => bestStart)),
      ...{ spent, possible },
    },
    about: [by, entityId],
    entityIds: [...(action ? [action.entityId] : []), entityId],
    edges: [{ from: by, to: action?.entityId ?? entityId, joins: "when" }],
    measured: measuredAt(
      better.map(({ start }) => start),
      { span: past, entityId, of: shifted.length },
    ),
    spared: [{ kind: SPARES[by], days: daysOf(past), amounts }],
  };
}

/** A source that says something else every minute, in means of quarters of an hour. */
function coarse(slots: readonly ValueSlot[]): readonly ValueSlot[] {
  const [first] = slots;
  const last = slots.at(-1);
  if (!first || !last || (last.end - first.start) / slots.length >= QUARTER_MS) return slots;
  const sums = new Map<number, { ms: number; value: number }>();
  for (const { start, end, value } of slots) {
    for (let from = start; from < end; ) {
      const quarter = Math.floor(from / QUARTER_MS);
      const until = Math.min(end, (quarter + 1) * QUARTER_MS);
      const sum = sums.get(quarter) ?? { ms: 0, value: 0 };
      sums.set(quarter, { ms: sum.ms + until - from, value: sum.value + value * (until - from) });
      from = until;
    }
  }
  return [...sums].map(([quarter, { ms, value }]) => ({
    ...{ start: quarter * QUARTER_MS, end: (quarter + 1) * QUARTER_MS, value: value / ms },
  }));
}

/** At these prices, or grams; starting as it did is one of the choices. */
function cheaper(
  { start, end, kwh, profileKwh }: Cycle,
  slots: readonly ValueSlot[],
): Shifted | undefined {
  const spent = costOfRun(profileKwh, start, slots);
  if (spent === undefined) return undefined;
  const deadline = end + WITHIN_HOURS * HOUR_MS;
  const best = findBestStart({ profileKwh, slots, now: start, deadline });
  const isBetter = best !== undefined && best.cost < spent;
  return {
    ...{ start, kwh, spent },
    bestStart: isBetter ? best.start : start,
    possible: isBetter ? best.cost : spent,
  };
}

/** What a run takes from the grid, where the house without it would give some to the grid. */
function sunnier(cycle: Cycle, grid: readonly ValueSlot[]): Shifted | undefined {
  const { start, end, kwh, profileKwh } = cycle;
  const steps = Math.ceil((end - start) / STEP_MS) + (WITHIN_HOURS * HOUR_MS) / STEP_MS;
  const spare = spareKwh(cycle, grid, steps);
  const fromGrid = (offset: number) => {
    let taken = 0;
    for (const [step, need] of profileKwh.entries()) {
      const free = spare[offset + step];
      if (free === undefined) return undefined;
      taken += Math.max(0, need - free);
    }
    return taken;
  };
  const spent = fromGrid(0);
  if (spent === undefined) return undefined;
  let best = { offset: 0, taken: spent };
  for (let offset = 1; offset + profileKwh.length <= steps; offset += 1) {
    const taken = fromGrid(offset);
    if (taken !== undefined && taken < best.taken - 1e-9) best = { offset, taken };
  }
  return { start, kwh, spent, bestStart: start + best.offset * STEP_MS, possible: best.taken };
}

/** kWh that the house without this run gives to the grid, in each five minutes from its start on. */
function spareKwh(
  { start, profileKwh }: Cycle,
  grid: readonly ValueSlot[],
  steps: number,
): (number | undefined)[] {
  let place = 0;
  return Array.from({ length: steps }, (_, step) => {
    const at = start + step * STEP_MS;
    while (place < grid.length && (grid[place] as ValueSlot).end <= at) place += 1;
    const slot = grid[place];
    if (!slot || slot.start > at) return undefined;
    const takenKwh = (slot.value * STEP_MS) / HOUR_MS / 1000;
    return Math.max(0, (profileKwh[step] ?? 0) - takenKwh);
  });
}

/** What switches the appliance, where it runs as soon as it has power. */
function switchOf({ deviceId }: HomeEntity, { look, home }: HomeLook): Deed | undefined {
  const found = startable(look).find((one) => deviceId !== undefined && one.deviceId === deviceId);
  const action = found && { entityId: found.entityId, to: "on" };
  return action && callFor(action, home) ? action : undefined;
}

/** The middle of the hour's times in which there are most; the clock has no middle of its own. */
function usualTime(times: readonly number[]): number {
  const byHour = Map.groupBy(times, (ms) => Math.floor(ms / HOUR_MS));
  const [most] = [...byHour].sort(
    (one, other) => other[1].length - one[1].length || one[0] - other[0],
  );
  return most ? median(most[1]) : 0;
}

const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
