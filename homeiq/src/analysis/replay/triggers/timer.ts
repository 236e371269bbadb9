import type { PurposeTrigger } from "#home/automation/automation.ts";
import { entitiesOf } from "../purposes/purposes.ts";
import { isFailure, type Transition, toPeriodMs } from "../stage/stage.ts";
import { type Attaching, type Detach, nothingToDetach, together } from "./attaching.ts";

/** A timer has so much time left (`timer/trigger.py`, 2026.11). */
export function attachRemaining(trigger: PurposeTrigger, { stage, fire }: Attaching): Detach {
  const found = toPeriodMs(trigger.options.remaining);
  if (isFailure(found)) return nothingToDetach;
  const remaining: number = found;
  const scheduled = new Map<string, Detach>();

  function schedule(entityId: string, to: Transition["to"]): void {
    scheduled.get(entityId)?.();
    scheduled.delete(entityId);
    if (to?.state !== "active") return;
    const at = Date.parse(String(to.attributes.finishes_at)) - remaining;
    if (Number.isNaN(at) || at <= stage.world.now) return;
    const cancel = stage.timers.set(at, () => {
      scheduled.delete(entityId);
      fire({
        platform: trigger.key,
        description: `time remaining of ${entityId}`,
        entityId,
        values: () => ({ entity_id: entityId, remaining: remaining / 1000 }),
      });
    });
    scheduled.set(entityId, cancel);
  }

  const ids = entitiesOf(trigger.target, { stage, expandsGroups: false }).filter((id) =>
    id.startsWith("timer."),
  );
  for (const id of ids) schedule(id, stage.world.state(id));
  const detaches = ids.map((id) => stage.world.listen(id, ({ to }) => schedule(id, to)));
  return together([...detaches, () => together([...scheduled.values()])()]);
}
