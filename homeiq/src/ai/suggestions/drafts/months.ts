import type { Pattern } from "#analysis/patterns/patterns.ts";
import { DAY_MS } from "#foundation/time.ts";
import type { Condition } from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";

type Seasonal = Extract<Pattern, { kind: "seasonal" }>;
type Season = Extract<Seasonal["when"], { tentative: false }>["season"];

const MONTHS = 12;
/** By whole months, as meteorologists do, north of the equator. */
const SEASONS: Readonly<Record<Season, readonly number[]>> = {
  winter: [12, 1, 2],
  spring: [3, 4, 5],
  summer: [6, 7, 8],
  autumn: [9, 10, 11],
};
const SHORTEST = 12; // the month with the shortest day, north of the equator
const LONGEST = 6;
const LEAST_SHARE = 0.1; // of the days; the first days of a month do not make it one of them

/** It is one of the months of the pattern. */
export function monthConditions(pattern: Seasonal, home: HomeSnapshot): Condition {
  const { latitude } = home.entities.get("zone.home")?.attributes ?? {};
  const isSouth = typeof latitude === "number" && latitude < 0;
  const { when } = pattern;
  const months = when.tentative
    ? around(pattern, (when.days === "short") === isSouth ? LONGEST : SHORTEST)
    : SEASONS[when.season].map((month) => (isSouth ? ((month + 5) % MONTHS) + 1 : month));
  return { kind: "template", valueTemplate: `{{ now().month in [${months.join(", ")}] }}` };
}

/**
 * The months of the days of which the pattern is told, and those between them and the shortest or longest day, and as
 * many after it: what holds in November holds in December and January.
 */
function around({ seen, missed }: Seasonal, middle: number): number[] {
  const days = [...seen.map(({ at }) => at), ...missed.map((day) => day * DAY_MS)];
  const byMonth = Map.groupBy(days, (at) => new Date(at).getUTCMonth() + 1);
  const told = [...byMonth].filter(([, own]) => own.length >= LEAST_SHARE * days.length);
  const away = (month: number) => {
    const apart = Math.abs(month - middle);
    return Math.min(apart, MONTHS - apart);
  };
  const farthest = Math.max(...told.map(([month]) => away(month)));
  const all = Array.from({ length: MONTHS }, (_, n) => n + 1);
  return all.filter((month) => away(month) <= farthest);
}
