import type { House, Room } from "./house.ts";
import type { HouseholdBuilder } from "./plan.ts";
import { createSensorMaker } from "./sensor-device.ts";

type ApplianceKind = "coffee" | "fridge" | "washer" | "dishwasher" | "oven";

/** How the kitchen's and the laundry's machines are built. */
export function createAppliances(
  builder: HouseholdBuilder,
  house: House,
): Readonly<Record<ApplianceKind, (room: Room) => void>> {
  const sensor = createSensorMaker(builder, house);
  const program = (
    name: string,
    values: { watts: number; minutes: number; runsPerWeek: number },
  ) => {
    return (room: Room) => {
      const device = builder.device({
        name,
        area: room.id,
        integration: "home_connect",
        manufacturer: "Bosch",
        model: name === "Dishwasher" ? "SMV6ZCX49E" : "WAX32M41",
      });
      const stateId = builder.entity(device, {
        domain: "sensor",
        name: "Operation state",
        state: "ready",
        deviceClass: "enum",
        fixed: { options: ["inactive", "ready", "run", "finished", "pause"] },
      });
      const remainingId = builder.entity(device, {
        domain: "sensor",
        name: "Program finish time",
        state: "unknown",
        deviceClass: "timestamp",
      });
      builder.entity(device, {
        domain: "binary_sensor",
        name: "Door",
        state: "off",
        deviceClass: "door",
      });
      sensor(device, "Power", {
        kind: "power",
        source: stateId,
        scale: values.watts,
        periodMs: 15_000,
        decimals: 1,
      });
      house.appliances.push({ name, stateId, remainingId, ...values });
    };
  };

  return {
    washer: program("Washing machine", { watts: 480, minutes: 105, runsPerWeek: 4 }),
    dishwasher: program("Dishwasher", { watts: 620, minutes: 95, runsPerWeek: 6 }),
    coffee(room) {
      const device = builder.device({
        name: "Coffee machine",
        area: room.id,
        integration: "shelly",
        manufacturer: "Shelly",
        model: "Shelly Plug S",
      });
      const source = builder.entity(device, {
        domain: "switch",
        state: "off",
        deviceClass: "outlet",
      });
      house.coffee = source;
      const values = { kind: "power", source, scale: 1150, decimals: 1 } as const;
      sensor(device, "Power", { ...values, periodMs: 15_000 });
    },
    fridge(room) {
      const device = builder.device({
        name: "Fridge",
        area: room.id,
        integration: "home_connect",
        manufacturer: "Siemens",
        model: "KI86SADE0",
      });
      builder.entity(device, {
        domain: "binary_sensor",
        name: "Door",
        state: "off",
        deviceClass: "door",
      });
      const values = { scale: 1, periodMs: 90_000 };
      sensor(device, "Temperature", { ...values, kind: "fridge_temperature", decimals: 1 });
      const freezer = builder.device({
        name: "Freezer",
        integration: "home_connect",
        parent: device.id,
      });
      sensor(freezer, "Temperature", { ...values, kind: "freezer_temperature", decimals: 1 });
      sensor(device, "Power", { kind: "power", scale: 62, periodMs: 30_000, decimals: 1 });
    },
    oven(room) {
      const device = builder.device({
        name: "Oven",
        area: room.id,
        integration: "shelly",
        manufacturer: "Shelly",
        model: "Shelly Pro 3EM",
      });
      house.oven = builder.entity(device, {
        domain: "binary_sensor",
        name: "Heating",
        state: "off",
        deviceClass: "heat",
      });
      const values = { kind: "power", source: house.oven, scale: 2100, decimals: 1 } as const;
      sensor(device, "Power", { ...values, periodMs: 15_000 });
    },
  };
}
