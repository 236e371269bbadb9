import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import type { Anomaly } from "#src/analysis/patterns/anomaly/anomaly.ts";
import { createRandom } from "#src/analysis/patterns/chance/chance.ts";
import type { Household } from "#src/analysis/patterns/pattern.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import { makeHome } from "./homes.ts";
import { datesOf, dayOf, momentOf, normal, withActs } from "./surroundings.ts";

export interface PlantedAnomaly {
  readonly entityId: string;
  readonly is: Anomaly["what"]["is"];
}

interface Made {
  readonly household: Household;
  readonly planted: readonly PlantedAnomaly[];
}

const DOOR = { entityId: "lock.door", to: "unlocked" };
const KETTLE = { entityId: "switch.kettle", to: "on" };
const OVEN = { entityId: "switch.oven", to: "on" };

/** A made home with a door, a kettle of each morning and an oven: on its last day unlike before, in all three ways. */
export function plantAnomaly(seed: number, days: number, onlyUsual = false): Made {
  const { household } = makeHome(seed, { days });
  const random = createRandom(seed * 43 + 19);
  const dates = datesOf(household);
  const busy = new Set(household.acts.map(({ at }) => dayOf(household, at)));
  const last = dayOf(household, household.to - 3 * HOUR_MS);
  const acts: Act[] = [];
  const does = (what: { entityId: string; to: string }, date: number, minute: number) => {
    const at = momentOf(household, date, minute);
    if (at !== undefined) acts.push({ ...what, at });
    return at;
  };
  for (const date of dates) {
    if (!busy.has(date)) continue;
    const isOdd = date === last && !onlyUsual;
    for (let n = 0; n < 3; n += 1) does(DOOR, date, 460 + random() * 800);
    if (isOdd) does(DOOR, date, 195);
    if (!isOdd && random() < 0.995) does(KETTLE, date, 415 + normal(random) * 12);
    const from = does(OVEN, date, 1000 + random() * 100) as number;
    const lasts = isOdd ? 5 * HOUR_MS : 45 * MINUTE_MS * Math.exp(normal(random) * 0.2);
    acts.push({ entityId: OVEN.entityId, to: "off", at: Math.round(from + lasts) });
  }
  const planted: PlantedAnomaly[] = onlyUsual
    ? []
    : [
        { entityId: DOOR.entityId, is: "time" },
        { entityId: KETTLE.entityId, is: "absence" },
        { entityId: OVEN.entityId, is: "duration" },
      ];
  return { household: withActs(household, acts), planted };
}

/** As the house was known some days before its end. */
export function daysBefore(household: Household, days: number): Household {
  const to = household.to - days * DAY_MS;
  return { ...household, to, acts: household.acts.filter(({ at }) => at < to) };
}

export const isAnomaly = ({ entityId, what }: Anomaly, planted: PlantedAnomaly): boolean =>
  entityId === planted.entityId && what.is === planted.is;
