import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { createRandom } from "#src/analysis/patterns/chance/chance.ts";
import type { Duration } from "#src/analysis/patterns/duration/duration.ts";
import type { Household } from "#src/analysis/patterns/pattern.ts";
import { HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import { type MadeHome, makeHome } from "./homes.ts";
import { datesOf, isAnybodyHome, momentOf, normal, surround, withActs } from "./surroundings.ts";

export interface PlantedDuration {
  readonly kind: Duration["kind"];
  readonly entityId: string;
  readonly minutes?: number;
}

interface Made {
  readonly household: Household;
  readonly planted: readonly PlantedDuration[];
}

/** A made home in which three things run for their time, two are also forgotten, and two lights at times when people go. */
export function plantDuration(
  seed: number,
  days: number,
  onlyNoise = false,
  home: MadeHome = makeHome(seed, { days, onlyNoise }),
): Made {
  const household = surround(home.household, seed);
  if (onlyNoise) return { household, planted: [] };
  const random = createRandom(seed * 53 + 11);
  const acts: Act[] = [];
  const planted: PlantedDuration[] = [];
  for (let n = 0; n < 5; n += 1) {
    const entityId = `switch.appliance_${n}`;
    const minutes = 12 * (1 + random() * 9);
    const spread = 0.08 + random() * 0.17;
    const forgets = n < 2 ? 0.15 + random() * 0.1 : 0;
    planted.push({ kind: "duration", entityId, minutes });
    if (forgets > 0) planted.push({ kind: "left_on", entityId });
    for (const date of datesOf(household)) {
      const at = momentOf(household, date, 1080 + random() * 240) as number;
      if (random() > 0.7 || !isAnybodyHome(household, at)) continue;
      const lasts = minutes * Math.exp(normal(random) * spread) * MINUTE_MS;
      const until = random() < forgets ? at + (13 + random() * 2) * HOUR_MS : at + lasts;
      acts.push({ at, entityId, to: "on" }, { at: Math.round(until), entityId, to: "off" });
    }
  }
  for (let n = 0; n < 2; n += 1) {
    const entityId = `light.left_${n}`;
    planted.push({ kind: "left_on", entityId }, { kind: "duration", entityId, minutes: 78 });
    for (const { from, until } of leavings(household)) {
      if (random() < 0.3) continue;
      const off = random() < 0.2 ? until + 5 * MINUTE_MS : from - random() * 6 * MINUTE_MS;
      const on = from - (50 + random() * 60) * MINUTE_MS;
      acts.push(
        { at: Math.round(on), entityId, to: "on" },
        { at: Math.round(off), entityId, to: "off" },
      );
    }
  }
  return { household: withActs(household, acts), planted };
}

/** When the last leaves in the morning, until the first is back. */
function leavings(household: Household) {
  const steps = (household.signals ?? [])
    .filter(({ of }) => of === "presence")
    .flatMap((one) => one.steps.map(({ at }) => at))
    .sort((one, other) => one - other);
  return steps.flatMap((from, n) => {
    if (!isAnybodyHome(household, from - 1) || isAnybodyHome(household, from)) return [];
    const until = steps.slice(n).find((at) => isAnybodyHome(household, at));
    return until !== undefined && until - from > 2 * HOUR_MS ? [{ from, until }] : [];
  });
}

/** Whether what was found is what was planted, and as long. */
export function isDuration(found: Duration, planted: PlantedDuration): boolean {
  if (found.entityId !== planted.entityId || found.kind !== planted.kind) return false;
  const ratio = planted.minutes === undefined ? 1 : found.minutes / planted.minutes;
  return Math.abs(Math.log(ratio)) < 0.25;
}
