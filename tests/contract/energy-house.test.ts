import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";

let house: FakeHomeAssistant;
let homeiq: HomeIq;

beforeAll(async () => {
  house = await startFakeHomeAssistant({ preset: "flat", seed: 3, live: false });
  homeiq = await startHomeIq({ url: house.url });
  await eventually("the house is known", async () => {
    const { total } = await homeiq.get<{ total: number }>("/api/v1/entities");
    return total > 0 || undefined;
  });
});

afterAll(async () => {
  await homeiq?.[Symbol.asyncDispose]();
  await house?.stop();
});

test("a house that was just met has a meter, and no invented numbers", async () => {
  const report = await homeiq.get<{ devices: { watts?: unknown }[] }>("/api/v1/energy/devices");
  expect(report.devices.filter(({ watts }) => watts !== undefined)).toEqual([]);
});

test("a forecast of a house that was just met says what it still needs", async () => {
  expect(await homeiq.get("/api/v1/energy/forecast")).toMatchObject({
    ...{ verdict: "too_little", meter: "sensor.electricity_meter_power" },
    ...{ days: 0, neededDays: 3, solar: [] },
  });
});
