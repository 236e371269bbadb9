import type { Core } from "../model/core.ts";
import { createAppliances } from "./appliances.ts";
import type { House, Room } from "./house.ts";
import type { HouseholdBuilder } from "./plan.ts";
import { createSensorMaker } from "./sensor-device.ts";

/** What a household can have beside its rooms' things. */
export type Equipment =
  | "coffee"
  | "fridge"
  | "washer"
  | "dishwasher"
  | "oven"
  | "lock"
  | "meter"
  | "solar"
  | "wallbox"
  | "router"
  | "vacuum"
  | "station"
  | "doorbell"
  | "updates"
  | "helpers"
  | "calendar";

/** How each piece of equipment is built; it stands in the given room. */
export function createEquipment(
  builder: HouseholdBuilder,
  house: House,
  core: Core,
): Readonly<Record<Equipment, (room: Room) => void>> {
  const sensor = createSensorMaker(builder, house);

  return {
    ...createAppliances(builder, house),
    lock(room) {
      const device = builder.device({
        name: "Front door",
        area: room.id,
        integration: "nuki",
        manufacturer: "Nuki Home Solutions GmbH",
        model: "Smart Lock 3.0",
      });
      house.lock = builder.entity(device, {
        domain: "lock",
        state: "locked",
        fixed: { supported_features: 1 },
      });
      sensor(
        device,
        "Battery",
        { kind: "battery", scale: 0.6, periodMs: 14_400_000, decimals: 0 },
        "76",
      );
    },
    meter(room) {
      const device = builder.device({
        name: "Electricity meter",
        area: room.id,
        integration: "tibber",
        manufacturer: "EMH metering",
        model: "eHZB",
      });
      const values = { scale: 1, decimals: 0 };
      sensor(device, "Power", { ...values, kind: "house_power", periodMs: 5000 });
      sensor(device, "Energy", {
        ...values,
        kind: "house_energy",
        periodMs: 30_000,
        decimals: 3,
      });
      sensor(device, "Voltage", { ...values, kind: "voltage", periodMs: 60_000, decimals: 1 });
    },
    solar(room) {
      const device = builder.device({
        name: "Solar inverter",
        area: room.id,
        integration: "fronius",
        manufacturer: "Fronius",
        model: "Symo 8.2-3-M",
      });
      sensor(device, "Power", { kind: "solar_power", scale: 8200, periodMs: 10_000, decimals: 0 });
      sensor(device, "Energy", {
        kind: "solar_energy",
        scale: 8200,
        periodMs: 60_000,
        decimals: 3,
      });
      sensor(device, "Temperature", {
        kind: "chip_temperature",
        scale: 1,
        periodMs: 120_000,
        decimals: 1,
      });
    },
    wallbox(room) {
      const device = builder.device({
        name: "Wallbox",
        area: room.id,
        integration: "goecharger",
        manufacturer: "go-e",
        model: "HOMEfix 11 kW",
      });
      const source = builder.entity(device, {
        domain: "switch",
        name: "Charging",
        state: "off",
      });
      const power = sensor(device, "Power", {
        kind: "power",
        source,
        scale: 10_800,
        periodMs: 20_000,
        decimals: 0,
      });
      sensor(device, "Energy", {
        kind: "energy",
        source: power,
        scale: 1,
        periodMs: 60_000,
        decimals: 3,
      });
    },
    router(room) {
      const device = builder.device({
        name: "FRITZ!Box 7590 AX",
        area: room.id,
        integration: "fritz",
        manufacturer: "AVM",
        model: "FRITZ!Box 7590 AX",
      });
      const state = { state: "on", deviceClass: "connectivity" };
      builder.entity(device, { domain: "binary_sensor", name: "Connection", ...state });
      const values = { kind: "throughput", scale: 1, decimals: 2 } as const;
      sensor(device, "Download throughput", { ...values, periodMs: 15_000 });
      sensor(device, "Upload throughput", { ...values, periodMs: 15_000 });
    },
    vacuum(room) {
      const device = builder.device({
        name: "Rosie",
        area: room.id,
        integration: "roborock",
        manufacturer: "Roborock",
        model: "S7 MaxV",
      });
      house.vacuum = builder.entity(device, {
        domain: "vacuum",
        state: "docked",
        fixed: { supported_features: 30524 },
        moving: { battery_level: 100 },
      });
    },
    station(room) {
      const device = builder.device({
        name: "Weather station",
        area: room.id,
        integration: "mqtt",
        manufacturer: "Bresser",
        model: "7-in-1",
      });
      const values = { scale: 1, periodMs: 48_000, decimals: 1 };
      sensor(device, "Temperature", { ...values, kind: "outdoor_temperature" });
      sensor(device, "Pressure", { ...values, kind: "pressure" });
      sensor(device, "Wind speed", { ...values, kind: "wind", periodMs: 16_000 });
    },
    doorbell(room) {
      const device = builder.device({
        name: "Doorbell",
        area: room.id,
        integration: "reolink",
        manufacturer: "Reolink",
        model: "Video Doorbell WiFi",
      });
      const ring = builder.entity(device, {
        domain: "event",
        name: "Ring",
        state: "unknown",
        deviceClass: "doorbell",
        fixed: { event_types: ["ring"] },
        moving: { event_type: null },
      });
      const person = builder.entity(device, {
        domain: "binary_sensor",
        name: "Person",
        state: "off",
        deviceClass: "occupancy",
      });
      house.doorbell = { ring, person };
    },
    updates() {
      for (const name of ["Home Assistant Core", "Home Assistant Operating System"]) {
        const device = builder.device({ name, integration: "hassio", service: true });
        builder.entity(device, {
          domain: "update",
          name: "Update",
          state: "off",
          category: "config",
          fixed: { supported_features: 11 },
          moving: { installed_version: core.version, latest_version: core.version },
        });
      }
    },
    helpers() {
      const values = { domain: "input_boolean", state: "off" };
      builder.lone({ ...values, integration: "input_boolean", name: "Guest mode" });
      builder.lone({ ...values, integration: "input_boolean", name: "Vacation mode" });
    },
    calendar() {
      builder.lone({
        domain: "calendar",
        integration: "local_calendar",
        name: "Family",
        state: "off",
        moving: {
          message: "Waste paper",
          all_day: true,
          location: "",
          description: "",
        },
      });
    },
  };
}
