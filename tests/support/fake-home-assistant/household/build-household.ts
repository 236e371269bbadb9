import type { Core } from "../model/core.ts";
import { slugify } from "../model/registry.ts";
import { nextSunCrossing } from "../model/sun-position.ts";
import type { Feature } from "./feature.ts";
import type { House, Room } from "./house.ts";
import { createEquipment } from "./house-devices.ts";
import { createHouseholdBuilder, type HouseholdBuilder } from "./plan.ts";
import type { HouseholdPlan } from "./presets.ts";
import { createFeatures } from "./room-devices.ts";

/** Feature, its name, how many entities it has: what fills a household to its exact size. */
const FILLERS: readonly (readonly [Feature, string | undefined, number])[] = [
  ["plug", "charger", 5],
  ["spots", "light strip", 1],
  ["climate", undefined, 3],
  ["circuit", "sockets", 1],
  ["window", "side window", 2],
  ["plug", "air purifier", 5],
  ["lamp", "reading lamp", 1],
  ["plug", "printer", 5],
  ["circuit", "lighting circuit", 1],
  ["air", undefined, 3],
  ["plug", "heating mat", 5],
  ["smoke", undefined, 2],
];

/** A household whose rooms have what they need, and not yet its exact size. */
export interface BuiltHousehold {
  readonly house: House;
  /** Adds plugs, sensors and lights; leaves out `reserved` for automations, scripts and scenes. */
  fill(reserved: number): void;
}

/** Builds areas, devices, people and entities of one preset. */
export function buildHousehold(core: Core, plan: HouseholdPlan): BuiltHousehold {
  const builder = createHouseholdBuilder(core);
  const house: House = { rooms: [], residents: [], readings: [], appliances: [] };
  addSurroundings(core, builder, house);
  for (const [name, level] of plan.floors) builder.floor(name, level);
  for (const [index, name] of plan.people.entries()) addPerson(core, builder, house, name, index);

  const features = createFeatures(builder, house, core.random);
  const equipment = createEquipment(builder, house, core);
  for (const planned of plan.rooms) {
    const id = builder.area(planned.name, { floor: slugify(planned.floor), icon: planned.icon });
    const { name, outdoor = false, inner = false } = planned;
    const room: Room = {
      ...{ id, name, outdoor, inner },
      ...{ lights: [], windows: [], covers: [], switches: [], media: [] },
    };
    house.rooms.push(room);
    const seen = new Map<Feature, number>();
    for (const feature of planned.features) {
      const times = (seen.get(feature) ?? 0) + 1;
      seen.set(feature, times);
      if (times === 1) features[feature](room);
      else features[feature](room, `${feature} ${times}`);
    }
    for (const piece of planned.equipment ?? []) equipment[piece](room);
  }

  return {
    house,
    fill(reserved) {
      fill(builder, { house, features, wanted: plan.entityCount - reserved });
      addDisabled(core, builder, plan.disabledCount);
      addLabels(core, builder);
      linkAreas(core, house);
    },
  };
}

function addSurroundings(core: Core, builder: HouseholdBuilder, house: House) {
  const { place, clock } = core;
  builder.integration("sun", "Sun");
  builder.lone({
    domain: "zone",
    integration: "zone",
    name: "Home",
    registered: false,
    state: "0",
    icon: "mdi:home",
    fixed: {
      latitude: place.latitude,
      longitude: place.longitude,
      radius: 100,
      passive: false,
      editable: true,
    },
    moving: { persons: [] },
  });
  const iso = (rising: boolean) =>
    new Date(nextSunCrossing(clock.now(), { ...place, rising })).toISOString();
  builder.lone({
    domain: "sun",
    integration: "sun",
    name: "Sun",
    state: "above_horizon",
    moving: { next_rising: iso(true), next_setting: iso(false), elevation: 20, azimuth: 180 },
  });
  const met = builder.device({ name: "Forecast", integration: "met", service: true });
  house.weather = builder.entity(met, {
    domain: "weather",
    name: "Home",
    state: "partlycloudy",
    fixed: {
      attribution: "Weather forecast from met.no",
      temperature_unit: "°C",
      pressure_unit: "hPa",
      wind_speed_unit: "km/h",
      precipitation_unit: "mm",
      visibility_unit: "km",
      supported_features: 3,
    },
    moving: { temperature: 14.2, humidity: 70, pressure: 1013, wind_speed: 9, cloud_coverage: 50 },
  });
}

function addPerson(
  { random, registry }: Core,
  builder: HouseholdBuilder,
  house: House,
  name: string,
  index: number,
) {
  const first = name.split(" ")[0] ?? name;
  const userId = random.hex(32);
  registry.users.set(userId, {
    id: userId,
    username: slugify(first),
    name: first,
    is_owner: index === 0,
    is_admin: index < 2,
    system_generated: false,
  });
  const phone = builder.device({
    name: `${first}'s phone`,
    integration: "mobile_app",
    manufacturer: index % 2 === 0 ? "Apple" : "Google",
    model: index % 2 === 0 ? "iPhone 15" : "Pixel 8",
  });
  const trackerId = builder.entity(phone, {
    domain: "device_tracker",
    state: "home",
    fixed: { source_type: "gps" },
    moving: { gps_accuracy: 12, battery_level: 80 },
  });
  const phoneBatteryId = builder.entity(phone, {
    domain: "sensor",
    name: "Battery level",
    state: "80",
    deviceClass: "battery",
    fixed: { unit_of_measurement: "%", state_class: "measurement" },
  });
  const personId = builder.lone({
    domain: "person",
    integration: "person",
    name: first,
    state: "home",
    fixed: { editable: true, id: slugify(first), user_id: userId, device_trackers: [trackerId] },
    moving: { source: trackerId },
  });
  house.residents.push({
    ...{ name: first, personId, trackerId, userId, phoneBatteryId },
    worksOut: index !== 1,
    wakeMinute: 375 + index * 25,
  });
}

function fill(
  builder: HouseholdBuilder,
  {
    house,
    features,
    wanted,
  }: { house: House; features: ReturnType<typeof createFeatures>; wanted: number },
) {
  if (builder.size > wanted) {
    throw new Error(`the household has ${builder.size} entities, more than ${wanted}`);
  }
  const rooms = house.rooms.filter(({ outdoor }) => !outdoor);
  for (let step = 0; builder.size < wanted; step++) {
    const room = rooms[step % rooms.length];
    const round = Math.floor(step / rooms.length);
    const filler = FILLERS[round % FILLERS.length];
    if (room === undefined || filler === undefined) throw new Error("a household without rooms");
    const [feature, name, size] = filler;
    if (size > wanted - builder.size) continue;
    const repeat = Math.floor(round / FILLERS.length);
    features[feature](room, repeat === 0 || name === undefined ? name : `${name} ${repeat + 1}`);
  }
}

function addDisabled({ registry }: Core, builder: HouseholdBuilder, count: number) {
  const devices = [...registry.devices.values()].slice(0, count);
  for (const device of devices) {
    builder.disabled(device, { domain: "sensor", name: "Last seen", state: "unknown" });
  }
}

function addLabels({ registry, entities }: Core, builder: HouseholdBuilder) {
  const battery = builder.label("Battery powered", { color: "amber", icon: "mdi:battery" });
  const night = builder.label("Night light", { color: "indigo", icon: "mdi:weather-night" });
  const security = builder.label("Security", { color: "red", icon: "mdi:shield-home" });
  for (const entry of registry.entities.values()) {
    const deviceClass = entry.original_device_class;
    const isLow = entities.get(entry.entity_id)?.fixed.device_class === "battery";
    if (isLow) entry.labels = [battery];
    else if (["door", "window", "smoke"].includes(deviceClass ?? "")) entry.labels = [security];
    else if (/^light\.(hallway|bedroom|landing)/u.test(entry.entity_id)) entry.labels = [night];
  }
}

function linkAreas({ registry, entities }: Core, house: House) {
  for (const reading of house.readings) {
    const area = registry.areas.get(reading.room ?? "");
    if (area === undefined) continue;
    if (reading.kind === "temperature") area.temperature_entity_id ??= reading.entityId;
    if (reading.kind === "humidity") area.humidity_entity_id ??= reading.entityId;
  }
  const home = [...house.residents].map(({ personId }) => personId);
  entities.write("zone.home", { state: String(home.length), attributes: { persons: home } });
}
