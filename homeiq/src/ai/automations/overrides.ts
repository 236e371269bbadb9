import { createEchoes } from "#analysis/replay/replay.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { RecordedChange } from "#ingest/history/history.ts";

/** Somebody undid what a run of an automation had done. */
export interface Override {
  readonly contextId: string;
  readonly entityId: string;
  readonly at: number;
  /** What the person made of it. */
  readonly to: string;
}

interface Touch {
  readonly contextId: string;
  readonly at: number;
  readonly to: string;
}

const WITHIN_MS = 5 * MINUTE_MS;
export const PEOPLE = ["person_dashboard", "person_voice", "physical"] as const;
const BY_PEOPLE: ReadonlySet<string> = new Set(PEOPLE);

/** Remembers what automations did in the last minutes, to see when a person takes it back. */
export function createOverrides() {
  const touched = new Map<string, Touch>();
  const echoes = createEchoes();

  const forgetOld = (now: number) => {
    for (const [entityId, { at }] of touched) if (now - at > WITHIN_MS) touched.delete(entityId);
  };

  return {
    /** Takes changes in the order in which they happened. */
    take(
      { entityId, kind, at, newState, cause, context }: RecordedChange,
      isWatched: (automation: string) => boolean,
    ): Override | undefined {
      if (cause.kind === "restart_echo") echoes.heard(entityId, at);
      if (kind !== "state" || newState === undefined) return undefined;
      if (cause.kind === "automation" && context && cause.by && isWatched(cause.by)) {
        forgetOld(at);
        touched.set(entityId, { contextId: context.id, at, to: newState });
        return undefined;
      }
      const touch = touched.get(entityId);
      if (!touch || !(BY_PEOPLE.has(cause.kind) || cause.override)) return undefined;
      // A device that reports anew after a restart looks like a hand on its switch.
      if (cause.kind === "physical" && echoes.mayBeOne(entityId, at)) return undefined;
      touched.delete(entityId);
      if (at - touch.at > WITHIN_MS || newState === touch.to) return undefined;
      return { contextId: touch.contextId, entityId, at, to: newState };
    },
  };
}
