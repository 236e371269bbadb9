import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SynergyType } from "#src/analysis/synergies/synergies.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";
import {
  DAYS,
  every,
  furnish,
  livedIn,
  PROJECTOR,
  RECENT,
  SHELVES,
  SKY,
  WINDOW,
} from "#support/synergy-studio.ts";

interface Detail {
  readonly id: string;
  readonly type: SynergyType;
  readonly title: string;
  readonly text: string;
  readonly status: string;
  readonly entityIds: readonly string[];
  readonly benefits: readonly {
    readonly kind: string;
    readonly perWeek: { readonly value: number; readonly low: number; readonly high: number };
    readonly days: number;
    readonly daysWithSome: number;
  }[];
  readonly measured: { readonly n: number; readonly of: number };
  readonly facts: Readonly<Record<string, unknown>>;
}

interface Stats {
  readonly byType: readonly { readonly type: SynergyType; readonly synergies: number }[];
  readonly lastRun?: {
    readonly missing: readonly { readonly type: SynergyType; readonly needs: string }[];
  };
}

const HOUR = 3_600_000;
const WEEKS = 4;

let house: FakeHomeAssistant;
let homeiq: HomeIq;
let folder: string;

beforeAll(async () => {
  house = await startFakeHomeAssistant({ preset: "studio", seed: 3, live: false });
  furnish(house);
  folder = await livedIn();
  homeiq = await startHomeIq({ url: house.url, folder });
  await eventually(
    "the past is fetched",
    async () =>
      (await homeiq.get<{ state: string }>("/api/v1/backfill")).state === "done" || undefined,
    120_000,
  );
  await eventually("habits are looked for", () => post("patterns/detect"), 90_000);
  await eventually("synergies are looked for", () => post("synergies/find"), 90_000);
}, 240_000);

afterAll(async () => {
  await homeiq?.[Symbol.asyncDispose]();
  await house?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const post = async (path: string, body?: object) => {
  const answer = await homeiq.post(path, body);
  return answer.ok ? ((await answer.json()) as { id: string; hash: string }) : undefined;
};
const list = async (type: SynergyType, status = "active") =>
  (
    await homeiq.get<{ synergies: readonly Detail[] }>(
      `/api/v1/synergies?type=${type}&status=${status}`,
    )
  ).synergies;
const only = async (type: SynergyType): Promise<Detail> => {
  const found = await list(type);
  expect(found.map(({ entityIds }) => entityIds)).toHaveLength(1);
  return homeiq.get<Detail>(`/api/v1/synergies/${found[0]?.id}`);
};
const round = (value: number) => Number(value.toFixed(3));
const weekly = ({ benefits }: Detail) =>
  Object.fromEntries(benefits.map(({ kind, perWeek }) => [kind, round(perWeek.value)]));

test("an appliance that ran at dear hours is told with what cheap ones would have spared, one that ran at cheap ones is not", async () => {
  const washed = every(RECENT, 2).length;
  const found = await only("energy");
  expect(found).toMatchObject({
    entityIds: ["sensor.washing_machine_power"],
    measured: { n: washed, of: washed },
    facts: { by: "price", runs: washed, usualStart: 19 * HOUR, bestStart: 1 * HOUR },
  });
  // 1.2 kWh each, 20 cents a kWh cheaper.
  expect(weekly(found)).toEqual({ cost: round((washed * 1.2 * 0.2) / WEEKS) });
});

test("what is turned on for the games of a team is told, for no other team, and not what cannot be turned on", async () => {
  const found = await only("event");
  expect(found).toMatchObject({
    entityIds: [PROJECTOR, "sensor.seahawks"],
    measured: { n: 5, of: 5 },
    facts: { what: "game_habit", team: "Seahawks", games: 5 },
  });
  expect(weekly(found)).toEqual({ acts: 5 / WEEKS });
});

test("a habit that pauses in the vacation is told with its days, and no other calendar has to do with it", async () => {
  const found = await list("calendar");
  expect(found.map(({ entityIds }) => entityIds[1])).toEqual(found.map(() => "calendar.vacation"));
  const { facts } = await homeiq.get<Detail>(`/api/v1/synergies/${found[0]?.id}`);
  expect(facts).toMatchObject({
    action: { entityId: "light.hallway_ceiling_light" },
    ...{ holds: "off", onDays: { n: 0, of: 7 } },
    otherDays: { n: DAYS - 8, of: DAYS - 8 }, // the first day is the one on which it began
  });
});

test("a damp room is told with the hours in which its fan was off and somebody at home", async () => {
  const mornings = every(RECENT, 2).length;
  const found = await only("comfort");
  expect(found).toMatchObject({
    entityIds: ["fan.hallway", "sensor.hallway_humidity"],
    measured: { n: mornings },
    facts: {
      quantity: "humidity",
      hoursOut: mornings * 3,
      hoursNotHelped: mornings * 2,
      worst: 75,
    },
  });
  expect(weekly(found)).toEqual({ hours: (mornings * 2) / WEEKS });
});

test("a lock that was open in some nights is told with those hours, one that never was is not", async () => {
  const found = await only("security");
  expect(found).toMatchObject({
    entityIds: ["lock.front"],
    measured: { n: 4 },
    facts: { while: "night", minutes: 300, action: { entityId: "lock.front", to: "locked" } },
  });
  expect(weekly(found)).toEqual({ hours: (4 * 5) / WEEKS });
});

test("a light that was forgotten is told with its hours, one that is always on is not", async () => {
  const forgotten = every(RECENT, 4).length;
  const found = await only("presence");
  expect(found).toMatchObject({
    entityIds: ["light.studio_ceiling_light"],
    measured: { n: forgotten, of: RECENT.length },
    facts: { what: "left_on", minutes: 420 },
  });
  expect(weekly(found)).toEqual({ hours: (forgotten * 7) / WEEKS });
});

test("lights that people turn on together in any order are one scene, and no pairs and rows beside it", async () => {
  const found = await only("scene");
  expect([...found.entityIds].sort()).toEqual(SHELVES);
  expect(found.measured.n).toBeGreaterThanOrEqual(DAYS - 2);
  expect(await list("device_pair")).toEqual([]);
  expect(await list("device_chain")).toEqual([]);
});

test("a window that was open in the rain is told with the rain that got in, and before the next by the forecast", async () => {
  const found = await only("weather");
  expect(found).toMatchObject({
    entityIds: [WINDOW, SKY],
    measured: { n: 2, of: 4 },
    facts: { what: "open_in_rain", forecastId: SKY },
  });
  expect(found.text).toContain("up to two hours before");
  expect(weekly(found)).toEqual({ hours: 0.5 });
});

test("the benefit has a range, and the house is told what it lacks for more", async () => {
  const { lastRun, byType } = await homeiq.get<Stats>("/api/v1/synergies/stats");
  for (const { type, synergies } of byType) expect(synergies).toBe((await list(type)).length);
  expect(lastRun?.missing).toEqual([
    { type: "energy", needs: "carbon" },
    { type: "energy", needs: "solar" },
  ]);
  for (const { type } of byType) {
    for (const { benefits, title, text } of await list(type)) {
      expect(`${title} ${text}`).not.toMatch(/[{}]|undefined|NaN/);
      for (const { perWeek, days, daysWithSome } of benefits) {
        expect(perWeek.low).toBeLessThanOrEqual(perWeek.value);
        expect(perWeek.high).toBeGreaterThanOrEqual(perWeek.value);
        expect(daysWithSome).toBeLessThanOrEqual(days);
      }
    }
  }
});

/** What the household could have written itself. */
const AUTOMATIONS: Readonly<Partial<Record<SynergyType, object>>> = {
  energy: {
    triggers: [{ trigger: "time", at: "01:00:00" }],
    conditions: [
      { condition: "numeric_state", entity_id: "sensor.washing_machine_power", below: 5 },
    ],
    actions: [tell("Start the washing machine")],
  },
  event: {
    triggers: [{ trigger: "state", entity_id: "sensor.seahawks", to: "IN" }],
    actions: [{ action: "media_player.turn_on", target: { entity_id: PROJECTOR } }],
  },
  calendar: {
    triggers: [{ trigger: "time", at: "07:00:00" }],
    conditions: [{ condition: "state", entity_id: "calendar.vacation", state: "off" }],
    actions: [
      { action: "light.turn_on", target: { entity_id: "light.hallway_ceiling_light" } },
      { delay: { minutes: 30 } },
      { action: "light.turn_off", target: { entity_id: "light.hallway_ceiling_light" } },
    ],
  },
  comfort: {
    triggers: [{ trigger: "numeric_state", entity_id: "sensor.hallway_humidity", above: 65 }],
    actions: [{ action: "fan.turn_on", target: { entity_id: "fan.hallway" } }],
  },
  security: {
    triggers: [{ trigger: "time", at: "23:00:00" }],
    actions: [{ action: "lock.lock", target: { entity_id: "lock.front" } }],
  },
  presence: {
    triggers: [{ trigger: "numeric_state", entity_id: "zone.home", below: 1 }],
    actions: [{ action: "light.turn_off", target: { entity_id: "light.studio_ceiling_light" } }],
  },
  scene: {
    triggers: [{ trigger: "sun", event: "sunset" }],
    actions: [{ action: "light.turn_on", target: { entity_id: SHELVES } }],
  },
  weather: {
    triggers: [{ trigger: "state", entity_id: SKY, to: "rainy" }],
    conditions: [{ condition: "state", entity_id: WINDOW, state: "on" }],
    actions: [tell("Close the window")],
  },
};

function tell(message: string) {
  return { action: "persistent_notification.create", data: { message } };
}

test("what an automation of the house does already is told no more, whatever its type", async () => {
  const types = Object.keys(AUTOMATIONS) as SynergyType[]; // the keys are what the record says
  const before = new Map(
    await Promise.all(types.map(async (type) => [type, await list(type)] as const)),
  );
  for (const [type, automation] of Object.entries(AUTOMATIONS)) {
    const source = JSON.stringify({ alias: `By ${type}`, ...automation });
    const draft = await post("automations/drafts", { source });
    expect(
      await post(`automations/drafts/${draft?.id}/approve`, { hash: draft?.hash }),
    ).toBeDefined();
  }
  await eventually("synergies are looked for", () => post("synergies/find"), 90_000);
  for (const type of types) {
    expect(await list(type)).toEqual([]);
    const gone = (await list(type, "gone")).map(({ id }) => id);
    expect(gone.toSorted()).toEqual(
      before
        .get(type)
        ?.map(({ id }) => id)
        .toSorted(),
    );
  }
});
