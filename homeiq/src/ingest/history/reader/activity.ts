import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import { CAUSE_KINDS } from "#ingest/normalize/state-change.ts";
import { atOf } from "../chunk/chunk.ts";
import { chunkKey } from "../chunk-key.ts";
import { candidates } from "./events.ts";
import type { Source } from "./source.ts";

export interface ActivityQuery {
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  /** Only what people did, by whatever way. */
  readonly byPeople: boolean;
  readonly keys?: readonly number[];
}

export interface FoundActivity {
  /** Weekday (0 is Monday), then hour, in the house's time. */
  readonly byHour: number[][];
  readonly byEntity: readonly (readonly [key: number, n: number])[];
}

const PEOPLE = ["person_dashboard", "person_voice", "physical"] as const;
const PEOPLE_BITS = PEOPLE.reduce((bits, kind) => bits | (1 << CAUSE_KINDS.indexOf(kind)), 0);
const COUNTED_KINDS = new Set(["state", "availability"]);

/** How much happened by hour and weekday, and by entity. */
export function readActivity(source: Source, query: ActivityQuery): FoundActivity {
  const byHour = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  const byEntity: [number, number][] = [];
  const slotOf = createSlots(query.timeZone);
  const wanted = metasWanted(source, query.byPeople);
  for (const { key, oldestAt, newestAt } of candidates(source, query)) {
    if (newestAt < query.from || oldestAt >= query.to) continue;
    if (query.byPeople && !mayHavePeople(source, key, query)) continue;
    let n = 0;
    for (const piece of source.piecesOf(key, query.from, query.to)) {
      for (let row = 0; row < piece.count; row += 1) {
        if (!wanted(piece.meta(row))) continue;
        const [day, hour] = slotOf(atOf(piece.id(row)));
        const hours = byHour[day] as number[];
        hours[hour] = (hours[hour] as number) + 1;
        n += 1;
      }
    }
    if (n > 0) byEntity.push([key, n]);
  }
  return { byHour, byEntity };
}

function metasWanted(source: Source, byPeople: boolean): (meta: number) => boolean {
  const known = new Map<number, boolean>();
  const people = new Set<string>(PEOPLE);
  return (meta) => {
    const before = known.get(meta);
    if (before !== undefined) return before;
    const { kind, cause } = source.metaFor(meta);
    const isWanted = COUNTED_KINDS.has(kind) && (!byPeople || people.has(cause.kind));
    known.set(meta, isWanted);
    return isWanted;
  };
}

/** Most entities are sensors that nobody ever touched: their chunks say so without being unpacked. */
function mayHavePeople(source: Source, key: number, { from, to }: ActivityQuery): boolean {
  if (source.recent.idsOf(key, 0, Number.MAX_SAFE_INTEGER).length > 0) return true;
  if (source.recent.late(key).length > 0) return true;
  return (
    source
      .prepare("select 1 from chunk where id >= ? and id < ? and causes & ? <> 0 limit 1")
      .get(chunkKey(key, from - DAY_MS), chunkKey(key, to), PEOPLE_BITS) !== undefined
  );
}

/** Weekday and hour in the house; worked out once per hour of history, because zones are slow to ask. */
function createSlots(timeZone: string): (at: number) => readonly [number, number] {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    hourCycle: "h23",
  });
  const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const known = new Map<number, readonly [number, number]>();
  return (at) => {
    const quarter = Math.floor(at / (HOUR_MS / 4)); // zones differ by quarters of an hour
    const before = known.get(quarter);
    if (before) return before;
    const parts = format.formatToParts(at);
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
    const slot = [Math.max(0, days.indexOf(part("weekday"))), Number(part("hour"))] as const;
    known.set(quarter, slot);
    return slot;
  };
}
