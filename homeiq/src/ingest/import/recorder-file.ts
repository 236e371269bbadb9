import { open } from "node:fs/promises";
import { present } from "#foundation/absent.ts";
import { AppError } from "#foundation/errors.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import { causeOfPast, type PastChange, type PastStatistic } from "#ingest/past/past.ts";
import { startThread } from "#store/thread.ts";
import {
  type Batch,
  createRepeats,
  describeEntities,
  EARLIEST_MS,
  ENTITY_ID,
  type Household,
  type Importer,
  MAX_STATE_CHARACTERS,
  reachedIn,
} from "./importer.ts";
import { readCauses, toContextId, toUserId } from "./recorder-causes.ts";
import type { ForeignHandlers } from "./recorder-file.worker.ts";
import { type Read, type RecorderSchema, readSchema } from "./recorder-schema.ts";

const ROWS = 10_000;
const HEADER = "SQLite format 3\0";
const STATES_SHARE = 0.9; // of the progress; statistics are fewer

/** Reads a copy of Home Assistant's `home-assistant_v2.db`, on a thread of its own, without writing to it. */
export function createRecorderFileImporter(file: string, household: Household): Importer {
  async function opened<T>(use: (read: Read) => Promise<T>): Promise<T> {
    await refuseOthers(file);
    await using thread = startForeign(file);
    return await use((sql, params = []) => thread.ask("read", { sql, params })).catch(refuseBroken);
  }

  return {
    preview: () =>
      opened(async (read) => {
        const schema = await readSchema(read);
        const { from, entityId, updated, isChange } = schema.states;
        const [row] = await read(
          `select count(*), min(${updated}), max(${updated}) from states s where ${isChange}`,
        );
        const ids = await read(
          `select distinct ${entityId} from ${from} where ${entityId} is not null`,
        );
        const [hours] = schema.statistics ? await read("select count(*) from statistics") : [];
        const [changes, first, last] = row ?? [];
        return {
          entities: describeEntities(
            ids.map(([id]) => String(id)),
            household,
          ),
          changes: Number(changes ?? 0),
          ...(hours ? { statistics: Number(hours[0]) } : {}),
          ...(typeof first === "number" ? { from: Math.round(first * 1000) } : {}),
          ...(typeof last === "number" ? { to: Math.round(last * 1000) } : {}),
          problems: { count: 0, first: [] },
        };
      }),

    async *read(done, signal) {
      await refuseOthers(file);
      await using thread = startForeign(file);
      const read: Read = (sql, params = []) =>
        thread.ask("read", { sql, params }).catch(refuseBroken);
      const schema = await readSchema(read);
      yield* readStates(read, schema, { done, signal, household });
      if (schema.statistics)
        yield* readStatistics(read, schema.statistics, { done, signal, household });
    },
  };
}

const startForeign = (file: string) =>
  startThread<ForeignHandlers>({
    ...{ file: "recorder-file.worker", beside: import.meta.url },
    data: file,
  });

interface Run {
  readonly done: ReadonlySet<string>;
  readonly signal: AbortSignal;
  readonly household: Household;
}

async function* readStates(
  read: Read,
  schema: RecorderSchema,
  { done, signal, household }: Run,
): AsyncIterable<Batch> {
  const { from, entityId, updated, isChange, unit, context } = schema.states;
  const causes = await readCauses(read, schema, signal);
  const [[newest = 0] = []] = await read("select max(state_id) from states");
  const repeats = createRepeats();
  const before = new Map<string, string>();
  let last = Number(reachedIn(done, "states") ?? 0);
  for (;;) {
    signal.throwIfAborted();
    const rows = await read(
      `select s.state_id, ${entityId}, s.state, ${updated}, ${unit}, ${context.join(", ")} from ${from}
        where s.state_id > ? and ${isChange} and s.state is not null order by s.state_id limit ${ROWS}`,
      [last],
    );
    const changes: PastChange[] = [];
    let bad = 0;
    for (const row of rows) {
      const [id, entity, state, at, itsUnit] = row;
      last = Number(id);
      const change = toChange({ entity, state, at, now: household.now() });
      if (!change) bad += 1;
      if (!change || !household.isRecorded(change.entityId)) continue;
      if (repeats.isRepeat(change.entityId, change.at, change.state)) continue;
      const [contextId, parentId] = [toContextId(row[5]), toContextId(row[6])];
      const userId = toUserId(row[7]);
      const found = causes.find(contextId, parentId);
      const cause = causeOfPast({
        ...change,
        ...present("before", before.get(change.entityId)),
        origin: { ...found, ...present("userId", userId ?? found.userId) },
        findUser: household.findUser,
      });
      before.set(change.entityId, change.state);
      changes.push({
        ...change,
        ...(typeof itsUnit === "string" && itsUnit !== "" ? { unit: itsUnit } : {}),
        ...present("cause", cause),
        context: {
          ...present("id", contextId),
          ...present("parentId", parentId),
          ...present("userId", userId),
        },
      });
    }
    yield {
      changes,
      donePart: `states ${last}`,
      problems: bad === 0 ? [] : [`${bad} rows have no valid entity, state or time`],
      progress: STATES_SHARE * Math.min(1, last / Math.max(1, Number(newest))),
      step: "Reads states",
    };
    if (rows.length < ROWS) return;
  }
}

async function* readStatistics(
  read: Read,
  { start }: NonNullable<RecorderSchema["statistics"]>,
  { done, signal, household }: Run,
): AsyncIterable<Batch> {
  const [[newest = 0] = []] = await read("select max(id) from statistics");
  const totals = new Map<string, number>();
  let last = Number(reachedIn(done, "statistics") ?? 0);
  for (;;) {
    signal.throwIfAborted();
    const rows = await read(
      `select st.id, sm.statistic_id, ${start}, st.mean, st.min, st.max, st.sum, st.state
        from statistics st join statistics_meta sm on sm.id = st.metadata_id
        where st.id > ? order by st.id limit ${ROWS}`,
      [last],
    );
    const statistics: PastStatistic[] = [];
    for (const [id, statisticId, at, mean, min, max, sum, state] of rows) {
      last = Number(id);
      const entityId = String(statisticId);
      if (!ENTITY_ID.test(entityId) || typeof at !== "number") continue; // those with a colon are no entity's
      if (!household.isRecorded(entityId)) continue;
      statistics.push({
        entityId,
        start: Math.round((at * 1000) / HOUR_MS) * HOUR_MS,
        ...present("mean", toNumber(mean)),
        ...present("min", toNumber(min)),
        ...present("max", toNumber(max)),
        ...present("rise", riseOf(totals, entityId, toNumber(sum))),
        ...present("last", toNumber(state)),
      });
    }
    yield {
      statistics,
      donePart: `statistics ${last}`,
      progress: STATES_SHARE + (1 - STATES_SHARE) * Math.min(1, last / Math.max(1, Number(newest))),
      step: "Reads long-term statistics",
    };
    if (rows.length < ROWS) return;
  }
}

function toChange({
  entity,
  state,
  at,
  now,
}: Record<"entity" | "state" | "at", unknown> & { now: number }) {
  if (typeof entity !== "string" || !ENTITY_ID.test(entity)) return undefined;
  if (typeof state !== "string" || state === "" || state.length > MAX_STATE_CHARACTERS)
    return undefined;
  const moment = typeof at === "number" ? Math.round(at * 1000) : Number.NaN;
  if (!(moment >= EARLIEST_MS && moment <= now + DAY_MS)) return undefined;
  return { entityId: entity, at: moment, state, source: "recorder" } as const;
}

/** What a running total has grown by since the hour before; the first hour has nothing to compare with. */
function riseOf(totals: Map<string, number>, entityId: string, sum: number | undefined) {
  if (sum === undefined) return undefined;
  const before = totals.get(entityId);
  totals.set(entityId, sum);
  return before === undefined ? undefined : sum - before;
}

const toNumber = (value: unknown) =>
  typeof value === "number" && Number.isFinite(value) ? value : undefined;

async function refuseOthers(file: string): Promise<void> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(HEADER.length), 0, HEADER.length, 0);
    if (buffer.toString("latin1") === HEADER) return;
  } finally {
    await handle.close();
  }
  throw new AppError("invalid", "imports.not_sqlite", "This file is no SQLite database");
}

/** Whatever SQLite says of a foreign file is the file's fault, not ours. */
function refuseBroken(error: unknown): never {
  if (error instanceof AppError && error.kind !== "internal") throw error;
  throw new AppError(
    "invalid",
    "imports.recorder_broken",
    "The database cannot be read. Stop Home Assistant's recorder, or use the copy in a backup, and try again",
    { cause: error },
  );
}
