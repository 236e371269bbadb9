import type { House, Room } from "../household/house.ts";
import type { Core } from "../model/core.ts";
import type { Surroundings } from "./surroundings.ts";

const TICK_MS = 60_000;

/** How a room is, whether a sensor says so or not. */
export interface RoomClimate {
  temperature: number;
  humidity: number;
  co2: number;
  /** How many people are in it. */
  people: number;
}

/** The air in every room; drives the thermostats. */
export interface RoomClimates {
  of(roomId: string | undefined): RoomClimate;
  isLit(room: Room): boolean;
}

export function startRooms(
  { clock, entities, random }: Core,
  house: House,
  surroundings: Surroundings,
): RoomClimates {
  const climates = new Map<string, RoomClimate>(
    house.rooms.map(({ id }) => [
      id,
      { temperature: 20 + random.next() * 1.5, humidity: 46, co2: 520, people: 0 },
    ]),
  );
  const somewhere: RoomClimate = { temperature: 20.5, humidity: 47, co2: 480, people: 0 };
  const isOn = (entityId: string) => entities.get(entityId)?.state === "on";

  function tick() {
    const outside = surroundings.outdoorTemperature();
    for (const room of house.rooms) {
      const climate = climates.get(room.id);
      if (climate === undefined || room.outdoor) continue;
      const airing = room.windows.some(isOn);
      const leak = airing ? 0.02 : 0.0011;
      climate.temperature += (outside - climate.temperature) * leak + climate.people * 0.004;
      climate.temperature += heat(room, climate) + random.bell() * 0.012;
      climate.humidity += ((airing ? 52 : 46) - climate.humidity) * 0.02 + random.bell() * 0.12;
      climate.co2 += climate.people * 7 + (420 - climate.co2) * (airing ? 0.12 : 0.012);
    }
    clock.after(TICK_MS, tick);
  }

  function heat(room: Room, climate: RoomClimate): number {
    // rooms without a thermostat of their own are kept warm by the house
    if (room.thermostat === undefined) return climate.temperature < 19.5 ? 0.03 : 0;
    const thermostat = entities.get(room.thermostat);
    if (thermostat === undefined) return 0;
    const target = Number(thermostat.moving.temperature ?? 20);
    const wasHeating = thermostat.moving.hvac_action === "heating";
    const isOff = thermostat.state === "off";
    const heating = !isOff && climate.temperature < target + (wasHeating ? 0.2 : -0.2);
    const action = heating ? "heating" : "idle";
    entities.write(room.thermostat, {
      attributes: {
        current_temperature: Math.round(climate.temperature * 10) / 10,
        hvac_action: isOff ? "off" : action,
      },
    });
    return heating ? 0.045 : 0;
  }

  clock.after(TICK_MS, tick);
  return {
    of: (roomId) => climates.get(roomId ?? "") ?? somewhere,
    isLit: (room) => room.lights.some(isOn),
  };
}
