import type { House } from "../household/house.ts";
import type { Core } from "../model/core.ts";
import { createHands, type Hands } from "./hands.ts";
import { startLively } from "./lively.ts";
import { startMishaps } from "./mishaps.ts";
import { startPresence } from "./presence.ts";
import { type Readings, startReadings } from "./readings.ts";
import { startRooms } from "./rooms.ts";
import { type RoutineParts, startRoutines } from "./routines.ts";
import { startSurroundings } from "./surroundings.ts";

/** A household that lives. */
export interface Life {
  readonly hands: Hands;
  readonly readings: Readings;
  /** From now on there is something to see every half minute, day and night. */
  beLively(): void;
}

/** Sets everything in motion; nothing moves before the clock does. */
export function startLife(core: Core, house: House, automatedRooms: ReadonlySet<string>): Life {
  const surroundings = startSurroundings(core, house);
  const climates = startRooms(core, house, surroundings);
  const readings = startReadings(core, house, { surroundings, climates });
  const presence = startPresence(core, house, climates);
  const hands = createHands(core, house);
  const parts: RoutineParts = {
    ...{ core, house, hands, presence, climates, surroundings, automatedRooms },
  };
  const routines = startRoutines(parts);
  startMishaps(core, house);
  return { hands, readings, beLively: () => startLively(parts, routines) };
}
