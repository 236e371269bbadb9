import { MINUTES } from "../house-days/house-days.ts";
import type { PlacedStream } from "../lived-days/lived-days.ts";

/** Of the day, four hours each from 04:00 on. */
export const PARTS = 6;

/** Who does what is done, by the part of the day; of that of which it is known. */
export interface Shares {
  readonly persons: readonly string[];
  /** Of all else than one stream; between 0 and 1, also where little is known. */
  shareOf(
    person: string,
    asked: { readonly minute: number; readonly without: PlacedStream },
  ): number;
  /** On which the person is known to have done anything, in order. */
  daysOf(person: string): readonly number[];
}

const partOf = (minute: number) => Math.min(PARTS - 1, Math.floor((minute * PARTS) / MINUTES));

export function createShares(streams: readonly PlacedStream[]): Shares {
  const all = new Map<string, number>();
  const own = new Map<PlacedStream, Map<string, number>>();
  const days = new Map<string, Set<number>>();
  for (const stream of streams) {
    const counts = new Map<string, number>();
    own.set(stream, counts);
    for (const { act, day, minute } of stream.acts) {
      if (act.person === undefined) continue;
      for (const name of [`${partOf(minute)}`, `${partOf(minute)} ${act.person}`]) {
        counts.set(name, (counts.get(name) ?? 0) + 1);
        all.set(name, (all.get(name) ?? 0) + 1);
      }
      const known = days.get(act.person) ?? new Set<number>();
      days.set(act.person, known.add(day));
    }
  }
  const persons = [...days.keys()].sort();
  const ordered = new Map(
    [...days].map(([person, some]) => [person, [...some].sort((one, other) => one - other)]),
  );
  return {
    persons,
    shareOf(person, { minute, without }) {
      const part = `${partOf(minute)}`;
      const others = own.get(without);
      const count = (name: string) => (all.get(name) ?? 0) - (others?.get(name) ?? 0);
      return (count(`${part} ${person}`) + 1) / (count(part) + persons.length);
    },
    daysOf: (person) => ordered.get(person) ?? [],
  };
}
