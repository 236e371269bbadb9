import type { Stage, Transition, Variables } from "../stage/stage.ts";
import { toVariable } from "../stage/stage.ts";

/** What a trigger that fired says. */
export interface Fired {
  readonly platform: string;
  /** "state of light.hall". */
  readonly description: string;
  readonly entityId?: string;
  /** What `trigger` holds beside: `from_state`, `above`, `now` … Made when a template asks. */
  values(): Variables;
}

/** Where a trigger listens. */
export interface Attaching {
  readonly stage: Stage;
  readonly variables: Variables;
  fire(fired: Fired): void;
}

export type Detach = () => void;

export const nothingToDetach: Detach = () => undefined;

/** Detaches all of them. */
export const together =
  (detaches: readonly Detach[]): Detach =>
  () => {
    for (const detach of detaches) detach();
  };

/** The values of a trigger that saw an entity change. */
export const changeValues = ({ entityId, from, to }: Transition, rest: Variables): Variables => ({
  entity_id: entityId,
  from_state: toVariable(from),
  to_state: toVariable(to),
  ...rest,
});

/** Does it at each moment that comes next, until there is none. Answers how to stop. */
export function repeating(
  stage: Stage,
  next: (after: number) => number | undefined,
  act: () => void,
): Detach {
  let cancel: Detach = nothingToDetach;
  function arm(after: number): void {
    const at = next(after);
    if (at === undefined || !Number.isFinite(at)) return;
    cancel = stage.timers.set(at, () => {
      arm(stage.world.now);
      act();
    });
  }
  arm(stage.world.now);
  return () => cancel();
}

interface Holding {
  readonly stage: Stage;
  readonly entityId: string;
  readonly ms: number;
  /** Asked at every change of the entity. */
  stillHolds(transition: Transition): boolean;
  onHeld(): void;
}

/** Waits until something has held for a time. Answers how to stop; `isOver` is told when it ended by itself. */
export function holdFor({ stage, entityId, ms, stillHolds, onHeld }: Holding): Detach {
  const stop = () => {
    cancel();
    detach();
  };
  const cancel = stage.timers.set(stage.world.now + ms, () => {
    detach();
    onHeld();
  });
  const detach = stage.world.listen(entityId, (transition) => {
    if (!stillHolds(transition)) stop();
  });
  return stop;
}
