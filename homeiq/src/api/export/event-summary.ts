import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import type { RecordedChange } from "#ingest/history/history.ts";
import { CAUSE_WORDS } from "./event-columns.ts";
import type { Chart, Figure, Summary } from "./export.ts";
import type { LocalTime } from "./local-time.ts";
import type { Names } from "./names.ts";
import { createSeriesCharts } from "./series-charts.ts";

const MOST_CHARTED = 8; // entities whose course is drawn; more would be a book
const MOST_BARS = 10;
const FIRST_MONDAY_DAY = 4; // 1970-01-05, in days since the epoch

const BY_PEOPLE = new Set(["person_dashboard", "person_voice", "physical"]);

interface Frame {
  readonly time: LocalTime;
  readonly names: Names;
  /** Entities that were asked for by id; their course is drawn when they are few. */
  readonly entityIds: readonly string[];
  readonly from: number | undefined;
  readonly to: number;
}

/** Counts changes by hour, cause, area and entity, and follows the course of those that were asked for. */
export function summarizeEvents(frame: Frame): Summary<RecordedChange> {
  const { time, names } = frame;
  const byHour = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  const causes = new Map<string, number>();
  const areas = new Map<string, number>();
  const entities = new Map<string, { name: string; count: number }>();
  let total = 0;
  let byPeople = 0;
  let series: ReturnType<typeof createSeriesCharts> | undefined;

  return {
    add(row) {
      total += 1;
      countHour(row.at);
      if (BY_PEOPLE.has(row.cause.rootKind ?? row.cause.kind)) byPeople += 1;
      count(causes, CAUSE_WORDS[row.cause.kind]);
      if (row.areaId) count(areas, names.area(row.areaId) ?? row.areaId);
      const entity = entities.get(row.entityId);
      if (entity) entity.count += 1;
      else entities.set(row.entityId, { name: row.name, count: 1 });
      if (frame.entityIds.length === 0 || frame.entityIds.length > MOST_CHARTED) return;
      series ??= createSeriesCharts({ from: frame.from ?? row.at, to: frame.to });
      if (row.kind !== "attributes") series.add(toPoint(row));
    },

    figures(): Figure[] {
      const share = total === 0 ? "none" : `${Math.round((100 * byPeople) / total)} %`;
      return [
        { label: "Changes", value: inWords(total) },
        { label: "Entities", value: inWords(entities.size) },
        { label: "Caused by people", value: share },
        { label: "Busiest hour of the week", value: busiest(byHour) },
      ];
    },

    charts(): Chart[] {
      if (total === 0) return [];
      return [
        ...(series?.charts() ?? []),
        { kind: "heat", title: "Changes by weekday and hour", byHour },
        { kind: "bars", title: "Who or what caused the changes", bars: toBars(causes) },
        ...barsWhenSeveral("Changes by area", toBars(areas)),
        ...barsWhenSeveral("Most active entities", mostActive()),
      ];
    },
  };

  function countHour(at: number): void {
    const local = at + time.offsetMs(at);
    const day = Math.floor(local / DAY_MS);
    const weekday = (((day - FIRST_MONDAY_DAY) % 7) + 7) % 7;
    const hours = byHour[weekday];
    const hour = Math.floor((local - day * DAY_MS) / HOUR_MS);
    if (hours) hours[hour] = (hours[hour] ?? 0) + 1;
  }

  function mostActive() {
    return [...entities.values()].sort((one, other) => other.count - one.count).slice(0, MOST_BARS);
  }
}

const toPoint = (row: RecordedChange) => ({
  entityId: row.entityId,
  name: row.name,
  at: row.at,
  ...(row.oldState === undefined ? {} : { before: row.oldState }),
  ...(row.newState === undefined ? {} : { state: row.newState }),
  ...(row.value === undefined ? {} : { value: row.value }),
  ...(row.unit === undefined ? {} : { unit: row.unit }),
});

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function busiest(byHour: readonly (readonly number[])[]): string {
  let most = { count: 0, text: "none" };
  for (const [weekday, hours] of byHour.entries()) {
    for (const [hour, count] of hours.entries()) {
      if (count > most.count) {
        const clock = `${String(hour).padStart(2, "0")}:00`;
        most = { count, text: `${WEEKDAYS[weekday]} ${clock}` };
      }
    }
  }
  return most.text;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

const toBars = (counts: ReadonlyMap<string, number>) =>
  [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((one, other) => other.count - one.count)
    .slice(0, MOST_BARS);

const barsWhenSeveral = (title: string, bars: ReturnType<typeof toBars>): Chart[] =>
  bars.length > 1 ? [{ kind: "bars", title, bars }] : [];

const inWords = (value: number) => value.toLocaleString("en-US");
