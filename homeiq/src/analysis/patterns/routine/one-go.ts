import { median } from "#foundation/median.ts";
import { createRandom } from "../chance/chance.ts";
import type { Anchor } from "./anchors.ts";
import { actsOf, type Session } from "./sessions.ts";

const SHUFFLES = 199;
const CHANCE = 0.01;
const NEAR = 10; // minutes

interface Lived {
  readonly days: readonly number[];
  readonly sessions: readonly Session[];
}

/**
 * The members of a routine that go together with the others, rather than each by its own clock.
 *
 * Null model: the days of a member are exchanged (seeded permutation test), which keeps how often and when it is done.
 * What is counted is how often it is done with another one, as far apart as they usually are, give or take some minutes.
 */
export function inOneGo(members: readonly Anchor[], { days, sessions }: Lived): Anchor[] {
  const after = members.map((_, member) => {
    const own = sessions.flatMap(({ acts }) => {
      const one = acts.find((act) => act.member === member);
      return one ? [one.minute - (acts[0]?.minute ?? 0)] : [];
    });
    return median(own);
  });
  const place = new Map(days.map((day, n) => [day, n]));
  const rows = members.map(({ stream, start, end }, member) => {
    const row = new Float64Array(days.length).fill(Number.NaN);
    for (const { day, minute } of actsOf(stream)) {
      const n = place.get(day);
      if (n === undefined || minute < start || minute >= end || !Number.isNaN(row[n])) continue;
      row[n] = minute - (after[member] as number);
    }
    return row;
  });
  const random = createRandom(members.length * 7_919 + days.length);
  return members.filter((_, member) => {
    const others = rows.filter((__, other) => other !== member);
    const own = (rows[member] as Float64Array).slice();
    const seen = togetherIn(own, others);
    let asMuch = 1;
    for (let n = 0; n < SHUFFLES && asMuch <= CHANCE * (SHUFFLES + 1); n += 1) {
      shuffle(own, random);
      if (togetherIn(own, others) >= seen) asMuch += 1;
    }
    return asMuch <= CHANCE * (SHUFFLES + 1);
  });
}

function togetherIn(one: Float64Array, others: readonly Float64Array[]): number {
  let sum = 0;
  for (const other of others) {
    for (let day = 0; day < one.length; day += 1) {
      if (Math.abs((one[day] as number) - (other[day] as number)) <= NEAR) sum += 1;
    }
  }
  return sum;
}

/** Fisher and Yates. */
function shuffle(row: Float64Array, random: () => number): void {
  for (let n = row.length - 1; n > 0; n -= 1) {
    const other = Math.floor(random() * (n + 1));
    const kept = row[n] as number;
    row[n] = row[other] as number;
    row[other] = kept;
  }
}
