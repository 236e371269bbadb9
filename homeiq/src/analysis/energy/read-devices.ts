import { present } from "#foundation/absent.ts";
import type {
  History,
  RecordedChange,
  RecordedEntity,
  Series,
  Span,
} from "#ingest/history/history.ts";
import type { Device, DeviceChange } from "./devices.ts";
import type { PowerSeries } from "./series.ts";

export type EnergyHistory = Pick<
  History,
  "scan" | "series" | "statistics" | "stateAt" | "entities"
>;

/** Domains whose entities may draw power by being on. */
const DOMAINS = [
  ...["switch", "light", "fan", "climate", "humidifier", "water_heater", "media_player", "cover"],
  ...["vacuum", "siren", "input_boolean"],
];
const OFF = new Set(["off", "standby", "closed", "open", "docked", "stopped", "idle"]);
const AWAY = new Set(["unavailable", "unknown"]);
const MOST_SENSOR_DAYS_MS = 14 * 86_400_000;

/** Changes of everything that may draw power, with its own power sensor where its device has one. */
export async function readDevices(
  history: EnergyHistory,
  span: Span,
  {
    signal,
    meter,
    withSensors,
  }: { signal: AbortSignal; meter: string | undefined; withSensors: boolean },
): Promise<Device[]> {
  const known = [...history.entities.all()];
  const wanted = known.filter(({ domain }) => DOMAINS.includes(domain));
  const changes = new Map<string, DeviceChange[]>();
  if (wanted.length > 0) {
    const before = await history.stateAt({
      at: span.from,
      entityIds: wanted.map((one) => one.entityId),
    });
    for (const { entityId, state } of before) {
      if (!AWAY.has(state)) changes.set(entityId, [{ at: span.from, isOn: !OFF.has(state) }]);
    }
  }
  for await (const block of history.scan({ ...span, domain: DOMAINS }, signal)) {
    for (const change of block) addChange(changes, change);
  }
  const sensors = withSensors ? sensorsOf(known, meter) : new Map<string, string>();
  // Fine values of a longer past would be much to hold.
  const fine = { from: Math.max(span.from, span.to - MOST_SENSOR_DAYS_MS), to: span.to };
  const devices: Device[] = [];
  for (const { entityId, deviceId } of wanted) {
    const own = changes.get(entityId);
    if (!own || own.length < 2) continue;
    const sensor = deviceId === undefined ? undefined : sensors.get(deviceId);
    const power = sensor === undefined ? undefined : await readPower(history, fine, sensor);
    devices.push({ entityId, changes: own, ...present("ownPower", power) });
  }
  return devices;
}

function addChange(changes: Map<string, DeviceChange[]>, change: RecordedChange): void {
  const { entityId, at, newState, cause, changedAttributes } = change;
  if (newState === undefined || AWAY.has(newState)) return;
  const known = changes.get(entityId);
  const level = levelOf(changedAttributes) ?? known?.at(-1)?.level;
  const next: DeviceChange = {
    at,
    isOn: isOn(newState, changedAttributes),
    ...present("level", level),
    cause: cause.kind,
    ...present("by", cause.by),
  };
  if (known) known.push(next);
  else changes.set(entityId, [next]);
}

function isOn(state: string, attributes: Readonly<Record<string, unknown>> = {}): boolean {
  const action = attributes.hvac_action; // what a thermostat does says more than what it is set to
  return typeof action === "string" ? !OFF.has(action) : !OFF.has(state);
}

function levelOf(attributes: Readonly<Record<string, unknown>> = {}): number | undefined {
  const { brightness, percentage } = attributes;
  if (typeof brightness === "number" && brightness > 0) return brightness / 255;
  return typeof percentage === "number" && percentage > 0 ? percentage / 100 : undefined;
}

/** The power sensor of each device; none where there are several, as of a power strip. */
function sensorsOf(
  known: readonly RecordedEntity[],
  meter: string | undefined,
): Map<string, string> {
  const power = known.filter(
    ({ deviceClass, domain, deviceId, entityId }) =>
      deviceClass === "power" &&
      domain === "sensor" &&
      deviceId !== undefined &&
      entityId !== meter,
  );
  const byDevice = Map.groupBy(power, ({ deviceId }) => deviceId ?? "");
  return new Map(
    [...byDevice].flatMap(([deviceId, some]) =>
      some.length === 1 && some[0] ? [[deviceId, some[0].entityId]] : [],
    ),
  );
}

/** In watts. */
export async function readPower(
  history: EnergyHistory,
  { from, to }: Span,
  entityId: string,
): Promise<PowerSeries | undefined> {
  if (!history.entities.find(entityId)) return undefined;
  const [series] = await history.series({ entityIds: [entityId], from, to });
  return series && series.at.length > 0 ? toWatts(series) : undefined;
}

function toWatts({ at, value, unit }: Series): PowerSeries {
  const factor = { kW: 1_000, MW: 1_000_000 }[unit ?? "W"] ?? 1;
  return { at, powerW: factor === 1 ? value : value.map((one) => one * factor) };
}
