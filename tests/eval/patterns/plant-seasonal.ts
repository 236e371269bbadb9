import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { createRandom } from "#src/analysis/patterns/chance/chance.ts";
import type { Household } from "#src/analysis/patterns/pattern.ts";
import type { Seasonal } from "#src/analysis/patterns/seasonal/seasonal.ts";
import { readSun } from "#src/enrichment/astronomy/astronomy.ts";
import { DAY_MS } from "#src/foundation/time.ts";
import { type MadeHome, makeHome } from "./homes.ts";
import { BERLIN, datesOf, dayOf, momentOf, withActs } from "./surroundings.ts";

export interface PlantedSeason {
  readonly entityId: string;
  readonly to: string;
  readonly is: "winter" | "spring" | "summer" | "autumn" | "short" | "long";
}

interface Made {
  readonly household: Household;
  readonly planted: readonly PlantedSeason[];
}

const SEASONS = ["winter", "spring", "summer", "autumn"] as const;

/** A made home of more than a year with four things of the four seasons; of less, with two that go by the light. */
export function plantSeasonal(
  seed: number,
  days: number,
  onlyNoise = false,
  home: MadeHome = makeHome(seed, { days, onlyNoise }),
): Made {
  const household = { ...home.household, ...BERLIN };
  if (onlyNoise) return { household, planted: [] };
  const random = createRandom(seed * 61 + 7);
  const dates = datesOf(household);
  const busy = new Set(household.acts.map(({ at }) => dayOf(household, at)));
  const sunOn = (date: number) =>
    readSun({ ...BERLIN, timeZone: household.timeZone }, date * DAY_MS + DAY_MS / 2).today
      .dayLengthMs;
  const lengths = dates.map(sunOn);
  const [least, most] = [Math.min(...lengths), Math.max(...lengths)];
  const kinds: readonly PlantedSeason["is"][] = days >= 365 ? SEASONS : ["short", "long"];
  const acts: Act[] = [];
  const planted = kinds.map((is): PlantedSeason => {
    const what = { entityId: `switch.${is}`, to: "on" };
    const [high, low] = [0.4 + random() * 0.5, random() * 0.12];
    for (const date of dates) {
      const rate =
        low + (high - low) * shareOf(is, { date, part: (sunOn(date) - least) / (most - least) });
      const at = momentOf(household, date, 480 + random() * 840);
      if (random() < rate && busy.has(date) && at !== undefined) acts.push({ at, ...what });
    }
    return { ...what, is };
  });
  return { household: withActs(household, acts), planted };
}

/** `part`: of the way from the shortest day to the longest. */
function shareOf(is: PlantedSeason["is"], { date, part }: { date: number; part: number }): number {
  if (is === "long") return part;
  if (is === "short") return 1 - part;
  return seasonOf(date) === is ? 1 : 0;
}

function seasonOf(date: number): PlantedSeason["is"] | undefined {
  const month = new Date(date * DAY_MS).getUTCMonth();
  return SEASONS[Math.floor(((month + 1) % 12) / 3)];
}

export const isSeason = ({ entityId, to, when }: Seasonal, planted: PlantedSeason): boolean =>
  entityId === planted.entityId &&
  to === planted.to &&
  planted.is === (when.tentative ? when.days : when.season);
