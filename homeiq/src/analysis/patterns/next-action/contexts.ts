import type { View } from "./next-action.ts";

const LONGEST = 3;

/**
 * What usually comes after the last changes.
 *
 * The longest row of them that was seen before tells most, shorter ones the rest: each gives as much away as it has
 * different followers (Witten and Bell, "The zero-frequency problem", 1991).
 */
export function createContexts(kinds: number): View {
  const known = new Map<string, Map<number, number>>();
  const keysOf = (last: readonly string[]) =>
    Array.from({ length: Math.min(LONGEST, last.length) + 1 }, (_, length) =>
      last.slice(last.length - length).join("\t"),
    );
  return {
    learn(act, { last }) {
      for (const key of keysOf(last)) {
        const own = known.get(key) ?? new Map<number, number>();
        known.set(key, own);
        own.set(act, (own.get(act) ?? 0) + 1);
      }
    },
    chances({ last }) {
      let chances = new Float64Array(kinds).fill(1 / kinds);
      for (const key of keysOf(last)) {
        const own = known.get(key);
        if (!own) break;
        let total = 0;
        for (const count of own.values()) total += count;
        const kept = own.size / (total + own.size);
        chances = chances.map((chance) => chance * kept);
        for (const [act, count] of own) {
          chances[act] = (chances[act] as number) + count / (total + own.size);
        }
      }
      return chances;
    },
  };
}
