import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "#support/eventually.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";
import { startBroker, type TestBroker } from "#support/mqtt-broker.ts";
import { type RealHomeAssistant, startRealHomeAssistant } from "./home-assistant.ts";
import { missing } from "./needed.ts";

interface State {
  readonly entity_id: string;
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const PRICE = "0.31";

describe.skipIf(missing !== undefined)("what HomeIQ publishes, in a real Home Assistant", () => {
  let house: RealHomeAssistant;
  let broker: TestBroker;
  let homeiq: HomeIq;

  const start = (options: object = {}) =>
    startHomeIq({
      ...{ url: house.url, token: house.owner.token },
      options: { price_tariff: PRICE, mqtt_url: `mqtt://127.0.0.1:${broker.port}`, ...options },
    });
  const ours = async () => {
    const states = (await (await house.rest("/api/states")).json()) as State[];
    return states.filter(({ attributes }) => String(attributes.friendly_name).startsWith("HomeIQ"));
  };
  const price = (wanted: string) =>
    eventually(`the price is ${wanted}`, async () =>
      (await ours()).find(({ state }) => state === wanted),
    );

  beforeAll(async () => {
    house = await startRealHomeAssistant();
    broker = await startBroker();
    await addMqtt(house, broker.port);
    homeiq = await start();
  });
  afterAll(async () => {
    await homeiq?.[Symbol.asyncDispose]();
    await broker?.[Symbol.asyncDispose]();
    await house?.[Symbol.asyncDispose]();
  });

  test("the price and the cheapest start become entities of one device, as they are meant", async () => {
    expect(await price(PRICE)).toMatchObject({
      entity_id: expect.stringMatching(/^sensor\.homeiq_/),
      attributes: { unit_of_measurement: "EUR/kWh" },
    });
    // Beside them what became of suggestions, and what people took back.
    const found = await eventually("all of ours are there", async () => {
      const all = await ours();
      return all.length === 4 ? all : undefined;
    });
    expect(found.map(({ attributes }) => attributes.device_class)).toContain("timestamp");
    using client = await house.client();
    const { result: devices } = await client.ask("config/device_registry/list");
    const { result: entries } = await client.ask("config/entity_registry/list");
    const device = devices.find(({ name }: { name: string }) => name === "HomeIQ");
    const itsEntities = entries
      .filter(({ device_id }: { device_id: string }) => device_id === device.id)
      .map(({ entity_id }: { entity_id: string }) => entity_id);
    expect(itsEntities.sort()).toEqual(found.map(({ entity_id }) => entity_id).sort());
    const complaints = house
      .log()
      .split("\n")
      .filter((line) => /mqtt/i.test(line));
    expect(complaints.filter((line) => /ERROR|WARNING/.test(line))).toEqual([]);
  });

  test("they are unavailable while HomeIQ is away, and gone when publishing is turned off", async () => {
    const { folder } = homeiq;
    await homeiq.stop();
    await price("unavailable");
    homeiq = await startHomeIq({
      ...{ url: house.url, token: house.owner.token, folder },
      options: {
        price_tariff: PRICE,
        mqtt_url: `mqtt://127.0.0.1:${broker.port}`,
        publish_off: true,
      },
    });
    await eventually("they are gone", async () => (await ours()).length === 0 || undefined);
  });
});

/** A field of a form, or a part of it that opens. */
interface Field {
  readonly name: string;
  readonly default?: unknown;
  readonly schema?: readonly Field[];
}

interface Step {
  readonly flow_id: string;
  readonly type: string;
  readonly data_schema?: readonly Field[];
}

/** As a person adds the integration: its dialog, with the broker's address and the rest as it is proposed. */
async function addMqtt(house: RealHomeAssistant, port: number): Promise<void> {
  const flow = "/api/config/config_entries/flow";
  const ask = async (path: string, body: object) => {
    const answer = await house.rest(path, body);
    const step = (await answer.json()) as Step;
    if (!answer.ok) throw new Error(`MQTT could not be added: ${JSON.stringify(step)}`);
    return step;
  };
  const begun = await ask(flow, { handler: "mqtt" });
  const { other_settings: proposed, ...rest } = proposedBy(begun.data_schema ?? []);
  const plain = { ...Object(proposed), set_ca_cert: "off", set_client_cert: false };
  const protocol = "3.1.1"; // the tests' broker knows no 5
  const given = { ...rest, protocol, broker: "127.0.0.1", port, other_settings: plain };
  const ended = await ask(`${flow}/${begun.flow_id}`, given);
  if (ended.type !== "create_entry")
    throw new Error(`MQTT was not added: ${JSON.stringify(ended)}`);
}

const proposedBy = (fields: readonly Field[]): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      if (field.schema) return [[field.name, proposedBy(field.schema)]];
      return field.default === undefined ? [] : [[field.name, field.default]];
    }),
  );
