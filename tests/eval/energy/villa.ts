import { type Chance, chanceOf } from "#support/made-home.ts";
import { PLANS, type Plan } from "./plans.ts";
import {
  add,
  addCompanion,
  addGoodNight,
  addReaction,
  addTogether,
  type Scene,
  SECONDS,
  VILLA_START,
} from "./scenes.ts";

/** A house of which every watt is known. */
export interface Villa {
  readonly seed: number;
  readonly intervalMs: number;
  readonly days: number;
  readonly start: number;
  readonly meter: { at: Float64Array; powerW: Float64Array };
  readonly devices: readonly VillaDevice[];
}

export interface VillaDevice {
  readonly entityId: string;
  /** What it draws when it is on, at the level that it mostly has; 0 draws nothing that a meter shows. */
  readonly trueW: number;
  /** Nothing in the world tells it apart from another one. */
  readonly isInseparable?: boolean;
  readonly changes: VillaChange[];
  readonly ownPower?: { at: Float64Array; powerW: Float64Array };
}

export interface VillaChange {
  readonly at: number;
  readonly isOn: boolean;
  readonly level?: number;
  readonly cause: string;
  readonly by?: string;
}

const START = VILLA_START;
const INTERVALS_MS = [1_000, 1_000, 5_000, 10_000, 2_000, 30_000, 60_000];

const between = ([low, high]: readonly [number, number], chance: Chance) =>
  low + (high - low) * chance();
/** Of the standard normal distribution. */
const normal = (chance: Chance) =>
  Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

export function buildVilla(seed: number, days: number): Villa {
  const chance = chanceOf(seed * 7919 + 13);
  const power = new Float32Array(days * SECONDS);
  const intervalMs = INTERVALS_MS[seed % INTERVALS_MS.length] ?? 1_000;
  addBackground(power, { chance, days });
  const devices = PLANS.filter((plan) => plan.kind === "nothing" || chance() < 0.85).map((plan) =>
    addDevice(power, plan, { chance, days, intervalMs }),
  );
  devices.push(...addTogether(power, { chance, days }));
  addGoodNight(power, devices, { chance, days });
  devices.push(addReaction(power, chance), addCompanion(devices, chance));
  for (const device of devices) device.changes.sort((one, other) => one.at - other.at);
  return {
    seed,
    intervalMs,
    days,
    start: START,
    meter: readMeter(power, { chance, intervalMs }),
    devices,
  };
}

/** What no entity tells of: refrigerator, freezer, heat pump, hair dryers, what is always on. */
function addBackground(power: Float32Array, { chance, days }: Scene): void {
  let base = 60 + 200 * chance();
  for (let n = 0; n < power.length; n += 60) {
    base = Math.max(30, base + normal(chance) * 1.5 - (base - 150) * 0.001);
    add(power, n, n + 60, base);
  }
  const cycle = (watts: number, on: number, off: number, inrush: number) => {
    let at = off * chance();
    while (at < power.length) {
      const lasts = on * (0.7 + 0.6 * chance());
      add(power, at, at + lasts, watts * (1 + 0.03 * normal(chance)));
      add(power, at, at + 2, watts * inrush);
      at += lasts + off * (0.7 + 0.6 * chance());
    }
  };
  cycle(70 + 60 * chance(), 900, 1_800, 5);
  cycle(90 + 80 * chance(), 1_300, 3_300, 4);
  if (chance() < 0.6) cycle(1_200 + 1_500 * chance(), 1_500, 2_400, 0.5);
  for (let n = 0; n < days * 6; n += 1) {
    const at = power.length * chance();
    add(power, at, at + 30 + 600 * chance(), 300 + 1_900 * chance());
  }
}

function addDevice(
  power: Float32Array,
  plan: Plan,
  { chance, days, intervalMs }: Scene & { intervalMs: number },
): VillaDevice {
  const rated = between(plan.watts, chance);
  const lateMs = chance() < 0.7 ? 900 : 2_800;
  const own = new Float32Array(plan.hasMeter ? power.length : 0);
  const standby = plan.hasMeter ? 1 + 3 * chance() : 0;
  add(own, 0, own.length, standby);
  add(power, 0, power.length, standby);
  const changes: VillaChange[] = [{ at: START, isOn: false, cause: "unknown" }];
  const usual = 0.4 + 0.5 * chance();
  const levels = { sum: [] as number[] };
  let free = 0;
  for (let day = 0; day < days; day += 1) {
    const uses = Math.floor(plan.uses + chance());
    const times = Array.from({ length: uses }, () => between(plan.hours, chance) * 3_600).sort(
      (a, b) => a - b,
    );
    for (const time of times) {
      const from = Math.round(day * SECONDS + time);
      const to = Math.round(from + between(plan.minutes, chance) * 60);
      if (from < free || to >= power.length) continue;
      free = to + 30;
      const level =
        plan.kind === "dimmer"
          ? Math.min(1, Math.max(0.1, usual + 0.2 * normal(chance)))
          : undefined;
      if (level !== undefined) levels.sum.push(level);
      const watts = rated * (level ?? 1) * (1 + 0.02 * normal(chance));
      for (const target of plan.hasMeter ? [power, own] : [power])
        run(target, plan, { from, to, watts, chance });
      const by =
        chance() < 0.25
          ? { cause: "automation", by: `automation.of_${plan.name.split(".")[1]}` }
          : { cause: "physical" };
      const told = (second: number) => START + second * 1_000 + Math.round(lateMs * chance());
      changes.push({
        at: told(from),
        isOn: true,
        ...(level === undefined ? {} : { level }),
        ...by,
      });
      changes.push({ at: told(to), isOn: false, ...by });
    }
  }
  const sorted = levels.sum.toSorted((a, b) => a - b);
  const typical = sorted.length > 0 ? (sorted[Math.floor(sorted.length / 2)] ?? 1) : 1;
  return {
    entityId: plan.name,
    trueW: plan.kind === "nothing" ? 0 : rated * typical,
    changes,
    ...(plan.hasMeter
      ? { ownPower: readMeter(own, { chance, intervalMs: Math.max(5_000, intervalMs) }) }
      : {}),
  };
}

function run(
  power: Float32Array,
  { kind }: Plan,
  { from, to, watts, chance }: { from: number; to: number; watts: number; chance: Chance },
): void {
  if (kind === "thermostat") {
    let at = from;
    let lasts = Math.min(to - from, 300 + 600 * chance());
    while (at < to) {
      add(power, at, Math.min(to, at + lasts), watts);
      at += lasts + 60 + 120 * chance();
      lasts = 60 + 100 * chance();
    }
    return;
  }
  add(power, from, to, watts);
  if (kind === "motor") add(power, from, from + 2, watts * 3);
}

function readMeter(
  power: Float32Array,
  { chance, intervalMs }: { chance: Chance; intervalMs: number },
) {
  const every = Math.round(intervalMs / 1_000);
  const noise = 0.5 + 4 * chance();
  const at: number[] = [];
  const powerW: number[] = [];
  for (let n = every - 1; n < power.length; n += every) {
    // Recorders keep what changed; a telegram is lost now and then.
    const value = Math.round(
      (power[n] ?? 0) * (1 + 0.002 * normal(chance)) + noise * normal(chance),
    );
    if (value === powerW.at(-1) || chance() < 0.005) continue;
    at.push(START + n * 1_000 + 300);
    powerW.push(value);
  }
  return { at: Float64Array.from(at), powerW: Float64Array.from(powerW) };
}
