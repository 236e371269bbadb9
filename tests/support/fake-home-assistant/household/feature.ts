import type { Room } from "./house.ts";

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

/** Builds one feature into a room. The optional name tells several of a kind apart. */
export type Maker = (room: Room, name?: string) => void;
