import { eachOf } from "./fields.ts";
import { readEntityId } from "./read-entity.ts";
import type { ReadTrigger } from "./read-kind.ts";
import { toInteger } from "./read-number.ts";
import { readOffset } from "./read-period.ts";
import { readWord } from "./read-text.ts";
import { readTriggerTime, readWeekdays } from "./read-time.ts";
import { type At, given, type Reading } from "./reading.ts";

const PARTS = ["hours", "minutes", "seconds"] as const;

/** Triggers on the clock, the sun, calendars and the start of Home Assistant. */
export const TIME_READERS: Readonly<Record<string, ReadTrigger>> = {
  time(_r, fields, common) {
    return given({
      ...common,
      kind: "time" as const,
      at: fields.must("at", readTimes) ?? [],
      weekdays: fields.pick("weekday", readWeekdays),
    });
  },

  time_pattern(r, fields, common) {
    if (!PARTS.some((part) => fields.has(part))) {
      for (const part of PARTS) fields.get(part);
      r.error(fields.path, "missing_key", "A time pattern needs `hours`, `minutes` or `seconds`.", {
        facts: { key: "minutes" },
      });
    }
    return given({
      ...common,
      kind: "time_pattern" as const,
      hours: fields.pick("hours", readPattern(23)),
      minutes: fields.pick("minutes", readPattern(59)),
      seconds: fields.pick("seconds", readPattern(59)),
    });
  },

  sun(_r, fields, common) {
    return given({
      ...common,
      kind: "sun" as const,
      event: fields.must("event", readWord(["sunrise", "sunset"], { anyCase: true })) ?? "sunset",
      offset: fields.pick("offset", readOffset),
    });
  },

  calendar(_r, fields, common) {
    return given({
      ...common,
      kind: "calendar" as const,
      entityId: fields.must("entity_id", readEntityId) ?? "",
      event: fields.pick("event", readWord(["start", "end"])) ?? "start",
      offset: fields.pick("offset", readOffset),
    });
  },

  homeassistant(_r, fields, common) {
    return {
      ...common,
      kind: "homeassistant",
      event: fields.must("event", readWord(["start", "shutdown"])) ?? "start",
    };
  },
};

function readTimes(r: Reading, at: At) {
  return eachOf(at).flatMap((each) => readTriggerTime(r, each) ?? []);
}

/** `5`, `"/5"` or `"*"`. */
const readPattern =
  (most: number) =>
  (r: Reading, { value, path }: At): string | undefined => {
    if (value === "*") return "*";
    const step = typeof value === "string" && value.startsWith("/");
    const number = toInteger(step ? value.slice(1) : value);
    const least = step ? 1 : 0;
    if (number !== undefined && number >= least && number <= most)
      return step ? `/${number}` : String(number);
    const what = number === undefined ? "is no part of a time pattern" : "is out of range";
    r.error(
      path,
      "invalid_pattern",
      `\`${String(value)}\` ${what}: write \`*\`, a number up to ${most}, or \`/\` and a number.`,
    );
    return undefined;
  };
