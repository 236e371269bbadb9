import type { Texts } from "#ai/texts/texts.ts";
import { DAY_MS } from "#foundation/time.ts";
import type { Factor } from "./suggestion.ts";

const WEEK_DAYS = 7;
const USEFUL_HALF = 2; // times a week at which something is half as useful as it can be
const ASK_COSTS = 0.25; // a question to be answered first is a quarter of what one act spares

/** How often something was done, over which time. */
export interface ByHand {
  readonly times: number;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

interface Asked extends ByHand {
  readonly key?: "factor.usefulness.by_hand" | "factor.usefulness.unused";
}

/** How often it would have done something, by the week. */
export function usefulness(texts: Texts, { times, from, to, key }: Asked): Factor {
  const days = Math.max(1, (to - from) / DAY_MS);
  const perWeek = (times / days) * WEEK_DAYS;
  const value = perWeek / (perWeek + USEFUL_HALF);
  const why = texts.say(key ?? "factor.usefulness", {
    perWeek: Math.round(perWeek * 10) / 10,
    n: Math.round(days),
  });
  return { name: "usefulness", value, why };
}

/** Nothing that acts on the same yet is new; each that does makes it less so. */
export function novelty(texts: Texts, already: number): Factor {
  const why = texts.say(already === 0 ? "factor.novelty.new" : "factor.novelty", { n: already });
  return { name: "novelty", value: 1 / (1 + already), why };
}

/** What changes, joins or takes away automations is not less new because they act already. */
export const mends = (texts: Texts): Factor => ({
  name: "novelty",
  value: 1,
  why: texts.say("factor.novelty.mends"),
});

/** How many acts it spares each time, less what must be answered before. */
export function effort(
  texts: Texts,
  { acts, asks }: { readonly acts: number; readonly asks: number },
): Factor {
  const spared = Math.max(1, acts);
  const value = spared / (spared + 1) / (1 + ASK_COSTS * asks);
  const said = texts.say("factor.effort", { n: spared });
  const why = asks === 0 ? said : `${said} ${texts.say("factor.effort.asks", { n: asks })}`;
  return { name: "effort", value, why };
}

export const totalOf = (factors: readonly Factor[]): number =>
  factors.reduce((product, { value }) => product * value, 1);
