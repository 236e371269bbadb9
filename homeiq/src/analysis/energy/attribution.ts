import type { LocalDays } from "#analysis/local-days/local-days.ts";
import { present } from "#foundation/absent.ts";
import { HOUR_MS } from "#foundation/time.ts";
import type { DevicePower, Estimate } from "./correlate.ts";
import type { Device, DeviceChange } from "./devices.ts";
import { energyIn } from "./series.ts";

/** A value at a moment, and until when it holds; absent where the source says nothing. */
export type SlotValue = (
  at: number,
) => { readonly value: number; readonly until: number } | undefined;

export interface Tariffs {
  /** Of one kWh. */
  readonly priceAt?: SlotValue;
  /** Grams of CO2 of one kWh. */
  readonly gramsAt?: SlotValue;
}

/** Energy with what it cost; cost and CO2 are absent unless the source covers all of it. */
export interface Spent {
  readonly kwh: Estimate;
  readonly hoursOn: number;
  readonly cost?: number;
  readonly co2Grams?: number;
}

export interface DeviceSpent extends Spent {
  readonly entityId: string;
  readonly source: "own_sensor" | "meter";
  readonly byDay: readonly (Spent & { readonly day: string })[];
  /** By what switched it on: the automation's entity id, or the kind of cause. */
  readonly byCause: readonly (Spent & { readonly cause: string; readonly by?: string })[];
}

interface Piece {
  readonly day: string;
  readonly change: DeviceChange;
  readonly hours: number;
  readonly kwh: number;
  readonly cost: number;
  readonly co2Grams: number;
}

interface Options extends Tariffs {
  readonly from: number;
  readonly to: number;
  readonly days: LocalDays;
}

const LEAST_COVERED = 0.8; // of its time on; less, and its own sensor tells too little
const LEAST_KWH = 1e-9;

/** What a device used while it was on. Absent when neither its own sensor nor the meter can tell. */
export function spentBy(
  device: Device,
  power: DevicePower | undefined,
  options: Options,
): DeviceSpent | undefined {
  const runs = runsOf(device, options);
  const own = fromOwnSensor(device, runs, options);
  const pieces = own ?? fromMeter(power, runs, options);
  if (!pieces) return undefined;
  const watts = own ? undefined : power?.watts;
  const sum = (some: readonly Piece[]) => toSpent(some, watts, options);
  return {
    entityId: device.entityId,
    source: own ? "own_sensor" : "meter",
    ...sum(pieces),
    byDay: [...Map.groupBy(pieces, ({ day }) => day)].map(([day, some]) => ({ day, ...sum(some) })),
    byCause: [
      ...Map.groupBy(pieces, ({ change }) => `${change.cause ?? "unknown"} ${change.by ?? ""}`),
    ].map(([, some]) => ({
      cause: some[0]?.change.cause ?? "unknown",
      ...present("by", some[0]?.change.by),
      ...sum(some),
    })),
  };
}

interface Run {
  /** What switched it on. */
  readonly change: DeviceChange;
  readonly level: number;
  readonly start: number;
  readonly end: number;
}

function runsOf({ changes }: Device, { from, to }: Options): Run[] {
  let began: DeviceChange | undefined;
  return changes.flatMap((change, index) => {
    if (!change.isOn) {
      began = undefined;
      return [];
    }
    began ??= change;
    const start = Math.max(from, change.at);
    const end = Math.min(to, changes[index + 1]?.at ?? to);
    return end > start ? [{ change: began, level: change.level ?? 1, start, end }] : [];
  });
}

function fromOwnSensor({ ownPower }: Device, runs: readonly Run[], options: Options) {
  if (!ownPower) return undefined;
  let covered = 0;
  const pieces = runs.flatMap((run) =>
    cut(run, options).map((slot) => {
      const { kwh, coveredMs } = energyIn(ownPower, slot.start, slot.end);
      covered += coveredMs;
      return toPiece(run, slot, kwh);
    }),
  );
  const on = runs.reduce((sum, { start, end }) => sum + end - start, 0);
  return covered >= LEAST_COVERED * on ? pieces : undefined;
}

function fromMeter(power: DevicePower | undefined, runs: readonly Run[], options: Options) {
  if (power?.verdict !== "measured" || !power.watts) return undefined;
  const { watts, levels, drawingShare = 1 } = power;
  return runs.flatMap((run) =>
    cut(run, options).map((slot) => {
      const atLevel = levels ? nearest(levels, run.level) : watts.value;
      const kwh = (atLevel * drawingShare * (slot.end - slot.start)) / HOUR_MS / 1_000;
      return toPiece(run, slot, kwh);
    }),
  );
}

function nearest(levels: NonNullable<DevicePower["levels"]>, level: number): number {
  const [best] = levels.toSorted(
    (one, other) => Math.abs(one.level - level) - Math.abs(other.level - level),
  );
  // Between the levels that were seen power goes with the level.
  return best ? best.watts * (best.level > 0 ? level / best.level : 1) : 0;
}

interface Cut {
  readonly start: number;
  readonly end: number;
  readonly day: string;
  readonly price: number;
  readonly grams: number;
}

/** At midnights, and where price or carbon change. */
function cut({ start, end }: Run, { days, priceAt, gramsAt }: Options): Cut[] {
  const cuts: Cut[] = [];
  for (let at = start; at < end; ) {
    const { day } = days.wallTime(at);
    const midnight = days.nextAt(at, 0);
    const [price, grams] = [priceAt?.(at), gramsAt?.(at)];
    const next = Math.max(
      at + 1,
      Math.min(end, midnight, price?.until ?? endOfHour(at), grams?.until ?? endOfHour(at)),
    );
    cuts.push({
      start: at,
      end: next,
      day: new Date(day * 24 * HOUR_MS).toISOString().slice(0, 10),
      price: price?.value ?? Number.NaN,
      grams: grams?.value ?? Number.NaN,
    });
    at = next;
  }
  return cuts;
}

const endOfHour = (at: number) => (Math.floor(at / HOUR_MS) + 1) * HOUR_MS;

const toPiece = ({ change }: Run, { start, end, day, price, grams }: Cut, kwh: number): Piece => ({
  day,
  change,
  hours: (end - start) / HOUR_MS,
  kwh,
  cost: Math.abs(kwh) < LEAST_KWH ? 0 : kwh * price,
  co2Grams: Math.abs(kwh) < LEAST_KWH ? 0 : kwh * grams,
});

function toSpent(pieces: readonly Piece[], watts: Estimate | undefined, tariffs: Tariffs): Spent {
  const sum = (pick: (piece: Piece) => number) =>
    pieces.reduce((total, one) => total + pick(one), 0);
  const value = sum(({ kwh }) => kwh);
  const [low, high] = watts ? [watts.low / watts.value, watts.high / watts.value] : [1, 1];
  const [cost, co2Grams] = [sum((piece) => piece.cost), sum((piece) => piece.co2Grams)];
  return {
    kwh: { value, low: value * low, high: value * high },
    hoursOn: sum(({ hours }) => hours),
    ...present("cost", tariffs.priceAt && !Number.isNaN(cost) ? cost : undefined),
    ...present("co2Grams", tariffs.gramsAt && !Number.isNaN(co2Grams) ? co2Grams : undefined),
  };
}
