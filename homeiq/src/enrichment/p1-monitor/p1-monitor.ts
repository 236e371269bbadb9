import { z } from "zod";
import { phasesOf } from "#enrichment/meter/meter.ts";
import type { MeterFacts, Provider } from "#enrichment/provider.ts";
import { dropAbsent } from "#foundation/absent.ts";
import { AppError } from "#foundation/errors.ts";
import { askServer, type Reply, readJson } from "#foundation/http.ts";
import { SECOND_MS } from "#foundation/time.ts";

// https://github.com/klaasnicolaas/python-p1monitor; numbers may be text.

const whole = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
/** An empty text is no number, and no zero. */
const number = z.union([whole, z.literal("").transform(() => null)]).nullish();

const Smartmeter = z.array(
  z.object({
    TIMESTAMP_UTC: whole,
    CONSUMPTION_W: number,
    PRODUCTION_W: number,
    CONSUMPTION_KWH_LOW: number,
    CONSUMPTION_KWH_HIGH: number,
    PRODUCTION_KWH_LOW: number,
    PRODUCTION_KWH_HIGH: number,
    CONSUMPTION_GAS_M3: number,
    TARIFCODE: z.string().nullish(),
  }),
);

const Status = z.array(z.object({ LABEL: z.string(), STATUS: z.string().nullish() }));

const Configuration = z.array(z.object({ LABEL: z.string(), PARAMETER: whole }));

const TARIFF_NAMES: Readonly<Record<string, string>> = { D: "1", P: "2" }; // "dal", "piek"

/** What `/api/v1/smartmeter` says; with what `/api/v1/status` says, the phases too. */
export function readP1Monitor(smartmeter: Reply, status?: Reply): MeterFacts {
  const [row] = readJson(smartmeter, Smartmeter);
  if (!row) throw new AppError("unavailable", "p1_monitor.no_reading", "It has no reading yet");
  const phases = status === undefined ? {} : readP1MonitorPhases(status);
  const [into, out] = [row.CONSUMPTION_W, row.PRODUCTION_W];
  return dropAbsent({
    at: row.TIMESTAMP_UTC * SECOND_MS,
    powerW: typeof into === "number" ? into - (out ?? 0) : undefined,
    importKwh: sumOf(row.CONSUMPTION_KWH_LOW, row.CONSUMPTION_KWH_HIGH),
    exportKwh: sumOf(row.PRODUCTION_KWH_LOW, row.PRODUCTION_KWH_HIGH),
    tariffs: [
      toTariff("1", "low", row.CONSUMPTION_KWH_LOW, row.PRODUCTION_KWH_LOW),
      toTariff("2", "normal", row.CONSUMPTION_KWH_HIGH, row.PRODUCTION_KWH_HIGH),
    ],
    tariff: TARIFF_NAMES[row.TARIFCODE ?? ""],
    gasM3: row.CONSUMPTION_GAS_M3 ?? undefined,
    ...phases,
  });
}

/** What `/api/v1/status` says of the phases. */
export function readP1MonitorPhases(
  status: Reply,
): Pick<MeterFacts, "phasePowerW" | "phaseVoltageV"> {
  const values = new Map<string, number>();
  for (const { LABEL, STATUS } of readJson(status, Status)) {
    const [, code] = /\((\d\d\.7\.0)\)/.exec(LABEL) ?? [];
    const value = STATUS ? Number(STATUS) : Number.NaN;
    if (code !== undefined && Number.isFinite(value)) values.set(code, value);
  }
  const phases = [2, 4, 6];
  return dropAbsent({
    phasePowerW: phasesOf(
      phases.map((phase) => {
        const kilowatt = values.get(`${phase}1.7.0`);
        if (kilowatt === undefined) return undefined;
        return Math.round((kilowatt - (values.get(`${phase}2.7.0`) ?? 0)) * 1e6) / 1e3;
      }),
    ),
    phaseVoltageV: phasesOf(phases.map((phase) => values.get(`${phase + 1}2.7.0`))),
  });
}

/** What `/api/v1/configuration` says: prices in euro, by the words of the user's settings. */
export const readP1MonitorSettings = (reply: Reply) =>
  readJson(reply, Configuration).map(({ LABEL, PARAMETER }) => ({
    label: LABEL,
    value: PARAMETER,
  }));

function sumOf(low: number | null | undefined, high: number | null | undefined) {
  const known = [low, high].filter((value) => typeof value === "number");
  if (known.length === 0) return undefined;
  return Math.round(known.reduce((sum, value) => sum + value, 0) * 1e6) / 1e6;
}

const toTariff = (
  tariff: string,
  rate: "low" | "normal",
  importKwh: number | null | undefined,
  exportKwh: number | null | undefined,
) =>
  dropAbsent({
    tariff,
    rate,
    importKwh: importKwh ?? undefined,
    exportKwh: exportKwh ?? undefined,
  });

/** P1 Monitor, a gateway for P1 ports in the local network. */
export function createP1Monitor({ baseUrl }: { baseUrl: string }): Provider<MeterFacts> {
  return {
    name: "p1-monitor",
    topic: "meter",
    maxAgeMs: 10 * SECOND_MS,

    async fetch(signal) {
      const base = baseUrl.endsWith("/") ? baseUrl : `${baseUrl}/`;
      const smartmeter = new URL("api/v1/smartmeter?limit=1&json=object", base);
      const status = new URL("api/v1/status?json=object", base);
      return readP1Monitor(
        await askServer(smartmeter, { signal }),
        await askServer(status, { signal }),
      );
    },
  };
}
