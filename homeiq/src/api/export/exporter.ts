import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import type { EventFilter, History, Span, StatisticPeriod } from "#ingest/history/history.ts";
import { createDownloads, headersOf } from "./download.ts";
import { eventsContent, type Frame } from "./events-content.ts";
import { FORMATS, type FormatName } from "./formats.ts";
import { createLocalTime, type LocalTime } from "./local-time.ts";
import type { Names } from "./names.ts";
import { scanStatistics, statisticsContent } from "./statistics-content.ts";

export type Asked =
  | { readonly what: "events"; readonly query: EventFilter & { readonly to: number } }
  | {
      readonly what: "statistics";
      readonly query: Span & {
        readonly entityIds: readonly string[];
        readonly period: StatisticPeriod;
      };
    };

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly history: Pick<History, "scan" | "statistics">;
  readonly house: () => { readonly name?: string; readonly timeZone: string };
  readonly names: Names;
}

export interface Exporter {
  /** The file as an answer that is made while it is read; `gone` is the caller's going away. */
  start(asked: Asked, format: FormatName, gone: AbortSignal): Promise<Response>;
  /** The same answer without its body. */
  announce(asked: Asked, format: FormatName): Response;
  /** Files that are being made now. */
  open(): number;
}

/** Turns what somebody asked for into a file. */
export function createExporter({ clock, log, history, house, names }: Deps): Exporter {
  const downloads = createDownloads({ clock, log });

  function frame(): Frame {
    const { name = "Home", timeZone } = house();
    return {
      houseName: name,
      time: createLocalTime(timeZone),
      createdAt: clock.now(),
      names,
    };
  }

  // The content's rows have the type that its columns read; a format works with any.
  function write(asked: Asked, format: FormatName, signal: AbortSignal) {
    const around = frame();
    const { write: toBytes } = FORMATS[format];
    if (asked.what === "events") {
      const rows = history.scan(asked.query, signal);
      return toBytes(eventsContent(around, { query: asked.query, rows }));
    }
    const query = { ...asked.query, timeZone: around.time.timeZone };
    const rows = scanStatistics(history, query, signal);
    return toBytes(statisticsContent(around, { query, rows }));
  }

  function fileOf(asked: Asked, format: FormatName) {
    const { extension, mediaType } = FORMATS[format];
    return { name: `${toName(asked, createLocalTime(house().timeZone))}.${extension}`, mediaType };
  }

  return {
    open: downloads.open,
    announce: (asked, format) => new Response(null, { headers: headersOf(fileOf(asked, format)) }),
    start: (asked, format, gone) =>
      downloads.start(
        { ...fileOf(asked, format), write: (signal) => write(asked, format, signal) },
        gone,
      ),
  };
}

/** `homeiq-events-light-kitchen-2026-11-01-2026-11-24`: letters, digits and hyphens, whatever was asked. */
function toName(asked: Asked, time: LocalTime): string {
  const { what, query } = asked;
  const ids = asked.what === "events" ? asked.query.entity : asked.query.entityIds;
  const only = ids?.length === 1 ? ids[0]?.replace(/[^a-z0-9]+/g, "-").slice(0, 60) : undefined;
  const { from, to } = query;
  const last = time.date(to - 1); // `to` is exclusive: a day that ends at midnight is that day
  const days = from === undefined ? ["until", last] : [time.date(from), last];
  const distinct = days[0] === last ? [last] : days;
  return ["homeiq", what, ...(only ? [only] : []), ...distinct].join("-");
}
