import { median } from "#foundation/median.ts";
import { atLeast } from "../chance/chance.ts";
import type { LivedDays, PlacedAct, PlacedStream } from "../lived-days/lived-days.ts";
import type { Household } from "../pattern.ts";
import { clockExplains } from "./clock-instead.ts";
import type { Contextual, Looks, SunContext, SunEvent } from "./contextual-habit.ts";
import { createSunClock, type SunClock } from "./sun-clock.ts";
import { bestSunWindow, type SunWindow } from "./sun-window.ts";

const LEAST = { days: 10, share: 0.4, lift: 1.3, moves: 30 };
const CLOCK_IS_WORSE = 0.01;
const RECENT = { days: 14, share: 0.2 };
const SETS = ["all", "workdays", "free"] as const;
/** Twilight goes along with the sun itself, so it is no look of its own: only the name that fits better. */
const NAMES = { sunrise: ["sunrise", "dawn"], sunset: ["sunset", "dusk"] } as const;

/**
 * Acts that move with the sun.
 *
 * Null model: the same acts by the clock, each day's as likely on any other day (exact tail of Poisson-binomial); and
 * of the days that only one of both explains, more by the sun than by the best clock that may have moved once (sign
 * test), or the length of the day does not matter.
 */
export function findSunHabits(lived: LivedDays, household: Household): Looks {
  const { latitude, longitude, timeZone } = household;
  if (latitude === undefined || longitude === undefined) return { found: [], tests: 0 };
  const clock = createSunClock({ days: lived.days, timeZone, latitude, longitude });
  const found: Contextual[] = [];
  let tests = 0;
  for (const on of SETS) {
    const eligible = lived.lived.filter(
      (day) => on === "all" || lived.days.dayOf(day).free === (on === "free"),
    );
    for (const event of ["sunrise", "sunset"] as const) {
      if (!movesEnough(eligible, event, clock)) continue;
      for (const stream of lived.streams) {
        tests += 1;
        const habit = habitOf({ stream, eligible, event, on, clock });
        if (habit) found.push(habit);
      }
    }
  }
  return { found, tests };
}

function movesEnough(days: readonly number[], event: SunEvent, clock: SunClock): boolean {
  const minutes = days.map((day) => clock(day, event)).filter((one) => one !== undefined);
  return minutes.length >= LEAST.days && Math.max(...minutes) - Math.min(...minutes) >= LEAST.moves;
}

interface Asked {
  readonly stream: PlacedStream;
  readonly eligible: readonly number[];
  readonly event: "sunrise" | "sunset";
  readonly on: SunContext["on"];
  readonly clock: SunClock;
}

function habitOf({ stream, eligible, event, on, clock }: Asked): Contextual | undefined {
  const least = Math.max(LEAST.days, LEAST.share * eligible.length);
  const days = eligible.flatMap((day) => {
    const sun = clock(day, event);
    const acts = stream.byDay.get(day);
    return sun !== undefined && acts ? [{ day, sun, acts }] : [];
  });
  if (days.length < least) return undefined;
  const window = bestSunWindow(days, least);
  if (!window) return undefined;
  const hits = days.map(({ sun, acts }) => acts.find((act) => isWithin(window, act, sun)));
  const expected = window.chances.reduce((sum, one) => sum + one, 0);
  const chance = Math.min(1, window.looks * atLeast(window.days, window.chances));
  if (window.days < LEAST.lift * expected) return undefined;
  if (clockExplains(days, hits, window.length) > CLOCK_IS_WORSE) return undefined;
  const seen = hits.filter((one) => one !== undefined);
  const seenDays = new Set(seen.map(({ day }) => day));
  const missed = eligible.filter((day) => clock(day, event) !== undefined && !seenDays.has(day));
  const last = eligible.slice(-RECENT.days);
  if (last.filter((day) => seenDays.has(day)).length < RECENT.share * last.length) return undefined;
  const { entityId, to } = stream;
  return {
    key: ["contextual", entityId, to, "sun", event, on].join("|"),
    kind: "contextual",
    ...{ entityIds: [entityId], entityId, to, missed, chance },
    context: { of: "sun", on, ...nearest(seen, event, clock) },
    seen: seen.map(({ act }) => act),
    confidence: (seen.length + 1) / (seen.length + missed.length + 2),
    lift: seen.length / Math.max(expected, 1e-9),
  };
}

const isWithin = ({ start, length }: SunWindow, { minute }: PlacedAct, sun: number) =>
  minute - sun >= start && minute - sun < start + length;

/** Named after that of both to which the acts are nearer. */
function nearest(seen: readonly PlacedAct[], event: Asked["event"], clock: SunClock) {
  const ways = NAMES[event].map((name) => {
    const away = seen.flatMap(({ day, minute }) => {
      const sun = clock(day, name);
      return sun === undefined ? [] : [minute - sun];
    });
    const offset = median(away);
    return {
      ...{ event: name, offsetMinutes: offset, known: away.length },
      scatterMinutes: median(away.map((one) => Math.abs(one - offset))),
    };
  });
  const [plain, twilight] = ways as [(typeof ways)[number], (typeof ways)[number]];
  const isTwilight =
    twilight.known === plain.known &&
    Math.abs(twilight.offsetMinutes) < Math.abs(plain.offsetMinutes);
  const { known: _, ...best } = isTwilight ? twilight : plain;
  return best;
}
