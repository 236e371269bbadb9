import { weekdays } from "#lib/format.ts";
import { t } from "#lib/i18n/translate.ts";

/** At a time of day, on these days of the week as cron writes them: `*`, `1-5`, `6,0`, or one of `0` to `6`. */
export interface Schedule {
  /** `07:00`. */
  readonly time: string;
  readonly days: string;
}

const EVERY_DAY = "*";
const WORKDAYS = "1-5";
const WEEKEND = "6,0";
const SIMPLE = /^(\d{1,2}) (\d{1,2}) \* \* (\S+)$/;
const two = (value: string) => value.padStart(2, "0");

/** The days that can be chosen, in the order of a week. */
export const dayChoices = () => [
  { value: EVERY_DAY, text: t("tasks.days.all") },
  { value: WORKDAYS, text: t("tasks.days.workdays") },
  { value: WEEKEND, text: t("tasks.days.weekend") },
  ...weekdays("long").map((text, index) => ({ value: String((index + 1) % 7), text })),
];

/** What a pattern of cron means when it is one that can be chosen; else `undefined`. */
export function toSchedule(cron: string): Schedule | undefined {
  const [, minute = "", hour = "", days = ""] = SIMPLE.exec(cron.trim()) ?? [];
  const known = days === "0,6" ? WEEKEND : days;
  if (Number(minute) > 59 || Number(hour) > 23) return undefined;
  if (!dayChoices().some(({ value }) => value === known)) return undefined;
  return { time: `${two(hour)}:${two(minute)}`, days: known };
}

export function toCron({ time, days }: Schedule): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return `${minute} ${hour} * * ${days}`;
}

/** "Monday to Friday at 07:00"; a pattern that cannot be chosen as it is written. */
export function cronText(cron: string): string {
  const schedule = toSchedule(cron);
  if (!schedule) return cron;
  const days = dayChoices().find(({ value }) => value === schedule.days)?.text ?? "";
  return t("tasks.when", { days, time: schedule.time });
}
