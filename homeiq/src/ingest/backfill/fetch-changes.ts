import { present } from "#foundation/absent.ts";
import { AppError } from "#foundation/errors.ts";
import type { KeptHistory, LogbookEntry, Recorder } from "#home/recorder/recorder.ts";
import { domainOf, isOperable } from "#ingest/normalize/normalize.ts";
import { causeOfPast, type PastChange } from "#ingest/past/past.ts";
import type { Pace } from "./pace.ts";
import type { Question } from "./questions.ts";

/** What the recorder had for one request. */
export interface Fetched {
  readonly changes: readonly PastChange[];
  /** Entities of which the recorder had at least the state in force. */
  readonly known: ReadonlySet<string>;
  rowsOf(entityId: string): number;
}

interface Deps {
  readonly recorder: Pick<Recorder, "history" | "logbook">;
  readonly pace: Pace;
  /** The unit now: the recorder would send it with each row, at many times the cost. */
  unitOf(entityId: string): string | undefined;
  findUser(userId: string): { name?: string; isSystem: boolean } | undefined;
}

const EDGE_MS = 1; // Home Assistant leaves out both ends of a range
const LOGBOOK_ROWS_EACH = 5; // an entry of the logbook is about five times as long as a row of history
const ROUNDING_MS = 1; // history and logbook read the same moment, but not always by the same way

/** Fetches state changes with their causes, as far as the logbook tells them. */
export function createFetch({ recorder, pace, unitOf, findUser }: Deps) {
  let hasLogbook = true;

  return async function fetchChanges(question: Question, signal: AbortSignal): Promise<Fetched> {
    const range = { from: question.from - EDGE_MS, to: question.to + EDGE_MS };
    const history = await pace.ask(
      () => recorder.history({ ...range, entityIds: question.entityIds, withBefore: true }),
      signal,
    );
    const causes = await readCauses(history, range, signal);
    const changes: PastChange[] = [];
    for (const [entityId, states] of history.changes) {
      let before = history.before.get(entityId);
      for (const { at, state } of states) {
        if (state === before) continue; // written again, as after a restart
        const origin = causes?.find(entityId, at);
        const cause = causeOfPast({
          entityId,
          state,
          findUser,
          ...present("before", before),
          ...present("origin", origin ?? (causes ? {} : undefined)),
        });
        changes.push({
          entityId,
          at,
          state,
          source: "recorder",
          ...present("unit", unitOf(entityId)),
          ...present("cause", cause),
          ...(origin?.userId ? { context: { userId: origin.userId } } : {}),
        });
        before = state;
      }
    }
    return {
      changes,
      known: new Set([...history.changes.keys(), ...history.before.keys()]),
      rowsOf: (entityId) => history.changes.get(entityId)?.length ?? 0,
    };
  };

  /** Only what a person can operate: the cause of a reading is the same whatever the logbook says. */
  async function readCauses(
    { changes }: KeptHistory,
    range: { from: number; to: number },
    signal: AbortSignal,
  ) {
    const entries = new Map<string, LogbookEntry>();
    let group: string[] = [];
    let expected = 0;
    const ask = async () => {
      if (group.length === 0 || !hasLogbook) return;
      const entityIds = group;
      group = [];
      expected = 0;
      const found = await pace.ask(() => recorder.logbook({ ...range, entityIds }), signal);
      for (const entry of found) entries.set(keyOf(entry.entityId, entry.at), entry);
    };
    try {
      for (const [entityId, states] of changes) {
        if (!isOperable(domainOf(entityId))) continue;
        const own = states.length * LOGBOOK_ROWS_EACH;
        if (expected + own > pace.rows()) await ask();
        group.push(entityId);
        expected += own;
      }
      await ask();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "recorder.not_loaded") throw error;
      hasLogbook = false; // history without causes is better than none
    }
    if (!hasLogbook) return undefined;
    return {
      find: (entityId: string, at: number) => {
        const near = [at, at - ROUNDING_MS, at + ROUNDING_MS];
        return near.map((when) => entries.get(keyOf(entityId, when))).find((entry) => entry);
      },
    };
  }
}

const keyOf = (entityId: string, at: number) => `${entityId} ${at}`;
