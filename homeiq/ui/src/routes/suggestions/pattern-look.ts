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
    t("patterns.seen", { n: seenCount }),
    ...(missedCount > 0 ? [t("patterns.missed", { n: missedCount })] : []),
  ].join(", ");
