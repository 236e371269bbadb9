import { writeSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import type { PastChange } from "#src/ingest/history/history.ts";
import { openHistory } from "#support/history.ts";
import { seeded } from "#support/made-changes.ts";
import { createFastClock } from "./fast-clock.ts";
import { createHousehold } from "./household.ts";
import type { Line, Start } from "./life-process.ts";

// A history that lives until it is killed: hours pass within seconds. What it says on its standard output is
// true at that moment, and said before anything else happens.

const SPEED = 3 * 3600; // three hours a second
const PER_HOUR = 300;
const TICK_MS = 10;
export const RAW_DAYS = 1;

const start = JSON.parse(process.argv[2] ?? "") as Start;
const random = seeded(start.seed);
const clock = createFastClock(start.at, SPEED);
const household = createHousehold(random, start.firstMark);

/** A pipe takes what is written at once: a kill after this line cannot unsay it. */
const say = (line: Line) => void writeSync(1, `${JSON.stringify(line)}\n`);

say({ type: "begin", what: "open" });
const { history } = await openHistory({
  clock,
  folder: start.folder,
  onPublished(changes) {
    say({
      type: "published",
      changes: changes.map(({ id, entityId, at, newState, changedAttributes }) => ({
        id,
        entityId,
        at,
        ...(newState === undefined ? {} : { newState }),
        ...(changedAttributes ? { changedAttributes } : {}),
      })),
    });
    for (const change of changes) household.published(change);
  },
});
say({ type: "done", what: "open" });
say({ type: "begin", what: "live" });
if (start.onlyOpen) await new Promise(() => setInterval(() => {}, HOUR_MS)); // until it is killed
household.remember(await history.lastStates());
history.setRetention({ rawDays: RAW_DAYS, fiveMinuteDays: 3, hourlyDays: null, classes: [] });

async function add(changes: readonly PastChange[]): Promise<void> {
  say({ type: "begin", what: "past", changes });
  await history.addPast(changes);
  say({ type: "added", changes });
  say({ type: "done", what: "past" });
}

async function seal(): Promise<void> {
  say({ type: "begin", what: "seal" });
  await history.seal();
  say({ type: "done", what: "seal" });
}

async function retain(): Promise<void> {
  say({ type: "begin", what: "retain", before: clock.now() - RAW_DAYS * DAY_MS });
  await history.retain();
  say({ type: "done", what: "retain" });
}

/** Runs again and again, the next time after so much of the household's time. */
async function each(everyMs: number, work: () => Promise<void>): Promise<never> {
  for (;;) {
    const due = clock.now() + everyMs * (0.5 + random());
    while (clock.now() < due) await pause(TICK_MS);
    await work();
  }
}

async function happen(): Promise<never> {
  let from = clock.now();
  for (;;) {
    const to = clock.now();
    for (const change of household.live(from, to, PER_HOUR)) history.record(change);
    say({ type: "now", at: to });
    from = to;
    await pause(TICK_MS);
  }
}

const again = start.again;
await Promise.all([
  happen(),
  each(HOUR_MS, seal),
  each(5 * HOUR_MS, retain),
  (async () => {
    if (again) await add(again);
    let last: readonly PastChange[] = [];
    await each(50 * MINUTE_MS, async () => {
      const isRepeated = random() < 0.3;
      if (!isRepeated) last = household.past(clock.now());
      await add(last);
    });
  })(),
]);
