import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Draft } from "#src/ai/automations/automations.ts";
import type { Suggestion } from "#src/ai/suggestions/suggestions.ts";
import { systemClock } from "#src/foundation/clock.ts";
import { DAY_MS, HOUR_MS } from "#src/foundation/time.ts";
import type { StateChange } from "#src/ingest/normalize/normalize.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { openHistory } from "#support/history.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";

const LAMP = "light.living_room_floor_lamp";
const DAYS = 40;

let house: FakeHomeAssistant;
let homeiq: HomeIq;

/** Each evening the lamp is turned on, as cold as it was bought, and off again. */
async function recordEvenings(folder: string): Promise<void> {
  await using recorded = await openHistory({ clock: systemClock });
  const midnight = Math.floor(systemClock.now() / DAY_MS) * DAY_MS;
  const common = {
    ...{ entityId: LAMP, context: { id: "evening" } },
    kind: "state",
    cause: { kind: "person_dashboard", confidence: 0.9 },
  } as const;
  const evenings = Array.from({ length: DAYS }, (_, n) => midnight - (DAYS - n) * DAY_MS);
  await recorded.record(
    evenings.flatMap((day): StateChange[] => [
      {
        ...{ ...common, at: day + 19 * HOUR_MS, oldState: "off", newState: "on" },
        changedAttributes: { brightness: 254, color_mode: "color_temp", color_temp_kelvin: 4_000 },
      },
      {
        ...{ ...common, at: day + 21 * HOUR_MS, oldState: "on", newState: "off" },
        changedAttributes: { brightness: null, color_mode: null, color_temp_kelvin: null },
      },
    ]),
  );
  cpSync(recorded.folder, folder, { recursive: true });
}

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "homeiq-features-"));
  await recordEvenings(folder);
  house = await startFakeHomeAssistant({ preset: "flat", seed: 5, live: false, days: 0 });
  homeiq = await startHomeIq({ url: house.url, folder });
  await eventually(
    "the first look",
    async () => (await homeiq.post("suggestions/refresh")).ok,
    60_000,
  );
}, 120_000);

afterAll(async () => {
  await homeiq?.[Symbol.asyncDispose]();
  await house?.stop();
});

const list = async (query: string) =>
  (await homeiq.get<{ suggestions: Suggestion[] }>(`/api/v1/suggestions?${query}`)).suggestions;

test("what a device can do and was never asked to is suggested with what was measured, and can be accepted", async () => {
  const found = await list("status=open,waiting&source=feature");
  expect(found.map(({ kind }) => kind)).toEqual(["warm_evening"]);
  const [warm] = found as [Suggestion];
  expect(warm.entityIds).toEqual([LAMP]);
  expect(warm.explanation[0]).toMatch(/^You turned it on \d\d times in the evening over \d\d days/);
  expect(warm.chart.length).toBeGreaterThan(30);
  expect(warm.draft?.yaml).toContain("color_temp_kelvin: 2700");

  const accepted = (await (
    await homeiq.post(`suggestions/${warm.id}/accept`)
  ).json()) as Suggestion;
  const draft = await homeiq.get<Draft>(`/api/v1/automations/drafts/${accepted.draftId}`);
  expect(draft).toMatchObject({ valid: true, evidence: { source: "feature" } });
  await homeiq.post("suggestions/refresh");
  expect(await list("status=open,waiting&source=feature")).toEqual([]);
});

test("the same idea is not told a second time from the devices alone", async () => {
  const all = await list("status=open,waiting&source=template");
  expect(all.length).toBeGreaterThan(5);
  const same = all.filter(({ templateId }) => templateId === "warm_light_in_the_evening");
  expect(same.filter(({ entityIds }) => entityIds.includes(LAMP))).toEqual([]);
});
