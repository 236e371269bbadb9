/** A repeatable source of chance: the same seed gives the same household. */
export interface Random {
  /** 0 inclusive to 1 exclusive. */
  next(): number;
  /** `low` inclusive to `high` exclusive. */
  between(low: number, high: number): number;
  /** Whole number, both ends inclusive. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** Bell-shaped around 0, standard deviation about 1. */
  bell(): number;
  hex(length: number): string;
}

/** Mulberry32: 32 bits of state, good enough for a household. */
export function createRandom(seed: number): Random {
  let a = seed >>> 0;
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    int,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick(items) {
      const item = items[int(0, items.length - 1)];
      if (item === undefined) throw new Error("pick from an empty list");
      return item;
    },
    bell: () => next() + next() + next() + next() + next() + next() - 3,
    hex(length) {
      let text = "";
      while (text.length < length) text += int(0, 15).toString(16);
      return text;
    },
  };
}

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A 26-character ULID: 10 characters of time (ms), 16 of chance. */
export function ulid(atMs: number, random: Random): string {
  let time = "";
  let rest = Math.floor(atMs);
  for (let index = 0; index < 10; index++) {
    time = CROCKFORD.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  let chance = "";
  for (let index = 0; index < 4; index++) {
    const bits = Math.floor(random.next() * 1048576);
    chance +=
      CROCKFORD.charAt(bits & 31) +
      CROCKFORD.charAt((bits >> 5) & 31) +
      CROCKFORD.charAt((bits >> 10) & 31) +
      CROCKFORD.charAt((bits >> 15) & 31);
  }
  return time + chance;
}
