import type { House, Reading } from "../household/house.ts";
import type { Alarm } from "../model/clock.ts";
import type { Core } from "../model/core.ts";
import type { RoomClimates } from "./rooms.ts";
import type { Surroundings } from "./surroundings.ts";

const HOUR_MS = 3_600_000;
const LIGHT_WATTS = 8;
const BASE_WATTS = 85; // what is always on and measured nowhere
const MANY_READINGS = 120; // above this, sensors report less often, as larger homes tune them

/** Makes numeric sensors report. */
export interface Readings {
  /** One report now, out of turn; true when it changed something. */
  reportAny(): boolean;
  /** While filling the past, sensors report this many times less often. */
  setPace(factor: number): void;
}

export function startReadings(
  core: Core,
  house: House,
  { surroundings, climates }: { surroundings: Surroundings; climates: RoomClimates },
): Readings {
  const { clock, random, entities } = core;
  const watts = new Map<string, number>();
  const totals = new Map<string, { value: number; at: number }>();
  const rooms = new Map(house.rooms.map((room) => [room.id, room]));
  const crowd = Math.max(1, Math.sqrt(house.readings.length / MANY_READINGS));
  const alarms = new Map<Reading, Alarm>();
  let pace = 1;
  let houseWatts = 300;
  let turn = 0;

  function powerOf({ source, scale, entityId }: Reading): number {
    const state = entities.get(source ?? "")?.state;
    const phase = (clock.now() / 60_000 + entityId.length * 7) % 46;
    const compressing = phase < 17;
    const isOn = source === undefined ? compressing : state === "on" || state === "run";
    const value = isOn
      ? scale * (0.94 + random.next() * 0.12)
      : Math.min(3, scale * 0.004) * (0.9 + random.next() * 0.2);
    watts.set(entityId, value);
    return value;
  }

  function totalOf(reading: Reading, nowWatts: number): number {
    const now = clock.now();
    const known = totals.get(reading.entityId) ?? {
      value: Number(entities.get(reading.entityId)?.state) || 0,
      at: now,
    };
    const value = known.value + (nowWatts / 1000) * ((now - known.at) / HOUR_MS);
    totals.set(reading.entityId, { value, at: now });
    return value;
  }

  function houseNow(): number {
    let lights = 0;
    for (const room of house.rooms) {
      for (const light of room.lights) if (entities.get(light)?.state === "on") lights += 1;
    }
    let sum = BASE_WATTS + lights * LIGHT_WATTS;
    for (const value of watts.values()) sum += value;
    houseWatts = sum * (0.985 + random.next() * 0.03);
    return houseWatts;
  }

  const solarNow = (reading: Reading) =>
    reading.scale * (surroundings.daylight() / 90_000) * (0.96 + random.next() * 0.05);

  function read(reading: Reading): number {
    const climate = climates.of(reading.room);
    const room = rooms.get(reading.room ?? "");
    const current = Number(entities.get(reading.entityId)?.state);
    switch (reading.kind) {
      case "temperature":
        return climate.temperature + random.bell() * 0.04;
      case "outdoor_temperature":
        return surroundings.outdoorTemperature() + random.bell() * 0.06;
      case "chip_temperature":
        return 34 + random.next() * 12;
      case "fridge_temperature":
        return 5 + Math.sin(clock.now() / 1_400_000) * 0.8 + random.bell() * 0.1;
      case "freezer_temperature":
        return -18.4 + Math.sin(clock.now() / 1_900_000) * 0.9 + random.bell() * 0.1;
      case "humidity":
        return room?.outdoor === true
          ? surroundings.outdoorHumidity() + random.bell()
          : climate.humidity + random.bell() * 0.15;
      case "illuminance": {
        const daylight = surroundings.daylight();
        const share = room?.outdoor === true ? 1 : 0.012;
        const inside = room?.inner === true ? 0 : daylight * share;
        const lamps = room !== undefined && climates.isLit(room) ? 160 : 0;
        return Math.max(0, (inside + lamps) * (0.97 + random.next() * 0.06));
      }
      case "co2":
        return climate.co2 + random.bell() * 6;
      case "power":
        return powerOf(reading);
      case "house_power":
        return houseNow();
      case "solar_power":
        return solarNow(reading);
      case "energy":
        return totalOf(reading, watts.get(reading.source ?? "") ?? 0);
      case "house_energy":
        return totalOf(reading, houseWatts);
      case "solar_energy":
        return totalOf(reading, solarNow(reading));
      case "voltage":
        return 230.5 + random.bell() * 1.1;
      case "battery":
        return Math.max(1, current - (random.chance(reading.scale / 6) ? 1 : 0));
      case "signal":
        return Math.round(Math.min(-38, Math.max(-88, current + random.bell() * 1.5)));
      case "pressure":
        return surroundings.pressure() + random.bell() * 0.05;
      case "wind":
        return surroundings.wind();
      case "throughput":
        return random.chance(0.2) ? random.between(2, 24) : random.between(0.02, 0.9);
      default:
        return current;
    }
  }

  function report(reading: Reading) {
    const state = read(reading).toFixed(reading.decimals);
    entities.write(reading.entityId, { state: state === "-0" ? "0" : state });
  }

  function schedule(reading: Reading, share = 0.8 + random.next() * 0.4) {
    const alarm = clock.after(reading.periodMs * crowd * pace * share, () => {
      report(reading);
      schedule(reading);
    });
    alarms.set(reading, alarm);
  }

  for (const reading of house.readings) schedule(reading, random.next());
  const lively = house.readings.filter(({ kind }) => kind !== "battery");

  return {
    setPace(factor) {
      pace = factor;
      for (const [reading, alarm] of alarms) {
        alarm.cancel();
        schedule(reading, random.next());
      }
    },
    reportAny() {
      const reading = lively[turn++ % lively.length];
      if (reading === undefined) return false;
      const before = entities.get(reading.entityId)?.state;
      report(reading);
      return entities.get(reading.entityId)?.state !== before;
    },
  };
}
