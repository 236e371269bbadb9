import { type CellTime, readClock, readDay, readNumber, readTime } from "./cells.ts";
import { refused, type Table } from "./table.ts";

type Row = readonly string[];
type ReadTime = (row: Row) => CellTime | undefined;
type ReadValue = (row: Row) => number | undefined;

/** How to read a row. */
export interface Columns {
  /** One moment of an interval, or both, in order. */
  readonly times: readonly ReadTime[];
  /** What a single moment is, where its name says it. */
  readonly timeIs?: "start" | "end";
  /** kWh of the interval; or with `isPower` kW on average. */
  readonly consumption?: ReadValue;
  /** What the counter shows, kWh. */
  readonly reading?: ReadValue;
  readonly isPower: boolean;
}

const SAMPLE_ROWS = 500;
const IS_READING = /z(ä|ae)hlerstand|counter|meter ?reading|(^|[^a-z])stand\b|meterstand/;
const IS_OUTPUT =
  /einspeis|r(ü|ue)ckliefer|lieferung|export|return|production|generation|teruglevering/;
const IS_CONSUMPTION =
  /verbrauch|bezug|consum|usage|import|energie|messwert|wert|menge|kwh|afname|verbruik/;
const IS_TOTAL = /gesamt|total|summe/;
const IS_OTHER = /ersatzwert|qualit|status|preis|price|cost|kosten|id\b|nummer|temperatur/;
const IS_END = /ende|\bbis\b|\bend\b|\bto\b|messzeitpunkt|ablese/;
const IS_START = /beginn|\bvon\b|start|\bfrom\b/;
const IS_METER = /z(ä|ae)hlpunkt|metering ?point|mpan|\bean\b|meter ?id/;

/** Throws `invalid`: `meter_export.no_time`, `meter_export.no_value`, `meter_export.several_meters`. */
export function findColumns({ names, rows, isMonthFirst }: Table): Columns {
  const sample = rows.length <= SAMPLE_ROWS ? rows : rows.slice(0, SAMPLE_ROWS);
  const count = Math.max(...sample.map((row) => row.length));
  const indexes = Array.from({ length: count }, (_, index) => index);
  const most = (index: number, is: (cell: string) => boolean) =>
    sample.filter((row) => is(row[index] ?? "")).length > sample.length / 2;

  refuseSeveral(names, rows);
  const isDay = (cell: string) => readDay(cell, isMonthFirst) !== undefined;
  const isWhole = (cell: string) => readTime(cell, isMonthFirst) !== undefined;
  const wholes = indexes.filter((index) => most(index, isWhole));
  const days = indexes.filter((index) => most(index, isDay));
  const clocks = indexes.filter((index) => most(index, (cell) => readClock(cell) !== undefined));
  const times = [wholes, clocks, days].find((found) => found.length > 0) ?? [];
  const readers = times.slice(0, 2).map((index): ReadTime => {
    if (wholes.length > 0) return (row) => readTime(row[index] ?? "", isMonthFirst);
    const day = days.findLast((one) => one < index) ?? days[0];
    return (row) => joinTime(row, { day: day ?? index, clock: index, isMonthFirst });
  });
  if (readers.length === 0 || (wholes.length === 0 && days.length === 0)) {
    throw refused("meter_export.no_time", "No column has the time");
  }

  const used = new Set([...wholes, ...days, ...clocks]);
  const numbers = indexes.filter(
    (index) =>
      !used.has(index) &&
      !IS_OTHER.test(names[index] ?? "") &&
      !IS_METER.test(names[index] ?? "") &&
      sample.some((row) => readNumber(row[index] ?? "") !== undefined),
  );
  const timeName = names[times[0] ?? 0] ?? "";
  return { times: readers, ...meaningOf(timeName), ...findValues(names, numbers, sample) };
}

function joinTime(
  row: Row,
  { day, clock, isMonthFirst }: { day: number; clock: number; isMonthFirst: boolean },
): CellTime | undefined {
  const date = readDay(row[day] ?? "", isMonthFirst);
  if (date === undefined) return undefined;
  return { wall: date + (readClock(row[clock] ?? "") ?? 0) };
}

function meaningOf(name: string): Pick<Columns, "timeIs"> {
  if (IS_START.test(name)) return { timeIs: "start" };
  return IS_END.test(name) ? { timeIs: "end" } : {};
}

function findValues(
  names: readonly string[],
  numbers: readonly number[],
  sample: readonly Row[],
): Pick<Columns, "consumption" | "reading" | "isPower"> {
  const name = (index: number) => names[index] ?? "";
  const usable = numbers.filter((index) => !IS_OUTPUT.test(name(index)));
  const readings = usable.filter((index) => IS_READING.test(name(index)));
  const rest = usable.filter((index) => !readings.includes(index));
  const telling = rest.filter((index) => IS_CONSUMPTION.test(name(index)));
  const candidates = telling.length > 0 ? telling : rest;
  const total = candidates.filter((index) => IS_TOTAL.test(name(index)));
  const consumption = total.length > 0 ? total.slice(0, 1) : candidates;
  if (consumption.length === 0 && readings.length === 0) {
    throw refused("meter_export.no_value", "No column has the consumption");
  }
  if (telling.length === 0 && rest.length > 1) {
    throw refused("meter_export.no_value", "Several columns may be the consumption", {
      columns: rest.length,
    });
  }
  const unit = unitOf([...consumption, ...readings].map(name), sample);
  return {
    isPower: unit.isPower,
    ...(consumption.length > 0 ? { consumption: sumOf(consumption, unit.factor) } : {}),
    ...(readings.length > 0 ? { reading: sumOf(readings, unit.factor) } : {}),
  };
}

/** High and low tariff are parts of one consumption; the one that a household has not is zero. */
const sumOf =
  (indexes: readonly number[], factor: number): ReadValue =>
  (row) => {
    const values = indexes.map((index) => readNumber(row[index] ?? ""));
    const known = values.filter((value) => value !== undefined);
    if (known.length === 0) return undefined;
    return known.reduce((sum, value) => sum + value, 0) * factor;
  };

const UNITS: Readonly<Record<string, { factor: number; isPower: boolean }>> = {
  kwh: { factor: 1, isPower: false },
  wh: { factor: 0.001, isPower: false },
  mwh: { factor: 1000, isPower: false },
  kw: { factor: 1, isPower: true },
  w: { factor: 0.001, isPower: true },
};

/** In a name, or in a column of its own. */
function unitOf(names: readonly string[], sample: readonly Row[]) {
  const inName = names.map((name) => /(?<![a-z])(kwh|mwh|wh|kw|w)(?![a-z])/.exec(name)?.[1]);
  const inRow = sample[0]?.map((cell) => cell.toLowerCase()).find((cell) => cell in UNITS);
  const unit = inName.find((one) => one !== undefined) ?? inRow ?? "kwh";
  return UNITS[unit] ?? { factor: 1, isPower: false };
}

function refuseSeveral(names: readonly string[], rows: readonly Row[]): void {
  const column = names.findIndex((name) => IS_METER.test(name));
  if (column < 0) return;
  const meters = new Set(rows.map((row) => row[column] ?? ""));
  meters.delete("");
  if (meters.size <= 1) return;
  throw refused("meter_export.several_meters", "The file has several meters", {
    meters: meters.size,
  });
}
