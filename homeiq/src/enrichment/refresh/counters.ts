import type { AppError } from "#foundation/errors.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import type { Counters } from "./refresh.table.ts";

export const NOTHING_ASKED: Counters = { asked: 0, ok: 0, failed: {}, hours: {} };

export function countAsked({ hours, ...counters }: Counters, now: number): Counters {
  const hour = String(now - (now % HOUR_MS));
  const recent = Object.entries(hours).filter(([start]) => isOfLastDay(Number(start), now));
  return {
    ...counters,
    asked: counters.asked + 1,
    hours: { ...Object.fromEntries(recent), [hour]: (hours[hour] ?? 0) + 1 },
  };
}

export const countOk = (counters: Counters): Counters => ({ ...counters, ok: counters.ok + 1 });

export function countFailed(counters: Counters, { kind, code }: AppError): Counters {
  const key = `${kind} ${code}`;
  const failed = { ...counters.failed, [key]: (counters.failed[key] ?? 0) + 1 };
  return { ...counters, failed };
}

/** In the last 24 hours, at most an hour more. */
export function askedOfLate({ hours }: Counters, now: number): number {
  return Object.entries(hours)
    .filter(([start]) => isOfLastDay(Number(start), now))
    .reduce((sum, [, count]) => sum + count, 0);
}

/** When the oldest hour that counts stops to do so. */
export function lessAskedAt({ hours }: Counters, now: number): number {
  const counting = Object.keys(hours)
    .map(Number)
    .filter((start) => isOfLastDay(start, now));
  return Math.min(now, ...counting) + HOUR_MS + DAY_MS;
}

/** An hour counts until its last moment is a day ago. */
const isOfLastDay = (start: number, now: number) => start + HOUR_MS + DAY_MS > now;
