import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { connectRaw, type RawClient } from "#support/fake-home-assistant/raw-client.ts";
import type { EitherHouse } from "./conformance-request.ts";
import { type RealHomeAssistant, startRealHomeAssistant } from "./home-assistant.ts";
import { missing } from "./needed.ts";
import { COMMANDS } from "./requests-commands.ts";
import { EVENTS } from "./requests-events.ts";
import { REST } from "./requests-rest.ts";
import { differences, shapeOf } from "./shape-of.ts";

describe.skipIf(missing !== undefined)("the fake answers as the real one does", () => {
  let real: RealHomeAssistant;
  let fake: FakeHomeAssistant;
  let realHouse: EitherHouse;
  let fakeHouse: EitherHouse;
  const clients: RawClient[] = [];

  beforeAll(async () => {
    real = await startRealHomeAssistant();
    fake = await startFakeHomeAssistant({ preset: "flat", days: 1, haVersion: real.version });
    realHouse = await toHouse(real.url, real.owner.token, {
      light: "light.bed_light",
      sensor: "sensor.outside_temperature",
      weather: "weather.demo_weather_south",
      automation: "automation.guests_come",
    });
    await realHouse.client.ask("energy/save_prefs", ENERGY);
    fakeHouse = await toHouse(fake.url, fake.token, {
      light: "light.balcony_ceiling_light",
      sensor: "sensor.living_room_climate_sensor_temperature",
      weather: "weather.forecast_home",
      automation: "automation.evening_balcony_light",
    });
  });

  afterAll(async () => {
    for (const client of clients) client[Symbol.dispose]();
    await fake?.stop();
    await real?.[Symbol.asyncDispose]();
  });

  async function toHouse(
    url: string,
    token: string,
    names: Pick<EitherHouse, "light" | "sensor" | "weather" | "automation">,
  ): Promise<EitherHouse> {
    const client = await connectRaw(url, { token });
    clients.push(client);
    const { result: states } = await client.ask("get_states");
    for (const name of Object.values(names)) {
      const there = states.some(({ entity_id }: { entity_id: string }) => entity_id === name);
      if (!there) throw new Error(`${url} has no ${name}`);
    }
    const { result: areas } = await client.ask("config/area_registry/list");
    const { result: devices } = await client.ask("config/device_registry/list");
    const { result: ran } = await client.ask("automation/config", { entity_id: names.automation });
    const target = { entity_id: names.light };
    await client.ask("call_service", { domain: "light", service: "turn_off", target });
    await client.ask("call_service", {
      domain: "automation",
      service: "trigger",
      target: { entity_id: names.automation },
    });
    return {
      ...names,
      client,
      url,
      automationId: ran.config.id,
      areaId: areas[0].area_id,
      deviceId: devices[0].id,
      rest: (path, body, method = body === undefined ? "GET" : "POST") =>
        fetch(`${url}${path}`, {
          method,
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
    };
  }

  test.for([...COMMANDS, ...EVENTS, ...REST])("$name", async ({ ask, open = [] }) => {
    const [ofReal, ofFake] = await Promise.all([
      soon(ask(realHouse), "the real one"),
      soon(ask(fakeHouse), "the fake"),
    ]);
    expect(ofFake.exactly).toEqual(ofReal.exactly);
    const isOpen = (path: string) => open.includes(path);
    const found = differences(shapeOf(ofReal.shape, isOpen), shapeOf(ofFake.shape, isOpen));
    expect(found, JSON.stringify(ofReal.shape)?.slice(0, 2000)).toEqual([]);
  });
});

/** What the owner of the demo house would choose in the energy dashboard's settings. */
const ENERGY = {
  energy_sources: [
    {
      type: "grid",
      stat_energy_from: "sensor.total_energy_kwh",
      stat_energy_to: null,
      stat_cost: null,
      entity_energy_price: null,
      number_energy_price: 0.3,
      cost_adjustment_day: 0,
      stat_rate: "sensor.power_consumption",
      name: "Grid",
    },
  ],
  device_consumption: [{ stat_consumption: "sensor.total_energy_mwh" }],
};

const ANSWERS_WITHIN_MS = 10_000;

async function soon<T>(answer: Promise<T>, who: string): Promise<T> {
  const timer = new AbortController();
  try {
    const late = pause(ANSWERS_WITHIN_MS, undefined, { signal: timer.signal }).then(() => {
      throw new Error(`${who} does not answer`);
    });
    late.catch(() => undefined); // cancelled when the answer came
    return await Promise.race([answer, late]);
  } finally {
    timer.abort();
  }
}
