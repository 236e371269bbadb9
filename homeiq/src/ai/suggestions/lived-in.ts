import { effectsOf, type LintedHouse } from "#analysis/automation-lint/automation-lint.ts";
import { type Condition, type Trigger, walk } from "#home/automation/automation.ts";

/** Whether an automation of the house turns lights on while nobody is home. */
export function looksLivedIn(house: LintedHouse): boolean {
  return house.automations.some((one) => {
    const { configuration } = one;
    if (configuration?.kind !== "automation") return false;
    let isForEmpty = false;
    walk(configuration, {
      trigger: (trigger) => {
        isForEmpty ||= saysEmpty(trigger);
      },
      condition: (condition) => {
        isForEmpty ||= saysEmpty(condition);
      },
    });
    const turnsOn = ({ entityId, to }: { entityId: string; to: string | undefined }) =>
      entityId.startsWith("light.") && to === "on";
    return isForEmpty && effectsOf(one, house).some(turnsOn);
  });
}

const IS_PRESENCE = /^(zone\.home|person\.|device_tracker\.)/;
const IS_VACATION = /vacation|holiday_mode|away|urlaub|abwesen/;

function saysEmpty(node: Condition | Trigger): boolean {
  if (node.kind !== "state" && node.kind !== "numeric_state") return false;
  if (node.entityIds.some((id) => IS_VACATION.test(id))) return true;
  if (!node.entityIds.some((id) => IS_PRESENCE.test(id))) return false;
  if (node.kind === "numeric_state") return node.below !== undefined;
  const states = "states" in node ? node.states : node.to;
  return (states ?? []).some((state) => state === "not_home" || state === "0");
}
