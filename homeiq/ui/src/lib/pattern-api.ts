import type { InferResponseType } from "hono/client";
import { api, read } from "./api.ts";

const at = api.patterns;

export type PatternStats = InferResponseType<typeof at.stats.$get>;
export type DetectorHealth = PatternStats["detectors"][number];
export type PatternDetail = InferResponseType<(typeof at)[":id"]["$get"]>;
export type KnownPattern = InferResponseType<typeof at.$get>["patterns"][number];
export type PatternKind = KnownPattern["kind"];
export type PatternStatus = KnownPattern["status"];

export const PATTERN_KINDS = [
  "time_of_day",
  "co_activation",
  "sequence",
  "contextual",
  "room_based",
  "routine",
  "duration",
  "left_on",
  "day_type",
  "frequency",
  "seasonal",
  "multi_factor",
  "person",
  "anomaly",
  "presence_plan",
] as const satisfies readonly PatternKind[];
export const PATTERN_STATUSES = [
  "active",
  "fading",
  "ended",
] as const satisfies readonly PatternStatus[];

export const readPatterns = (query: { kind?: PatternKind; status?: PatternStatus } = {}) =>
  read(at.$get({ query }));
export const readPattern = (id: string) => read(at[":id"].$get({ param: { id: id || "-" } }));
export const readPatternStats = () => read(at.stats.$get());
/** Answers when it has been looked. */
export const detectPatterns = () => read(at.detect.$post());
