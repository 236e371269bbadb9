import type { Automation, Trigger } from "#home/automation/automation.ts";

/** What `trigger` holds whatever set the run off. */
export const ALWAYS = ["id", "idx", "alias", "platform", "description"];
const CHANGE = ["entity_id", "from_state", "to_state"];
/** Beside that, by the kind of trigger. Source: the `trigger.py` of each integration, Home Assistant 2026.11. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  state: [...CHANGE, "for", "attribute"],
  numeric_state: [...CHANGE, "for", "above", "below"],
  template: [...CHANGE, "for"],
  event: ["event"],
  homeassistant: ["event"],
  time: ["now", "entity_id"],
  time_pattern: ["now"],
  sun: ["event", "offset"],
  zone: [...CHANGE, "zone", "event"],
  calendar: ["entity_id", "event", "offset", "calendar_event"],
  mqtt: ["topic", "payload", "payload_json", "qos"],
  webhook: ["webhook_id", "json", "data", "query"],
  tag: ["event"],
  conversation: ["sentence", "details", "slots", "device_id", "satellite_id", "user_input"],
  persistent_notification: ["update_type", "notification"],
  geo_location: [...CHANGE, "source", "zone", "event"],
};

/** `undefined`: anything; devices' and purposes' are their integration's. */
export function fieldsOf(triggers: readonly Trigger[]): readonly string[] | undefined {
  const all = triggers.map((trigger) => FIELDS[kindOf(trigger)]);
  if (all.length === 0 || all.includes(undefined)) return undefined;
  return [...new Set([...all.flatMap((fields) => fields ?? []), ...ALWAYS])];
}

export const kindOf = (trigger: Trigger): string =>
  trigger.kind === "other" ? trigger.platform : trigger.kind;

/** What `trigger.id` can be; one without an id has its index. */
export const triggerIdsOf = ({ triggers }: Automation): string[] =>
  triggers.map(({ id }, index) => id ?? String(index));

/** In words, with the id that may be meant. */
export const noTriggerHas = (id: string, ids: readonly string[], meant?: string): string =>
  `No trigger has the id "${id}". ${meant === undefined ? `They are ${ids.join(", ")}.` : `Did you mean "${meant}"?`}`;
