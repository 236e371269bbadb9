import type { ZoneTrigger } from "#home/automation/automation.ts";
import { isInZone, saysWhere, type Transition } from "../stage/stage.ts";
import { type Attaching, changeValues, type Detach, together } from "./attaching.ts";

export function attachZone(trigger: ZoneTrigger, attaching: Attaching): Detach {
  const { stage, fire } = attaching;
  const { zone, event } = trigger;
  function hear(transition: Transition): void {
    const { entityId, from, to } = transition;
    if ((from && !saysWhere(from)) || (to && !saysWhere(to))) return;
    const was = from !== undefined && isInZone(from, zone, stage.world);
    const is = to !== undefined && isInZone(to, zone, stage.world);
    if (was === is || is !== (event === "enter")) return;
    const name = stage.world.state(zone)?.attributes.friendly_name ?? zone;
    fire({
      platform: "zone",
      description: `${entityId} ${event === "enter" ? "entering" : "leaving"} ${String(name)}`,
      entityId,
      values: () => changeValues(transition, { event, zone }),
    });
  }
  return together(
    trigger.entityIds.map((id) => stage.world.listen(stage.house.toEntityId(id), hear)),
  );
}
