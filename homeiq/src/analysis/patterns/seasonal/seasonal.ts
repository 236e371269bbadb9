import { DAY_MS } from "#foundation/time.ts";
import { ALONE, discoveriesOf } from "../chance/chance.ts";
import { livedDaysOf, type PlacedStream } from "../lived-days/lived-days.ts";
import type { Household } from "../pattern.ts";
import { dayLengthsOf, type LengthFound, lengthFor } from "./by-day-length.ts";
import { type SeasonFound, seasonFor, weeksOf } from "./in-season.ts";
import type { Seasonal } from "./seasonal-habit.ts";

export type { ByDayLength, InSeason, Season, Seasonal } from "./seasonal-habit.ts";

const YEAR_MS = 365 * DAY_MS;
const LEAST_SEEN = 12;

/**
 * What is done more often at one time of the year.
 *
 * A season is told from a whole year on. Before that only what goes along with the length of the day, as `tentative`:
 * it may as well just have changed. The null models are stated with each; all streams count as tests.
 */
export function findSeasonal(household: Household): Seasonal[] {
  const lived = livedDaysOf(household);
  const streams = lived.streams.filter(({ acts }) => acts.length >= LEAST_SEEN);
  const found: Seasonal[] = [];
  if (household.to - household.from >= YEAR_MS) {
    const weeks = weeksOf(lived, household.latitude);
    for (const stream of streams) {
      const way = seasonFor(stream, weeks);
      const when = way && ({ tentative: false, season: way.season } as const);
      if (way && when) found.push(toPattern(stream, { ...way, when }));
    }
  } else {
    const lengths = dayLengthsOf(lived, household);
    for (const stream of lengths ? streams : []) {
      const way = lengths && lengthFor(stream, lengths);
      if (way) found.push(toPattern(stream, way));
    }
  }
  const chances = found.map(({ chance }) => chance);
  const tests = lived.streams.length;
  const believed = discoveriesOf(
    chances,
    household.falseDiscoveries ?? ALONE,
    tests - found.length,
  );
  return found
    .filter((_, index) => believed.has(index))
    .sort((one, other) => other.confidence - one.confidence || one.chance - other.chance);
}

type Found = (LengthFound | SeasonFound) & { readonly when: Seasonal["when"] };

/** How likely it comes on a day of that time of the year. */
function toPattern({ entityId, to, byDay }: PlacedStream, found: Found): Seasonal {
  const { when, days, perDay, perDayOtherwise, chance } = found;
  const seen = days.flatMap((day) => byDay.get(day)?.[0]?.act ?? []);
  return {
    key: ["seasonal", entityId, to, when.tentative ? when.days : when.season].join("|"),
    kind: "seasonal",
    ...{ entityIds: [entityId], entityId, to, when, perDay, perDayOtherwise, chance },
    seen: seen.sort((one, other) => one.at - other.at),
    missed: days.filter((day) => !byDay.has(day)).sort((one, other) => one - other),
    confidence: (seen.length + 1) / (days.length + 2),
    lift: perDay / Math.max(perDayOtherwise, 0.01),
  };
}
