/** What a number on a sensor follows. */
export type ReadingKind =
  | "temperature"
  | "outdoor_temperature"
  | "chip_temperature"
  | "fridge_temperature"
  | "freezer_temperature"
  | "humidity"
  | "illuminance"
  | "co2"
  | "power"
  | "house_power"
  | "solar_power"
  | "energy"
  | "house_energy"
  | "solar_energy"
  | "voltage"
  | "battery"
  | "signal"
  | "pressure"
  | "wind"
  | "throughput";

/** A numeric sensor and how it moves. */
export interface Reading {
  readonly entityId: string;
  readonly kind: ReadingKind;
  readonly room?: string | undefined;
  /** The entity whose state it follows: a switch for power, a power sensor for energy. */
  readonly source?: string | undefined;
  /** Watts when on; percent a day for batteries. */
  readonly scale: number;
  readonly periodMs: number;
  readonly decimals: number;
}

/** One room and what in it can be used. */
export interface Room {
  readonly id: string;
  readonly name: string;
  readonly outdoor: boolean;
  /** Without a window: dark at noon. */
  readonly inner: boolean;
  readonly lights: string[];
  readonly windows: string[];
  readonly covers: string[];
  readonly switches: string[];
  readonly media: string[];
  motion?: string;
  thermostat?: string;
  satellite?: string;
  /** An event entity: a switch on the wall that tells of presses. */
  remote?: string;
}

/** A person who lives here. */
export interface Resident {
  readonly name: string;
  readonly personId: string;
  readonly trackerId: string;
  readonly userId: string;
  readonly phoneBatteryId: string;
  /** Leaves for work or school on weekdays. */
  readonly worksOut: boolean;
  readonly wakeMinute: number;
}

/** The washing machine, the dishwasher: what runs a program and then is done. */
export interface Appliance {
  readonly name: string;
  readonly stateId: string;
  readonly remainingId?: string;
  readonly switchId?: string;
  readonly watts: number;
  readonly minutes: number;
  readonly runsPerWeek: number;
}

/** The household as those who simulate it see it: by what things are for. */
export interface House {
  readonly rooms: Room[];
  readonly residents: Resident[];
  readonly readings: Reading[];
  readonly appliances: Appliance[];
  entrance?: string;
  lock?: string;
  weather?: string;
  vacuum?: string;
  oven?: string;
  coffee?: string;
  /** The event of the ring, and the sensor that sees who rang. */
  doorbell?: { readonly ring: string; readonly person: string };
}

export function findRoom(house: House, ...words: readonly string[]): Room | undefined {
  for (const word of words) {
    const found = house.rooms.find((room) => room.id.includes(word));
    if (found !== undefined) return found;
  }
  return undefined;
}
