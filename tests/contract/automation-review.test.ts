import { afterAll, beforeAll, expect, test } from "vitest";
import { DAY_MS } from "#src/foundation/time.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { startHomeIq } from "#support/home-iq.ts";

const HALL = "automation.hallway_light_on_motion";

let house: FakeHomeAssistant;
let homeiq: Awaited<ReturnType<typeof startHomeIq>>;

beforeAll(async () => {
  house = await startFakeHomeAssistant({ preset: "flat", seed: 4, days: 2, live: false });
  homeiq = await startHomeIq({ url: house.url });
  await eventually(
    "the past is there",
    async () => {
      const { state } = await homeiq.get<{ state: string }>("/api/v1/backfill");
      return state === "done" || undefined;
    },
    60_000,
  );
}, 90_000);

afterAll(async () => {
  await homeiq?.stop();
  await house?.[Symbol.asyncDispose]();
});

async function ask<T>(path: string, json: object): Promise<{ status: number; body: T }> {
  const answer = await homeiq.post(`automations/${path}`, json);
  return { status: answer.status, body: (await answer.json()) as T };
}
const range = () => ({ from: house.now() - 2 * DAY_MS, to: house.now() });

interface Played {
  readonly from: number;
  readonly to: number;
  readonly runs: readonly { run: { at: number; calls: readonly { action: string }[] } }[];
  readonly outcomes: Readonly<Record<string, number>>;
}

test("an automation that stands in the house is played over its recorded days", async () => {
  const { status, body } = await ask<Played>("back-test", { entityId: HALL, ...range() });
  expect(status).toBe(200);
  expect(body.runs.length).toBeGreaterThan(10);
  const actions = new Set(body.runs.flatMap(({ run }) => run.calls.map(({ action }) => action)));
  expect([...actions].sort()).toEqual(["light.turn_off", "light.turn_on"]);
});

test("without a choice it is played over the last 30 days", async () => {
  const { body } = await ask<Played>("back-test", { entityId: HALL });
  expect(body.to - body.from).toBe(30 * DAY_MS);
});

test("what would have been is there for a text that stands nowhere, and changes with it", async () => {
  const source = (minutes: number) =>
    `triggers:\n  - trigger: time_pattern\n    minutes: "/${minutes}"\nactions:\n  - action: light.turn_on\n    target: {entity_id: light.kitchen_ceiling_light}\n`;
  const often = await ask<Played>("back-test", { source: source(10), ...range() });
  const seldom = await ask<Played>("back-test", { source: source(30), ...range() });
  expect(often.body.outcomes.ran).toBe(288);
  expect(seldom.body.outcomes.ran).toBe(96);
});

test("a moment at which nothing happened has its reason in words", async () => {
  const { status, body } = await ask<{ summary: string }>("explain", {
    entityId: HALL,
    at: house.now() - DAY_MS,
  });
  expect(status).toBe(200);
  expect(body.summary).toContain("binary_sensor.hallway_motion_sensor_motion");
});

test("another time is tried, shown with its runs, and put into the text when it is liked", async () => {
  const source = `# mine\ntriggers:\n  - trigger: time_pattern\n    minutes: "/10"\nconditions:\n  - condition: time\n    after: "12:00"\nactions:\n  - action: light.turn_on\n    target: {entity_id: light.kitchen_ceiling_light}\n`;
  const { body } = await ask<{ adjustables: { path: unknown; value: number }[] }>("adjustables", {
    source,
  });
  const [time] = body.adjustables;
  expect(time).toMatchObject({ field: "after", kind: "time", value: DAY_MS / 2 });
  const path = time?.path;
  const values = [DAY_MS / 2, (DAY_MS * 3) / 4];
  const tried = await ask<{ found: { value: number; runs: number }[] }>("what-if", {
    ...{ source, path, values },
    ...range(),
  });
  expect(tried.body.found.map(({ value, runs }) => [value, runs])).toEqual([
    [values[0], 144],
    [values[1], 72],
  ]);
  const adjusted = await ask<{ source: string }>("adjust", { source, path, value: values[1] });
  expect(adjusted.body.source).toBe(source.replace("12:00", "18:00:00"));
  const nowhere = await ask("adjust", { source, path: ["alias"], value: 1 });
  expect(nowhere.status).toBe(400);
});

test("two automations of the house are played together", async () => {
  const entityIds = [HALL, "automation.evening_balcony_light"];
  const { status, body } = await ask<{ count: number }>("interleaving", { entityIds, ...range() });
  expect(status).toBe(200);
  expect(body.count).toBeTypeOf("number");
});

test.each([
  ["back-test", { from: 1, to: 2 }, 400, "request.invalid"],
  ["back-test", { source: "alias: nothing", from: 1, to: 2 }, 400, "automations.unreadable"],
  ["back-test", { entityId: HALL, from: 1, to: 90 * DAY_MS }, 400, "automations.range_too_long"],
  ["back-test", { entityId: "automation.nowhere", from: 1, to: 2 }, 404, "automations.unknown"],
])("%s refuses %j", async (path, query, status, code) => {
  const answer = await ask<{ error: { code: string } }>(path, query);
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
});

test("a draft is mended with the fixes that were proposed for it", async () => {
  const source =
    "alias: Mend me # as it was\ntriggers:\n  - trigger: state\n    entity_id: light.kitchen_ceiling_light\n    to: on\n    for: 5m\nactions:\n  - action: light.turn_off\n    target: {entity_id: light.hallway_ceiling_light}\n";
  const { body: draft } = await ask<{ id: string; problems: { fix?: unknown }[] }>("drafts", {
    source,
  });
  const fixable = draft.problems.flatMap(({ fix }, n) => (fix ? [n] : []));
  const { body: fixed } = await ask<{ source: string; valid: boolean }>(`drafts/${draft.id}/fix`, {
    problems: fixable,
  });
  expect(fixed.source).toContain("# as it was");
  expect(fixed.source).toContain('to: "on"');
  expect(fixed.valid).toBe(true);
});
