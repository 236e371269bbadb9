import { expect, test } from "vitest";
import { createLog } from "#src/foundation/log.ts";
import { createTopic } from "#src/foundation/topic.ts";
import { describeHouse } from "#src/home/house/house.ts";
import { createRegistry } from "#src/home/registry/registry.ts";
import { createStates } from "#src/home/states/states.ts";
import { createFakeClock } from "#support/clock.ts";

const at = 1_788_284_591;
const log = createLog("silent");

/** The status of a house whose entities have these states and attributes. */
function statusOf(entities: Readonly<Record<string, readonly [string, object?]>>) {
  const clock = createFakeClock();
  const states = createStates({ onRefused: () => {} });
  const wire = Object.entries(entities).map(([id, [s, a = {}]]) => [id, { s, a, c: "c", lc: at }]);
  states.apply({ a: Object.fromEntries(wire) });
  const registry = createRegistry({
    clock,
    log,
    changed: createTopic<void>({ name: "changed", log }),
    onRename: () => {},
  });
  const nameOf = (entityId: string) => entityId;
  return describeHouse({ states: states.all(), registry, clock, ready: true, nameOf });
}

test("a group of lights is not one more light that is on", () => {
  const house = statusOf({
    "light.one": ["on"],
    "light.two": ["off"],
    "light.all": ["on", { entity_id: ["light.one", "light.two"] }],
  });
  expect(house.lights.on).toBe(1);
});

test("doors, windows, locks and garages that are open are named with their kind", () => {
  const house = statusOf({
    "binary_sensor.front": ["on", { device_class: "door" }],
    "binary_sensor.bath": ["off", { device_class: "window" }],
    "lock.front": ["unlocked"],
    "lock.back": ["locked"],
    "cover.garage": ["open", { device_class: "garage" }],
    "cover.blind": ["open", { device_class: "blind" }],
  });
  expect(house.openings.map(({ entityId, kind }) => [entityId, kind])).toEqual([
    ["binary_sensor.front", "door"],
    ["lock.front", "lock"],
    ["cover.garage", "garage"],
  ]);
});

test("what is unavailable or unknown is neither on nor off", () => {
  const house = statusOf({
    "light.one": ["unavailable"],
    "switch.two": ["unknown"],
    "binary_sensor.leak": ["unavailable", { device_class: "moisture" }],
  });
  expect(house.lights.on).toBe(0);
  expect(house.unavailable.count).toBe(2);
  expect(house.alarms).toEqual([]);
});

test("an automation runs while its count says so", () => {
  const house = statusOf({
    "automation.busy": ["on", { current: 1 }],
    "automation.idle": ["on", { current: 0 }],
    "script.running": ["on"],
  });
  expect(house.running.map(({ entityId }) => entityId)).toEqual([
    "automation.busy",
    "script.running",
  ]);
});

test("a leak and an empty battery need a look", () => {
  const house = statusOf({
    "binary_sensor.leak": ["on", { device_class: "moisture" }],
    "sensor.remote": ["4", { device_class: "battery", unit_of_measurement: "%" }],
    "sensor.phone": ["90", { device_class: "battery", unit_of_measurement: "%" }],
  });
  expect(house.alarms.map(({ entityId }) => entityId)).toEqual(["binary_sensor.leak"]);
  expect(house.lowBatteries.map(({ entityId }) => entityId)).toEqual(["sensor.remote"]);
});

test("who is home is home, wherever else a person may be", () => {
  const house = statusOf({ "person.anna": ["home"], "person.ben": ["work"] });
  expect(house.people.map(({ home }) => home)).toEqual([true, false]);
});
