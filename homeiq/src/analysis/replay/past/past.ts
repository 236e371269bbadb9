import type { WorldState } from "#home/template/template.ts";
import { CAUSE_KINDS, type CauseKind } from "#ingest/normalize/state-change.ts";
import type { HouseMap } from "./house.ts";

export type { WorldState } from "#home/template/template.ts";
export { createHouse, type House, type HouseEntity, type HouseMap } from "./house.ts";

export type Attributes = Readonly<Record<string, unknown>>;

export interface PastChange {
  readonly at: number;
  readonly entityId: string;
  /** Absent when the entity vanished. */
  readonly state?: string;
  /** Those that changed; `null` is one that went away. */
  readonly changedAttributes?: Attributes;
  /** Absent: unknown. */
  readonly cause?: CauseKind;
  /** A user id, or the automation's, script's or scene's entity id. */
  readonly by?: string;
}

/** Something that happened without a state: an event on Home Assistant's bus. */
export interface PastEvent {
  readonly at: number;
  readonly type: string;
  readonly data: Attributes;
  readonly userId?: string;
}

export interface Position {
  readonly latitude: number;
  readonly longitude: number;
  /** Meters. */
  readonly elevation?: number;
}

/** A stretch of recorded time. `changes` are in order of time, from `start` on, before `end`. */
export interface PastWorld {
  readonly start: number;
  readonly end: number;
  readonly timeZone: string;
  readonly position?: Position;
  /** In force at `start`. */
  readonly initial: readonly WorldState[];
  readonly changes: PastColumns | Iterable<PastChange>;
  readonly events?: readonly PastEvent[];
  readonly house?: HouseMap;
  /** In which heating says its temperatures: `°C` or `°F`. Absent: `°C`. */
  readonly temperatureUnit?: string;
}

/** Changes as columns of equal length, which cost a tenth of objects and move between threads. */
export interface PastColumns {
  readonly count: number;
  readonly at: Float64Array;
  /** Index into `entityIds`. */
  readonly entity: Int32Array;
  /** Index into `texts`; -1 when the entity vanished. */
  readonly state: Int32Array;
  /** Index into `attributeSets`; -1 when no attribute changed. */
  readonly attributes: Int32Array;
  /** Index into `CAUSE_KINDS`. */
  readonly cause: Uint8Array;
  /** Index into `texts`; -1 when nobody is known. */
  readonly by: Int32Array;
  readonly entityIds: readonly string[];
  readonly texts: readonly string[];
  readonly attributeSets: readonly Attributes[];
}

const NONE = -1;
const UNKNOWN_CAUSE = CAUSE_KINDS.indexOf("unknown");

export const causeOf = (columns: PastColumns, row: number): CauseKind =>
  CAUSE_KINDS[columns.cause[row] as number] ?? "unknown";

export function isColumns(changes: PastWorld["changes"]): changes is PastColumns {
  return "attributeSets" in changes;
}

export const toColumns = (changes: PastWorld["changes"]): PastColumns => {
  if (isColumns(changes)) return changes;
  const growing = createColumns();
  for (const change of changes) growing.add(change);
  return growing.columns();
};

export interface GrowingColumns {
  /** In order of time. */
  add(change: PastChange): void;
  columns(): PastColumns;
}

/** Takes changes one by one and keeps them as columns. */
export function createColumns(capacity = 1024): GrowingColumns {
  let size = capacity;
  let count = 0;
  let at = new Float64Array(size);
  let cause = new Uint8Array(size);
  let [entity, state, attributes, by] = [0, 0, 0, 0].map(() => new Int32Array(size)) as [
    Int32Array<ArrayBuffer>,
    Int32Array<ArrayBuffer>,
    Int32Array<ArrayBuffer>,
    Int32Array<ArrayBuffer>,
  ];
  const entities = createTextIndex();
  const texts = createTextIndex();
  const attributeSets: Attributes[] = [];

  function grow(): void {
    size *= 2;
    const longer = (old: Int32Array<ArrayBuffer>) => {
      const grown = new Int32Array(size);
      grown.set(old);
      return grown;
    };
    const ats = new Float64Array(size);
    ats.set(at);
    at = ats;
    const causes = new Uint8Array(size);
    causes.set(cause);
    cause = causes;
    [entity, state, attributes, by] = [
      longer(entity),
      longer(state),
      longer(attributes),
      longer(by),
    ];
  }

  return {
    add(change) {
      if (count === size) grow();
      at[count] = change.at;
      entity[count] = entities.of(change.entityId);
      state[count] = change.state === undefined ? NONE : texts.of(change.state);
      attributes[count] = change.changedAttributes
        ? attributeSets.push(change.changedAttributes) - 1
        : NONE;
      cause[count] = change.cause === undefined ? UNKNOWN_CAUSE : CAUSE_KINDS.indexOf(change.cause);
      by[count] = change.by === undefined ? NONE : texts.of(change.by);
      count += 1;
    },
    columns: () => ({
      count,
      ...{ at, entity, state, attributes, cause, by },
      entityIds: entities.all,
      texts: texts.all,
      attributeSets,
    }),
  };
}

function createTextIndex() {
  const all: string[] = [];
  const places = new Map<string, number>();
  return {
    all,
    of(text: string): number {
      const known = places.get(text);
      if (known !== undefined) return known;
      places.set(text, all.length);
      return all.push(text) - 1;
    },
  };
}
