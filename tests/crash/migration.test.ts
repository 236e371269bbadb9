import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "#src/foundation/time.ts";
import { createFakeClock } from "#support/clock.ts";
import { openHistory } from "#support/history.ts";
import { chance, KILLS } from "./chance.ts";
import { examineFiles, readAll } from "./examine.ts";
import { makeFirstVersion, type OldChange } from "./first-version.ts";
import { liveUntil } from "./life-process.ts";

const START = Date.UTC(2026, 8, 1);
const ENTITIES = 40;
const MOMENTS = 13_000; // more than are taken over in one step
const LONGEST_STEP_MS = 900;

/** Ten days, in which much happens in the same millisecond, and an attribute changes right after a state. */
function tenDays(random: () => number): OldChange[] {
  return Array.from({ length: MOMENTS }, (_, n): OldChange[] => {
    const at = START + Math.floor((n * 10 * DAY_MS) / MOMENTS);
    const change: OldChange = {
      entityId: `sensor.s${Math.floor(random() * ENTITIES)}`,
      at,
      kind: "state",
      newState: String(n),
      changedAttributes: null,
    };
    const twin: OldChange = { ...change, entityId: `sensor.t${n % ENTITIES}` };
    const dressed: OldChange = { ...change, kind: "attributes", changedAttributes: `{"n":${n}}` };
    const isBusy = n % 3 === 0;
    return isBusy ? [change, twin, { ...dressed, at: at + (n % 2) }] : [change];
  }).flat();
}

const nameOf = ({ entityId, at, kind, newState }: Omit<OldChange, "changedAttributes">) =>
  `${entityId} ${at} ${kind} ${newState}`;

test("a database of the first version that is killed while it is taken over loses nothing and doubles nothing", async () => {
  const random = chance("The first version is taken over");
  const changes = tenDays(random);
  const rounds = Math.max(1, Math.round(KILLS / 40));
  for (let round = 1; round <= rounds; round += 1) {
    const folder = mkdtempSync(join(tmpdir(), "homeiq-crash-"));
    makeFirstVersion(join(folder, "homeiq.db"), changes);
    const start = { folder, seed: 1, at: START + 11 * DAY_MS, firstMark: 0, onlyOpen: true };
    let kills = 0;
    for (let isOpen = false; !isOpen; kills += 1) {
      // Each life is a little longer than the one before, so that one comes to the end.
      const delayMs = random() * LONGEST_STEP_MS + kills * 400;
      const said = await liveUntil({ what: "open", times: 1, delayMs }, start);
      isOpen = said.some((line) => line.type === "begin" && line.what === "live");
    }
    const opened = await openHistory({ clock: createFakeClock(start.at + MINUTE_MS), folder });
    const { history, store } = opened;
    examineFiles(store);
    expect(store.db.get("select count(*) as n from state_change")).toEqual({ n: 0 });
    const found = await readAll(history, 0);
    const names = found.map(({ entityId, at, kind, newState = "" }) =>
      nameOf({ entityId, at, kind: kind === "attributes" ? kind : "state", newState }),
    );
    expect(names.toSorted()).toEqual(changes.map(nameOf).toSorted());
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect(found.every(({ cause }) => cause.kind === "integration")).toBe(true);
    expect((await history.summary()).stateChanges).toBe(found.length);
    await history[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
    process.stdout.write(`round ${round}: killed ${kills} times\n`);
  }
});
