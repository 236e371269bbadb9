import { afterAll, beforeAll, expect, test } from "vitest";
import type { TopicView } from "#src/enrichment/surroundings/surroundings.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";
import { startBroker, type TestBroker } from "#support/mqtt-broker.ts";

let house: FakeHomeAssistant;

beforeAll(async () => {
  house = await startFakeHomeAssistant({ preset: "studio", seed: 13 });
});
afterAll(() => house.stop());

const meter = (homeiq: HomeIq) => homeiq.get<TopicView>("/api/v1/surroundings/meter");

/** As the display says it. */
const say = (broker: TestBroker, kilowatts: number) =>
  broker.publish(
    "glow/44B7D0/SENSOR/electricitymeter",
    JSON.stringify({
      electricitymeter: {
        timestamp: new Date().toISOString(),
        energy: { import: { cumulative: 6613.405, units: "kWh" } },
        power: { value: kilowatts, units: "kW" },
      },
    }),
  );
const heard = (homeiq: HomeIq, broker: TestBroker, kilowatts: number) =>
  eventually(`${kilowatts} kW are heard`, async () => {
    await say(broker, kilowatts);
    const { state, facts } = await meter(homeiq);
    return state === "ok" && Object(facts).powerW === kilowatts * 1000;
  });

test("a Glow display on the household's broker is heard as it speaks, also after the broker was away and with publishing off", async () => {
  await using broker = await startBroker();
  await using homeiq = await startHomeIq({
    url: house.url,
    options: {
      meter_provider: "glow",
      mqtt_url: `mqtt://127.0.0.1:${broker.port}`,
      publish_off: true,
    },
  });
  const silent = await eventually("it was asked", async () => {
    const view = await meter(homeiq);
    return view.failure ? view : undefined;
  });
  expect(silent).toMatchObject({ provider: "glow", failure: { code: "glow.silent" } });
  expect(silent).not.toHaveProperty("facts");
  await heard(homeiq, broker, 0.951);
  broker.drop();
  await heard(homeiq, broker, 1.25);
  expect((await meter(homeiq)).facts).toMatchObject({ powerW: 1250, importKwh: 6613.405 });
  const power = await eventually(
    "it is in the history",
    async () => (await homeiq.events("entity=homeiq.house_power"))[0],
  );
  expect(power).toMatchObject({ unit: "W", cause: { kind: "integration", by: "glow" } });
}, 30_000);
