import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import type { LiveMessage } from "#src/api/api.ts";
import type { Gap } from "#src/ingest/gaps/gaps.ts";
import type { RecordedChange } from "#src/ingest/history/history.ts";
import { eventually } from "#support/eventually.ts";
import { buildHomeIq, type Running, runHomeIq, runHouse } from "#support/home-iq-process.ts";
import { chance, KILLS } from "./chance.ts";

const LONGEST_LIFE_MS = 3_000;
const DEADLINE_MS = 60_000;

/** Everything that an open page is told, until the connection ends. */
function listen(homeiq: Running): RecordedChange[] {
  const told: RecordedChange[] = [];
  const page = new WebSocket(`${homeiq.url.replace("http", "ws")}/api/v1/live`);
  page.on("error", () => {}); // it is killed in the middle of a word
  page.on("message", (frame) => {
    const message = JSON.parse(frame.toString()) as LiveMessage;
    if (message.type === "changes") told.push(...message.changes);
  });
  return told;
}

async function eventsSince(homeiq: Running, from: number): Promise<RecordedChange[]> {
  const found: RecordedChange[] = [];
  let cursor = "";
  do {
    const page = await homeiq.get<{ events: RecordedChange[]; nextCursor?: string }>(
      `/api/v1/events?limit=500&from=${from}${cursor}`,
    );
    found.push(...page.events);
    cursor = page.nextCursor === undefined ? "" : `&cursor=${page.nextCursor}`;
  } while (cursor !== "");
  return found;
}

const plain = ({ id, entityId, at, newState, cause }: RecordedChange) => ({
  id,
  entityId,
  at,
  newState,
  cause,
});

function examineTold(told: readonly RecordedChange[], found: readonly RecordedChange[]): void {
  const byId = Map.groupBy(found, ({ id }) => id);
  expect([...byId.values()].filter((same) => same.length > 1)).toEqual([]);
  const lost = told.filter((change) => {
    const [there] = byId.get(change.id) ?? [];
    return !there || JSON.stringify(plain(there)) !== JSON.stringify(plain(change));
  });
  expect(lost, "every change that a page was told of is there").toEqual([]);
}

test("what a page was told is there after the program was killed, and the time without it is a gap", async () => {
  const random = chance("The whole program is killed");
  buildHomeIq();
  const folder = mkdtempSync(join(tmpdir(), "homeiq-crash-"));
  const house = await runHouse(["--preset", "flat", "--days", "0", "--changes-per-second", "200"]);
  const start = () => runHomeIq({ HA_URL: house.url, HA_TOKEN: "fake-token", HOMEIQ_DATA: folder });
  const startedAt = Date.now();
  const told: RecordedChange[] = [];
  const kills = Math.max(2, Math.round(KILLS / 40));
  let homeiq = await start();
  for (let kill = 1; kill <= kills; kill += 1) {
    const heard = listen(homeiq);
    await eventually("a change is told", () => heard.length > 0 || undefined, DEADLINE_MS);
    await pause(random() * LONGEST_LIFE_MS);
    const killedAt = Date.now();
    await homeiq.kill();
    told.push(...heard);
    for (const file of ["homeiq.db", "homeiq-recent.db"]) {
      const database = new DatabaseSync(join(folder, file));
      expect(database.prepare("pragma integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
      database.close();
    }
    homeiq = await start();
    const gap = await eventually(
      "the time without the program is a gap",
      async () => {
        const { gaps } = await homeiq.get<{ gaps: Gap[] }>("/api/v1/gaps");
        return gaps.find(({ from, to = 0 }) => from <= killedAt && to > killedAt);
      },
      DEADLINE_MS,
    );
    expect(gap.reason).toBe("not_running");
    const found = await eventsSince(homeiq, startedAt - 60_000);
    examineTold(told, found);
    process.stdout.write(`kill ${kill}: ${told.length} told, ${found.length} kept\n`);
  }
  expect(await homeiq.stop()).toBe(0);
  await house.stop();
  rmSync(folder, { recursive: true, force: true });
});
