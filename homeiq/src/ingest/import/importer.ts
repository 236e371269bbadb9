import type { PastChange, PastStatistic } from "#ingest/past/past.ts";

/** What there is to import, before anything is. */
export interface ImportPreview {
  readonly entities: {
    readonly total: number;
    /** Left out by the household's filter. */
    readonly filtered: number;
    readonly sample: readonly string[];
  };
  /** Absent when counting would take too long. */
  readonly changes?: number;
  readonly statistics?: number;
  readonly from?: number;
  readonly to?: number;
  readonly problems: Problems;
}

/** What could not be used, the first of them in words. */
export interface Problems {
  readonly count: number;
  readonly first: readonly string[];
}

/** A piece of what is read. */
export interface Batch {
  readonly changes?: readonly PastChange[];
  readonly statistics?: readonly PastStatistic[];
  readonly problems?: readonly string[];
  /**
   * How far one of the things that are read in order is complete once this batch is kept, such as
   * `states 1000`; it takes the place of `states 900`. A run that goes on is given it back.
   */
  readonly donePart?: string;
  /** 0 to 1. */
  readonly progress: number;
  /** What is being read, in plain words. */
  readonly step: string;
}

/** One way to read somebody else's records. */
export interface Importer {
  preview(signal: AbortSignal): Promise<ImportPreview>;
  /** Leaves out what `done` names. Ends soon after `signal` aborts. */
  read(done: ReadonlySet<string>, signal: AbortSignal): AsyncIterable<Batch>;
}

/** What every importer wants to know of the household. */
export interface Household {
  /** Whether the filter lets an entity through. */
  isRecorded(entityId: string): boolean;
  findUser(userId: string): { name?: string; isSystem: boolean } | undefined;
  now(): number;
}

export const ENTITY_ID = /^[a-z0-9_]+\.[a-z0-9_]+$/;
export const MAX_STATE_CHARACTERS = 255;
export const EARLIEST_MS = Date.UTC(2013, 8, 17); // Home Assistant's first commit; nothing can be older
const SAMPLE = 20;

/** The entities that were found, as a preview shows them. */
export function describeEntities(entityIds: Iterable<string>, household: Household) {
  const all = [...entityIds].sort();
  const kept = all.filter((id) => household.isRecorded(id));
  return { total: all.length, filtered: all.length - kept.length, sample: kept.slice(0, SAMPLE) };
}

/** Drops what only repeats the state before it, per entity; a later change of an earlier time is kept. */
export function createRepeats() {
  const last = new Map<string, { at: number; state: string }>();
  return {
    isRepeat(entityId: string, at: number, state: string): boolean {
      const before = last.get(entityId);
      const repeats = before !== undefined && before.state === state && at >= before.at;
      if (!before || at >= before.at) last.set(entityId, { at, state });
      return repeats;
    },
  };
}

/** How far an earlier run came with one thing; `undefined` when it had not begun. */
export function reachedIn(done: ReadonlySet<string>, name: string): string | undefined {
  const part = [...done].find((one) => one.startsWith(`${name} `));
  return part?.slice(name.length + 1);
}
