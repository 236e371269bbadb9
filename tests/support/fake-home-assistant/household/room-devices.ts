import type { Random } from "../model/random.ts";
import type { Feature, Maker } from "./feature.ts";
import type { House } from "./house.ts";
import type { HouseholdBuilder } from "./plan.ts";
import { createRoomSensors } from "./room-sensors.ts";
import { createBatteryMaker, createSensorMaker } from "./sensor-device.ts";

/** How each feature of a room is built. */
export function createFeatures(
  builder: HouseholdBuilder,
  house: House,
  random: Pick<Random, "int">,
): Readonly<Record<Feature, Maker>> {
  const sensor = createSensorMaker(builder, house);
  const battery = createBatteryMaker(sensor, random);
  return {
    ...createRoomSensors(builder, house, random),

    thermostat(room) {
      const device = builder.device({
        name: `${room.name} radiator`,
        area: room.id,
        integration: "tado",
        manufacturer: "tado°",
        model: "VA02",
      });
      room.thermostat = builder.entity(device, {
        domain: "climate",
        state: "heat",
        fixed: {
          hvac_modes: ["off", "heat", "auto"],
          min_temp: 5,
          max_temp: 25,
          target_temp_step: 0.5,
          supported_features: 401,
        },
        moving: { current_temperature: 20.8, temperature: 20.5, hvac_action: "idle" },
      });
      builder.entity(device, {
        domain: "binary_sensor",
        name: "Battery",
        state: "off",
        deviceClass: "battery",
        category: "diagnostic",
      });
    },
    cover(room, name = "blind") {
      const device = builder.device({
        name: `${room.name} ${name}`,
        area: room.id,
        integration: "shelly",
        manufacturer: "Shelly",
        model: "Shelly Plus 2PM",
      });
      room.covers.push(
        builder.entity(device, {
          domain: "cover",
          state: "open",
          deviceClass: "blind",
          fixed: { supported_features: 15 },
          moving: { current_position: 100 },
        }),
      );
      sensor(device, "Signal strength", {
        kind: "signal",
        scale: 1,
        periodMs: 180_000,
        decimals: 0,
      });
    },
    plug(room, name = "plug") {
      const device = builder.device({
        name: `${room.name} ${name}`,
        area: room.id,
        integration: "shelly",
        manufacturer: "Shelly",
        model: "Shelly Plug S",
      });
      const state = random.int(0, 2) === 0 ? "on" : "off";
      const source = builder.entity(device, { domain: "switch", state, deviceClass: "outlet" });
      room.switches.push(source);
      const watts = random.int(4, 90);
      const power = sensor(device, "Power", {
        kind: "power",
        source,
        scale: watts,
        periodMs: 20_000,
        decimals: 1,
      });
      sensor(
        device,
        "Energy",
        { kind: "energy", source: power, scale: 1, periodMs: 60_000, decimals: 3 },
        (random.int(500, 90_000) / 100).toFixed(3),
      );
      sensor(device, "Voltage", { kind: "voltage", scale: 1, periodMs: 90_000, decimals: 1 });
      sensor(device, "Signal strength", {
        kind: "signal",
        scale: 1,
        periodMs: 240_000,
        decimals: 0,
      });
    },
    tv(room) {
      const device = builder.device({
        name: `${room.name} TV`,
        area: room.id,
        integration: "webostv",
        manufacturer: "LG",
        model: "OLED55C2",
      });
      room.media.push(
        builder.entity(device, {
          domain: "media_player",
          state: "off",
          deviceClass: "tv",
          fixed: { supported_features: 24381, source_list: ["Live TV", "HDMI 1", "Netflix"] },
        }),
      );
    },
    speaker(room) {
      const device = builder.device({
        name: `${room.name} speaker`,
        area: room.id,
        integration: "sonos",
        manufacturer: "Sonos",
        model: "One SL",
      });
      room.media.push(
        builder.entity(device, {
          domain: "media_player",
          state: "idle",
          deviceClass: "speaker",
          fixed: { supported_features: 4127295 },
          moving: { volume_level: 0.24, is_volume_muted: false },
        }),
      );
    },
    remote(room) {
      const device = builder.device({
        name: `${room.name} wall switch`,
        area: room.id,
        integration: "hue",
        manufacturer: "Signify Netherlands B.V.",
        model: "Hue dimmer switch",
      });
      room.remote = builder.entity(device, {
        domain: "event",
        name: "Button 1",
        state: "unknown",
        deviceClass: "button",
        fixed: { event_types: ["initial_press", "repeat", "short_release", "long_release"] },
        moving: { event_type: null },
      });
      battery(device);
    },
    air(room) {
      const device = builder.device({
        name: `${room.name} air monitor`,
        area: room.id,
        integration: "esphome",
        manufacturer: "Espressif",
        model: "esp32-c3-devkitm-1",
      });
      const of = { room: room.id, scale: 1 };
      sensor(device, "Carbon dioxide", { ...of, kind: "co2", periodMs: 30_000, decimals: 0 });
      sensor(device, "Temperature", { ...of, kind: "temperature", periodMs: 60_000, decimals: 1 });
      sensor(device, "Humidity", { ...of, kind: "humidity", periodMs: 60_000, decimals: 1 });
    },
    satellite(room) {
      const device = builder.device({
        name: `${room.name} voice assistant`,
        area: room.id,
        integration: "esphome",
        manufacturer: "Nabu Casa",
        model: "Home Assistant Voice PE",
      });
      room.satellite = builder.entity(device, { domain: "assist_satellite", state: "idle" });
      builder.entity(device, {
        domain: "switch",
        name: "Mute",
        state: "off",
        category: "config",
        icon: "mdi:microphone-off",
      });
    },
    circuit(room, name = "circuit") {
      const device = builder.device({
        name: `${room.name} ${name}`,
        area: room.id,
        integration: "esphome",
        manufacturer: "IoTaWatt",
        model: "Circuit monitor",
      });
      const values = { kind: "power", scale: random.int(8, 60), decimals: 1 } as const;
      sensor(device, "Power", { ...values, periodMs: 45_000 });
    },
  };
}
