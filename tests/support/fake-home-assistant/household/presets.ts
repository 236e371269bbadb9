import type { Feature } from "./feature.ts";
import type { Equipment } from "./house-devices.ts";

export type Preset = "studio" | "flat" | "house" | "villa";

/** A room as a preset lists it. */
export interface RoomPlan {
  readonly name: string;
  readonly icon: string;
  readonly floor: string;
  readonly outdoor?: boolean;
  readonly inner?: boolean;
  readonly features: readonly Feature[];
  readonly equipment?: readonly Equipment[];
}

/** One household: who lives there, and in what. */
export interface HouseholdPlan {
  /** How many entities Home Assistant has a state for. */
  readonly entityCount: number;
  readonly name: string;
  readonly people: readonly string[];
  readonly floors: readonly (readonly [string, number])[];
  readonly rooms: readonly RoomPlan[];
  /** Disabled entities beside those; they have no state. */
  readonly disabledCount: number;
}

const room = (
  name: string,
  icon: string,
  floor: string,
  rest: Omit<RoomPlan, "name" | "icon" | "floor">,
): RoomPlan => ({ name, icon: `mdi:${icon}`, floor, ...rest });

const flat: HouseholdPlan = {
  entityCount: 80,
  name: "Weber",
  people: ["Anna Weber", "Jonas Weber"],
  floors: [["Second floor", 2]],
  disabledCount: 0,
  rooms: [
    room("Living room", "sofa", "Second floor", {
      features: ["ceiling", "lamp", "climate", "window", "thermostat", "tv", "remote"],
    }),
    room("Kitchen", "silverware-fork-knife", "Second floor", {
      features: ["ceiling", "motion", "window"],
      equipment: ["coffee", "fridge", "oven"],
    }),
    room("Bedroom", "bed", "Second floor", {
      features: ["ceiling", "lamp", "window", "thermostat"],
    }),
    room("Bathroom", "shower", "Second floor", {
      inner: true,
      features: ["ceiling", "climate", "leak"],
      equipment: ["washer"],
    }),
    room("Hallway", "coat-rack", "Second floor", {
      inner: true,
      features: ["ceiling", "motion", "door"],
      equipment: ["meter", "router"],
    }),
    room("Balcony", "balcony", "Second floor", { outdoor: true, features: ["ceiling"] }),
  ],
};

const house: HouseholdPlan = {
  entityCount: 300,
  name: "Familie Hoffmann",
  people: ["Claudia Hoffmann", "Stefan Hoffmann", "Lea Hoffmann", "Ben Hoffmann"],
  floors: [
    ["Basement", -1],
    ["Ground floor", 0],
    ["Upper floor", 1],
  ],
  disabledCount: 8,
  rooms: [
    room("Living room", "sofa", "Ground floor", {
      features: [
        ...["ceiling", "lamp", "spots", "climate", "window", "thermostat", "cover"],
        ...["tv", "speaker", "remote", "satellite", "plug"],
      ] as Feature[],
    }),
    room("Kitchen", "silverware-fork-knife", "Ground floor", {
      features: ["ceiling", "spots", "motion", "window", "air", "smoke", "speaker"],
      equipment: ["coffee", "fridge", "oven", "dishwasher"],
    }),
    room("Dining room", "table-furniture", "Ground floor", {
      features: ["ceiling", "window", "thermostat", "cover", "plug"],
    }),
    room("Hallway", "coat-rack", "Ground floor", {
      inner: true,
      features: ["ceiling", "spots", "motion", "door", "smoke", "remote"],
      equipment: ["lock", "router"],
    }),
    room("Guest toilet", "toilet", "Ground floor", {
      inner: true,
      features: ["ceiling", "motion", "leak"],
    }),
    room("Office", "desk", "Ground floor", {
      features: ["ceiling", "lamp", "climate", "window", "thermostat", "plug", "plug", "air"],
    }),
    room("Bedroom", "bed", "Upper floor", {
      features: ["ceiling", "lamp", "climate", "window", "thermostat", "cover", "speaker"],
    }),
    room("Lea's room", "teddy-bear", "Upper floor", {
      features: ["ceiling", "lamp", "climate", "window", "thermostat", "cover", "speaker"],
    }),
    room("Ben's room", "gamepad-variant", "Upper floor", {
      features: ["ceiling", "lamp", "climate", "window", "thermostat", "cover", "plug"],
    }),
    room("Bathroom", "shower", "Upper floor", {
      features: ["ceiling", "spots", "climate", "window", "thermostat", "leak", "motion"],
    }),
    room("Landing", "stairs", "Upper floor", {
      inner: true,
      features: ["ceiling", "motion", "smoke"],
    }),
    room("Laundry", "washing-machine", "Basement", {
      inner: true,
      features: ["ceiling", "leak", "climate", "plug"],
      equipment: ["washer", "meter", "solar"],
    }),
    room("Workshop", "hammer-wrench", "Basement", {
      inner: true,
      features: ["ceiling", "motion", "plug", "plug", "smoke"],
    }),
    room("Garage", "garage", "Ground floor", {
      inner: true,
      features: ["ceiling", "motion", "door"],
      equipment: ["wallbox"],
    }),
    room("Garden", "flower", "Ground floor", {
      outdoor: true,
      features: ["ceiling", "spots", "motion", "climate"],
      equipment: ["station", "doorbell"],
    }),
    room("Porch", "door", "Ground floor", {
      outdoor: true,
      features: ["ceiling"],
      equipment: ["vacuum", "updates", "helpers", "calendar"],
    }),
  ],
};

const suite = (name: string, floor: string): readonly RoomPlan[] => [
  room(`${name} bedroom`, "bed", floor, {
    features: [
      ...["ceiling", "lamp", "spots", "climate", "window", "window", "thermostat", "cover"],
      ...["cover", "tv", "speaker", "remote", "plug", "plug", "air", "satellite", "motion"],
    ] as Feature[],
  }),
  room(`${name} bathroom`, "shower", floor, {
    features: ["ceiling", "spots", "climate", "window", "thermostat", "leak", "motion", "plug"],
  }),
  room(`${name} dressing room`, "hanger", floor, {
    inner: true,
    features: ["ceiling", "spots", "motion", "circuit"],
  }),
];

const villa: HouseholdPlan = {
  entityCount: 1500,
  name: "Villa Seeblick",
  people: [
    ...["Katharina von Berg", "Maximilian von Berg", "Sophie von Berg"],
    ...["Emil von Berg", "Ingrid Lindner", "Paul Lindner"],
  ],
  floors: [...house.floors, ["Attic", 2], ["Guest house", 0]],
  disabledCount: 40,
  rooms: [
    ...house.rooms,
    ...suite("Master", "Upper floor"),
    ...suite("East", "Upper floor"),
    ...suite("West", "Attic"),
    ...suite("Lindner", "Guest house"),
    room("Library", "bookshelf", "Ground floor", {
      features: ["ceiling", "lamp", "spots", "climate", "window", "thermostat", "cover", "speaker"],
    }),
    room("Gym", "dumbbell", "Basement", {
      inner: true,
      features: ["ceiling", "spots", "motion", "climate", "tv", "speaker", "plug", "plug", "air"],
    }),
    room("Home cinema", "theater", "Basement", {
      inner: true,
      features: ["ceiling", "spots", "lamp", "tv", "speaker", "remote", "plug", "climate"],
    }),
    room("Wine cellar", "bottle-wine", "Basement", {
      inner: true,
      features: ["ceiling", "motion", "climate", "air", "plug"],
    }),
    room("Server room", "server", "Basement", {
      inner: true,
      features: ["ceiling", "motion", "climate", "smoke", "plug", "plug", "plug", "leak"],
    }),
    room("Pool house", "pool", "Guest house", {
      features: ["ceiling", "spots", "climate", "window", "leak", "speaker", "plug", "plug"],
    }),
    room("Guest house kitchen", "stove", "Guest house", {
      features: ["ceiling", "spots", "motion", "window", "smoke", "air", "plug"],
      equipment: ["fridge", "dishwasher"],
    }),
    room("Terrace", "umbrella-beach", "Ground floor", {
      outdoor: true,
      features: ["ceiling", "spots", "motion", "climate", "speaker"],
    }),
  ],
};

const studio: HouseholdPlan = {
  entityCount: 20,
  name: "Mia's studio",
  people: ["Mia Berger"],
  floors: [["Fourth floor", 4]],
  disabledCount: 0,
  rooms: [
    room("Studio", "home-variant", "Fourth floor", {
      features: ["ceiling", "lamp", "window", "tv"],
      equipment: ["coffee"],
    }),
    room("Hallway", "coat-rack", "Fourth floor", {
      inner: true,
      features: ["ceiling", "door"],
    }),
  ],
};

export const PRESETS: Readonly<Record<Preset, HouseholdPlan>> = { studio, flat, house, villa };
