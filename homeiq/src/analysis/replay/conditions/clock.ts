import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import {
  type ClockTime,
  type SunCondition,
  type TimeCondition,
  WEEKDAYS,
} from "#home/automation/automation.ts";
import type { WorldState } from "../past/past.ts";
import { type Failure, isFailure, type LocalDays, toPeriodMs } from "../stage/stage.ts";
import type { Scope } from "./verdict.ts";

interface Said {
  readonly verdict: boolean | Failure;
  readonly words: string;
}

const LAST_MS = DAY_MS - 0.001; // 23:59:59.999999

/** After later than before spans midnight (Home Assistant's `condition.time`, 2026.11). */
export function checkTime({ after, before, weekdays }: TimeCondition, scope: Scope): Said {
  const { days, world } = scope.stage;
  const { msOfDay, weekday } = days.wallTime(world.now);
  const from = after === undefined ? 0 : clockIn(after, scope);
  const to = before === undefined ? LAST_MS : clockIn(before, scope);
  if (isFailure(from) || isFailure(to)) {
    const failure = isFailure(from) ? from : (to as Failure);
    return { verdict: failure, words: failure.error };
  }
  if (from === undefined || to === undefined) {
    return { verdict: false, words: "the entity that holds the time has none" };
  }
  const isWithin = from < to ? msOfDay >= from && msOfDay < to : !(msOfDay >= to && msOfDay < from);
  const today = WEEKDAYS[weekday] ?? "mon";
  const isDay = weekdays === undefined || weekdays.includes(today);
  const span = [
    ...(after === undefined ? [] : [`after ${clockWords(from)}`]),
    ...(before === undefined ? [] : [`before ${clockWords(to)}`]),
    ...(weekdays === undefined ? [] : [`on ${weekdays.join(", ")}`]),
  ].join(" and ");
  return {
    verdict: isWithin && isDay,
    words: `it was ${clockWords(msOfDay)} on ${today}, it must be ${span}`,
  };
}

function clockIn(time: ClockTime, { stage, variables }: Scope): number | undefined | Failure {
  if ("ms" in time) return time.ms;
  if ("template" in time) {
    const rendered = stage.texts.render(time.template, variables);
    return isFailure(rendered) ? rendered : toPeriodMs(rendered);
  }
  const state = stage.world.state(time.entityId);
  if (!state) return { error: `${time.entityId} is unknown` };
  if (state.entityId.startsWith("input_datetime.")) {
    const { hour = 23, minute = 59, second = 59 } = state.attributes;
    if (state.attributes.hour === undefined) return clockOf(state, stage.days);
    return Number(hour) * HOUR_MS + Number(minute) * MINUTE_MS + Number(second) * SECOND_MS;
  }
  const clock = clockOf(state, stage.days);
  if (clock !== undefined) return clock;
  const moment = momentIn(state, stage.days);
  return moment === undefined ? undefined : stage.days.wallTime(moment).msOfDay;
}

const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const LOCAL_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})$/;

/** The clock time that an entity holds without a date. Milliseconds after midnight. */
export function clockOf(state: WorldState, _days: LocalDays): number | undefined {
  const [, hours, minutes, seconds = "0"] = CLOCK.exec(state.state) ?? [];
  if (hours === undefined) return undefined;
  return Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds) * SECOND_MS;
}

/** The moment that an entity holds: a date of the house's time, or an instant with its zone. */
export function momentIn(state: WorldState, days: LocalDays): number | undefined {
  if (MOMENT.test(state.state)) {
    const at = Date.parse(state.state.replace(" ", "T"));
    return Number.isNaN(at) ? undefined : at;
  }
  const [, year, month, day, hour = "0", minute = "0", second = "0"] =
    LOCAL_DATE.exec(state.state) ?? [];
  if (year === undefined) return undefined;
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY_MS;
  const ms = Number(hour) * HOUR_MS + Number(minute) * MINUTE_MS + Number(second) * SECOND_MS;
  return days.momentsOf(date, ms)[0];
}

/** Home Assistant's `sun` condition, 2026.11. */
export function checkSun(condition: SunCondition, scope: Scope): Said {
  const { after, before, afterOffset, beforeOffset } = condition;
  const { sun, days, world } = scope.stage;
  if (!sun) {
    const error = "nobody said where the house stands";
    return { verdict: { error }, words: error };
  }
  const { day } = days.wallTime(world.now);
  const moved = (offset: SunCondition["afterOffset"]) =>
    offset === undefined ? 0 : scope.stage.texts.period(offset, scope.variables);
  const [late, early] = [moved(afterOffset), moved(beforeOffset)];
  if (isFailure(late)) return { verdict: late, words: late.error };
  if (isFailure(early)) return { verdict: early, words: early.error };
  // Home Assistant asks for a day of UTC; where that is one too early, it takes the next.
  const eventOn = (event: "sunrise" | "sunset") => {
    const found = sun.on(day, event);
    const isEarlier = found !== undefined && days.wallTime(found).day < day;
    return isEarlier ? sun.on(day + 1, event) : found;
  };
  const from = after && eventOn(after);
  const to = before && eventOn(before);
  if ((after && from === undefined) || (before && to === undefined)) {
    return { verdict: false, words: "the sun does not rise or set on this day" };
  }
  const isAfter = from === undefined || world.now >= from + late;
  const isBefore = to === undefined || world.now <= to + early;
  const isNight = before === "sunrise" && after === "sunset";
  const text = (at: number | undefined) =>
    at === undefined ? "" : clockWords(days.wallTime(at).msOfDay);
  const span = [
    ...(after ? [`after ${after} (${text(from && from + late)})`] : []),
    ...(before ? [`before ${before} (${text(to && to + early)})`] : []),
  ].join(isNight ? " or " : " and ");
  return {
    verdict: isNight ? isAfter || isBefore : isAfter && isBefore,
    words: `it was ${text(world.now)}, it must be ${span}`,
  };
}

function clockWords(ms: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const seconds = Math.floor((ms % MINUTE_MS) / SECOND_MS);
  return `${two(ms / HOUR_MS)}:${two((ms % HOUR_MS) / MINUTE_MS)}${seconds > 0 ? `:${two(seconds)}` : ""}`;
}
