import type { Texts } from "#ai/texts/texts.ts";
import { DAY_MS } from "#foundation/time.ts";
import type { Candidate } from "./candidate.ts";
import { totalOf } from "./factors.ts";
import type { Liking } from "./learning.ts";
import type { Factor, Score, SuggestionTest } from "./suggestion.ts";

type Played = Extract<SuggestionTest, { state: "done" }>;

/** What does what people do at the same moment: how often they were as one says how sure it is. */
const IMITATES = new Set([
  ...["time_of_day", "contextual", "co_activation", "sequence", "routine"],
  ...["day_type", "person", "seasonal", "multi_factor", "frequency"],
]);
/** What ends what was forgotten is of use only as often as something was; what found all so already, of none. */
const ENDS = new Set(["duration", "left_on"]);
const IDLE_WORTH = 0.2;
const FEWEST_RUNS = 5; // fewer say little
const MATCH_ADDS = 0.5;

interface Known {
  readonly liking: Liking;
  readonly test: SuggestionTest | null;
  readonly texts: Texts;
}

/** The product of the four factors, after what answers taught and what playing it over the past showed. */
export function scoreOf(candidate: Candidate, { liking, test, texts }: Known): Score {
  const played = test?.state === "done" ? test : undefined;
  const factors = candidate.factors
    .map((factor) => (played ? afterTest(candidate, { factor, played, texts }) : factor))
    .map((factor) => afterAnswers(factor, liking, texts));
  return { total: totalOf(factors), factors };
}

function afterAnswers(factor: Factor, { value, yes, no }: Liking, texts: Texts): Factor {
  if (factor.name !== "confidence" || (value === 1 && yes + no === 0)) return factor;
  const said = texts.say("factor.confidence.answers", { yes, no });
  return { ...factor, value: factor.value * value, why: `${factor.why} ${said}` };
}

interface Tested {
  readonly factor: Factor;
  readonly played: Played;
  readonly texts: Texts;
}

function afterTest({ kind, source }: Candidate, { factor, played, texts }: Tested): Factor {
  const { matched, annoying, unasked, from, to } = played;
  const acted = matched + annoying + unasked;
  const days = Math.max(1, Math.round((to - from) / DAY_MS));
  const values = { runs: acted, matched, annoying, n: days };
  const isIdle = played.idle >= FEWEST_RUNS || ENDS.has(kind);
  if (factor.name === "usefulness" && isIdle && acted === 0) {
    const why = `${factor.why} ${texts.say("factor.test.nothing", values)}`;
    return { ...factor, value: factor.value * IDLE_WORTH, why };
  }
  if (factor.name !== "confidence" || acted === 0) return factor;
  if (IMITATES.has(kind)) {
    const share = (matched + 1) / (acted + 2);
    const why = `${factor.why} ${texts.say("factor.test.matched", values)}`;
    return { ...factor, value: factor.value * share, why };
  }
  if (acted < FEWEST_RUNS) return factor;
  const isTemplate = source === "template";
  const shown = factor.value + (isTemplate ? (MATCH_ADDS * matched) / acted : 0);
  const why = `${factor.why} ${texts.say("factor.test.matched", values)}`;
  return { ...factor, value: shown * (1 - annoying / acted), why };
}
