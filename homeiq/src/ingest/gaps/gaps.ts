import type { Clock } from "#foundation/clock.ts";
import type { Db } from "#store/database.ts";
import {
  closeGap,
  findOpenGap,
  keepGap,
  keepLastAlive,
  listGaps,
  readLastAlive,
} from "./gaps.store.ts";

export type GapReason =
  | "not_running"
  | "connection_lost"
  | "no_answer"
  | "home_assistant_restart"
  /** More changes than could be written. */
  | "overflow"
  /** The disk was nearly full. */
  | "disk_full";

/** A time in which changes may have happened that were not recorded. `to` is absent while it lasts. */
export interface Gap {
  readonly id: number;
  readonly from: number;
  readonly to?: number;
  readonly reason: GapReason;
  readonly detail?: string;
}

export interface Gaps {
  /** Newest first. */
  list(limit: number): Gap[];
  /** We listen and Home Assistant answers: nothing up to now was missed. */
  alive(): void;
  open(from: number, reason: GapReason, detail?: string): void;
  /** Ends the open gap, if there is one. A reason that became clear only now replaces the first guess. */
  close(to: number, reason?: GapReason): void;
  /** A gap that is over already. */
  add(gap: { from: number; to: number; reason: GapReason; detail?: string }): void;
}

/** Keeps the record of every interruption, across restarts of this process as well. */
export function createGaps({ db, clock }: { db: Db; clock: Clock }): Gaps {
  // A process that was killed could not write its own gap: it begins where we last certainly listened.
  const lastAliveAt = readLastAlive(db);
  if (lastAliveAt !== undefined && !findOpenGap(db)) {
    keepGap(db, { from: lastAliveAt, to: null, reason: "not_running", detail: null });
  }

  return {
    list: (limit) =>
      listGaps(db, limit).map(({ id, from, to, reason, detail }) => ({
        id,
        from,
        ...(to === null ? {} : { to }),
        reason: reason as GapReason, // written by this file only
        ...(detail === null ? {} : { detail }),
      })),
    alive: () => keepLastAlive(db, clock.now()),
    open(from, reason, detail) {
      if (findOpenGap(db)) return; // still the same interruption
      keepGap(db, { from, to: null, reason, detail: detail ?? null });
    },
    close(to, reason) {
      const open = findOpenGap(db);
      if (open)
        closeGap(db, open.id, { to: Math.max(to, open.from), ...(reason ? { reason } : {}) });
    },
    add: ({ from, to, reason, detail }) =>
      keepGap(db, { from, to, reason, detail: detail ?? null }),
  };
}
