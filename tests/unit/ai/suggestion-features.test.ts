import { afterAll, beforeAll, expect, test } from "vitest";
import type { Candidate } from "#src/ai/suggestions/candidate.ts";
import { FEATURE_KINDS } from "#src/ai/suggestions/features/features.ts";
import { lookThrough } from "#src/ai/suggestions/look-through.ts";
import { check } from "#src/analysis/automation-check/automation-check.ts";
import { printAutomation } from "#src/home/automation/automation.ts";
import type { HomeSnapshot } from "#src/home/snapshot/snapshot.ts";
import {
  type Daily,
  EVERY_DAY,
  FEATURES_UNTIL,
  featureHome,
  openFeaturePast,
} from "#support/feature-house.ts";

type Past = Awaited<ReturnType<typeof openFeaturePast>>;

let unused: Past;
beforeAll(async () => {
  unused = await openFeaturePast();
});
afterAll(() => unused[Symbol.asyncDispose]());

interface Asked {
  readonly home?: HomeSnapshot;
  readonly past?: Past;
  readonly automations?: readonly object[];
  readonly hidden?: readonly string[];
  readonly onDashboard?: readonly string[];
}

async function look({ home = featureHome(), past = unused, ...more }: Asked = {}) {
  const automations = (more.automations ?? []).map((config, n) => ({
    ...{ entityId: `automation.a${n}`, config },
  }));
  const { candidates, errors } = await lookThrough(
    {
      patterns: { list: () => [], lastRun: () => undefined },
      synergies: { list: () => [] },
      past: past.past,
    },
    {
      ...{ home, standing: { automations, scripts: [], scenes: [] }, people: new Map() },
      ...{ hidden: new Set(more.hidden), language: "en", timeZone: "UTC" },
      ...{ currency: "EUR", now: FEATURES_UNTIL },
      ...(more.onDashboard && { onDashboard: new Set(more.onDashboard) }),
    },
  );
  expect(errors).toEqual([]);
  return candidates;
}
const features = async (asked: Asked = {}) =>
  (await look(asked)).filter(({ source }) => source === "feature");
const kinds = (found: readonly Candidate[]) =>
  new Set(found.map(({ kind, entityIds: [first] }) => `${kind} ${first}`));
const without = (...ids: readonly string[]) =>
  EVERY_DAY.filter(({ entityId }) => !ids.includes(entityId));
const used = async (entityId: string, attributes: Daily["attributes"], state = "on") => {
  const hour = 3_600_000;
  await using past = await openFeaturePast({
    once: [
      { entityId, at: 18 * hour, state, ...(attributes && { attributes }) },
      { entityId, at: 18.5 * hour, state: "off" },
    ],
  });
  return kinds(await features({ past }));
};

test("each thing that a device can do and was never asked to is found once, with what was measured of it", async () => {
  const found = await features();
  expect(kinds(found)).toEqual(
    new Set([
      "warm_evening light.floor_lamp",
      "dim_at_night light.floor_lamp",
      "away_preset climate.living_room",
      "quiet_at_night climate.office_ac",
      "quiet_at_night fan.purifier",
      "quiet_at_night media_player.soundbar",
      "auto_mode fan.purifier",
      "dry_air climate.office_ac",
      "half_shade cover.office_blind",
      "slats_by_day cover.office_blind",
      "quiet_vacuum vacuum.rosie",
      "window_detection switch.valve_window_detection",
      "child_lock switch.valve_child_lock",
      "power_on select.floor_lamp_power_on_behavior",
    ]),
  );
  const warm = found.find(({ kind }) => kind === "warm_evening");
  expect(warm?.explanation[0]).toBe(
    "You turned it on 79 times in the evening over 40 days, and it was never warm.",
  );
  expect(warm?.chart.length).toBe(79);
});

test("what is drafted passes the check, and every text is there", async () => {
  const found = await features();
  expect(new Set(found.map(({ kind }) => kind)).size).toBeGreaterThan(11);
  for (const { kind, make, title, text, explanation, action } of found) {
    expect(`${title} ${text} ${explanation.join(" ")}`).not.toMatch(/[{}]|feature\.|factor\./);
    expect(action).toBe(make ? "create" : "feature");
    expect(FEATURE_KINDS.find(({ id }) => id === kind)?.draft !== undefined).toBe(
      make !== undefined,
    );
    if (make?.kind !== "automation") continue;
    const { problems } = await check(printAutomation(make), featureHome());
    expect(problems.filter(({ severity }) => severity !== "hint")).toEqual([]);
  }
});

test("a mode for long absences counts the days on which nobody was there", async () => {
  await using past = await openFeaturePast({
    daily: without("person.ann"),
    once: [
      { entityId: "person.ann", at: -900 * 3_600_000, state: "home" },
      { entityId: "person.ann", at: -200 * 3_600_000, state: "not_home" },
      { entityId: "person.ann", at: -90 * 3_600_000, state: "home" },
    ],
  });
  const found = await features({ past });
  const tank = found.find(({ kind }) => kind === "water_away");
  expect(tank?.explanation[0]).toMatch(/for a day or more once/);
  expect(kinds(found)).not.toContain("away_preset climate.living_room");
});

test("what was used once is not told", async () => {
  expect(await used("light.floor_lamp", { color_temp_kelvin: 2_700 })).not.toContain(
    "warm_evening light.floor_lamp",
  );
  expect(await used("light.floor_lamp", { brightness: 40 })).not.toContain(
    "dim_at_night light.floor_lamp",
  );
  expect(await used("climate.office_ac", undefined, "dry")).not.toContain(
    "dry_air climate.office_ac",
  );
  expect(await used("cover.office_blind", { current_position: 45 }, "open")).not.toContain(
    "half_shade cover.office_blind",
  );
});

test("a blind on its way is not half open", async () => {
  const hour = 3_600_000;
  await using past = await openFeaturePast({
    once: [
      { entityId: "cover.office_blind", at: 17 * hour, state: "open" },
      {
        ...{ entityId: "cover.office_blind", at: 17 * hour + 5_000, state: "open" },
        attributes: { current_position: 50 },
      },
      {
        ...{ entityId: "cover.office_blind", at: 17 * hour + 10_000, state: "closed" },
        attributes: { current_position: 0 },
      },
    ],
  });
  expect(kinds(await features({ past }))).toContain("half_shade cover.office_blind");
});

test("a month must have been heard, as what Home Assistant kept of the time before has no attributes", async () => {
  await using short = await openFeaturePast({ days: 20 });
  expect(await features({ past: short })).toEqual([]);
});

test("of what was fetched only states are known: what shows in attributes may have been used", async () => {
  await using past = await openFeaturePast({ isFetched: true });
  const found = await features({ past });
  expect(new Set(found.map(({ kind }) => kind))).toEqual(
    new Set(["dry_air", "window_detection", "child_lock", "power_on"]),
  );
});

test("what is hardly ever turned on is not told of", async () => {
  await using past = await openFeaturePast({
    daily: without("light.floor_lamp", "person.ann"),
    once: EVERY_DAY.filter(({ entityId }) => entityId === "light.floor_lamp"),
  });
  const found = kinds(await features({ past }));
  expect([...found].filter((one) => /light\.|away/.test(one))).toEqual([]);
});

test("what an automation asks for is in use, even before it ran", async () => {
  const warm = {
    triggers: [{ trigger: "state", entity_id: "binary_sensor.motion", to: "on" }],
    actions: [
      {
        action: "light.turn_on",
        target: { area_id: "living_room" },
        data: { color_temp_kelvin: 2_300 },
      },
    ],
  };
  const leaving = {
    triggers: [{ trigger: "state", entity_id: "zone.home", to: "0" }],
    actions: [
      {
        action: "climate.set_temperature",
        target: { entity_id: "climate.living_room" },
        data: { temperature: 16 },
      },
    ],
  };
  const blueprint = {
    use_blueprint: { path: "fan.yaml", input: { purifier: "fan.purifier" } },
  };
  const found = kinds(await features({ automations: [warm, leaving, blueprint] }));
  expect(found).not.toContain("warm_evening light.floor_lamp");
  expect(found).not.toContain("away_preset climate.living_room");
  expect([...found].filter((one) => one.includes("purifier"))).toEqual([]);
  expect(found).toContain("dim_at_night light.floor_lamp");
});

test("what is hidden is not told of, nor what does not say whether it does it", async () => {
  const found = kinds(await features({ hidden: ["fan.purifier"] }));
  expect([...found].filter((one) => one.includes("purifier"))).toEqual([]);
  const silent = featureHome({
    "vacuum.rosie": { fan_speed: undefined },
    "fan.purifier": { preset_mode: null },
  });
  const told = kinds(await features({ home: silent }));
  expect([...told].filter((one) => /rosie|purifier/.test(one))).toEqual([]);
});

test("a plug that measures is told of where the energy dashboard shows others", async () => {
  const shown = async (...onDashboard: readonly string[]) =>
    (await features({ onDashboard })).filter(({ kind }) => kind === "energy_meter");
  const [meter] = await shown("sensor.house_energy");
  expect(meter).toMatchObject({
    ...{ action: "feature", entityIds: ["sensor.kettle_energy"] },
    text: "Kettle measures what it uses and is not on the energy dashboard. There it has its share.",
  });
  expect(await shown("sensor.house_energy", "sensor.kettle_energy")).toEqual([]);
  expect([...kinds(await features())].filter((one) => one.includes("kettle"))).toEqual([]);
});

test("what was measured takes the place of an idea that says the same", async () => {
  const all = await look();
  const templates = all.flatMap(({ templateId }) => templateId ?? []);
  expect(templates).not.toContain("shade_when_hot");
  expect(templates).not.toContain("heating_down_when_away");
  await using short = await openFeaturePast({ days: 5 });
  const before = (await look({ past: short })).flatMap(({ templateId }) => templateId ?? []);
  expect(before).toContain("shade_when_hot");
});
