import type { ComponentProps } from "svelte";
import { number } from "#lib/format.ts";
import { t } from "#lib/i18n/translate.ts";
import type { KnownPattern, PatternStatus } from "#lib/pattern-api.ts";
import type Mark from "./Mark.svelte";

type Look = Pick<ComponentProps<typeof Mark>, "icon" | "tone">;

/** How the state of a habit looks. */
export const STATUS_LOOKS: Readonly<Record<PatternStatus, Look>> = {
  active: { icon: "check", tone: "good" },
  fading: { icon: "clock", tone: "warn" },
  ended: { icon: "minus", tone: "quiet" },
};

const TIMES = 100;

/** A share as so many of 100 times. */
export const ofHundred = (share: number) => number(share * TIMES, 0);

export const countsText = ({ seenCount, missedCount }: KnownPattern) =>
  [
    ...(seenCount > 0 || missedCount === 0 ? [t("patterns.seen", { n: seenCount })] : []),
    ...(missedCount > 0 ? [t("patterns.missed", { n: missedCount })] : []),
  ].join(", ");

/** An exception does not come again and again: it says how rare such a day is. */
export const isException = ({ kind }: KnownPattern) => kind === "anomaly";

/** In how many days one is as unusual. */
export const daysFor = ({ chance }: KnownPattern) => Math.round(1 / chance);

export const sureText = (pattern: KnownPattern) =>
  isException(pattern)
    ? t("patterns.rare", { n: daysFor(pattern) })
    : t("patterns.sure", { percent: ofHundred(pattern.confidence) });
