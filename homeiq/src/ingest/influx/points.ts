import { SECOND_MS } from "#foundation/time.ts";
import type { RecordedChange } from "#ingest/history/history.ts";
import { toLine } from "#store/influx/influx.ts";
import { toOutsidePoint } from "./outside.ts";

/** The measurement of state changes. */
export const MEASUREMENT = "home_assistant_events";

const ORDERS = 4096n; // an event id ends in 12 bits that tell apart the changes of one millisecond
const AT_ONCE = 500; // about three milliseconds
const NS_PER_MS = 1_000_000n;

/** Many changes as points, oldest first; lets others have the thread in between. */
export async function toPoints(changes: readonly RecordedChange[]): Promise<string[]> {
  const points: string[] = [];
  for (let start = 0; start < changes.length; start += AT_ONCE) {
    for (const change of changes.slice(start, start + AT_ONCE)) {
      points.push(...linesOf(change));
    }
    await new Promise(setImmediate);
  }
  return points;
}

/** A change as it is sent: as one of many, and a value of outside in its topic's measurement too. */
export const linesOf = (change: RecordedChange): string[] =>
  [toPoint(change), toOutsidePoint(change)].filter((line) => line !== undefined);

/** A change as one point. The same change is always the same series and moment: sent twice, it is there once. */
export function toPoint(change: RecordedChange): string | undefined {
  const { context, cause } = change;
  return toLine({
    measurement: MEASUREMENT,
    tags: {
      entity_id: change.entityId,
      domain: change.domain,
      device_class: change.deviceClass,
      area: change.areaId,
      device: change.deviceId,
      category: change.category,
      cause: cause.kind,
    },
    fields: {
      kind: change.kind,
      state: change.newState,
      value: change.value,
      unit: change.unit,
      old_state: change.oldState,
      duration_in_state: change.heldMs === undefined ? undefined : change.heldMs / SECOND_MS,
      context_id: context?.id,
      context_parent_id: context?.parentId,
      context_user_id: context?.userId,
      cause_confidence: cause.confidence,
      cause_by: cause.by,
      cause_root: cause.rootKind,
      override: cause.override,
      source: change.source,
      attributes: change.changedAttributes && JSON.stringify(change.changedAttributes),
    },
    atNs: BigInt(change.at) * NS_PER_MS + (BigInt(change.id) % ORDERS),
  });
}
