import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";

// The primary key of a chunk, and of a row of statistics: the entity's key, then the minute it starts at.

const MINUTES = 2 ** 26; // until the year 2097

export const chunkKey = (entityKey: number, start: number): number =>
  entityKey * MINUTES + Math.floor(start / MINUTE_MS);
export const entityOfKey = (key: number): number => Math.floor(key / MINUTES);
/** Start of the chunk, milliseconds since the epoch. */
export const startOfKey = (key: number): number => (key % MINUTES) * MINUTE_MS;

/** Start of the UTC day. A chunk never reaches from one day into the next. */
export const dayOf = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS;

/** Start of the UTC month. */
export function monthOf(at: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}
