export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A state that was in force when the range begins. */
export interface Before {
  readonly at: number;
  readonly state: string;
  readonly value?: number;
}

/** `[start, min, max, mean, last, how many]` */
export type Bucket = readonly [number, number, number, number, number, number];

/** What an entity did, as numbers or as states. */
export interface EntityCourse {
  readonly entityId: string;
  readonly name: string;
  readonly unit?: string;
  readonly numeric: boolean;
  readonly before?: Before;
  /** `"raw"`, or how long each bucket is in milliseconds. */
  readonly resolution: "raw" | number;
  /** `null`: there was no number, for instance because the entity was unavailable. */
  readonly points?: readonly (readonly [number, number | null])[];
  readonly buckets?: readonly Bucket[];
  /** `null`: there was no state, the entity was gone. */
  readonly states?: readonly (readonly [number, string | null])[];
}

export interface HistoryGap {
  readonly from: number;
  readonly to?: number;
  readonly reason: string;
}

/** An hour or a day of an entity. */
export interface StatisticRow {
  readonly start: number;
  readonly end: number;
  readonly mean?: number;
  readonly timeWeightedMean?: number;
  readonly min?: number;
  readonly max?: number;
  readonly last?: number;
}

export interface EntityRows {
  readonly entityId: string;
  readonly name: string;
  readonly unit?: string;
  readonly rows: readonly StatisticRow[];
}
