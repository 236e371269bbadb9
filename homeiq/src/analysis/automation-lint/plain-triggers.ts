import { entitiesOf, isOn } from "#analysis/automation-check/automation-check.ts";
import type { Automation, StateTrigger, Trigger } from "#home/automation/automation.ts";
import type { HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";

/** The state that the last word of a purpose-specific or device trigger stands for; `open` is `on` for contacts. */
const STATES: Readonly<Record<string, string>> = {
  turned_on: "on",
  turned_off: "off",
  detected: "on",
  motion: "on",
  cleared: "off",
  no_motion: "off",
  opened: "open",
  not_opened: "closed",
  closed: "closed",
  locked: "locked",
  unlocked: "unlocked",
  disarmed: "disarmed",
  armed_away: "armed_away",
  armed_home: "armed_home",
  armed_night: "armed_night",
  started_playing: "playing",
  paused_playing: "paused",
  started_cleaning: "cleaning",
  returned_to_dock: "docked",
};
const OF_CONTACTS: Readonly<Record<string, string>> = { open: "on", closed: "off" };

const cache = new WeakMap<HomeSnapshot, WeakMap<Automation, readonly Trigger[]>>();

/** Its triggers, those of one purpose or of a device as state triggers where they say the same. */
export function plainTriggers(automation: Automation, home: HomeSnapshot): readonly Trigger[] {
  const byAutomation = cache.get(home) ?? new WeakMap<Automation, readonly Trigger[]>();
  cache.set(home, byAutomation);
  const known = byAutomation.get(automation);
  if (known) return known;
  const plain = automation.triggers.filter(isOn).flatMap((trigger) => toPlain(trigger, home));
  byAutomation.set(automation, plain);
  return plain;
}

function toPlain(trigger: Trigger, home: HomeSnapshot): readonly Trigger[] {
  if (trigger.kind === "purpose") {
    const [, word = ""] = trigger.key.split(".");
    const states = byState(entitiesOf(trigger.target, home), word);
    return states.length > 0 ? states : [trigger];
  }
  if (trigger.kind !== "device" || trigger.entityId === undefined) return [trigger];
  const entity =
    home.entities.get(trigger.entityId) ??
    [...home.entities.values()].find((one) => one.registryId === trigger.entityId);
  const states = entity ? byState([entity], trigger.type ?? "") : [];
  return states.length > 0 ? states : [trigger];
}

function byState(entities: readonly HomeEntity[], word: string): StateTrigger[] {
  const state = STATES[word];
  if (state === undefined) return [];
  const groups = Map.groupBy(entities, ({ domain }) =>
    domain === "binary_sensor" ? (OF_CONTACTS[state] ?? state) : state,
  );
  return [...groups].map(([to, list]) => ({
    kind: "state",
    entityIds: list.map((one) => one.entityId),
    to: [to],
  }));
}
