import { entitiesOf, isOn } from "#analysis/automation-check/automation-check.ts";
import type { Automation, Condition, Trigger } from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { compileTemplate } from "#home/template/template.ts";

const HOUR_MS = 3_600_000;
const MORNING = { from: 3 * HOUR_MS, to: 12 * HOUR_MS };

/**
 * What sets an automation off, so far that two that mean the same moment share a word: entities by their ids, people who
 * leave or come whichever way that is noticed, and of the clock and the sun only whether it is morning or evening.
 */
export function momentsOf(
  { triggers, conditions }: Automation,
  home: HomeSnapshot,
): ReadonlySet<string> {
  const live = triggers.filter(isOn);
  const polled = live.some(({ kind }) => kind === "time_pattern");
  return new Set([
    ...live.flatMap((trigger) => momentsOfOne(trigger, home)),
    ...(polled ? conditions.flatMap(askedBy) : []),
  ]);
}

function momentsOfOne(trigger: Trigger, home: HomeSnapshot): readonly string[] {
  switch (trigger.kind) {
    case "state": {
      const { entityIds, to, from } = trigger;
      const comes = to?.includes("home") ?? from?.includes("0") ?? false;
      return entityIds.map((id) => (isPresence(id) ? presence(comes) : id));
    }
    case "numeric_state":
      return trigger.entityIds.map((id) =>
        isPresence(id) ? presence(trigger.below === undefined) : id,
      );
    case "zone":
      return [trigger.zone === "zone.home" ? presence(trigger.event === "enter") : trigger.zone];
    case "time":
      return trigger.at.map((at) => {
        if ("ms" in at) return partOfDay(at.ms);
        return "entityId" in at ? at.entityId : "a template";
      });
    case "sun":
      return [trigger.event === "sunrise" ? "morning" : "evening"];
    case "calendar":
      return [trigger.entityId];
    case "template":
      return [...compileTemplate(trigger.valueTemplate).entityIds];
    case "device":
      return ofDevice(trigger, home);
    case "purpose":
      return entitiesOf(trigger.target, home).map(({ entityId }) => entityId);
    default:
      return [];
  }
}

const partOfDay = (ms: number) => (ms >= MORNING.from && ms < MORNING.to ? "morning" : "evening");
const isPresence = (id: string) => /^(person|device_tracker)\.|^zone\.home$/.test(id);
const presence = (comes: boolean) => (comes ? "somebody comes" : "everybody leaves");

function ofDevice(
  { deviceId, entityId }: Extract<Trigger, { kind: "device" }>,
  home: HomeSnapshot,
): string[] {
  const all = [...home.entities.values()];
  const named = all.find((one) => one.entityId === entityId || one.registryId === entityId);
  if (named && entityId !== undefined) return [named.entityId];
  return all.filter((one) => one.deviceId === deviceId).map((one) => one.entityId);
}

/** Who looks again and again is set off by what is looked at. */
function askedBy(condition: Condition): readonly string[] {
  if (condition.kind === "state" || condition.kind === "numeric_state") return condition.entityIds;
  return "conditions" in condition ? condition.conditions.flatMap(askedBy) : [];
}
