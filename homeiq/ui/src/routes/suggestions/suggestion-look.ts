import type { ComponentProps } from "svelte";
import type { IconName } from "#lib/components/icons.ts";
import { type Format, hourText, money, number } from "#lib/format.ts";
import { t } from "#lib/i18n/translate.ts";
import type {
  Suggestion,
  SuggestionSource,
  SuggestionStatus,
  SuggestionTest,
} from "#lib/suggestion-api.ts";
import type Mark from "./Mark.svelte";

type Look = Pick<ComponentProps<typeof Mark>, "icon" | "tone">;

export const STATUS_LOOKS: Readonly<Record<SuggestionStatus, Look>> = {
  open: { icon: "idea", tone: "info" },
  waiting: { icon: "clock", tone: "quiet" },
  snoozed: { icon: "clock", tone: "quiet" },
  accepted: { icon: "script", tone: "info" },
  deployed: { icon: "check", tone: "good" },
  probation: { icon: "gauge", tone: "info" },
  kept: { icon: "check", tone: "good" },
  undone: { icon: "undo", tone: "warn" },
  dismissed: { icon: "close", tone: "quiet" },
  expired: { icon: "minus", tone: "quiet" },
};

export const SOURCE_ICONS: Readonly<Record<SuggestionSource, IconName>> = {
  pattern: "history",
  synergy: "link",
  template: "devices",
  automation: "automation",
  scene: "script",
  override: "hand",
  feature: "idea",
  energy: "energy",
};

/** What is shown together, by what became of it. */
export const GROUPS = {
  open: ["open"],
  later: ["snoozed", "waiting"],
  taken: ["accepted", "deployed", "probation", "kept"],
  gone: ["dismissed", "undone", "expired"],
} as const satisfies Record<string, readonly SuggestionStatus[]>;
export type Group = keyof typeof GROUPS;

const DAY_MS = 86_400_000;
const DAY_MINUTES = 1_440;
const CURRENCY = /^[A-Z]{3}$/; // as ISO 4217 has it
const HOURS = 24;

export const statusText = ({ status, snoozedUntil }: Suggestion, format: Format) =>
  status === "snoozed" && snoozedUntil !== undefined
    ? t("suggestions.status.snoozed.until", { time: format.date(snoozedUntil) })
    : t(`suggestions.status.${status}`);

/** What the picture of when it happened says, as a sentence; empty when there is none. */
export function seenTitle({ chart }: Pick<Suggestion, "chart">): string {
  const seen = chart.filter(({ is }) => is === "seen");
  const missed = chart.length - seen.length;
  if (seen.length === 0) {
    const time = minuteText(usualMinute(chart));
    return missed === 0 ? "" : t("suggestions.seen.never", { n: missed, time });
  }
  const usual = usualMinute(seen);
  const near = seen.filter(({ minute }) => apart(minute, usual) <= NEAR_MINUTES);
  const key = near.length * 2 < seen.length ? "suggestions.seen.scattered" : "suggestions.seen";
  const said = t(key, { n: seen.length, time: minuteText(usual) });
  return missed > 0 && seen.length > 1
    ? t("suggestions.seen.missed", { seen: said, missed: t("patterns.missed", { n: missed }) })
    : said;
}

const NEAR_MINUTES = 60; // farther away it is not "at about" to a person

function apart(one: number, other: number): number {
  const between = Math.abs(one - other);
  return Math.min(between, DAY_MINUTES - between);
}

/** The minute to which all others are nearest, around midnight too. */
function usualMinute(times: readonly { readonly minute: number }[]): number {
  const sums = times.map(({ minute }) => ({
    minute,
    sum: times.reduce((sum, other) => sum + apart(minute, other.minute), 0),
  }));
  return sums.toSorted((one, other) => one.sum - other.sum)[0]?.minute ?? 0;
}

const minuteText = (minute: number) => hourText(minute / 60);

/** How often it happened, or could have where it never did, by weekday (Monday first) and hour. */
export function heatOf({ chart }: Pick<Suggestion, "chart">, { zone }: Format): number[] {
  const heat = Array.from({ length: 7 * HOURS }, () => 0);
  const shown = chart.some(({ is }) => is === "seen") ? "seen" : "missed";
  for (const { at, is } of chart) {
    if (is !== shown) continue;
    const { year, month, day, hour } = zone.toWall(at);
    const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
    const index = weekday * HOURS + hour;
    heat[index] = (heat[index] ?? 0) + 1;
  }
  return heat;
}

type Tested = Extract<SuggestionTest, { state: "done" }>;
const PARTS = ["matched", "annoying", "unasked", "idle"] as const;
export type TestPart = (typeof PARTS)[number];

/** What it would have done, as a sentence; `usualDays` are played where so many are recorded. */
export function testTitle({ from, to, runs }: Tested, usualDays: number): string {
  const span = spanText((to - from) / DAY_MS, usualDays);
  return runs === 0
    ? t("suggestions.test.none", { span })
    : t("suggestions.test", { span, n: runs });
}

function spanText(days: number, usualDays: number): string {
  const n = Math.round(days);
  if (n >= usualDays) return t("suggestions.test.last", { n });
  return n < 1 ? t("suggestions.test.hours") : t("suggestions.test.recorded", { n });
}

/** What its runs would have been to people; only what there is. */
export const testParts = (test: Tested): { part: TestPart; n: number; text: string }[] =>
  PARTS.filter((part) => test[part] > 0).map((part) => ({
    part,
    n: test[part],
    text: t(`suggestions.test.${part}`, { n: test[part] }),
  }));

/** What it would have saved; `undefined` when nothing could be measured. */
export function savingText({ saving }: Pick<Suggestion, "saving">): string | undefined {
  if (!saving) return undefined;
  const { unit, days } = saving;
  const said = (value: number) =>
    CURRENCY.test(unit) ? money(value, unit) : `${number(value, 2)} ${unit}`;
  return t("suggestions.saving", {
    value: said(saving.value),
    low: said(saving.low),
    high: said(saving.high),
    n: days,
  });
}

/** Something that must be chosen, and is not. */
export const isToChoose = ({ choices }: Pick<Suggestion, "choices">) =>
  choices.some(({ ask, value }) => ask || value === undefined);
