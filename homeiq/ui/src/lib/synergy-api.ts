import { hc, type InferResponseType } from "hono/client";
import type { synergyRoutes } from "../../../src/api/routes/synergies.ts";
import { apiUrl, read } from "./api.ts";

const at = hc<ReturnType<typeof synergyRoutes>>(apiUrl("synergies"));

export type Synergy = InferResponseType<typeof at.index.$get>["synergies"][number];
export type SynergyDetail = InferResponseType<(typeof at)[":id"]["$get"]>;
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
export const readSynergies = () => read(at.index.$get({ query: { status: "active" } }));
export const readSynergy = (id: string) => read(at[":id"].$get({ param: { id: id || "-" } }));
export const readSynergyStats = () => read(at.stats.$get());
/** Answers when it has been looked. */
export const findSynergies = () => read(at.find.$post());
