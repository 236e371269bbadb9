import { randomBytes } from "node:crypto";
import { and, asc, eq, gte, inArray, isNotNull } from "drizzle-orm";
import { type Clock, sleep } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import { DAY_MS, MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Db } from "#store/database.ts";
import { countRows } from "../count-rows.ts";
import type { ProposedAction } from "../proposal.ts";
import { agentAction } from "./doing.table.ts";
import { callsBack, isSame, type Remembered, remember } from "./remembered.ts";

export const ACTION_OUTCOMES = ["running", "done", "unconfirmed", "failed"] as const;
export const UNDO_STATES = ["possible", "undone", "changed", "impossible"] as const;

/** Something that was done in the house. */
export interface DoneAction {
  /** Unguessable. */
  readonly id: string;
  readonly proposalId: string;
  readonly service: string;
  readonly entityIds: readonly string[];
  readonly at: number;
  /** `unconfirmed`: called without an error, but the states did not follow within seconds. */
  readonly outcome: (typeof ACTION_OUTCOMES)[number];
  /** Until when the message's button undoes it; afterwards it is undone in the app. */
  readonly undoUntil: number;
  /** `changed`: somebody or something changed it since, so it stays. */
  readonly undo: (typeof UNDO_STATES)[number];
}

export interface Doing {
  /** Never throws: what failed says so. */
  run(
    action: ProposedAction,
    about: { readonly proposalId: string; readonly byName: string; readonly undoMinutes: number },
  ): Promise<DoneAction & { readonly failure?: string }>;
  /** Throws `not_found` `agent.no_action`, `conflict` `agent.already_undone`, `agent.changed_since`, `agent.no_undo`. */
  undo(id: string): Promise<DoneAction>;
  get(id: string): DoneAction;
  of(proposalIds: readonly string[]): readonly DoneAction[];
  /** Domains in which it was taken back twice within 14 days, and until when that counts. */
  demoted(): readonly { readonly domain: string; readonly until: number }[];
  /** What HomeIQ did by itself since then. */
  countSince(since: number, byName: string): number;
  outcomesSince(since: number): { readonly done: number; readonly undone: number };
  /** What a crash cut in two is failed: nobody knows what came of it. */
  resume(): void;
}

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly call: (action: ProposedAction) => Promise<void>;
  /** Of the policy: some things stay as they are, whoever wants them back. */
  readonly mayBringBack: (service: string, entityId: string) => boolean;
  /** How long the states may take to follow. */
  readonly settleMs?: number;
}

const SETTLE_MS = 10 * SECOND_MS; // a blind moves for longer, but says at once that it moves
const LOOK_EVERY_MS = 100;
const DEMOTED_AFTER_UNDOS = 2;
const DEMOTED_MS = 14 * DAY_MS;
const AWAY = new Set(["unavailable", "unknown"]);

/** Does what was decided, looks whether it came true, and takes it back. */
export function createDoing(deps: Deps): Doing {
  const { db, clock, states, settleMs = SETTLE_MS } = deps;
  const undoing = new Set<string>();
  const backOf = (before: Remembered) => {
    const calls = callsBack(before);
    const isAllowed = calls.every(({ service }) => deps.mayBringBack(service, before.entityId));
    return isAllowed ? calls : [];
  };

  const rememberAll = (entityIds: readonly string[]): Remembered[] =>
    entityIds.flatMap((id) => {
      const state = states.get(id);
      return state ? [remember(state)] : [];
    });

  async function waitUntil(isTrue: () => boolean): Promise<boolean> {
    const end = clock.now() + settleMs;
    while (!isTrue()) {
      if (clock.now() >= end) return false;
      await sleep(clock, LOOK_EVERY_MS);
    }
    return true;
  }

  const isReached = ({ service, entityIds }: ProposedAction) =>
    entityIds.every((id) => {
      const wanted = WANTED[service.slice(service.indexOf(".") + 1)];
      const state = states.get(id)?.state ?? "unavailable";
      return !AWAY.has(state) && (wanted?.includes(state) ?? true);
    });

  function keep(id: string, next: Partial<typeof agentAction.$inferInsert>): DoneAction {
    const row = db.update(agentAction).set(next).where(eq(agentAction.id, id)).returning().get();
    return toDone(row);
  }

  function find(id: string) {
    const row = db.select().from(agentAction).where(eq(agentAction.id, id)).get();
    if (!row) throw new AppError("not_found", "agent.no_action", "There is no such action");
    return row;
  }

  async function bringBack(row: typeof agentAction.$inferSelect): Promise<DoneAction> {
    if (row.undo === "undone") throw conflict("already_undone", "It is undone already");
    const touched = row.before.filter((before) => {
      const left = row.after.find(({ entityId }) => entityId === before.entityId);
      return !left || !isSame(before, left);
    });
    const changed = row.after.filter((left) => {
      const now = states.get(left.entityId);
      return !now || !isSettled(left, remember(now));
    });
    if (changed.length > 0) {
      keep(row.id, { undo: "changed" });
      throw conflict("changed_since", "It was changed since", {
        entityIds: changed.map(({ entityId }) => entityId),
      });
    }
    const calls = touched.flatMap(backOf);
    if (calls.length === 0) {
      keep(row.id, { undo: "impossible" });
      throw conflict("no_undo", "It cannot be taken back by itself");
    }
    for (const call of calls) await deps.call(call);
    await waitUntil(() =>
      touched.every((before) => isMoving(states.get(before.entityId)?.state, before.state)),
    );
    return keep(row.id, { undo: "undone", undoneAt: clock.now() });
  }

  return {
    async run(action, { proposalId, byName, undoMinutes }) {
      const id = randomBytes(16).toString("base64url");
      const at = clock.now();
      const before = rememberAll(action.entityIds);
      db.insert(agentAction)
        .values({
          ...{ id, proposalId, byName, at, before, after: [], outcome: "running" },
          ...{ service: action.service, entityIds: action.entityIds, undo: "possible" },
          undoUntil: at + undoMinutes * MINUTE_MS,
        })
        .run();
      try {
        await deps.call(action);
      } catch (error) {
        const failed = keep(id, { outcome: "failed", undo: "impossible" });
        return { ...failed, failure: toAppError(error).message };
      }
      const isDone = await waitUntil(() => isReached(action));
      const after = rememberAll(action.entityIds);
      const undo = before.some((one) => backOf(one).length > 0) ? "possible" : "impossible";
      return keep(id, { outcome: isDone ? "done" : "unconfirmed", after, undo });
    },
    async undo(id) {
      const row = find(id);
      if (undoing.has(id)) throw conflict("already_undone", "It is being undone");
      if (row.undo === "impossible") throw conflict("no_undo", "It cannot be taken back by itself");
      undoing.add(id);
      try {
        return await bringBack(row);
      } finally {
        undoing.delete(id);
      }
    },
    get: (id) => toDone(find(id)),
    of: (proposalIds) =>
      db
        .select()
        .from(agentAction)
        .where(inArray(agentAction.proposalId, [...proposalIds]))
        .orderBy(asc(agentAction.at))
        .all()
        .map(toDone),
    demoted() {
      const since = clock.now() - DEMOTED_MS;
      const undone = db
        .select({ entityIds: agentAction.entityIds, at: agentAction.undoneAt })
        .from(agentAction)
        .where(and(isNotNull(agentAction.undoneAt), gte(agentAction.undoneAt, since)))
        .orderBy(asc(agentAction.undoneAt))
        .all();
      const byDomain = Map.groupBy(
        undone.flatMap(({ entityIds, at }) =>
          [...new Set(entityIds.map(domainOf))].map((domain) => ({ domain, at: at ?? 0 })),
        ),
        ({ domain }) => domain,
      );
      return [...byDomain].flatMap(([domain, times]) => {
        const decisive = times.at(-DEMOTED_AFTER_UNDOS);
        return decisive ? [{ domain, until: decisive.at + DEMOTED_MS }] : [];
      });
    },
    countSince: (since, byName) =>
      countRows(db, agentAction, and(gte(agentAction.at, since), eq(agentAction.byName, byName))),
    outcomesSince: (since) => ({
      done: countRows(db, agentAction, gte(agentAction.at, since)),
      undone: countRows(db, agentAction, gte(agentAction.undoneAt, since)),
    }),
    resume() {
      db.update(agentAction)
        .set({ outcome: "failed", undo: "impossible" })
        .where(eq(agentAction.outcome, "running"))
        .run();
    },
  };
}

const domainOf = (id: string) => id.slice(0, id.indexOf("."));

/** What an entity may say once the call has worked; of other calls it only has to be there. */
const WANTED: Readonly<Record<string, readonly string[]>> = {
  turn_off: ["off", "standby", "idle"],
  turn_on: ["on", "idle", "playing", "paused", "standby"],
  close_cover: ["closing", "closed"],
  open_cover: ["opening", "open"],
  lock: ["locking", "locked"],
  close_valve: ["closing", "closed"],
  media_pause: ["paused", "idle"],
  return_to_base: ["returning", "docked"],
};

const ARRIVING: Readonly<Record<string, string>> = {
  closing: "closed",
  opening: "open",
  locking: "locked",
  returning: "docked",
};

/** The same, or where it was on its way to. */
function isSettled(left: Remembered, now: Remembered): boolean {
  const arrived = ARRIVING[left.state];
  return isSame(left, now) || (arrived !== undefined && [arrived, left.state].includes(now.state));
}

const isMoving = (now: string | undefined, wanted: string) =>
  now !== undefined && (now === wanted || ARRIVING[now] === wanted);

const toDone = (row: typeof agentAction.$inferSelect): DoneAction => ({
  ...{ id: row.id, proposalId: row.proposalId, service: row.service, entityIds: row.entityIds },
  ...{ at: row.at, undoUntil: row.undoUntil },
  outcome: row.outcome as DoneAction["outcome"], // written by this file only
  undo: row.undo as DoneAction["undo"], // likewise
});

const conflict = (what: string, message: string, facts: Record<string, unknown> = {}) =>
  new AppError("conflict", `agent.${what}`, message, { facts });
