import { expect } from "vitest";
import { DAY_MS, HOUR_MS } from "#src/foundation/time.ts";
import type { History, RecordedChange } from "#src/ingest/history/history.ts";
import type { Store } from "#src/store/database.ts";

/** Both files are whole, and what is summed beside the chunks is what they hold. */
export function examineFiles({ db }: Store): void {
  for (const file of ["main", "recent"]) {
    expect(db.$client.pragma(`${file}.integrity_check`)).toEqual([{ integrity_check: "ok" }]);
  }
  const sums = db.all(
    "select entity_key as key, count, bytes from entity_size where count > 0 order by entity_key",
  );
  const chunks = db.all(
    `select id >> 26 as key, sum(count) as count, sum(length(body)) as bytes from chunk
     group by id >> 26 order by key`,
  );
  expect(sums, "sizes of entities are those of their chunks").toEqual(chunks);
}

/** Every change from a moment on, oldest first. */
export async function readAll(history: History, from: number): Promise<RecordedChange[]> {
  const found: RecordedChange[] = [];
  for await (const block of history.scan({ from }, new AbortController().signal)) {
    found.push(...block);
  }
  return found;
}

/** The kept hours of finished days say what their changes say. */
export async function examineStatistics(
  { history, store }: { history: History; store: Store },
  { changes, from }: { changes: readonly RecordedChange[]; from: number },
): Promise<number> {
  const [progress] = store.db.all<{ to: number }>("select compacted_through as 'to' from archive");
  const to = progress?.to ?? 0;
  const measured = changes.filter(
    ({ entityId, at }) => entityId.startsWith("sensor.") && at >= from && at < to,
  );
  const byEntity = Map.groupBy(measured, ({ entityId }) => entityId);
  const entityIds = [...byEntity.keys()];
  if (from >= to || entityIds.length === 0) return 0;
  const query = { entityIds, from, to, period: "hour", timeZone: "UTC" } as const;
  let hours = 0;
  for (const { entityId, rows } of await history.statistics(query)) {
    const wanted = hoursOf(byEntity.get(entityId) ?? []);
    const kept = rows.flatMap(({ start, n, min, max, last }) =>
      n > 0 ? [{ start, n, min, max, last }] : [],
    );
    expect(kept, `statistics of ${entityId}`).toEqual(wanted);
    hours += kept.length;
  }
  return hours;
}

const hourOf = (at: number) => Math.floor(at / HOUR_MS) * HOUR_MS;
const dayOf = (at: number) => Math.floor(at / DAY_MS) * DAY_MS;

/** Worked out in the plainest way: what was in force at the hour's start, and what came in it. */
function hoursOf(changes: readonly RecordedChange[]) {
  let before: RecordedChange | undefined;
  const hours = [...Map.groupBy(changes, ({ at }) => hourOf(at))];
  return hours.map(([start, inside]) => {
    const [first] = inside;
    const held = before && dayOf(before.at) === dayOf(start) ? before.newState : first?.oldState;
    before = inside.at(-1);
    const values = inside.map(({ newState }) => Number(newState));
    const all = held === undefined || first?.at === start ? values : [Number(held), ...values];
    return {
      start,
      n: inside.length,
      min: Math.min(...all),
      max: Math.max(...all),
      last: values.at(-1),
    };
  });
}
