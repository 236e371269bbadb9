import type { Random } from "../model/random.ts";
import type { Maker } from "./feature.ts";
import type { House } from "./house.ts";
import type { HouseholdBuilder } from "./plan.ts";
import { createBatteryMaker, createSensorMaker } from "./sensor-device.ts";

type RoomSensor =
  | "ceiling"
  | "lamp"
  | "spots"
  | "motion"
  | "climate"
  | "window"
  | "door"
  | "smoke"
  | "leak";

/** Lights, and what watches over a room. */
export function createRoomSensors(
  builder: HouseholdBuilder,
  house: House,
  random: Pick<Random, "int">,
): Readonly<Record<RoomSensor, Maker>> {
  const sensor = createSensorMaker(builder, house);
  const battery = createBatteryMaker(sensor, random);
  const light = (colored: boolean, fallback: string, model: string): Maker => {
    return (room, name = fallback) => {
      const device = builder.device({
        name: `${room.name} ${name}`,
        area: room.id,
        integration: "hue",
        manufacturer: "Signify Netherlands B.V.",
        model,
      });
      const mode = colored ? "color_temp" : "brightness";
      const range = colored ? { min_color_temp_kelvin: 2202, max_color_temp_kelvin: 6535 } : {};
      const cold = colored ? { color_temp_kelvin: null } : {};
      const entityId = builder.entity(device, {
        domain: "light",
        state: "off",
        fixed: { supported_color_modes: [mode], supported_features: 40, ...range },
        moving: { color_mode: null, brightness: null, ...cold },
      });
      room.lights.push(entityId);
    };
  };
  const contact = (kind: "window" | "door"): Maker => {
    return (room, name = kind) => {
      const device = builder.device({
        name: `${room.name} ${name}`,
        area: room.id,
        integration: "zha",
        manufacturer: "Aqara",
        model: "MCCGQ11LM",
      });
      const entityId = builder.entity(device, {
        domain: "binary_sensor",
        state: "off",
        deviceClass: kind,
      });
      if (kind === "window") room.windows.push(entityId);
      else house.entrance ??= entityId;
      battery(device);
    };
  };
  const alarm = (deviceClass: string, name: string, model: string): Maker => {
    return (room) => {
      const device = builder.device({
        name: `${room.name} ${name}`,
        area: room.id,
        integration: "zha",
        manufacturer: "HEIMAN",
        model,
      });
      builder.entity(device, { domain: "binary_sensor", state: "off", deviceClass });
      battery(device);
    };
  };

  return {
    ceiling: light(false, "ceiling light", "Hue white lamp"),
    lamp: light(true, "floor lamp", "Hue ambiance lamp"),
    spots: light(true, "spots", "Hue ambiance spot"),
    window: contact("window"),
    door: contact("door"),
    smoke: alarm("smoke", "smoke detector", "SmokeSensor-EF-3.0"),
    leak: alarm("moisture", "leak sensor", "WaterSensor-E"),
    motion(room) {
      const device = builder.device({
        name: `${room.name} motion sensor`,
        area: room.id,
        integration: "hue",
        manufacturer: "Signify Netherlands B.V.",
        model: "Hue motion sensor",
      });
      room.motion = builder.entity(device, {
        domain: "binary_sensor",
        name: "Motion",
        state: "off",
        deviceClass: "motion",
      });
      const of = { room: room.id, scale: 1 };
      sensor(device, "Illuminance", {
        ...of,
        kind: "illuminance",
        periodMs: 60_000,
        decimals: 0,
      });
      sensor(device, "Temperature", {
        ...of,
        kind: "temperature",
        periodMs: 150_000,
        decimals: 1,
      });
      battery(device);
    },
    climate(room) {
      const device = builder.device({
        name: `${room.name} climate sensor`,
        area: room.id,
        integration: "zha",
        manufacturer: "SONOFF",
        model: "SNZB-02D",
      });
      const of = { room: room.id, scale: 1 };
      const outdoor = room.outdoor ? "outdoor_temperature" : "temperature";
      sensor(device, "Temperature", { ...of, kind: outdoor, periodMs: 55_000, decimals: 2 });
      sensor(device, "Humidity", { ...of, kind: "humidity", periodMs: 65_000, decimals: 1 });
      battery(device);
    },
  };
}
