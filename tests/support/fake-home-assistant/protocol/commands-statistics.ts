import type { Simulation } from "../household/simulation.ts";
import type { Hour } from "../model/recorder.ts";
import { invalid } from "../model/schema.ts";
import { toList } from "../model/targets.ts";
import type { Commands, Message } from "./command.ts";
import { endOf, startOf } from "./time-argument.ts";

const PERIOD_MS: Readonly<Record<string, number>> = {
  "5minute": 300_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};
const PERIODS = ["5minute", "hour", "day", "week", "month", "year"];
const TYPES = ["change", "last_reset", "max", "mean", "min", "state", "sum"];
const UNIT_CLASS: Readonly<Record<string, string>> = {
  "°C": "temperature",
  kWh: "energy",
  W: "power",
  V: "voltage",
  hPa: "pressure",
  "km/h": "speed",
};

/** Recorder and statistics. */
export function statisticsCommands({ core, recorder }: Simulation): Commands {
  const { states, calendar, clock } = core;

  function describe(id: string) {
    const attributes = states.get(id)?.attributes ?? {};
    const unit = attributes.unit_of_measurement ?? null;
    const isSum = attributes.state_class === "total_increasing";
    return {
      statistic_id: id,
      display_unit_of_measurement: unit,
      statistics_unit_of_measurement: unit,
      has_mean: !isSum,
      mean_type: isSum ? 0 : 1,
      has_sum: isSum,
      name: null,
      source: "recorder",
      unit_class: UNIT_CLASS[String(unit)] ?? null,
    };
  }

  /** The start of the period, in the house's time zone, that holds a moment. */
  function periodStart(at: number, period: string): number {
    const stepMs = PERIOD_MS[period];
    if (period === "5minute" || period === "hour") {
      return Math.floor(at / (stepMs ?? 1)) * (stepMs ?? 1);
    }
    const midnight = calendar.momentOf(at, 0);
    const { weekday, date } = calendar.at(at);
    if (period === "day") return midnight;
    if (period === "week") {
      return calendar.momentOf(midnight + 43_200_000 - ((weekday + 6) % 7) * 86_400_000, 0);
    }
    const first = period === "month" ? `${date.slice(0, 8)}01` : `${date.slice(0, 5)}01-01`;
    return calendar.momentOf(Date.parse(`${first}T12:00:00Z`), 0);
  }

  function fiveMinutes(id: string): readonly Hour[] {
    const buckets: Hour[] = [];
    let sum = 0;
    let previous: number | undefined;
    for (const { state, updatedAt } of recorder.rowsOf(id)) {
      const value = Number(state);
      if (!Number.isFinite(value) || state === "") continue;
      sum += previous === undefined ? 0 : Math.max(0, value - previous);
      previous = value;
      const startAt = periodStart(updatedAt, "5minute");
      const last = buckets.at(-1);
      if (last?.startAt !== startAt) {
        buckets.push({
          startAt,
          min: value,
          max: value,
          total: value,
          count: 1,
          state: value,
          sum,
        });
        continue;
      }
      last.min = Math.min(last.min, value);
      last.max = Math.max(last.max, value);
      last.total += value;
      last.count += 1;
      last.state = value;
      last.sum = sum;
    }
    return buckets;
  }

  function during(message: Message) {
    const start = startOf(message.start_time);
    const end = endOf(message.end_time, clock.now());
    const period = String(message.period);
    if (!PERIODS.includes(period)) {
      throw invalid(`value must be one of ['${PERIODS.join("', '")}'] @ data['period']`);
    }
    const types = message.types === undefined ? TYPES : toList(message.types);
    const answer: Record<string, unknown> = {};
    for (const id of toList(message.statistic_ids)) {
      const source = period === "5minute" ? fiveMinutes(id) : recorder.hoursOf(id);
      const grouped = Map.groupBy(source, ({ startAt }) => periodStart(startAt, period));
      const isSum = describe(id).has_sum;
      let sumBefore = 0;
      const points: unknown[] = [];
      for (const [startAt, hours] of grouped) {
        const last = hours.at(-1);
        if (last === undefined) continue;
        const change = last.sum - sumBefore;
        sumBefore = last.sum;
        if (startAt < start || startAt >= end) continue;
        points.push(toPoint({ startAt, period, hours, isSum, change, types }));
      }
      if (points.length > 0) answer[id] = points;
    }
    return answer;
  }

  function toPoint(values: {
    startAt: number;
    period: string;
    hours: readonly Hour[];
    isSum: boolean;
    change: number;
    types: readonly string[];
  }) {
    const { startAt, period, hours, isSum, change, types } = values;
    const stepMs = PERIOD_MS[period] ?? 31 * 86_400_000;
    const nextAt = period.endsWith("minute") || period === "hour" ? startAt + stepMs : undefined;
    const end = nextAt ?? periodStart(startAt + stepMs + 43_200_000, period);
    const sums = hours.reduce(
      (all, one) => ({ total: all.total + one.total, count: all.count + one.count }),
      { total: 0, count: 0 },
    );
    const known: Readonly<Record<string, unknown>> = isSum
      ? { change, last_reset: null, state: hours.at(-1)?.state, sum: hours.at(-1)?.sum }
      : {
          max: Math.max(...hours.map(({ max }) => max)),
          mean: sums.total / sums.count,
          min: Math.min(...hours.map(({ min }) => min)),
        };
    const chosen = types.filter((type) => type in known).map((type) => [type, known[type]]);
    return { start: startAt, end, ...Object.fromEntries(chosen) };
  }

  return {
    "recorder/info": {
      run: () => ({
        backlog: 0,
        db_in_default_location: true,
        max_backlog: 65_000,
        migration_in_progress: false,
        migration_is_live: false,
        recording: true,
        thread_running: true,
      }),
    },
    "recorder/list_statistic_ids": {
      schema: { statistic_type: "string" },
      run: ({ message }) =>
        [...recorder.statisticIds()].map(describe).filter(({ has_sum }) => {
          const type = message.statistic_type;
          return type === undefined || has_sum === (type === "sum");
        }),
    },
    "recorder/get_statistics_metadata": {
      schema: { statistic_ids: "list" },
      run({ message }) {
        const ids = message.statistic_ids;
        const known = [...recorder.statisticIds()];
        return (ids === undefined ? known : toList(ids).filter((id) => known.includes(id))).map(
          describe,
        );
      },
    },
    "recorder/statistics_during_period": {
      schema: {
        start_time: "string!",
        end_time: "string",
        statistic_ids: "list!",
        period: "string!",
        units: "object",
        types: "list",
      },
      run: ({ message }) => during(message),
    },
  };
}
