import { SPORTS_EVENTS } from "#enrichment/sports/sports.ts";

/** What can be shown in Home Assistant. The key is part of the unique id: it never changes. */
export const PUBLISHED = [
  "price_now",
  "cheapest_start",
  "carbon_now",
  "greenest_start",
  "aqi",
  "health_score",
  "home_expected",
  "suggestions_open",
  "suggestions_accepted",
  "suggestions_kept",
  "agent_undone",
  "sports_event",
] as const;
export type PublishedKey = (typeof PUBLISHED)[number];
/** Those that are no value: they happen. */
export type PublishedEventKey = "sports_event";
export const isEvent = (key: PublishedKey): key is PublishedEventKey => key === "sports_event";

/**
 * A moment is a number of milliseconds; `unit` of a price is `EUR/kWh`. Of what happens: 1, as long as it may happen.
 * Absent is: not known.
 */
export interface PublishedValue {
  readonly value: number;
  readonly unit?: string;
}

/** What is known of each; absent is: not known. */
export type PublishedValues = Readonly<Partial<Record<PublishedKey, PublishedValue>>>;

interface Sensor {
  readonly name: string;
  readonly icon: string;
  readonly isMoment?: boolean;
  readonly deviceClass?: string;
  readonly unit?: string;
  readonly digits?: number;
}

/** Names of entities: Home Assistant shows them as they are, and people rename them there. */
const SENSORS: Readonly<Record<Exclude<PublishedKey, PublishedEventKey>, Sensor>> = {
  price_now: { name: "Electricity price now", icon: "mdi:cash", digits: 4 },
  cheapest_start: {
    name: "Cheapest electricity starts",
    icon: "mdi:clock-star-four-points",
    isMoment: true,
  },
  carbon_now: { name: "Grid carbon now", icon: "mdi:molecule-co2", unit: "g/kWh", digits: 0 },
  greenest_start: { name: "Greenest electricity starts", icon: "mdi:leaf", isMoment: true },
  aqi: { name: "Air quality index", icon: "mdi:air-filter", deviceClass: "aqi", digits: 0 },
  home_expected: {
    name: "Somebody expected at home",
    icon: "mdi:home-clock",
    unit: "%",
    digits: 0,
  },
  suggestions_open: { name: "Open suggestions", icon: "mdi:lightbulb-on-outline", digits: 0 },
  suggestions_accepted: {
    ...{ name: "Suggestions accepted", icon: "mdi:lightbulb-check", unit: "%", digits: 0 },
  },
  suggestions_kept: {
    name: "Suggestions kept after 30 days",
    icon: "mdi:lightbulb-on",
    unit: "%",
    digits: 0,
  },
  agent_undone: { name: "Agent's actions undone in 30 days", icon: "mdi:undo", digits: 0 },
  health_score: { name: "Home health score", icon: "mdi:heart-pulse", unit: "%", digits: 0 },
};

const EVENTS: Readonly<Record<PublishedEventKey, { name: string; icon: string; types: object }>> = {
  sports_event: { name: "Sports event", icon: "mdi:scoreboard", types: SPORTS_EVENTS },
};

const BASE = "homeiq";
export const AVAILABILITY_TOPIC = `${BASE}/availability`;
const EXPIRE_AFTER_S = 3600; // a value that nobody renewed for an hour is not "now"

export const stateTopic = (key: PublishedKey): string => `${BASE}/${key}/state`;
export const configTopic = (key: PublishedKey, prefix: string): string =>
  `${prefix}/${isEvent(key) ? "event" : "sensor"}/${BASE}/${key}/config`;

/** Whether an entity of Home Assistant's MQTT integration is one of ours, whatever people call it there. */
export const isPublished = (uniqueId: string): boolean =>
  PUBLISHED.some((key) => uniqueIdOf(key) === uniqueId);
const uniqueIdOf = (key: PublishedKey) => `${BASE}_${key}`;

/** Source: https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery */
export function toConfig(key: PublishedKey, unit: string | undefined, version: string): string {
  return JSON.stringify({
    unique_id: uniqueIdOf(key),
    state_topic: stateTopic(key),
    availability_topic: AVAILABILITY_TOPIC,
    ...(isEvent(key) ? toEventConfig(key) : toSensorConfig(key, unit)),
    device: { identifiers: [BASE], name: "HomeIQ", manufacturer: "HomeIQ", sw_version: version },
    origin: { name: "HomeIQ", sw_version: version },
  });
}

function toEventConfig(key: PublishedEventKey) {
  const { name, icon, types } = EVENTS[key];
  return { name, icon, default_entity_id: `event.${BASE}_${key}`, event_types: types };
}

function toSensorConfig(key: Exclude<PublishedKey, PublishedEventKey>, unit: string | undefined) {
  const sensor = SENSORS[key];
  const shownUnit = unit ?? sensor.unit;
  return {
    name: sensor.name,
    default_entity_id: `sensor.${BASE}_${key}`,
    icon: sensor.icon,
    expire_after: EXPIRE_AFTER_S,
    ...(sensor.isMoment
      ? { device_class: "timestamp" }
      : {
          state_class: "measurement",
          ...(sensor.deviceClass ? { device_class: sensor.deviceClass } : {}),
          ...(shownUnit ? { unit_of_measurement: shownUnit } : {}),
        }),
  };
}

const UNKNOWN = "None"; // Home Assistant's word for it in this integration

export function toPayload(
  key: Exclude<PublishedKey, PublishedEventKey>,
  value: number | undefined,
): string {
  if (value === undefined || !Number.isFinite(value)) return UNKNOWN;
  const { isMoment, digits = 0 } = SENSORS[key];
  return isMoment ? new Date(value).toISOString() : String(Number(value.toFixed(digits)));
}
