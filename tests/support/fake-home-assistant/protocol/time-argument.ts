import { HomeAssistantError } from "../model/home-assistant-error.ts";

/** Reads `start_time`; throws `invalid_start_time`. */
export function startOf(value: unknown): number {
  const at = Date.parse(String(value));
  if (Number.isFinite(at)) return at;
  throw new HomeAssistantError("invalid_start_time", "Invalid start_time");
}

/** Reads `end_time`; `fallback` when it is absent; throws `invalid_end_time`. */
export function endOf(value: unknown, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  const at = Date.parse(String(value));
  if (Number.isFinite(at)) return at;
  throw new HomeAssistantError("invalid_end_time", "Invalid end_time");
}
