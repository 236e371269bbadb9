import { createLocalDays } from "#src/analysis/local-days/local-days.ts";
import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { createRandom, type Random } from "#src/analysis/patterns/chance/chance.ts";
import type { Household } from "#src/analysis/patterns/pattern.ts";
import { DAY_MS, MINUTE_MS } from "#src/foundation/time.ts";

/** A Sunday; the clocks are changed on 29 March. */
export const FIRST_DAY = Date.UTC(2026, 2, 1) / DAY_MS;
const ZONE = "Europe/Berlin";
const local = createLocalDays(ZONE);

/** One day of a made home; minutes are since midnight, on the wall's clock, and may reach into the next day. */
export interface LivedDay {
  /** From 0. */
  readonly day: number;
  readonly random: Random;
  does(minute: number, entityId: string, to?: string, person?: string): void;
  sees(minute: number, entityId: string): void;
}

/** A home of so many days, each of which is lived as told. */
export function livedAs(days: number, live: (day: LivedDay) => void): Household {
  const random = createRandom(9);
  const [acts, traces]: [Act[], Act[]] = [[], []];
  for (let day = 0; day < days; day += 1) {
    live({
      ...{ day, random },
      does: (minute, entityId, to = "on", person) =>
        acts.push({ at: momentOf(day, minute), entityId, to, ...(person ? { person } : {}) }),
      sees: (minute, entityId) => traces.push({ at: momentOf(day, minute), entityId, to: "on" }),
    });
  }
  const inOrder = (some: Act[]) => some.sort((one, other) => one.at - other.at);
  return {
    ...{ acts: inOrder(acts), traces: inOrder(traces), timeZone: ZONE },
    from: momentOf(-1, 1439),
    to: momentOf(days + 1, 0),
  };
}

function momentOf(day: number, minute: number): number {
  const date = FIRST_DAY + day + Math.floor(minute / 1440);
  return local.momentsOf(date, (((minute % 1440) + 1440) % 1440) * MINUTE_MS)[0] ?? 0;
}
