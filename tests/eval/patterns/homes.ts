import { createLocalDays } from "#src/analysis/local-days/local-days.ts";
import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { createRandom, type Random } from "#src/analysis/patterns/chance/chance.ts";
import type { DaySet, Household } from "#src/analysis/patterns/pattern.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";

/** A habit that was put into a home on purpose. */
export interface PlantedTime {
  readonly entityId: string;
  readonly to: string;
  readonly on: DaySet;
  /** Minutes since midnight, on the wall's clock; at the end of the record, where it moved. */
  readonly minute: number;
  /** Standard deviation, minutes. */
  readonly spread: number;
  readonly probability: number;
}

export interface MadeHome {
  readonly household: Household;
  readonly times: readonly PlantedTime[];
}

const ZONE = "Europe/Berlin";
const FIRST_DAY = Date.UTC(2026, 1, 20) / DAY_MS; // the clocks are changed on 29 March
const HOLIDAYS = [41, 42, 45, 46, 47, 70]; // days of the record: a school holiday and a feast
const WEEKDAYS = ["light", "switch", "media_player", "cover", "fan"];

interface Wish {
  readonly days: number;
  /** Without any habit: what is done comes at any waking hour. */
  readonly onlyNoise?: boolean;
  /** With holidays, on which people live as on a Sunday. */
  readonly withHolidays?: boolean;
}

/** The same home for the same seed: one to three people, a week away, a change of the clocks. */
export function makeHome(
  seed: number,
  { days, onlyNoise = false, withHolidays = false }: Wish,
): MadeHome {
  const random = createRandom(seed * 7919 + 17);
  const local = createLocalDays(ZONE);
  const persons = Array.from({ length: 1 + int(random, 3) }, (_, n) => `person-${n}`);
  const entities = Array.from(
    { length: 20 + int(random, 60) },
    (_, n) => `${WEEKDAYS[int(random, WEEKDAYS.length)]}.thing_${n}`,
  );
  const awayFrom = FIRST_DAY + 10 + int(random, Math.max(1, days - 20));
  const isAway = (day: number) => day >= awayFrom && day < awayFrom + 7;
  const isHoliday = (day: number) => withHolidays && HOLIDAYS.includes(day - FIRST_DAY);
  const acts: Act[] = [];
  const does = (day: number, minute: number, what: { entityId: string; to: string }) => {
    const date = day + Math.floor(minute / 1440);
    const [at] = local.momentsOf(date, (((minute % 1440) + 1440) % 1440) * MINUTE_MS);
    if (at === undefined) return; // an hour that the clock skips
    const known = random() < 0.6 ? { person: persons[int(random, persons.length)] as string } : {};
    acts.push({ at: at + int(random, 60_000), ...what, ...known });
  };

  const rates = new Map(entities.map((entityId) => [entityId, 0.1 + random() ** 2 * 4]));
  const times = onlyNoise ? [] : plantTimes(random, entities);
  const moved = new Set(times.filter(() => random() < 0.2));
  for (let day = FIRST_DAY; day < FIRST_DAY + days; day += 1) {
    if (isAway(day)) continue;
    const weekday = (((day + 3) % 7) + 7) % 7;
    const free = weekday >= 5 || isHoliday(day);
    const wakes = (free ? 480 : 400) + normal(random) * 40;
    const sleeps = 1380 + normal(random) * 45;
    for (const [entityId, rate] of rates) {
      for (const to of ["on", "off"]) {
        for (let n = poisson(random, rate / 2); n > 0; n -= 1) {
          does(day, wakes + random() * (sleeps - wakes), { entityId, to });
        }
      }
    }
    for (const one of times) {
      if (!isOn(one.on, weekday, free) || random() > one.probability) continue;
      const early = moved.has(one) && day < FIRST_DAY + days / 2 ? -50 : 0;
      does(day, one.minute + early + normal(random) * one.spread, one);
    }
  }
  acts.sort((one, other) => one.at - other.at);
  const household = {
    ...{ acts, timeZone: ZONE },
    ...(withHolidays ? { isHoliday } : {}),
    from: FIRST_DAY * DAY_MS - HOUR_MS,
    to: (FIRST_DAY + days) * DAY_MS - HOUR_MS,
  };
  return { household, times };
}

function plantTimes(random: Random, entities: readonly string[]): PlantedTime[] {
  const chosen = [...entities].sort(() => random() - 0.5).slice(0, 6 + int(random, 6));
  return chosen.map((entityId): PlantedTime => {
    const on = daySetOf(random);
    return {
      ...{ entityId, on },
      to: random() < 0.6 ? "on" : "off",
      minute: 360 + int(random, 1110), // 06:00 to 00:30
      spread: 4 + random() ** 2 * 36,
      probability: 0.75 + random() * 0.22,
    };
  });
}

function daySetOf(random: Random): DaySet {
  const dice = random();
  if (dice < 0.5) return "all";
  if (dice < 0.75) return "workdays";
  return dice < 0.9 ? "free" : int(random, 7);
}

export const isOn = (on: DaySet, weekday: number, free: boolean): boolean => {
  if (on === "all") return true;
  return typeof on === "number" ? on === weekday : free === (on === "free");
};

const int = (random: Random, below: number) => Math.floor(random() * below);

/** Box and Muller. */
const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let n = 0;
  for (let product = random(); product > limit; product *= random()) n += 1;
  return n;
}
