/** One series of Home Assistant's integration: an entity's points in one measurement. */
export interface EntitySeries {
  readonly measurement: string;
  readonly domain: string;
  /** Without the domain. */
  readonly objectId: string;
}

/** Domains whose entities have no unit: where one of them is, the measurement is not called after a unit. */
const WITHOUT_UNIT = new Set([
  "alarm_control_panel",
  "automation",
  "binary_sensor",
  "climate",
  "cover",
  "device_tracker",
  "fan",
  "input_boolean",
  "input_select",
  "light",
  "lock",
  "media_player",
  "person",
  "script",
  "sun",
  "switch",
  "vacuum",
  "weather",
]);
/** What households commonly set as `default_measurement` or `override_measurement`. */
const USUAL_DEFAULTS = new Set([
  "state",
  "states",
  "units",
  "unit",
  "default",
  "homeassistant",
  "home_assistant",
]);

/**
 * Takes a series key such as `°C,domain=sensor,entity_id=hall` apart; `undefined` when it is not one of
 * Home Assistant's. Commas, blanks and equal signs in it are escaped by a backslash.
 * Source: https://docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference/
 */
export function parseSeriesKey(key: string): EntitySeries | undefined {
  const [measurement = "", ...pairs] = split(key, ",");
  const tags = new Map(
    pairs.map((pair) => {
      const [name = "", value = ""] = split(pair, "=");
      return [unescaped(name), unescaped(value)] as const;
    }),
  );
  const [domain, objectId] = [tags.get("domain"), tags.get("entity_id")];
  if (!domain || !objectId) return undefined;
  return { measurement: unescaped(measurement), domain, objectId };
}

function split(text: string, mark: string): string[] {
  const parts = [""];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? "";
    if (letter === "\\" && at + 1 < text.length) {
      parts[parts.length - 1] += letter + (text[at + 1] ?? "");
      at += 1;
    } else if (letter === mark) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

const unescaped = (text: string) => text.replaceAll(/\\([,= \\])/g, "$1");

/** The units that measurements stand for; one that is called after something else is missing. */
export function unitsOf(series: readonly EntitySeries[]): ReadonlyMap<string, string> {
  const units = new Map<string, string>();
  for (const [measurement, members] of Map.groupBy(series, (one) => one.measurement)) {
    const isEntity = members.some(
      ({ domain, objectId }) => `${domain}.${objectId}` === measurement,
    );
    const isDomain = members.some(
      ({ domain }) => measurement === domain || measurement.startsWith(`${domain}__`),
    );
    const isMixed = members.some(({ domain }) => WITHOUT_UNIT.has(domain));
    if (isEntity || isDomain || isMixed || USUAL_DEFAULTS.has(measurement.toLowerCase())) continue;
    units.set(measurement, toUnit(measurement));
  }
  return units;
}

/** Home Assistant moved from the micro sign (U+00B5) to the Greek letter (U+03BC) in 2025; they are one unit. */
export const toUnit = (text: string): string => text.replaceAll("\u00b5", "\u03bc");
