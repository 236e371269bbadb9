import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ProposalView } from "#src/ai/agent/agent.ts";
import { type Clock, systemClock } from "#src/foundation/clock.ts";
import { HOUR_MS } from "#src/foundation/time.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type FakeVendor, startFakeVendor } from "#support/fake-vendor.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";
import { type Became, createPlantedPast } from "#support/planted-past.ts";

/** Tuesday, 15:00 in Berlin: in this file time stands there, and goes on from there. */
const NOW = Date.parse("2026-11-03T14:00:00Z");
const TRIP = { start: "2026-11-07", end: "2026-11-21" };
const WASHER = "sensor.washing_machine_power";
const BATTERY = "sensor.hallway_door_battery";
const PRICE = "sensor.nord_pool_price";
const LIGHT = "light.studio_ceiling_light";
const DAYS = 56;
const WAIT_MS = 25_000;

const clock: Clock = (() => {
  const later = NOW - systemClock.now();
  return { ...systemClock, now: () => systemClock.now() + later };
})();
const days = Array.from({ length: DAYS }, (_, n) => DAYS - n);
const everyDay = (...acts: readonly (readonly [number, string])[]): Became[] =>
  days.flatMap((day) => acts.map(([hour, state]): Became => [day, hour, state]));

let house: FakeHomeAssistant;
let folders: string[];
let vendor: FakeVendor;
let homeiq: HomeIq;

beforeAll(async () => {
  house = await startFakeHomeAssistant({
    ...{ preset: "studio", seed: 3, live: false, startAt: NOW - 2 * HOUR_MS },
  });
  furnish();
  folders = [await livedIn(), await livedIn()];
  vendor = await startFakeVendor();
  vendor.answer((path) => ({
    headers: { "content-type": "application/json" },
    body: JSON.stringify(gramsAt(path)),
  }));

  homeiq = await start(folders[0], { price_entity: PRICE });
}, 120_000);

afterAll(async () => {
  await homeiq?.[Symbol.asyncDispose]();
  await house?.stop();
  await vendor?.[Symbol.asyncDispose]();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Of the world only the vendor of the test is asked. */
const NOBODY_ELSE = { outside_off: false, weather_provider: "off", air_provider: "off" } as const;
const NO_PRICE = { price_provider: "off" } as const;
const start = (folder = "", options: object = {}) =>
  startHomeIq({
    ...{ url: house.url, folder, clock, options: { ...NOBODY_ELSE, ...options } },
    vendorUrls: { "electricity-maps": vendor.url },
  });

/** Dear or dirty now, and a third of it for two hours in the evening. */
const course = (most: number, least: number) =>
  Array.from({ length: 24 }, (_, n) => ({
    start: new Date(NOW + n * HOUR_MS).toISOString(),
    end: new Date(NOW + (n + 1) * HOUR_MS).toISOString(),
    value: n === 6 || n === 7 ? least : most,
  }));
/** As Electricity Maps says it. */
function gramsAt(path: string): object {
  const points = course(450, 150).map(({ start: datetime, value }) => ({
    ...{ datetime, carbonIntensity: value },
  }));
  if (path.includes("/forecast")) return { forecast: points };
  if (path.includes("/history")) return { history: points.slice(0, 1) };
  return { zone: "DE", ...points[0] };
}

function furnish(): void {
  const power = { device_class: "power", unit_of_measurement: "W", state_class: "measurement" };
  const washer = { friendly_name: "Washing machine power", ...power };
  house.addEntity({ entityId: WASHER, state: "0", attributes: washer });
  const price = { unit_of_measurement: "EUR/kWh", raw_today: course(0.45, 0.15) };
  house.addEntity({ entityId: PRICE, state: "0.45", attributes: price });
  house.setState(BATTERY, "9");
  house.simulation.core.services.register("calendar", "get_events", {
    ...{ fields: { start_date_time: "string", end_date_time: "string" } },
    ...{ target: ["calendar"], response: "only" },
    run: ({ entities }) =>
      Object.fromEntries(
        entities.map(({ entityId }) => [entityId, { events: [{ ...TRIP, summary: "Vacation" }] }]),
      ),
  });
  house.addEntity({
    ...{ entityId: "calendar.family", state: "off" },
    attributes: { friendly_name: "Family" },
  });
  // Mia left an hour ago, with the light on.
  house.setState(LIGHT, "on");
  house.advance(HOUR_MS);
  for (const { personId } of house.simulation.house.residents) house.setState(personId, "not_home");
  house.advance(HOUR_MS);
}

async function livedIn(): Promise<string> {
  const { plant, write } = createPlantedPast({ clock });
  const washed = days.filter((day) => day % 2 === 0 && day <= 26);
  const run = washed.flatMap((day): Became[] => [
    [day, 18, "1200"],
    [day, 19, "0"],
  ]);
  plant(WASHER, { unit: "W" }, [27, 0, "0"], ...run);
  // From 65 to 10 percent, one point a day.
  plant(BATTERY, { unit: "%" }, ...days.map((day): Became => [day, 12, `${day + 9}`]));
  plant("person.mia", {}, [DAYS, 0, "home"], ...everyDay([8, "not_home"], [17.5, "home"]));
  return write();
}

const proposal = (kind: ProposalView["kind"]) =>
  eventually(
    `${kind} is noticed`,
    async () => {
      const path = "/api/v1/agent/proposals";
      const { proposals } = await homeiq.get<{ proposals: ProposalView[] }>(path);
      return proposals.find((one) => one.kind === kind);
    },
    WAIT_MS,
  );
const said = ({ evidence }: ProposalView) => evidence.map(({ text }) => text).join(" ");

test("an appliance is told its cheapest hours, with what its own runs would cost then and now", async () => {
  const told = await proposal("cheap_hours");
  expect(told).toMatchObject({
    title: "Washing machine power: start it at 21:00",
    text: "A usual run costs €0.18 then instead of €0.54 now.", // 1.2 kWh
    entityIds: [WASHER],
    benefit: { unit: "EUR", value: expect.closeTo(0.36, 6) },
  });
  expect(said(told)).toContain("By the prices up to Wednesday 15:00");
});

test("a battery that falls a point a day is told with its days, and once more before a trip that it will not last", async () => {
  const low = await proposal("battery_low");
  expect(low.entityIds).toEqual([BATTERY]);
  expect(low.text).toMatch(/^1\d% left\. At this rate it is empty in about 1[0-4] days/);
  expect(said(low)).toMatch(/(1|0\.9\d|1\.0\d) points a day, measured over 5\d days/);
  const trip = await proposal("battery_before_trip");
  expect(trip).toMatchObject({ entityIds: [BATTERY] });
  expect(trip.text).toContain("Nov 21, 2026");
  expect(said(trip)).toContain("Vacation");
});

test("what was left on is told with when somebody is usually back, by the days on which it was recorded", async () => {
  const told = await proposal("left_on_nobody_home");
  expect(told.entityIds).toEqual([LIGHT]);
  expect(said(told)).toMatch(/Somebody is usually back at about 17:30: half of 39 such days/);
});

test("without a price the cleanest hours are told, and that it is by CO2", async () => {
  await homeiq.stop();
  homeiq = await start(folders[1], {
    ...NO_PRICE,
    carbon_key: "key-of-the-test",
    carbon_zone: "DE",
  });
  const told = await proposal("cheap_hours");
  expect(told).toMatchObject({
    title: "Washing machine power: start it at 21:00, when electricity is cleaner",
    text: "A usual run makes 180 g of CO2 then instead of 540 g now.",
    benefit: { unit: "g CO2", value: expect.closeTo(360, 6) },
  });
  expect(said(told)).toContain("no price is known");
});
