import type { OutsideTopic, Reading } from "#enrichment/provider.ts";
import type { Clock } from "#foundation/clock.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import { describeOwn, SERIES, toEntityId } from "./series.ts";

export {
  describeOwn,
  OWN_DOMAIN,
  SERIES,
  type SeriesDescription,
  SPORTS_EVENT,
  toEntityId,
  toTeamSeries,
} from "./series.ts";
export { toReadings } from "./to-readings.ts";

/** A value of outside that is another than before, as the history takes it. */
export interface OwnChange {
  readonly entityId: string;
  readonly at: number;
  readonly oldState?: string;
  /** `unavailable` once nobody knows it any more. */
  readonly newState: string;
  readonly value?: number;
  readonly unit?: string;
  readonly heldMs?: number;
  /** Those that are other ones than before; `null` is one that went away. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** The provider that said it. */
  readonly by: string;
}

/** What is known of one of our entities now. */
export interface OwnState {
  readonly entityId: string;
  readonly state: string;
  readonly at: number;
  readonly unit?: string;
  readonly name: string;
  readonly deviceClass?: string;
  /** Absent also after a start, until it is said again. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** What is known of outside that is no number. */
export interface OwnText {
  /** The entity's id without its domain. */
  readonly series: string;
  /** Absent where it does not depend on what is said. */
  readonly name?: string;
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Turns what providers say into changes of entities: only what is new, and not too often. */
export interface Readings {
  /** Takes what a provider said of a topic. */
  keep(readings: readonly Reading[], by: string): void;
  /** Takes what is said in words: only what is new is kept. */
  say(texts: readonly OwnText[], by: string): void;
  /** Nobody knows the topic's values any more, save those of `but`. */
  lose(topic: OutsideTopic, by: string, but?: ReadonlySet<string>): void;
  states(): ReadonlyMap<string, OwnState>;
}

export const LOST = "unavailable";

export function createReadings({
  clock,
  before,
  record,
  isRecorded = () => false,
}: {
  readonly clock: Clock;
  /** What the history had last. */
  readonly before: Iterable<{
    readonly entityId: string;
    readonly state: string;
    readonly at: number;
  }>;
  record(changes: readonly OwnChange[]): void;
  /** Whether the history has an entity of Home Assistant as well. */
  readonly isRecorded?: (entityId: string) => boolean;
}): Readings {
  const states = new Map<string, OwnState>();
  for (const { entityId, state, at } of before) {
    const description = describeOwn(entityId);
    if (!description) continue;
    const { name, deviceClass } = description;
    states.set(entityId, { entityId, state, at, name, ...(deviceClass ? { deviceClass } : {}) });
  }

  function toChange(
    { series, at, value, unit, shownBy }: Reading,
    by: string,
  ): OwnChange | undefined {
    const description = SERIES[series];
    if (!description) return undefined; // of a provider that knows more than we keep
    const entityId = toEntityId(series);
    const known = states.get(entityId);
    const state = String(Number(value.toFixed(description.digits)));
    const isUnit = known?.unit === undefined || known.unit === unit;
    if (known?.state === state && isUnit) {
      if (known.unit === undefined) states.set(entityId, { ...known, unit });
      return undefined;
    }
    const isBack = known?.state === LOST;
    const isTwice = shownBy !== undefined && isRecorded(shownBy);
    const everyMs = isTwice ? Math.max(MINUTE_MS, description.everyMs) : description.everyMs;
    if (known && !isBack && at < known.at + everyMs) return undefined;
    const when = Math.min(clock.now(), Math.max(Math.round(at), (known?.at ?? 0) + 1));
    return { ...changeOf(known, entityId, when), newState: state, value: Number(state), unit, by };
  }

  const changeOf = (
    known: OwnState | undefined,
    entityId: string,
    at: number,
  ): Pick<OwnChange, "entityId" | "at" | "oldState" | "heldMs"> => ({
    ...{ entityId, at },
    ...(known ? { oldState: known.state, heldMs: Math.max(0, at - known.at) } : {}),
  });

  function take(changes: readonly OwnChange[]): void {
    if (changes.length === 0) return;
    for (const { entityId, newState, at, unit } of changes) {
      const { name: usual, deviceClass } = describeOwn(entityId) ?? { name: entityId };
      const name = states.get(entityId)?.name ?? usual;
      states.set(entityId, {
        ...{ entityId, state: newState, at, name },
        ...(unit === undefined ? {} : { unit }),
        ...(deviceClass ? { deviceClass } : {}),
      });
    }
    record(changes);
  }

  /** After a start its attributes are not known: what is said first are those that it had. */
  function sayOne({ series, state, attributes, ...text }: OwnText, by: string): void {
    const entityId = toEntityId(series);
    const known = states.get(entityId);
    const name = text.name ?? describeOwn(entityId)?.name ?? entityId;
    const isSame = known?.state === state;
    const before = known?.attributes ?? (isSame ? attributes : {});
    const changed = differences(before, attributes);
    const isNews = !isSame || Object.keys(changed).length > 0;
    const at = Math.max(clock.now(), (known?.at ?? 0) + 1);
    // An attribute that changes leaves the state as old as it was.
    states.set(entityId, { entityId, state, at: isSame ? known.at : at, name, attributes });
    if (!isNews) return;
    const more = Object.keys(changed).length > 0 ? { attributes: changed } : {};
    const { heldMs, ...change } = changeOf(known, entityId, at);
    const held = isSame || heldMs === undefined ? {} : { heldMs };
    record([{ ...change, ...held, newState: state, ...more, by }]);
  }

  return {
    keep(readings, by) {
      take(readings.flatMap((reading) => toChange(reading, by) ?? []));
    },
    say(texts, by) {
      for (const text of texts) sayOne(text, by);
    },
    lose(topic, by, but) {
      const known = [...states.values()].filter(
        ({ entityId, state }) =>
          state !== LOST && describeOwn(entityId)?.topic === topic && !but?.has(entityId),
      );
      const now = clock.now();
      take(
        known.map((one) => ({
          ...changeOf(one, one.entityId, Math.max(now, one.at + 1)),
          newState: LOST,
          by,
        })),
      );
    },
    states: () => states,
  };
}

function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const names = Object.keys({ ...before, ...after });
  const changed = names.filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null]));
}
