import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { expect, onTestFinished, test } from "vitest";
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
    return !there || !isDeepStrictEqual(plain(there), plain(change));
  });
  expect(lost, "every change that a page was told of is there").toEqual([]);
}

interface HouseRow {
  readonly entity_id: string;
  readonly state: string;
  readonly last_changed: string;
  readonly last_updated: string;
}

/** What Home Assistant's recorder has of a gap, as `entity state`, with the moment. */
async function rememberedBy(
  houseUrl: string,
  { entityIds, from, to }: { entityIds: readonly string[]; from: number; to: number },
): Promise<{ name: string; at: number }[]> {
  const iso = (at: number) => new Date(at).toISOString();
  const answer = await fetch(
    `${houseUrl}/api/history/period/${iso(from)}?end_time=${iso(to)}&filter_entity_id=${entityIds.join(",")}&significant_changes_only=0`,
    { headers: { authorization: "Bearer fake-token" } },
  );
  const rows = (await answer.json()) as HouseRow[][];
  return rows.flatMap((ofEntity) =>
    ofEntity
      .filter(({ state }, n) => n > 0 && state !== ofEntity[n - 1]?.state) // the first is what held before
      .filter((row) => row.last_changed === row.last_updated)
      .map(({ entity_id, state, last_changed }) => ({
        name: `${entity_id} ${state}`,
        at: Date.parse(last_changed),
      })),
  );
}

const SAME_MS = 2;

function examineFilled(
  remembered: readonly { name: string; at: number }[],
  found: readonly RecordedChange[],
): void {
  const byName = Map.groupBy(found, ({ entityId, newState }) => `${entityId} ${newState}`);
  const counts = remembered.map(({ name, at }) => {
    const same = (byName.get(name) ?? []).filter((one) => Math.abs(one.at - at) <= SAME_MS);
    const found = same.map((one) => ({
      id: one.id,
      at: one.at,
      kind: one.kind,
      by: one.cause.kind,
    }));
    // A sensor may come back to its value within a millisecond: these are changes of their own.
    const most = remembered.filter((one) => one.name === name && Math.abs(one.at - at) <= SAME_MS);
    return { name, at, times: same.length, most: most.length, found }; // what a failure tells
  });
  expect(counts.length).toBeGreaterThan(0);
  expect(
    counts.filter(({ times, most }) => times < 1 || times > most),
    "what the house remembers of the gap is there, and no more often than it happened",
  ).toEqual([]);
}

test("what a page was told is there after the program was killed, and the time without it is a gap that is filled", async () => {
  const random = chance("The whole program is killed");
  buildHomeIq();
  const folder = mkdtempSync(join(tmpdir(), "homeiq-crash-"));
  const house = await runHouse(["--preset", "flat", "--days", "0", "--changes-per-second", "200"]);
  onTestFinished(async () => {
    await house.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const start = async () => {
    const started = await runHomeIq({
      ...{ HA_URL: house.url, HA_TOKEN: "fake-token", HOMEIQ_DATA: folder },
    });
    onTestFinished(() => started.kill()); // whatever failed, it does not live on
    return started;
  };
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
    const { reason } = await eventually(
      "the time without the program is a gap",
      async () => {
        const { gaps } = await homeiq.get<{ gaps: Gap[] }>("/api/v1/gaps");
        return gaps.find(({ from, to = 0 }) => from <= killedAt && to > killedAt);
      },
      DEADLINE_MS,
    );
    expect(reason).toBe("not_running");
    const found = await eventsSince(homeiq, startedAt - 60_000);
    examineTold(told, found);
    process.stdout.write(`kill ${kill}: ${told.length} told, ${found.length} kept\n`);
  }
  const gap = await eventually(
    "the last gap is filled",
    async () => {
      const { gaps } = await homeiq.get<{ gaps: Gap[] }>("/api/v1/gaps");
      const [last] = gaps;
      return last?.to !== undefined && ["filled", "partly"].includes(last.state) ? last : undefined;
    },
    DEADLINE_MS,
  );
  const found = await eventsSince(homeiq, startedAt - 60_000);
  examineTold(told, found);
  const entityIds = [...new Set(told.map(({ entityId }) => entityId))].slice(0, 40);
  const span = { entityIds, from: gap.from, to: gap.to ?? 0 };
  examineFilled(await rememberedBy(house.url, span), found);
  expect(await homeiq.stop()).toBe(0);
});
