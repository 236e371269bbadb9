import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { createRandom } from "#src/analysis/patterns/chance/chance.ts";
import type { Frequency } from "#src/analysis/patterns/frequency/frequency.ts";
import type { Household } from "#src/analysis/patterns/pattern.ts";
import { type MadeHome, makeHome } from "./homes.ts";
import { datesOf, dayOf, momentOf, withActs } from "./surroundings.ts";

export interface PlantedFrequency {
  readonly entityId: string;
  readonly to: string;
  readonly is: Frequency["what"]["is"];
}

interface Made {
  readonly household: Household;
  readonly planted: readonly PlantedFrequency[];
}

/** A made home with two things done more often since three weeks ago, two less often, and three by the week. */
export function plantFrequency(
  seed: number,
  days: number,
  onlyNoise = false,
  home: MadeHome = makeHome(seed, { days, onlyNoise }),
): Made {
  const { household, times } = home;
  if (onlyNoise) return { household, planted: [] };
  const random = createRandom(seed * 97 + 13);
  const dates = datesOf(household);
  const busy = new Set(household.acts.map(({ at }) => dayOf(household, at)));
  const acts: Act[] = [];
  const planted: PlantedFrequency[] = [];
  for (const [n, is] of (
    ["more", "more", "less", "less", "weekly", "weekly", "weekly"] as const
  ).entries()) {
    const what = { entityId: `switch.planted_${n}`, to: "on" };
    planted.push({ ...what, is });
    const [rate, changed] = [0.4 + random(), dates.length - 17 - random() * 14];
    const [one, other] = [Math.floor(random() * 7), Math.floor(random() * 7)];
    for (const [place, date] of dates.entries()) {
      if (!busy.has(date)) continue;
      const late = place >= changed;
      const weekday = (date + 3) % 7;
      const isDay = weekday === one || (n === 6 && weekday === other);
      const rates = {
        more: late ? 2.5 * rate : rate,
        less: late ? rate / 4 : rate,
        weekly: isDay ? 0.9 : 0.08,
      };
      for (let left = rates[is] / 2, turn = 0; turn < 2; turn += 1) {
        const at = momentOf(household, date, 480 + random() * 840);
        if (random() < (is === "weekly" ? left * 2 * (1 - turn) : left) && at !== undefined)
          acts.push({ at, ...what });
      }
    }
  }
  const own = times.filter(({ on }) => typeof on === "number" || on === "free");
  return {
    household: withActs(household, acts),
    planted: [
      ...planted,
      ...own.map(({ entityId, to }) => ({ entityId, to, is: "weekly" as const })),
    ],
  };
}

export const isFrequency = (
  { entityId, to, what }: Frequency,
  planted: PlantedFrequency,
): boolean => entityId === planted.entityId && to === planted.to && what.is === planted.is;
