import type { EventFilter, RecordedChange } from "#ingest/history/history.ts";
import { eventColumns } from "./event-columns.ts";
import { summarizeEvents } from "./event-summary.ts";
import type { Content } from "./export.ts";
import type { LocalTime } from "./local-time.ts";
import type { Names } from "./names.ts";

/** What a file says of the house and of itself. */
export interface Frame {
  readonly houseName: string;
  readonly time: LocalTime;
  readonly createdAt: number;
  readonly names: Names;
}

interface Asked {
  readonly query: EventFilter & { readonly to: number };
  readonly rows: AsyncIterable<readonly RecordedChange[]>;
}

/** State changes as a file. */
export function eventsContent(frame: Frame, { query, rows }: Asked): Content<RecordedChange> {
  const { time, names } = frame;
  return {
    name: "events",
    title: "What happened",
    subject: inWords(query, names),
    period: toPeriod(query, time),
    houseName: frame.houseName,
    createdAt: frame.createdAt,
    time,
    columns: eventColumns(names),
    rows,
    summarize: () =>
      summarizeEvents({
        time,
        names,
        entityIds: query.entity ?? [],
        from: query.from,
        to: query.to,
      }),
  };
}

/** "1 November" would need a language: dates are in the form that everybody reads. */
export function toPeriod({ from, to }: { from?: number; to: number }, time: LocalTime): string {
  const end = time.clock(to).slice(0, 16);
  return from === undefined ? `until ${end}` : `${time.clock(from).slice(0, 16)} to ${end}`;
}

function inWords(query: EventFilter, names: Names): string {
  const parts = [
    listed("Entities", query.entity),
    listed("Domains", query.domain),
    listed(
      "Areas",
      query.area?.map((id) => names.area(id) ?? id),
    ),
    listed(
      "Devices",
      query.device?.map((id) => names.device(id) ?? id),
    ),
    listed("Categories", query.category),
    listed("Causes", query.cause),
    listed("Kinds", query.kind),
    query.text ? `Containing “${query.text}”` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join("; ") : "Every recorded entity";
}

const MOST_NAMED = 8;

function listed(label: string, values: readonly string[] | undefined): string | undefined {
  if (!values || values.length === 0) return undefined;
  const more = values.length - MOST_NAMED;
  const named = values.slice(0, MOST_NAMED).join(", ");
  return `${label}: ${named}${more > 0 ? ` and ${more} more` : ""}`;
}
