import { expect, test } from "vitest";
import { createLog } from "#src/foundation/log.ts";
import { createTopic } from "#src/foundation/topic.ts";
import { createRegistry } from "#src/home/registry/registry.ts";
import { snapshotOf } from "#src/home/snapshot/snapshot.ts";
import { createStates } from "#src/home/states/states.ts";
import { createFakeClock } from "#support/clock.ts";

const ANSWERS: Readonly<Record<string, unknown>> = {
  "config/area_registry/list": [
    {
      area_id: "hall",
      name: "Hallway",
      floor_id: "ground",
      aliases: ["Entrance"],
      labels: ["night"],
    },
  ],
  "config/floor_registry/list": [{ floor_id: "ground", name: "Ground floor", aliases: [] }],
  "config/label_registry/list": [{ label_id: "night", name: "Night" }],
  "config/device_registry/list": [
    { id: "d1", name: "Lamp", name_by_user: "Hall lamp", area_id: "hall", labels: ["warm"] },
  ],
  "config/entity_registry/list": [
    {
      id: "r1",
      entity_id: "light.hall",
      platform: "hue",
      unique_id: 17,
      device_id: "d1",
      labels: [],
    },
    {
      id: "r2",
      entity_id: "light.old",
      platform: "hue",
      unique_id: "x",
      disabled_by: "user",
      labels: [],
    },
  ],
  get_config: { version: "2026.9.1", unit_system: { temperature: "°F" } },
  get_services: {
    light: {
      turn_on: {
        target: { entity: [{ domain: ["light"] }] },
        fields: {
          more: {
            collapsed: true,
            fields: { transition: { selector: { number: { min: 0, max: 300 } } } },
          },
        },
      },
    },
    calendar: { get_events: { fields: {}, response: { optional: false } } },
  },
};

async function snapshot() {
  const log = createLog("silent");
  const registry = createRegistry({
    clock: createFakeClock(),
    log,
    changed: createTopic<void>({ name: "changed", log }),
    onRename: () => {},
  });
  await registry.follow({
    haVersion: "2026.9.1",
    ended: new AbortController().signal,
    request: async ({ type }) => ANSWERS[type] ?? [],
    subscribe: async () => {},
  });
  const states = createStates({ onRefused: () => {} });
  states.apply({
    a: {
      "light.hall": { s: "on", a: { friendly_name: "Hall" }, c: "c", lc: 1 },
      "sun.sun": { s: "above_horizon", a: {}, c: "c", lc: 1 },
    },
  });
  return snapshotOf({
    registry,
    states: states.all(),
    aliases: new Map([["light.hall", ["Lamp"]]]),
  });
}

test("an entity is known with its name, its other names, its room, and the labels of device and room", async () => {
  const home = await snapshot();
  expect(home.entities.get("light.hall")).toMatchObject({
    name: "Hall",
    aliases: ["Lamp"],
    areaId: "hall",
    deviceId: "d1",
    uniqueId: "17",
    labels: ["warm", "night"],
    state: "on",
  });
});

test("entities that are switched off, and those without a registry entry, are known as well", async () => {
  const home = await snapshot();
  expect(home.entities.get("light.old")).toMatchObject({ disabledBy: "user" });
  expect(home.entities.get("light.old")?.state).toBeUndefined();
  expect(home.entities.get("sun.sun")).toMatchObject({ domain: "sun" });
});

test("rooms, floors, devices, the version and the unit of temperature are Home Assistant's", async () => {
  const home = await snapshot();
  expect(home.areas.get("hall")).toMatchObject({ floorId: "ground", aliases: ["Entrance"] });
  expect(home.devices.get("d1")?.name).toBe("Hall lamp");
  expect([home.version, home.temperatureUnit]).toEqual(["2026.9.1", "°F"]);
});

test("an action is known with its fields, also those of a folded section, and whether it answers", async () => {
  const { actions } = await snapshot();
  expect(actions.get("light.turn_on")?.target?.domains).toEqual(["light"]);
  expect(actions.get("light.turn_on")?.fields.get("transition")?.selector?.kind).toBe("number");
  expect(actions.get("calendar.get_events")?.answers).toBe("always");
});
