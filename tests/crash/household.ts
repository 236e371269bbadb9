import { HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import type { PastChange } from "#src/ingest/history/history.ts";
import type { StateChange } from "#src/ingest/normalize/normalize.ts";
import { contextIdAt } from "#support/made-changes.ts";

// Every change can be told from every other: a sensor's state is a number that is used once and ends with
// the number of its sensor, a light's brightness is one.

const SENSORS = 300; // more than the keeper writes in one transaction
const LIGHTS = 20;
const LATE_SENSORS = 5;
const LATEST_MS = 3 * HOUR_MS;
const OLDEST_PAST_MS = 20 * HOUR_MS;
const PAST_AT_ONCE = 60;
const ANNA = "a".repeat(32);

type Told = Pick<StateChange, "entityId" | "newState" | "changedAttributes">;
type Published = Pick<StateChange, "entityId" | "at" | "kind" | "newState">;

/** What tells a change from all others of its entity. */
export function markOf({ newState, changedAttributes }: Told): string {
  const mark = changedAttributes?.mark;
  return mark === undefined ? String(newState) : `mark ${mark}`;
}

/** Whether a mark belongs to the entity, and the cause is the one that its changes have. */
export function isTrue(change: Told & Pick<StateChange, "cause" | "kind">): boolean {
  const [domain, name = ""] = change.entityId.split(".");
  if (domain === "light") {
    const mark = Number(change.changedAttributes?.mark);
    return change.cause.kind === (mark % 2 === 0 ? "person_dashboard" : "automation");
  }
  const isPast = change.cause.kind === "unknown" && change.cause.confidence === 0;
  return (
    Number(change.newState) % 1000 === Number(name.replace("s", "")) &&
    (isPast || change.cause.kind === "integration")
  );
}

const sensor = (which: number) => `sensor.s${which}`;

/** Makes what happens, from chance. `firstMark` is larger than every mark that was used. */
export function createHousehold(random: () => number, firstMark: number) {
  let mark = firstMark;
  const states = new Map<string, { state: string; at: number }>();
  const recent: Published[] = [];
  const pick = (count: number) => Math.floor(random() * count);

  function measured(which: number, at: number): StateChange {
    mark += 1;
    return moved(sensor(which), at, String(mark * 1000 + which), {
      context: { id: contextIdAt(at, random) },
      cause: { kind: "integration", confidence: 0.95 },
    });
  }

  function moved(
    entityId: string,
    at: number,
    newState: string,
    rest: Pick<StateChange, "context" | "cause" | "changedAttributes">,
  ): StateChange {
    const before = states.get(entityId);
    states.set(entityId, { state: newState, at });
    return {
      entityId,
      at,
      kind: "state",
      ...(before ? { oldState: before.state, heldMs: at - before.at } : {}),
      newState,
      ...(Number.isNaN(Number(newState)) ? {} : { value: Number(newState) }),
      ...rest,
    };
  }

  function switched(at: number): StateChange[] {
    const context = { id: contextIdAt(at, random) };
    const parentId = contextIdAt(at - 5, random);
    const byAnna = random() < 0.5;
    return Array.from({ length: 1 + pick(3) }, () => {
      mark += mark % 2 === (byAnna ? 0 : 1) ? 2 : 1;
      const entityId = `light.l${pick(LIGHTS)}`;
      return moved(entityId, at, states.get(entityId)?.state === "on" ? "off" : "on", {
        context: byAnna ? { ...context, userId: ANNA } : { ...context, parentId },
        cause: byAnna
          ? { kind: "person_dashboard", confidence: 0.95, by: ANNA, byName: "Anna" }
          : { kind: "automation", confidence: 0.95, by: `automation.a${mark % 7}` },
        changedAttributes: { mark },
      });
    });
  }

  /** Only its attributes changed, right after its state had. */
  function dressed(change: StateChange): StateChange {
    mark += 1;
    const { heldMs: _, ...rest } = change;
    return {
      ...rest,
      at: change.at + pick(2),
      kind: "attributes",
      ...(change.newState === undefined ? {} : { oldState: change.newState }),
      changedAttributes: { mark },
    };
  }

  /** Arrives hours after it happened. */
  function late(now: number): StateChange[] {
    const which = SENSORS + pick(LATE_SENSORS);
    const change = measured(which, now - pick(LATEST_MS));
    return random() < 0.3 ? [change, dressed(change)] : [change];
  }

  return {
    /** What happens from `from` to `to`, about `perHour`. */
    live(from: number, to: number, perHour: number): StateChange[] {
      const changes: StateChange[] = [];
      const count = Math.round(((to - from) * perHour) / HOUR_MS + random() - 0.5);
      for (let n = 0; n < count; n += 1) {
        const at = Math.floor(from + ((n + random()) / count) * (to - from));
        const kind = random();
        if (kind < 0.1) changes.push(...switched(at));
        else if (kind < 0.15) changes.push(...late(at));
        else {
          const which = pick(SENSORS);
          const change = measured(which, at);
          changes.push(change);
          if (kind > 0.95) changes.push(dressed(change));
          if (kind > 0.93) changes.push(measured((which + 1) % SENSORS, at)); // in the same millisecond
          if (kind > 0.92) changes.push(measured(which, at));
        }
      }
      return changes;
    },

    /** What was published, for `past` to bring again. */
    published(change: Published): void {
      if (!change.entityId.startsWith("sensor.") || change.kind !== "state") return;
      if (recent.length > 300) recent.shift();
      recent.push(change);
    },

    /** What somebody else recorded, partly the same as what we heard ourselves. */
    past(now: number): PastChange[] {
      const known = recent
        .filter(() => random() < 0.1)
        .map((change) => ({ ...change, at: change.at + pick(3) - 1 }));
      const ours = Array.from({ length: PAST_AT_ONCE }, () =>
        measured(pick(SENSORS), now - 10 * MINUTE_MS - pick(OLDEST_PAST_MS)),
      );
      return [...known, ...ours].map(({ entityId, at, newState = "" }) => ({
        entityId,
        at,
        state: newState,
        source: "csv",
      }));
    },

    remember(known: readonly { entityId: string; state: string; lastChangedAt: number }[]): void {
      for (const { entityId, state, lastChangedAt } of known) {
        states.set(entityId, { state, at: lastChangedAt });
      }
    },
  };
}
