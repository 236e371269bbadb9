import { eachOf, kindOf, openFields } from "./fields.ts";
import { isEntityId, readEntityOf } from "./read-entity.ts";
import { checkTemplate } from "./read-json.ts";
import { toInteger } from "./read-number.ts";
import { readOffset } from "./read-period.ts";
import { type At, given, type Reading, replaceBy } from "./reading.ts";
import {
  type ClockTime,
  isTagged,
  isTemplateText,
  tagText,
  WEEKDAYS,
  type Weekday,
} from "./value.ts";

/** `"7:30"`, `"07:30"`, `"07:30:15"` as milliseconds after midnight. */
export function clockTimeMs(text: string): number | undefined {
  const [hours, minutes, seconds = 0] = text.split(":").map(toInteger);
  if (!within(hours, 23) || !within(minutes, 59) || !within(seconds, 59)) return undefined;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

const within = (number: number | undefined, most: number): number is number =>
  number !== undefined && number >= 0 && number <= most;

/** `at` of a time trigger: a time, an entity that holds one (with an offset), or a template. */
export function readTriggerTime(r: Reading, at: At): ClockTime | undefined {
  const { value, path } = at;
  if (typeof value === "object" && value !== null && !Array.isArray(value) && !isTagged(value)) {
    const fields = openFields(r, at, "a time with an entity");
    const entityId = fields?.must("entity_id", readEntityOf("input_datetime", "sensor"));
    const offset = fields?.pick("offset", readOffset);
    fields?.close();
    return entityId === undefined ? undefined : given({ entityId, offset });
  }
  if (typeof value === "string" && isTemplateText(value)) {
    checkTemplate(r, { value, path });
    return { template: value };
  }
  return readTime(r, at, ["input_datetime", "sensor"]);
}

/** `after`, `before` of a time condition: a time, or an entity that holds one. */
export function readConditionTime(r: Reading, at: At): ClockTime | undefined {
  return readTime(r, at, ["input_datetime", "time", "sensor"]);
}

function readTime(r: Reading, at: At, domains: string[]): ClockTime | undefined {
  const { value, path } = at;
  if (isTagged(value) && value.tag !== "!input") return { template: tagText(value) };
  if (typeof value === "string") {
    const ms = clockTimeMs(value);
    if (ms !== undefined) return { ms };
    if (isEntityId(value.toLowerCase())) {
      const entityId = readEntityOf(...domains)(r, at);
      return entityId === undefined ? undefined : { entityId };
    }
  }
  const meant = typeof value === "number" ? sexagesimal(value) : spokenTime(value);
  const shown =
    typeof value === "string" || typeof value === "number" ? `\`${value}\`` : kindOf(value);
  const why = typeof value === "number" ? " (YAML reads a bare time as a number: quote it)" : "";
  r.error(
    path,
    "invalid_time",
    `${shown} is not a time such as "07:30" or "07:30:00"${why}, nor an entity of ${domains.join(" or ")}.`,
    {
      ...(meant !== undefined && { fix: replaceBy(path, meant) }),
    },
  );
  return undefined;
}

const two = (value: number) => String(value).padStart(2, "0");

/** What was written when YAML made a number of a bare time: 750 was 12:30, 79200 was 22:00:00. */
function sexagesimal(number: number): string | undefined {
  if (!Number.isInteger(number) || number < 0 || number >= 86_400) return undefined;
  if (number < 1440) return `${two(Math.floor(number / 60))}:${two(number % 60)}`;
  return `${two(Math.floor(number / 3600))}:${two(Math.floor(number / 60) % 60)}:${two(number % 60)}`;
}

/** `7am`, `7:30 pm`, `noon` as `"HH:MM:SS"`. */
function spokenTime(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.toLowerCase().trim();
  if (text === "noon" || text === "midday") return "12:00:00";
  if (text === "midnight") return "00:00:00";
  const [, hour, minute = "0", half] =
    /^(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])\.?m?\.?$/.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 12) return undefined;
  const hours = (Number(hour) % 12) + (half === "p" ? 12 : 0);
  return Number(minute) < 60 ? `${two(hours)}:${two(Number(minute))}:00` : undefined;
}

/** One or several of `mon` … `sun`. */
export function readWeekdays(r: Reading, at: At): Weekday[] | undefined {
  const all = eachOf(at);
  const days = all.map((each) => readWeekday(r, each)).filter((day) => day !== undefined);
  return days.length === all.length ? days : undefined;
}

function readWeekday(r: Reading, { value, path }: At): Weekday | undefined {
  const found = WEEKDAYS.find((day) => day === value);
  if (found) return found;
  const short = typeof value === "string" ? value.trim().toLowerCase().slice(0, 3) : "";
  const meant = WEEKDAYS.find((day) => day === short);
  r.error(path, "invalid_weekday", `Write a day as one of ${WEEKDAYS.join(", ")}.`, {
    ...(meant && { fix: replaceBy(path, meant) }),
  });
  return undefined;
}
