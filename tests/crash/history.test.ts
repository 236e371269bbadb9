import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#src/foundation/time.ts";
import type { PastChange, RecordedChange } from "#src/ingest/history/history.ts";
import { createFakeClock } from "#support/clock.ts";
import { allEvents, openHistory } from "#support/history.ts";
import { chance, KILLS } from "./chance.ts";
import { examineFiles, examineStatistics, readAll } from "./examine.ts";
import { isTrue, markOf } from "./household.ts";
import { type Line, liveUntil, type Moment, type Published, tookMs } from "./life-process.ts";

const START = Date.UTC(2026, 8, 1, 18);
const MARKS_OF_A_LIFE = 100_000;
const LONGEST_LIFE_MS = 1_000;
const THOROUGH_EVERY = 10;
const USUAL_MS = 250;
const AFTER_ITS_END = 1.2; // what comes right after a work is worth a kill, too
const WORKS = ["open", "live", "live", "seal", "seal", "seal", "past", "retain"] as const;

/** What must be there, and how far the household's time has come. */
interface Known {
  now: number;
  /** Everything older may be deleted. */
  border: number;
  readonly published: Map<string, Published>;
  readonly added: Map<string, PastChange>;
  again: readonly PastChange[] | undefined;
}

const nameOf = (change: Published | RecordedChange) => `${change.entityId} ${markOf(change)}`;
const pastNameOf = ({ entityId, state }: PastChange) => `${entityId} ${state}`;

function momentOf(random: () => number): Moment {
  const what = WORKS[Math.floor(random() * WORKS.length)] ?? "seal";
  if (what === "live") return { what, times: 1, delayMs: random() * LONGEST_LIFE_MS };
  const times = what === "open" ? 1 : 1 + Math.floor(random() * 3);
  return { what, times, delayMs: random() * AFTER_ITS_END * (tookMs.get(what) ?? USUAL_MS) };
}

function learn(known: Known, said: readonly Line[]): void {
  known.again = undefined;
  for (const line of said) {
    if (line.type === "now") known.now = line.at;
    if (line.type === "published") {
      for (const change of line.changes) known.published.set(nameOf(change), change);
    }
    if (line.type === "added") {
      known.again = undefined;
      for (const change of line.changes) known.added.set(pastNameOf(change), change);
    }
    if (line.type === "begin" && line.what === "past") known.again = line.changes;
    if (line.type === "begin" && line.what === "retain") {
      known.border = Math.max(known.border, Math.floor(line.before / DAY_MS) * DAY_MS);
    }
  }
  for (const [name, { at }] of known.published) {
    if (at < known.border) known.published.delete(name);
  }
  for (const [name, { at }] of known.added) {
    if (at <= known.border) known.added.delete(name);
  }
}

function examineChanges(known: Known, found: readonly RecordedChange[]): void {
  const byName = Map.groupBy(found, nameOf);
  const doubled = [...byName].filter(([, same]) => same.length > 1);
  expect(doubled, "nothing is there twice").toEqual([]);
  expect(found.filter((change) => !isTrue(change))).toEqual([]);
  const lost: unknown[] = [];
  for (const [name, { id, at }] of known.published) {
    const [there] = byName.get(name) ?? [];
    const isAsTold = there?.id === id && there.at === at && there.source === undefined;
    if (!isAsTold) lost.push({ name, id, at, there });
  }
  expect(lost, "every change that was published is there").toEqual([]);
  for (const [name, past] of known.added) {
    const [there] = byName.get(name) ?? [];
    if (!there || Math.abs(there.at - past.at) > 1) lost.push({ name, past, there });
  }
  expect(lost, "every change of the past that was added is there").toEqual([]);
}

/** A new process would see the same: this one opens the folder as the killed one left it. */
async function examine(known: Known, folder: string, isThorough: boolean): Promise<string> {
  const clock = createFakeClock(known.now);
  const opened = await openHistory({ clock, folder });
  try {
    const { history, store } = opened;
    examineFiles(store);
    const found = await readAll(history, 0);
    examineChanges(known, found);
    let hours = await examineStatistics(opened, { changes: found, from: known.border });
    if (isThorough) {
      const events = await allEvents(history, { from: known.now - 6 * HOUR_MS });
      expect(events.map(({ id }) => id).toReversed()).toEqual(
        found.filter(({ at }) => at >= known.now - 6 * HOUR_MS).map(({ id }) => id),
      );
      await history.seal();
      const after = await readAll(history, 0);
      examineChanges(known, after);
      examineFiles(store);
      expect((await history.summary()).stateChanges).toBe(after.length);
      hours = await examineStatistics(opened, { changes: after, from: known.border });
    }
    return `${found.length} changes, ${hours} hours of finished days`;
  } finally {
    await opened.history[Symbol.asyncDispose]();
    await opened.store[Symbol.asyncDispose]();
  }
}

test(`a history that was killed ${KILLS} times in the middle of its work has lost nothing and doubled nothing`, async () => {
  const random = chance("The history is killed");
  const folder = mkdtempSync(join(tmpdir(), "homeiq-crash-"));
  const known: Known = {
    now: START,
    border: 0,
    published: new Map(),
    added: new Map(),
    again: undefined,
  };
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const moment = momentOf(random);
    const start = {
      folder,
      seed: Math.floor(random() * 2 ** 31),
      at: known.now + Math.floor(random() ** 8 * 30 * HOUR_MS), // at times it is away for long
      firstMark: kill * MARKS_OF_A_LIFE,
      ...(known.again ? { again: known.again } : {}),
    };
    const said = await liveUntil(moment, start);
    known.now = start.at;
    learn(known, said);
    const isThorough = kill % THOROUGH_EVERY === 0;
    const where = `kill ${kill} at ${JSON.stringify(moment)}, in ${folder}`;
    const told = await examine(known, folder, isThorough).catch((error) => {
      throw new Error(`After ${where}: ${error.message}`, { cause: error });
    });
    if (isThorough) process.stdout.write(`${where}: ${told}\n`);
  }
  rmSync(folder, { recursive: true, force: true });
});
