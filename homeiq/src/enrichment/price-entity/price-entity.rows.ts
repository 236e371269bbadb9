import { z } from "zod";
import { atLocal, toSteps } from "../curve/curve.ts";
import { perKwh, priceUnitOf } from "../price/price.ts";
import type { PriceSlot } from "../provider.ts";

// Names that integrations give to the same things: Nord Pool, Tibber, ENTSO-E, EPEX Spot, Octopus, aWATTar, Amber,
// Energi Data Service, Frank Energie.
const STARTS = [
  "start",
  "start_time",
  "startsAt",
  "starts_at",
  "start_timestamp",
  "from",
  "valid_from",
  "time",
  "hour",
  "timestamp",
  "datetime",
];
const ENDS = ["end", "end_time", "end_timestamp", "till", "to", "valid_to"];
/** With what each is times to be per kWh, where its name says it; else the entity's unit counts. */
const PRICES: readonly (readonly [name: string, factor?: number])[] = [
  ["value_inc_vat"],
  ["price_per_kwh", 1],
  ["price_ct_per_kwh", 0.01],
  ["price_eur_per_mwh", 0.001],
  ["per_kwh", 1],
  ["marketprice"],
  ["total"],
  ["value"],
  ["price"],
];

const Row = z.record(z.string(), z.unknown());
const WITHOUT_ZONE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)$/;

interface Reading {
  /** What the entity's numbers are times, to be per kWh. */
  readonly factor: number;
  readonly timeZone: string;
}

/** A row of an attribute as a slot; `undefined` for what is none. `end` may be absent. */
export function readRows(rows: readonly unknown[], reading: Reading): PriceSlot[] {
  const read = rows.map((row) => readRow(row, reading)).filter((row) => row !== undefined);
  const ends = new Map(read.map(({ start, end }) => [start, end]));
  return toSteps(read.map(({ start, price }) => ({ at: start, value: price }))).map((step) => ({
    start: step.start,
    end: ends.get(step.start) ?? step.end,
    price: step.value,
  }));
}

function readRow(row: unknown, { factor, timeZone }: Reading) {
  const parsed = Row.safeParse(row);
  if (!parsed.success) return undefined;
  const fields = parsed.data;
  const start = firstMoment(fields, STARTS, timeZone);
  const end = firstMoment(fields, ENDS, timeZone);
  const named = PRICES.find(([name]) => toNumber(fields[name]) !== undefined);
  if (start === undefined || !named) return undefined;
  const [name, ownFactor] = named;
  const unit = typeof fields.unit === "string" ? priceUnitOf(fields.unit) : undefined;
  const price = perKwh(toNumber(fields[name]) ?? 0, ownFactor ?? unit?.factor ?? factor);
  return { start, price, ...(end !== undefined && end > start ? { end } : {}) };
}

function firstMoment(
  fields: Readonly<Record<string, unknown>>,
  names: readonly string[],
  timeZone: string,
): number | undefined {
  return names.map((name) => toMoment(fields[name], timeZone)).find((at) => at !== undefined);
}

const SECONDS_UNTIL = 1e11; // as milliseconds that is 1973, as seconds the year 5138

/** Milliseconds, seconds, ISO 8601, or a local time without a zone. */
function toMoment(value: unknown, timeZone: string): number | undefined {
  if (typeof value === "number") return value < SECONDS_UNTIL ? value * 1000 : value;
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d[T ]/.test(value)) return undefined;
  const [, date, time] = WITHOUT_ZONE.exec(value) ?? [];
  const at = date ? Date.parse(`${date}T${time}Z`) : Date.parse(value.replace(" ", "T"));
  if (Number.isNaN(at)) return undefined;
  return date ? atLocal(at, timeZone) : at;
}

/** A number, also as text; never an empty one. */
export function toNumber(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
