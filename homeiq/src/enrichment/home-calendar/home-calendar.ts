import { z } from "zod";
import type { CalendarEvent, CalendarFacts, Place, Provider } from "#enrichment/provider.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import { readShape } from "#foundation/http.ts";
import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";
import { momentOfWall } from "#foundation/wall-time.ts";
import type { Command } from "#home/connection/connection.ts";

// The action `calendar.get_events` says moments as text, `GET /api/calendars/{entity}` as `{ dateTime }` or `{ date }`.

const Moment = z.union([
  z.string(),
  z.object({ dateTime: z.string() }).transform(({ dateTime }) => dateTime),
  z.object({ date: z.string() }).transform(({ date }) => date),
]);

const WireEvent = z.object({ start: Moment, end: Moment, summary: z.string().nullish() });
const Events = z.array(WireEvent);
const Answer = z.object({
  response: z.record(z.string(), z.object({ events: z.array(z.unknown()) })),
});

/**
 * The events of one calendar, in order; each time of a series is one. What lasts whole days begins and ends at the
 * house's midnight.
 *
 * Throws `internal` when the list is not one, or holds an event without a time.
 */
export function readHomeCalendar(
  calendar: string,
  list: unknown,
  timeZone: string,
): readonly CalendarEvent[] {
  const events = readShape(list, Events).map(({ start, end, summary }) => ({
    calendar,
    summary: summary?.trim() ?? "",
    isAllDay: IS_DATE.test(start),
    start: toMoment(start, timeZone),
    end: toMoment(end, timeZone),
  }));
  return events.sort((one, other) => one.start - other.start || one.end - other.end);
}

const IS_DATE = /^\d{4}-\d\d-\d\d$/;
const HAS_ZONE = /(Z|[+-]\d\d:?\d\d)$/;

function toMoment(text: string, timeZone: string): number {
  const isBare = IS_DATE.test(text) || !HAS_ZONE.test(text);
  const at = Date.parse(isBare ? `${text}${IS_DATE.test(text) ? "T00:00" : ""}Z` : text);
  if (Number.isNaN(at)) {
    throw new AppError("internal", "http.unexpected_shape", "An event has no time", {
      facts: { at: "start" },
    });
  }
  return isBare ? momentOfWall(timeZone, at) : at;
}

interface Deps {
  /** The entity ids of Home Assistant's calendars, as the user chose or all. */
  readonly calendars: () => readonly string[];
  readonly request: (command: Command) => Promise<unknown>;
  readonly place: Pick<Place, "timeZone">;
  readonly clock: Clock;
}

const BACK_MS = DAY_MS; // what began yesterday may go on
const AHEAD_MS = 15 * DAY_MS;

/**
 * Home Assistant's calendars, whichever service they come from.
 *
 * A calendar that does not answer hides no other. Throws `unconfigured` `home_calendar.none` without a calendar, and
 * what the first one failed with when all do.
 */
export function createHomeCalendar({
  calendars,
  request,
  place,
  clock,
}: Deps): Provider<CalendarFacts> {
  async function ask(calendar: string): Promise<readonly CalendarEvent[]> {
    const now = clock.now();
    const answer = await request({
      type: "call_service",
      domain: "calendar",
      service: "get_events",
      target: { entity_id: calendar },
      service_data: {
        start_date_time: new Date(now - BACK_MS).toISOString(),
        end_date_time: new Date(now + AHEAD_MS).toISOString(),
      },
      return_response: true,
    });
    const { response } = readShape(answer, Answer);
    return readHomeCalendar(calendar, response[calendar]?.events ?? [], place.timeZone);
  }

  return {
    name: "home-calendar",
    topic: "calendar",
    maxAgeMs: 15 * MINUTE_MS,

    async fetch() {
      const asked = calendars();
      if (asked.length === 0) {
        throw new AppError("unconfigured", "home_calendar.none", "Home Assistant has no calendar");
      }
      const answers = await Promise.allSettled(asked.map(ask));
      const failed = answers.find((answer) => answer.status === "rejected");
      if (failed && answers.every(({ status }) => status === "rejected")) {
        throw toAppError(failed.reason);
      }
      const events = answers.flatMap((answer) =>
        answer.status === "fulfilled" ? answer.value : [],
      );
      return { events: events.sort((one, other) => one.start - other.start) };
    },
  };
}
