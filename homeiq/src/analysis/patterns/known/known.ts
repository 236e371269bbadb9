import { createHash } from "node:crypto";
import { and, asc, desc, eq, inArray, lt, notInArray, sql } from "drizzle-orm";
import { dropAbsent } from "#foundation/absent.ts";
import { AppError } from "#foundation/errors.ts";
import { DAY_MS } from "#foundation/time.ts";
import type { Db } from "#store/database.ts";
import { inOneTransaction } from "#store/in-one-transaction.ts";
import { replaceRows } from "#store/replace-rows.ts";
import type { Pattern, PatternFacts } from "../any-pattern.ts";
import { intervalOf } from "../chance/chance.ts";
import { around } from "../circle/circle.ts";
import { packActs, unpackActs } from "../packed-acts/packed-acts.ts";
import type {
  DetectionRun,
  DetectorHealth,
  KnownPattern,
  PatternFilter,
  PatternStatus,
} from "../patterns.ts";
import { pattern, patternDetector, patternMemory, patternRun } from "./known.table.ts";

/** How one detector did in a run. */
export interface DetectorRun {
  readonly detector: string;
  readonly found: number;
  readonly durationMs: number;
  readonly capped: number;
  readonly error?: string;
}

/** What came out of a look through the past. */
export interface Looked {
  readonly found: readonly Pattern[];
  readonly detectors: readonly DetectorRun[];
  readonly remembered: Uint8Array;
}

export interface KnownPatterns {
  list(filter: PatternFilter): KnownPattern[];
  get(id: string): KnownPattern;
  detectors(): DetectorHealth[];
  lastRun(): DetectionRun | undefined;
  /** What the last run read of the past, packed. */
  remembered(): Uint8Array | undefined;
  /** Keeps what a run found and read: all of it, or nothing. */
  keep(run: DetectionRun, looked: Looked): void;
}

const MOST_SEEN = 200; // of each habit; older ones are counted
const MOST_PAST = 90; // runs
const FADES_AFTER = 2; // runs
const ENDS_AFTER = 14;
const KEPT_MS = 90 * DAY_MS; // after it ended
const RUNS_KEPT_MS = 400 * DAY_MS;
const SAME_MINUTES = 75; // a habit that moved by as much is still the same

type Row = typeof pattern.$inferSelect;

/** What was found, from run to run. */
export function createKnownPatterns({ db }: { readonly db: Db }): KnownPatterns {
  function idsOf(found: readonly Pattern[], known: readonly Row[]): Map<string, Pattern> {
    const byId = new Map(found.map((one) => [idOf(one.key), one]));
    const gone = known.filter(({ id, status }) => !byId.has(id) && status !== "ended");
    for (const [id, one] of [...byId]) {
      if (known.some((row) => row.id === id)) continue;
      const moved = gone.find((row) => isSame(row, one) && !byId.has(row.id));
      if (!moved) continue;
      byId.delete(id);
      byId.set(moved.id, one);
    }
    return byId;
  }

  return {
    list({ kinds, statuses, entityId }) {
      const rows = db
        .select()
        .from(pattern)
        .where(
          and(
            kinds ? inArray(pattern.kind, [...kinds]) : undefined,
            statuses ? inArray(pattern.status, [...statuses]) : undefined,
          ),
        )
        .orderBy(desc(sql`json_extract(${pattern.found}, '$.confidence')`), asc(pattern.id))
        .all()
        .map(toKnown);
      return entityId === undefined
        ? rows
        : rows.filter(({ pattern: one }) => one.entityIds.includes(entityId));
    },
    get(id) {
      const row = db.select().from(pattern).where(eq(pattern.id, id)).get();
      if (row) return toKnown(row);
      throw new AppError("not_found", "patterns.unknown", `There is no pattern ${id}`);
    },
    detectors: () =>
      db
        .select()
        .from(patternDetector)
        .orderBy(asc(patternDetector.detector))
        .all()
        .map(({ lastError, ...one }) => ({
          ...one,
          ...dropAbsent({ lastError: lastError ?? undefined }),
        })),
    lastRun: () => db.select().from(patternRun).orderBy(desc(patternRun.startedAt)).get(),
    remembered: () => db.select().from(patternMemory).get()?.moves,
    keep(run, { found, detectors, remembered }) {
      const at = run.startedAt;
      inOneTransaction(db, (tx) => {
        const known = tx.select().from(pattern).all();
        const byId = idsOf(found, known);
        const knownById = new Map(known.map((row) => [row.id, row]));
        replaceRows(tx, {
          ...{ table: pattern, key: pattern.id },
          rows: [...byId].map(([id, one]) => toRow(id, one, { at, before: knownById.get(id) })),
        });
        for (const row of known.filter(({ id }) => !byId.has(id))) {
          const runsWithout = row.runsWithout + 1;
          tx.update(pattern)
            .set({ runsWithout, status: statusAfter(runsWithout) })
            .where(eq(pattern.id, row.id))
            .run();
        }
        tx.delete(pattern)
          .where(and(eq(pattern.status, "ended"), lt(pattern.lastFoundAt, at - KEPT_MS)))
          .run();
        tx.insert(patternRun).values(run).onConflictDoNothing().run();
        tx.delete(patternRun)
          .where(lt(patternRun.startedAt, at - RUNS_KEPT_MS))
          .run();
        for (const one of detectors) keepDetector(tx, one);
        const names = detectors.map(({ detector }) => detector);
        tx.delete(patternDetector).where(notInArray(patternDetector.detector, names)).run();
        replaceRows(tx, {
          ...{ table: patternMemory, key: patternMemory.id },
          rows: [{ id: 1, moves: Buffer.from(remembered) }],
        });
      });
    },
  };
}

function keepDetector(tx: Pick<Db, "insert">, { error, ...one }: DetectorRun): void {
  const failed = error === undefined ? 0 : 1;
  tx.insert(patternDetector)
    .values({ ...one, runs: 1, failures: failed, lastError: error ?? null })
    .onConflictDoUpdate({
      target: patternDetector.detector,
      set: {
        ...one,
        runs: sql`${patternDetector.runs} + 1`,
        failures: sql`${patternDetector.failures} + ${failed}`,
        ...(error === undefined ? {} : { lastError: error }),
      },
    })
    .run();
}

const idOf = (key: string): string => createHash("sha256").update(key).digest("hex").slice(0, 12);

function statusAfter(runsWithout: number): PatternStatus {
  if (runsWithout < FADES_AFTER) return "active";
  return runsWithout < ENDS_AFTER ? "fading" : "ended";
}

/** The same thing done at a time that moved a little: not a new habit. */
function isSame({ found, kind }: Row, one: Pattern): boolean {
  if (kind !== "time_of_day" || one.kind !== "time_of_day") return false;
  const before = found as typeof one; // a row of this kind
  return (
    before.entityId === one.entityId &&
    before.to === one.to &&
    before.person === one.person &&
    before.on === one.on &&
    before.first === one.first &&
    Math.abs(around(before.minute - one.minute)) <= SAME_MINUTES
  );
}

function toRow(
  id: string,
  { seen, missed, ...found }: Pattern,
  { at, before }: { readonly at: number; readonly before: Row | undefined },
): Row {
  return {
    ...{ id, kind: found.kind, status: "active", found },
    seen: packActs(seen.slice(-MOST_SEEN)),
    missed: missed.slice(-MOST_SEEN),
    seenCount: seen.length,
    missedCount: missed.length,
    firstFoundAt: before?.firstFoundAt ?? at,
    ...{ lastFoundAt: at, runsWithout: 0 },
    past: [...(before?.past ?? []), { at, confidence: found.confidence }].slice(-MOST_PAST),
  };
}

function toKnown({ id, status, found, seen, missed, ...row }: Row): KnownPattern {
  const { seenCount, missedCount, firstFoundAt, lastFoundAt, past } = row;
  const { hits, tries } = trialsOf(found, seenCount, missedCount);
  const { low, high } = intervalOf(hits, tries);
  return {
    ...{ id, status, seenCount, tries, missedCount, firstFoundAt, lastFoundAt, past },
    pattern: { ...found, seen: unpackActs(seen), missed } as Pattern, // as `toRow` took it apart
    confidenceLow: low,
    confidenceHigh: high,
  };
}

/**
 * Of how many times it came how often: confidence is (hits + 1) / (tries + 2), Laplace's rule.
 *
 * What was seen are the hits, except where one of them is a whole evening or day.
 */
function trialsOf({ kind, confidence }: PatternFacts, seen: number, missed: number) {
  if (kind === "anomaly") return { hits: seen, tries: seen };
  if (kind !== "presence_plan" && kind !== "person") {
    return { hits: seen, tries: Math.max(seen, Math.round((seen + 1) / confidence - 2)) };
  }
  const hits = Math.round((confidence * (missed + 2) - 1) / (1 - confidence));
  return { hits, tries: hits + missed };
}
