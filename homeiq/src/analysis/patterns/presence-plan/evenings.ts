import { DAY_MS } from "#foundation/time.ts";
import { createHouseDays, MINUTES } from "../house-days/house-days.ts";
import type { Household } from "../pattern.ts";
import { phasesOf } from "../phases/phases.ts";
import type { PlanStep } from "./plan.ts";

const FROM = 12 * 60; // 16:00
const STEP = 15; // minutes
const MOST_LIGHTS = 40; // those that are used most; more are not seen from the street
export const SLOTS = (MINUTES - FROM) / STEP;

/** The lights of one evening, from 16:00 until the day ends at 04:00. */
export interface Evening {
  readonly day: number;
  /** By light and quarter of an hour: 1 where it was on; `lights` in the order of `entityIds`. */
  readonly lit: Uint8Array;
  readonly steps: readonly PlanStep[];
}

export interface Evenings {
  readonly entityIds: readonly string[];
  /** Of the days that were lived, in order. */
  readonly evenings: readonly Evening[];
}

interface Lit {
  readonly entityId: string;
  readonly day: number;
  readonly start: number;
  readonly end: number;
}

export function eveningsOf(household: Household, lived: readonly number[]): Evenings {
  const days = createHouseDays(household);
  const lights = phasesOf(household).filter(({ entityId }) => entityId.startsWith("light."));
  const phases = lights.flatMap(({ entityId, from, until = household.to }): Lit[] => {
    // What burns for more than a day was forgotten: it says nothing of an evening.
    if (until - from > DAY_MS) return [];
    const [begun, ended] = [days.placeOf(from), days.placeOf(until)];
    const end = ended.day > begun.day ? MINUTES : ended.minute;
    return end <= FROM ? [] : [{ entityId, day: begun.day, start: begun.minute, end }];
  });
  const byLight = [...Map.groupBy(phases, ({ entityId }) => entityId)];
  const entityIds = byLight
    .sort(([id, one], [otherId, other]) => other.length - one.length || (id < otherId ? -1 : 1))
    .slice(0, MOST_LIGHTS)
    .map(([id]) => id);
  const shown = new Set(entityIds);
  const byDay = Map.groupBy(
    phases.filter(({ entityId }) => shown.has(entityId)),
    ({ day }) => day,
  );
  const evenings = lived.map((day) => toEvening(day, byDay.get(day) ?? [], entityIds));
  return { entityIds, evenings };
}

function toEvening(day: number, phases: readonly Lit[], entityIds: readonly string[]): Evening {
  const lit = new Uint8Array(entityIds.length * SLOTS);
  const steps = phases.flatMap(({ entityId, start, end }): PlanStep[] => {
    const row = entityIds.indexOf(entityId) * SLOTS;
    const first = Math.max(0, Math.floor((start - FROM) / STEP));
    const last = Math.min(SLOTS - 1, Math.floor((end - FROM) / STEP));
    lit.fill(1, row + first, row + last + 1);
    const off = end < MINUTES ? [{ entityId, to: "off" as const, minute: end }] : [];
    return [{ entityId, to: "on", minute: Math.max(FROM, start) }, ...off];
  });
  return { day, lit, steps: steps.sort((one, other) => one.minute - other.minute) };
}
