import type { Pattern } from "#analysis/patterns/patterns.ts";
import { parts } from "#analysis/templates/templates.ts";
import { type Condition, WEEKDAYS } from "#home/automation/automation.ts";
import type { HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";

type DaySet = Extract<Pattern, { kind: "time_of_day" }>["on"];
type Kind = Extract<Pattern, { kind: "day_type" }>["on"];

const DAY_MINUTES = 1_440;
const DAY_BEGINS_MINUTE = 240; // habits' days begin at 04:00
const WEEKEND = [5, 6];
const WORKWEEK = [0, 1, 2, 3, 4];

/**
 * The days as the calendar has them: what comes after midnight belongs to the habit's day before.
 *
 * Where the house has a workday sensor, or a calendar of holidays, workdays are without holidays; both say it of today
 * only, so that after midnight it is the weekdays alone.
 */
export function dayConditions(on: DaySet, minute: number, home: HomeSnapshot): Condition[] {
  if (on === "all") return [];
  const isNext = minute + DAY_BEGINS_MINUTE >= DAY_MINUTES;
  if (typeof on === "number") return [onWeekdays([on], isNext)];
  const isWork = on === "workdays";
  const sensor = isNext ? undefined : workdaySensorIn(home);
  if (sensor) return [parts.is(sensor.entityId, isWork ? "on" : "off")];
  const weekdays = onWeekdays(isWork ? WORKWEEK : WEEKEND, isNext);
  const calendar = isNext ? undefined : holidaysIn(home);
  if (!calendar) return [weekdays];
  return isWork
    ? [weekdays, parts.is(calendar.entityId, "off")]
    : [{ kind: "or", conditions: [weekdays, parts.is(calendar.entityId, "on")] }];
}

/** `undefined`: nothing in the house knows holidays. */
export function kindConditions(
  kind: Kind,
  minute: number,
  home: HomeSnapshot,
): Condition[] | undefined {
  if (kind === "workday") return dayConditions("workdays", minute, home);
  const isNext = minute + DAY_BEGINS_MINUTE >= DAY_MINUTES;
  if (kind === "weekend") return [onWeekdays(WEEKEND, isNext)];
  const sensor = isNext ? undefined : workdaySensorIn(home);
  const calendar = isNext ? undefined : holidaysIn(home);
  const weekdays = onWeekdays(WORKWEEK, isNext);
  if (calendar) return [weekdays, parts.is(calendar.entityId, "on")];
  return sensor && [weekdays, parts.is(sensor.entityId, "off")];
}

export const onWeekdays = (days: readonly number[], isNext: boolean): Condition =>
  parts.onDays(days.flatMap((day) => WEEKDAYS[(day + (isNext ? 1 : 0)) % 7] ?? []));

const isTold = ({ state, disabledBy }: HomeEntity, states: readonly string[]) =>
  state !== undefined && disabledBy === undefined && states.includes(state);

/** The one of today: the integration makes others that look ahead. */
const workdaySensorIn = ({ entities }: HomeSnapshot) =>
  firstOf(
    entities,
    (one) =>
      one.domain === "binary_sensor" &&
      one.platform === "workday" &&
      (one.attributes.days_offset ?? 0) === 0 &&
      isTold(one, ["on", "off"]),
  );

const holidaysIn = ({ entities }: HomeSnapshot) =>
  firstOf(
    entities,
    (one) => one.domain === "calendar" && one.platform === "holiday" && isTold(one, ["on", "off"]),
  );

/** By id, so that it is always the same. */
const firstOf = (
  entities: HomeSnapshot["entities"],
  fits: (one: HomeEntity) => boolean,
): HomeEntity | undefined =>
  [...entities.values()]
    .filter(fits)
    .sort((one, other) => (one.entityId < other.entityId ? -1 : 1))[0];
