import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Household {
  readonly name: string;
  readonly slotMs: number;
  readonly slots: readonly { readonly start: number; readonly kwh: number }[];
}

/** Quarter-hour exports of Austrian households; `undefined` when the folder is not there. */
export type ReadHouseholds = (folder: string) => readonly Household[] | undefined;

const QUARTER_MS = 15 * 60_000;

/** Just enough to evaluate a forecast: the consumption by quarter hour of whatever such a table looks like. */
export const readHouseholds: ReadHouseholds = (folder) => {
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder)
    .filter((file) => /\.csv$/i.test(file))
    .toSorted()
    .map((name) => ({ name, slotMs: QUARTER_MS, slots: readSlots(readText(join(folder, name))) }));
};

function readText(file: string): string {
  const bytes = readFileSync(file);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isWide = isUtf16 || bytes.subarray(0, 200).filter((byte) => byte === 0).length > 50;
  return new TextDecoder(isWide ? "utf-16le" : "latin1").decode(bytes).replace(/^(\uFEFF|ï»¿)/, "");
}

function readSlots(text: string) {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const separator = (lines.findLast((line) => /\d{2}:\d{2}/.test(line)) ?? "").includes(";")
    ? ";"
    : ",";
  const rows = lines.map((line) =>
    line.split(separator).map((cell) => cell.replaceAll('"', "").trim()),
  );
  const header =
    rows.find((row) => row.some((cell) => /kwh|wert|verbrauch|AT\d{3}/i.test(cell))) ?? [];
  const body = rows.filter((row) => toMoment(row[0]) !== undefined);
  const times = body[0]?.filter((cell) => toMoment(cell) !== undefined).length ?? 0;
  const named = header.findIndex((cell) => /verbrauch|energiemenge|messwert|^wert$/i.test(cell));
  const column = Math.max(named, times);
  const endsFirst = times === 1 && /messzeitpunkt|ablesezeitpunkt/i.test(header[0] ?? "");
  const found = new Map<number, number>();
  for (const row of body) {
    const at = toMoment(row[0]);
    const kwh = Number((row[column] ?? "").replace(",", "."));
    if (at === undefined || !Number.isFinite(kwh) || row[column] === "") continue;
    found.set(Math.round((at - (endsFirst ? QUARTER_MS : 0)) / QUARTER_MS) * QUARTER_MS, kwh);
  }
  return [...found]
    .map(([start, kwh]) => ({ start, kwh }))
    .sort((one, other) => one.start - other.start);
}

/** Local time is read as if the clock were never changed: none of the exports reaches over such a night. */
function toMoment(cell = ""): number | undefined {
  const local = /^(\d{2})\.(\d{2})\.(\d{4}) (\d{2}):(\d{2})/.exec(cell);
  if (local) {
    const [day = 0, month = 1, year = 0, hour = 0, minute = 0] = local.slice(1).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute);
  }
  const iso = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})/.exec(cell);
  return iso ? Date.parse(`${iso[1]}:00Z`) : undefined;
}
