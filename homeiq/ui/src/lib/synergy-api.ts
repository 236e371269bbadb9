import type { InferResponseType } from "hono/client";
import { api, read } from "./api.ts";

const at = api.synergies;

export type Synergy = InferResponseType<typeof at.$get>["synergies"][number];
export type SynergyStats = InferResponseType<typeof at.stats.$get>;
export type SynergyType = Synergy["type"];

export const SYNERGY_TYPES = [
  "device_pair",
  "device_chain",
  "scene",
  "weather",
  "energy",
  "event",
  "calendar",
  "comfort",
  "security",
  "presence",
] as const satisfies readonly SynergyType[];

/** Those that are so now, the best first. */
export const readSynergies = () => read(at.$get({ query: { status: "active" } }));
export const readSynergy = (id: string) => read(at[":id"].$get({ param: { id: id || "-" } }));
export const readSynergyStats = () => read(at.stats.$get());
/** Answers when it has been looked. */
export const findSynergies = () => read(at.find.$post());
