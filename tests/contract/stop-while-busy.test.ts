import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { burden } from "#support/burden.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { startHomeIq } from "#support/home-iq.ts";
import { watchThreads } from "#support/living-threads.ts";
import { seeded } from "#support/made-changes.ts";

/** `STOPS=200` is the long form. */
const STOPS = Number(process.env.STOPS ?? 6);
const SEED = Number(process.env.STOPS_SEED ?? Date.now() % 1_000_000);
const BUSY_MS = 500; // sealing, fetching the past and playing back all begin within it

const folder = mkdtempSync(join(tmpdir(), "homeiq-stops-"));
let house: FakeHomeAssistant;

beforeAll(async () => {
  house = await startFakeHomeAssistant({ preset: "flat", seed: 4, days: 2, changesPerSecond: 200 });
});
afterAll(async () => {
  await house.stop();
  rmSync(folder, { recursive: true, force: true });
});

const entityIds = () => house.states().map(({ entity_id }) => entity_id);

test(
  `it is stopped ${STOPS} times in the middle of everything: each time soon, and no thread is left`,
  async () => {
    process.stdout.write(`Stopped while it is busy: STOPS_SEED=${SEED} STOPS=${STOPS}\n`);
    const random = seeded(SEED);
    using threads = watchThreads();
    let longestMs = 0;
    for (let stop = 1; stop <= STOPS; stop += 1) {
      const homeiq = await startHomeIq({ url: house.url, folder });
      await eventually("the house is known", async () => {
        const { ready } = await homeiq.get<{ ready: boolean }>("/api/v1/house");
        return ready || undefined;
      });
      const burdened = burden(homeiq.url, entityIds());
      await pause(random() * BUSY_MS);
      const before = performance.now();
      await homeiq.stop();
      longestMs = Math.max(longestMs, performance.now() - before);
      expect(threads.count(), `stop ${stop}`).toBe(0);
      await burdened;
    }
    await pause(BUSY_MS); // nothing that was on its way begins again
    expect(threads.count()).toBe(0);
    expect(threads.started()).toBeGreaterThan(STOPS * 2);
    process.stdout.write(`the longest stop took ${Math.round(longestMs)} ms\n`);
  },
  30_000 + STOPS * 6_000,
);
