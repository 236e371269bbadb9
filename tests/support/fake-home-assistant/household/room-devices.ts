import type { DeviceEntry } from "../model/registry-entries.ts";
import type { House, Reading, ReadingKind, Room } from "./house.ts";
import type { HouseholdBuilder } from "./plan.ts";

const SENSOR: Readonly<Record<string, { unit: string; deviceClass?: string; state: string }>> = {
  temperature: { unit: "°C", deviceClass: "temperature", state: "20.8" },
  outdoor_temperature: { unit: "°C", deviceClass: "temperature", state: "14.2" },
  chip_temperature: { unit: "°C", deviceClass: "temperature", state: "41.3" },
  fridge_temperature: { unit: "°C", deviceClass: "temperature", state: "5" },
  freezer_temperature: { unit: "°C", deviceClass: "temperature", state: "-18" },
  humidity: { unit: "%", deviceClass: "humidity", state: "48.0" },
  illuminance: { unit: "lx", deviceClass: "illuminance", state: "120" },
  co2: { unit: "ppm", deviceClass: "carbon_dioxide", state: "620" },
  power: { unit: "W", deviceClass: "power", state: "0.0" },
  house_power: { unit: "W", deviceClass: "power", state: "310" },
  solar_power: { unit: "W", deviceClass: "power", state: "0" },
  energy: { unit: "kWh", deviceClass: "energy", state: "112.41" },
  house_energy: { unit: "kWh", deviceClass: "energy", state: "4821.07" },
  solar_energy: { unit: "kWh", deviceClass: "energy", state: "3102.55" },
  voltage: { unit: "V", deviceClass: "voltage", state: "231.4" },
  battery: { unit: "%", deviceClass: "battery", state: "100" },
  signal: { unit: "dBm", deviceClass: "signal_strength", state: "-61" },
  pressure: { unit: "hPa", deviceClass: "atmospheric_pressure", state: "1013.2" },
  wind: { unit: "km/h", deviceClass: "wind_speed", state: "9.4" },
  throughput: { unit: "MB/s", deviceClass: "data_rate", state: "0.4" },
};
const DIAGNOSTIC = new Set<ReadingKind>(["battery", "signal", "chip_temperature", "voltage"]);

/** Adds numeric sensors and tells the house how they move. */
export function createSensorMaker(builder: HouseholdBuilder, house: House) {
  return (
    device: DeviceEntry,
    name: string,
    values: Pick<Reading, "kind" | "scale" | "periodMs" | "decimals" | "room" | "source">,
    state?: string,
  ): string => {
    const { kind } = values;
    const facts = SENSOR[kind] ?? { unit: "", state: "0" };
    const isTotal = kind.includes("energy");
    const entityId = builder.entity(device, {
      domain: "sensor",
      name,
      state: state ?? facts.state,
      fixed: {
        state_class: isTotal ? "total_increasing" : "measurement",
        unit_of_measurement: facts.unit,
      },
      ...(facts.deviceClass === undefined ? {} : { deviceClass: facts.deviceClass }),
      ...(DIAGNOSTIC.has(kind) ? { category: "diagnostic" as const } : {}),
    });
    house.readings.push({ entityId, ...values });
    return entityId;
  };
}

/** What a room can have, each a device or two. */
export type Feature =
  | "ceiling"
  | "lamp"
  | "spots"
  | "motion"
  | "climate"
  | "window"
  | "door"
  | "thermostat"
  | "cover"
  | "plug"
  | "tv"
  | "speaker"
  | "remote"
  | "smoke"
  | "leak"
  | "air"
  | "satellite"
  | "circuit";

type Maker = (room: Room, name?: string) => void;

/** How each feature is built. The optional name tells several of a kind apart. */
export function createFeatures(
  builder: HouseholdBuilder,
  house: House,
  random: { int(low: number, high: number): number },
): Readonly<Record<Feature, Maker>> {
  const sensor = createSensorMaker(builder, house);
  const battery = (device: DeviceEntry) =>
    sensor(
      device,
      "Battery",
      { kind: "battery", scale: random.int(2, 9) / 10, periodMs: 14_400_000, decimals: 0 },
      String(random.int(0, 11) === 0 ? random.int(4, 14) : random.int(31, 100)),
    );
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
