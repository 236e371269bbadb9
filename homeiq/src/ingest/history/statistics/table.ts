import type { Statistic } from "./buckets.ts";

/** Where each number of a row lies. */
export const FIELD = {
  start: 0,
  count: 1,
  mean: 2,
  timeWeightedMean: 3,
  min: 4,
  max: 5,
  last: 6,
  rise: 7,
  imported: 8,
} as const;
export const WIDTH = 9;

const NO_STATES: ReadonlyMap<string, number> = new Map();

/**
 * Statistics of one entity as plain numbers, `WIDTH` to a row, oldest first.
 *
 * A year of hours is nearly nine thousand rows: as objects, making them took three times as long as all the rest
 * of an answer.
 */
export class StatisticTable {
  numbers: Float64Array;
  length = 0;
  readonly #states = new Map<number, ReadonlyMap<string, number>>();

  constructor(capacity = 64) {
    this.numbers = new Float64Array(capacity * WIDTH);
  }

  /** Room for one more row; answers where its numbers begin. */
  add(): number {
    const at = this.length * WIDTH;
    if (at + WIDTH > this.numbers.length) {
      const larger = new Float64Array(Math.max(WIDTH, this.numbers.length * 2));
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.length += 1;
    return at;
  }

  push(row: Statistic): void {
    const at = this.add();
    const { numbers } = this;
    numbers[at + FIELD.start] = row.start;
    numbers[at + FIELD.count] = row.count;
    numbers[at + FIELD.mean] = row.mean;
    numbers[at + FIELD.timeWeightedMean] = row.timeWeightedMean;
    numbers[at + FIELD.min] = row.min;
    numbers[at + FIELD.max] = row.max;
    numbers[at + FIELD.last] = row.last;
    numbers[at + FIELD.rise] = row.rise;
    numbers[at + FIELD.imported] = row.imported ? 1 : 0;
    this.setStates(this.length - 1, row.states);
  }

  /** Copies row `n` of another table. */
  pushFrom(other: StatisticTable, n: number): void {
    const at = this.add();
    const from = n * WIDTH;
    for (let field = 0; field < WIDTH; field += 1) {
      this.numbers[at + field] = other.numbers[from + field] as number;
    }
    this.setStates(this.length - 1, other.states(n));
  }

  setStates(n: number, states: ReadonlyMap<string, number>): void {
    if (states.size > 0) this.#states.set(n, states);
  }

  start(n: number): number {
    return this.numbers[n * WIDTH] as number;
  }

  /** Milliseconds in each state; none where the entity is a number. */
  states(n: number): ReadonlyMap<string, number> {
    return this.#states.size === 0 ? NO_STATES : (this.#states.get(n) ?? NO_STATES);
  }

  row(n: number): Statistic {
    const of = (field: keyof typeof FIELD) => this.numbers[n * WIDTH + FIELD[field]] as number;
    return {
      start: of("start"),
      count: of("count"),
      mean: of("mean"),
      timeWeightedMean: of("timeWeightedMean"),
      min: of("min"),
      max: of("max"),
      last: of("last"),
      rise: of("rise"),
      states: this.states(n),
      imported: of("imported") === 1,
    };
  }

  rows(): Statistic[] {
    return Array.from({ length: this.length }, (_, n) => this.row(n));
  }
}
