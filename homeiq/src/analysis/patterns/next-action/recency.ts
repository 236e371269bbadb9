import type { View } from "./next-action.ts";

const HALF_LIFE_DAYS = 14;

/** What is frequent lately. */
export function createRecency(kinds: number): View {
  const counts = new Float64Array(kinds);
  const seenOn = new Float64Array(kinds);
  const faded = (act: number, day: number) =>
    (counts[act] as number) * 0.5 ** ((day - (seenOn[act] as number)) / HALF_LIFE_DAYS);
  return {
    learn(act, { day }) {
      counts[act] = faded(act, day) + 1;
      seenOn[act] = day;
    },
    chances({ day }) {
      const chances = Float64Array.from(counts, (_, act) => faded(act, day) + 1 / kinds);
      const sum = chances.reduce((all, one) => all + one, 0);
      return chances.map((one) => one / sum);
    },
  };
}
