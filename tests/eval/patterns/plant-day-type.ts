import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { createRandom } from "#src/analysis/patterns/chance/chance.ts";
import type { DayType } from "#src/analysis/patterns/day-type/day-type.ts";
import type { Household } from "#src/analysis/patterns/pattern.ts";
import { type MadeHome, makeHome } from "./homes.ts";
import { datesOf, dayOf, isFree, momentOf, normal, withActs } from "./surroundings.ts";

export interface PlantedDayType {
  readonly entityId: string;
  readonly to: string;
  readonly differs: "count" | "time";
}

interface Made {
  readonly household: Household;
  readonly planted: readonly PlantedDayType[];
}

/** Made homes whose own habits are only those of every day, with three things done on free days, three then later. */
export function plantDayType(
  seed: number,
  days: number,
  onlyNoise = false,
  home: MadeHome = makeHome(seed, { days, onlyNoise }),
): Made {
  const { household, times } = home;
  if (onlyNoise) return { household, planted: [] };
  const random = createRandom(seed * 71 + 29);
  const busy = new Set(household.acts.map(({ at }) => dayOf(household, at)));
  const acts: Act[] = [];
  const planted: PlantedDayType[] = [];
  for (let n = 0; n < 6; n += 1) {
    const [entityId, to] = [`light.planted_${n}`, "on"];
    const differs = n < 3 ? "count" : "time";
    planted.push({ entityId, to, differs });
    const [minute, spread] = [420 + random() * 720, 15 + random() * 30];
    for (const date of datesOf(household)) {
      const free = isFree(household, date);
      const probability = differs === "time" || free ? 0.8 : 0.15;
      if (!busy.has(date) || random() > probability) continue;
      const later = differs === "time" && free ? 80 : 0;
      const at = momentOf(household, date, minute + later + normal(random) * spread);
      if (at !== undefined) acts.push({ at, entityId, to });
    }
  }
  // A habit of workdays, free days or one weekday that the home has by itself differs as well.
  const own = times.filter(({ on }) => on !== "all");
  return {
    household: withActs(household, acts),
    planted: [
      ...planted,
      ...own.map(({ entityId, to }) => ({ entityId, to, differs: "count" as const })),
    ],
  };
}

/** Whether what was found is what was planted; a habit of some days only also moves the times of its stream. */
export const isDayType = (found: DayType, planted: PlantedDayType): boolean =>
  found.entityId === planted.entityId &&
  found.to === planted.to &&
  (planted.differs === "count" || found.differs !== "count");
