import { createTextOf, localeOf, type TextKey, type Values } from "./text-of.ts";

const DAY_MINUTES = 1_440;
const DAY_BEGINS_MINUTE = 240; // days of habits begin at 04:00
const LONG_MINUTES = 90;
const BRIEF_MINUTES = 2;

/** What things are called in this house. */
export interface Names {
  entity(entityId: string): string;
  deviceClass(entityId: string): string | undefined;
  area(areaId: string): string;
  /** By user id or person entity; absent: nobody knows. */
  person(id: string): string | undefined;
}

/** Says numbers, times and lists as the house's language and zone have them. */
export interface Words {
  say(key: TextKey, values?: Values): string;
  /** A text whose key is made of what was found; the second key where there is none. */
  sayFirst(keys: readonly string[], values?: Values): string;
  percent(share: number): string;
  /** Minutes since the day began at 04:00. */
  clock(minuteOfDay: number): string;
  moment(at: number): string;
  date(at: number): string;
  /** Minutes, with seconds where it is brief and hours where it is long. */
  duration(minutes: number): string;
  list(texts: readonly string[]): string;
}

export function createWords(language: string, timeZone: string): Words {
  const { say, has } = createTextOf(language);
  const locale = localeOf(language);
  const clock = new Intl.DateTimeFormat(locale, {
    ...{ hour: "2-digit", minute: "2-digit", timeZone: "UTC" },
    hourCycle: "h23",
  });
  const moment = new Intl.DateTimeFormat(locale, {
    ...{ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone },
    hourCycle: "h23",
  });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const list = new Intl.ListFormat(locale);

  return {
    say,
    sayFirst: (keys, values) => say(keys.find(has) ?? keys.at(-1) ?? "", values),
    percent: (share) => percent.format(share),
    clock: (minute) =>
      clock.format(
        (((Math.round(minute) + DAY_BEGINS_MINUTE) % DAY_MINUTES) + DAY_MINUTES) * 60_000,
      ),
    moment: (at) => moment.format(at),
    date: (at) => date.format(at),
    duration(minutes) {
      if (minutes < BRIEF_MINUTES) return say("seconds", { n: Math.round(minutes * 60) });
      if (minutes < LONG_MINUTES) return say("minutes", { n: Math.round(minutes) });
      const [hours, left] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
      const said = say("hours", { n: hours });
      if (left === 0) return said;
      return say("hours.minutes", { hours: said, minutes: say("minutes", { n: left }) });
    },
    list: (texts) => list.format(texts),
  };
}

/** An entity and what it became. */
export interface Done {
  readonly entityId: string;
  readonly to: string;
}

const domainOf = (entityId: string) => entityId.split(".")[0] ?? "";

/** `turn Hall light on` */
export function sayAct(words: Words, names: Names, { entityId, to }: Done): string {
  const name = names.entity(entityId);
  const keys = [`act.${domainOf(entityId)}.${to}`, `act.${to}`, "act.other"];
  return words.sayFirst(keys, { name, to: to.replaceAll("_", " ") });
}

/** `the front door opens`, of what sensors tell. */
export function saySaw(words: Words, names: Names, { entityId, to }: Done): string {
  const name = names.entity(entityId);
  const keys = [`saw.${names.deviceClass(entityId)}.${to}`, `saw.${to}`, "saw.other"];
  return words.sayFirst(keys, { name, to: to.replaceAll("_", " ") });
}
