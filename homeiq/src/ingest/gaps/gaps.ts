import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Db } from "#store/database.ts";
import {
  closeGap,
  findOpenGap,
  type GapRow,
  keepFill,
  keepGap,
  keepLastAlive,
  listDueGaps,
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

/**
 * How far a gap was closed from what Home Assistant kept: `partly` when it had nothing of some entities,
 * `lost` when it had nothing at all. `open` is not tried yet, or to be tried again.
 */
export type GapState = "open" | "filling" | "filled" | "partly" | "lost";

/** A time in which changes may have happened that were not recorded. `to` is absent while it lasts. */
export interface Gap {
  readonly id: number;
  readonly from: number;
  readonly to?: number;
  readonly reason: GapReason;
  readonly detail?: string;
  readonly state: GapState;
  readonly filled?: GapFill;
}

/** What came back when the gap was closed. */
export interface GapFill {
  readonly at: number;
  /** Changes that we had not seen. */
  readonly changes: number;
  /** How many entities Home Assistant kept nothing of. */
  readonly entitiesWithout: number;
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
  /**
   * Gaps that wait to be closed from elsewhere, newest first. One that was closed within two minutes of its
   * end comes a second time: Home Assistant may not have written everything by then.
   */
  due(): Gap[];
  keepFill(id: number, fill: { state: GapState; filled?: GapFill }): void;
}

const SETTLED_AFTER_MS = 2 * MINUTE_MS; // households with an SD card let the recorder write once a minute

/** Keeps the record of every interruption, across restarts of this process as well. */
export function createGaps({ db, clock }: { db: Db; clock: Clock }): Gaps {
  // A process that was killed could not write its own gap: it begins where we last certainly listened.
  const lastAliveAt = readLastAlive(db);
  if (lastAliveAt !== undefined && !findOpenGap(db)) {
    keepGap(db, { from: lastAliveAt, to: null, reason: "not_running", detail: null });
  }

  return {
    list: (limit) => listGaps(db, limit).map(toGap),
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
    due: () => listDueGaps(db, clock.now(), SETTLED_AFTER_MS).map(toGap),
    keepFill: (id, { state, filled }) =>
      keepFill(db, id, {
        state,
        ...(filled
          ? {
              filledAt: filled.at,
              filledChanges: filled.changes,
              filledWithout: filled.entitiesWithout,
            }
          : {}),
      }),
  };
}

function toGap(row: GapRow): Gap {
  const { id, from, filledAt } = row;
  return {
    id,
    from,
    ...present("to", row.to),
    reason: row.reason as GapReason, // written by this file only
    ...present("detail", row.detail),
    state: row.state as GapState, // likewise
    ...(filledAt === null
      ? {}
      : {
          filled: {
            at: filledAt,
            changes: row.filledChanges ?? 0,
            entitiesWithout: row.filledWithout ?? 0,
          },
        }),
  };
}
