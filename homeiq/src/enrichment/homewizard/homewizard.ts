import type { z } from "zod";
import { phasesOf } from "#enrichment/meter/meter.ts";
import type { MeterFacts, MeterTariff, Place, Provider } from "#enrichment/provider.ts";
import { dropAbsent, present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { parseJson, type Reply, readJson, readShape, refuseBadStatus } from "#foundation/http.ts";
import { SECOND_MS } from "#foundation/time.ts";
import { momentOfWall, wallOf } from "#foundation/wall-time.ts";
import { askHomewizard } from "./ask.ts";
import { WireData, WireDevice, type WireExternal, WireMeasurement } from "./homewizard.schema.ts";

export { isLocalHost } from "./local-host.ts";

interface When {
  readonly timeZone: string;
  readonly receivedAt: number;
}

/** What `/api/v1/data` or `/api/measurement` (version 2) says; which one it is shows in its fields. */
export function readHomewizard(reply: Reply, when: When): MeterFacts {
  refuseBadStatus(reply);
  const value = parseJson(reply.text);
  const isSecond =
    typeof value === "object" && value !== null && Object.keys(value).some(isOfSecondVersion);
  const facts = isSecond
    ? toFacts(readShape(value, WireMeasurement), "energy_", "", when)
    : toFacts(readShape(value, WireData), "total_power_", "active_", when);
  if (facts.powerW === undefined && facts.importKwh === undefined) {
    throw noValues(value);
  }
  return facts;
}

/** What `/api` says: which product it is, and which version of the API it has. */
export const readHomewizardDevice = (reply: Reply): z.output<typeof WireDevice> =>
  readJson(reply, WireDevice);

const isOfSecondVersion = (key: string) =>
  /^(energy_(im|ex)port|power(_l1)?_w|protocol_)/.test(key);

type Wire = Readonly<Record<string, unknown>> & {
  readonly external?: readonly z.output<typeof WireExternal>[] | null | undefined;
};

/** Both versions say the same under names that differ in their beginnings. */
function toFacts(
  wire: Wire,
  energy: string,
  now: string,
  { timeZone, receivedAt }: When,
): MeterFacts {
  const number = (name: string) => {
    const value = wire[name];
    return typeof value === "number" ? value : undefined; // the schema has refused all else but null
  };
  const tariffs = [1, 2, 3, 4].flatMap((index): MeterTariff[] => {
    const importKwh = number(`${energy}import_t${index}_kwh`);
    const exportKwh = number(`${energy}export_t${index}_kwh`);
    if (importKwh === undefined && exportKwh === undefined) return [];
    return [dropAbsent({ tariff: String(index), importKwh, exportKwh })];
  });
  const only = tariffs.length === 1 ? tariffs[0] : undefined; // a meter without tariffs counts all as the first
  const tariff = number(`${now}tariff`);
  const phases = [1, 2, 3];
  return dropAbsent({
    at: toMoment(wire.timestamp, timeZone) ?? receivedAt,
    powerW: number(`${now}power_w`),
    phasePowerW: phasesOf(phases.map((phase) => number(`${now}power_l${phase}_w`))),
    phaseVoltageV:
      phasesOf(phases.map((phase) => number(`${now}voltage_l${phase}_v`))) ??
      phasesOf([number(`${now}voltage_v`)]),
    importKwh: number(`${energy}import_kwh`) ?? only?.importKwh,
    exportKwh: number(`${energy}export_kwh`) ?? only?.exportKwh,
    tariffs: tariffs.length > 0 ? tariffs : undefined,
    tariff: tariff === undefined ? undefined : String(tariff),
    ...readGas(wire, timeZone),
  });
}

function readGas(wire: Wire, timeZone: string): Pick<MeterFacts, "gasM3" | "gasAt"> {
  const meter = wire.external?.find(({ type, unit }) => type === "gas_meter" && unit === "m3");
  if (typeof meter?.value === "number") {
    return { gasM3: meter.value, ...present("gasAt", toMoment(meter.timestamp, timeZone)) };
  }
  if (typeof wire.total_gas_m3 !== "number") return {};
  return { gasM3: wire.total_gas_m3, ...present("gasAt", toMoment(wire.gas_timestamp, timeZone)) };
}

function toMoment(time: unknown, timeZone: string): number | undefined {
  const digits = String(time ?? "")
    .replaceAll(/\D/g, "")
    .replace(/^20(?=\d{12}$)/, "");
  if (!/^\d{11,12}$/.test(digits)) return undefined;
  const pairs = digits.padStart(12, "0").match(/\d\d/g)?.map(Number) ?? [];
  const [year = 0, month = 0, day = 0, ...clock] = pairs;
  const wall = wallOf(2000 + year, month, day, clock);
  return wall === undefined ? undefined : momentOfWall(timeZone, wall);
}

function noValues(value: unknown): AppError {
  const isDevice = typeof value === "object" && value !== null && "wifi_strength" in value;
  return isDevice
    ? new AppError("unavailable", "homewizard.no_telegram", "The meter sends nothing to it yet")
    : new AppError("internal", "http.unexpected_shape", "The answer has no values of a meter");
}

interface Deps {
  /** `http://192.168.1.20`, or with a token `https://192.168.1.20`. */
  readonly baseUrl: string;
  /** Version 2 of the API asks for one; without it version 1 is asked. */
  readonly token?: string;
  /** The device signs its own certificate. Only for one that the user trusts in their own network. */
  readonly acceptSelfSigned?: boolean;
  readonly place: Pick<Place, "timeZone">;
  readonly clock: Clock;
}

/**
 * A HomeWizard P1 or kWh meter in the local network.
 *
 * Throws `unconfigured` `homewizard.certificate` when it has to be allowed to sign its own certificate.
 */
export function createHomewizard(deps: Deps): Provider<MeterFacts> {
  return {
    name: "homewizard",
    topic: "meter",
    maxAgeMs: 10 * SECOND_MS,

    async fetch(signal) {
      const reply = await askHomewizard(deps, signal);
      const { timeZone } = deps.place;
      return readHomewizard(reply, { timeZone, receivedAt: deps.clock.now() });
    },
  };
}
