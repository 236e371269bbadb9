import { phasesOf } from "#enrichment/meter/meter.ts";
import type { MeterFacts, MeterTariff } from "#enrichment/provider.ts";
import { dropAbsent } from "#foundation/absent.ts";
import { momentOfWall, offsetMs, wallOf } from "#foundation/wall-time.ts";
import type { Telegram } from "./telegram.ts";

type Values = Telegram["values"];

/** The Belgian version has a line of its own in place of the Dutch one, also with another maker's header. */
const isBelgian = ({ header, values }: Telegram) =>
  header.startsWith("/FLU") || values.has("0-0:96.1.4");
const isDutch = (telegram: Telegram) => telegram.values.has("0-0:96.14.0") && !isBelgian(telegram);

/** What a telegram says. `receivedAt` stands for the time that versions before 4 do not send. */
export function toFacts(
  telegram: Telegram,
  { timeZone, receivedAt }: { timeZone: string; receivedAt: number },
): MeterFacts {
  const { values } = telegram;
  const power = { in: quantity(values, "1-0:1.7.0"), out: quantity(values, "1-0:2.7.0") };
  const tariffs = readTariffs(telegram);
  const tariff = values.get("0-0:96.14.0")?.[0];
  return dropAbsent({
    at: toMoment(values.get("0-0:1.0.0")?.[0], timeZone) ?? receivedAt,
    powerW: power.in === undefined ? undefined : power.in - (power.out ?? 0),
    phasePowerW: phasesOf(
      PHASES.map((phase) => {
        const into = quantity(values, `1-0:${phase}1.7.0`);
        return into === undefined ? undefined : into - (quantity(values, `1-0:${phase}2.7.0`) ?? 0);
      }),
    ),
    phaseVoltageV: phasesOf(PHASES.map((phase) => quantity(values, `1-0:${phase + 1}2.7.0`))),
    importKwh: quantity(values, "1-0:1.8.0") ?? sumOf(tariffs.map(({ importKwh }) => importKwh)),
    exportKwh: quantity(values, "1-0:2.8.0") ?? sumOf(tariffs.map(({ exportKwh }) => exportKwh)),
    tariffs: tariffs.length > 0 ? tariffs : undefined,
    tariff: tariff && /^\d+$/.test(tariff) ? String(Number(tariff)) : undefined,
    ...readGas(telegram, timeZone),
  });
}

function readTariffs(telegram: Telegram): readonly MeterTariff[] {
  return [1, 2, 3, 4].flatMap((number) => {
    const importKwh = quantity(telegram.values, `1-0:1.8.${number}`);
    const exportKwh = quantity(telegram.values, `1-0:2.8.${number}`);
    if (importKwh === undefined && exportKwh === undefined) return [];
    return [
      dropAbsent({ tariff: String(number), rate: rateOf(telegram, number), importKwh, exportKwh }),
    ];
  });
}

/** Tariff 1 is the cheap one in the Netherlands and the dear one in Belgium; elsewhere they mean other things. */
function rateOf(telegram: Telegram, tariff: number): MeterTariff["rate"] | undefined {
  if (tariff > 2) return undefined;
  if (isBelgian(telegram)) return tariff === 1 ? "normal" : "low";
  if (isDutch(telegram)) return tariff === 1 ? "low" : "normal";
  return undefined;
}

const PHASES = [2, 4, 6]; // L1, L2, L3 in the codes of power; voltages are one higher

const GAS = "003";
const GAS_CODES = ["24.2.3", "24.2.1", "24.3.0"]; // Belgium's uncorrected volume, versions 4 and 5, version 2

interface GasReading {
  readonly gasM3: number;
  readonly gasAt: number;
}

/** Of several gas meters, one of which was taken out once, the one that was read last. */
function readGas(telegram: Telegram, timeZone: string): GasReading | Record<never, never> {
  const { values } = telegram;
  const readings = [1, 2, 3, 4].flatMap((channel) => {
    const kind = values.get(`0-${channel}:24.1.0`)?.[0];
    const isGas = kind === undefined ? !isBelgian(telegram) : kind.padStart(3, "0") === GAS;
    if (!isGas) return [];
    return GAS_CODES.flatMap((code) => toGas(values.get(`0-${channel}:${code}`), timeZone));
  });
  return readings.sort((one, other) => other.gasAt - one.gasAt)[0] ?? {};
}

function toGas(brackets: readonly string[] | undefined, timeZone: string): GasReading[] {
  const gasAt = toMoment(brackets?.[0], timeZone);
  const last = brackets?.at(-1) ?? "";
  const unit = last.includes("*") ? last.split("*")[1] : brackets?.at(-2);
  const text = last.split("*")[0] ?? "";
  if (gasAt === undefined || unit !== "m3" || !NUMBER.test(text)) return [];
  return [{ gasM3: Number(text), gasAt }];
}

const NUMBER = /^-?\d+(\.\d+)?$/;
const FACTORS: Readonly<Record<string, number>> = { kW: 1000, W: 1, kWh: 1, Wh: 0.001, V: 1, A: 1 };

/** Power in W, energy in kWh, voltage in V. */
function quantity(values: Values, code: string): number | undefined {
  const [text = "", unit = ""] = values.get(code)?.at(-1)?.split("*") ?? [];
  const factor = FACTORS[unit];
  if (factor === undefined || !NUMBER.test(text)) return undefined;
  return Math.round(Number(text) * factor * 1e6) / 1e6; // 0.244 * 1000 is 244 to a meter
}

function sumOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return undefined;
  return Math.round(known.reduce((sum, value) => sum + value, 0) * 1e6) / 1e6;
}

/** `170102192002W`: the meter's own clock, in winter or summer time; without the letter whatever time it is there. */
function toMoment(text: string | undefined, timeZone: string): number | undefined {
  const [, date = "", season] = /^(\d{12})([WS]?)$/.exec(text ?? "") ?? [];
  const [year = 0, month = 0, day = 0, ...time] = (date.match(/\d\d/g) ?? []).map(Number);
  if (date === "") return undefined;
  const wall = wallOf(2000 + year, month, day, time);
  if (wall === undefined) return undefined;
  return season ? wall - seasonOffsetMs(timeZone, wall, season) : momentOfWall(timeZone, wall);
}

/** Some meters keep winter time all the year, so the letter counts and not the date. */
function seasonOffsetMs(timeZone: string, wall: number, season: string): number {
  const year = new Date(wall).getUTCFullYear();
  const offsets = [0, 6].map((month) => offsetMs(timeZone, Date.UTC(year, month)));
  return season === "S" ? Math.max(...offsets) : Math.min(...offsets);
}
