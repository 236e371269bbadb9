import type { History, RecordedChange } from "#ingest/history/history.ts";
import {
  type Attributes,
  createColumns,
  type HouseMap,
  type PastChange,
  type PastColumns,
  type PastWorld,
  type Position,
  type WorldState,
} from "./past/past.ts";

/** What is true of the house now, of which the part that does not change is true of its past. */
export interface HouseNow {
  readonly timeZone: string;
  readonly position?: Position;
  /** `°C` or `°F`; absent: unknown. */
  readonly temperatureUnit?: string;
  readonly map: HouseMap;
  readonly states: readonly WorldState[];
}

export interface Span {
  /** Inclusive, milliseconds. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** Attributes that belong to the thing, not to the moment. */
const LASTING = [
  ...["device_class", "unit_of_measurement", "friendly_name", "options", "min", "max", "step"],
  ...[
    "hvac_modes",
    "has_date",
    "has_time",
    "entity_id",
    "minimum",
    "maximum",
    "supported_features",
  ],
];
const OF_ZONES = ["latitude", "longitude", "radius"];

/** The past without its changes: what was in force when it began. */
export async function readBeginning(
  history: Pick<History, "stateAt" | "entities">,
  { from, to }: Span,
  { timeZone, position, temperatureUnit, map, states }: HouseNow,
): Promise<Omit<PastWorld, "changes">> {
  const recorded = await history.stateAt({ at: from });
  const now = new Map(states.map((state) => [state.entityId, state]));
  const initial = recorded.map(({ entityId, state, at }): WorldState => {
    const attributes = lastingOf(entityId, now.get(entityId)?.attributes);
    return { entityId, state, attributes, lastChangedAt: at, lastUpdatedAt: at };
  });
  // What was never recorded is taken to have been as it is: zones, helpers left out by a filter.
  const never = states.filter(({ entityId }) => history.entities.find(entityId) === undefined);
  return {
    ...{ start: from, end: to, timeZone, house: map },
    ...(position ? { position } : {}),
    ...(temperatureUnit ? { temperatureUnit } : {}),
    initial: [...initial, ...never],
  };
}

function lastingOf(entityId: string, attributes: Attributes = {}): Attributes {
  const names = entityId.startsWith("zone.") ? [...LASTING, ...OF_ZONES] : LASTING;
  return Object.fromEntries(
    names.flatMap((name) => (name in attributes ? [[name, attributes[name]]] : [])),
  );
}

/** A block of recorded changes as columns, for the thread that replays them. */
export function toBlock(changes: readonly RecordedChange[]): PastColumns {
  const columns = createColumns(Math.max(1, changes.length));
  for (const change of changes) columns.add(toPastChange(change));
  return columns.columns();
}

const toPastChange = ({
  at,
  entityId,
  newState,
  changedAttributes,
  cause,
}: RecordedChange): PastChange => ({
  ...{ at, entityId, cause: cause.kind },
  ...(newState === undefined ? {} : { state: newState }),
  ...(changedAttributes ? { changedAttributes } : {}),
  ...(cause.by === undefined ? {} : { by: cause.by }),
});
