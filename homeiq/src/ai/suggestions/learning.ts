import type { Candidate } from "./candidate.ts";
import type { DismissReason, SuggestionStatus } from "./suggestion.ts";

/** What the household said to one suggestion. */
export interface Answered {
  readonly status: SuggestionStatus;
  readonly dismissReason?: DismissReason | null;
  readonly found: Pick<Candidate, "source" | "kind" | "areaId" | "does">;
}

type Trait = "kind" | "area" | "domain";

/** How much a no says against others of the same kind, of the same area, and for the same sort of device. */
const AGAINST: Readonly<Record<DismissReason, Readonly<Record<Trait, number>>>> = {
  not_useful: { kind: 1, area: 0.25, domain: 0.5 },
  wrong: { kind: 1, area: 0, domain: 0 },
  already_done: { kind: 0, area: 0, domain: 0 }, // true, and no opinion
  too_risky: { kind: 0.5, area: 0, domain: 1 },
  not_now: { kind: 0.1, area: 0, domain: 0 },
  privacy: { kind: 0.5, area: 1, domain: 0.5 },
  other: { kind: 0.5, area: 0.25, domain: 0.25 },
};
const UNDONE = { kind: 1, area: 0, domain: 0.5 }; // tried, and taken back
const PRIOR = 2; // a yes and a no as many, before anybody answered

const YES: ReadonlySet<SuggestionStatus> = new Set(["accepted", "deployed", "probation", "kept"]);

interface Votes {
  yes: number;
  no: number;
}

/** How likely others like it were welcome. */
export interface Liking {
  /** Above 0, at most 1; 1 while nobody has answered anything like it. */
  readonly value: number;
  /** Answers to others of its kind. */
  readonly yes: number;
  readonly no: number;
}

/**
 * Learns from answers: for each trait the mean of a Beta(2 + yes, 2 + no) over that of the prior, at most 1, and of the
 * three the product. A yes only makes up for a no: what nobody refused is not worth more than it is.
 */
export function learnFrom(
  answers: readonly Answered[],
): (one: Pick<Candidate, "source" | "kind" | "areaId" | "does">) => Liking {
  const votes = new Map<string, Votes>();
  for (const answer of answers) {
    const against = againstOf(answer);
    if (!against) continue;
    for (const [trait, key] of traitsOf(answer.found)) {
      const vote = votes.get(key) ?? { yes: 0, no: 0 };
      if (against === "yes") vote.yes += 1;
      else vote.no += against[trait];
      votes.set(key, vote);
    }
  }
  return (one) => {
    const traits = traitsOf(one);
    const value = traits.reduce((product, [, key]) => product * likingOf(votes.get(key)), 1);
    const { yes = 0, no = 0 } = votes.get(traits[0]?.[1] ?? "") ?? {};
    return { value, yes, no: Math.round(no) };
  };
}

function againstOf({ status, dismissReason }: Answered) {
  if (YES.has(status)) return "yes";
  if (status === "undone") return UNDONE;
  return status === "dismissed" ? AGAINST[dismissReason ?? "other"] : undefined;
}

const likingOf = ({ yes, no }: Votes = { yes: 0, no: 0 }): number =>
  Math.min(1, (2 * (PRIOR + yes)) / (2 * PRIOR + yes + no));

function traitsOf({
  source,
  kind,
  areaId,
  does,
}: Answered["found"]): readonly (readonly [Trait, string])[] {
  const domain = does[0]?.entityId.split(".")[0];
  return [
    ["kind", `kind ${source} ${kind}`],
    ...(areaId === undefined ? [] : [["area", `area ${areaId}`] as const]),
    ...(domain === undefined ? [] : [["domain", `domain ${domain}`] as const]),
  ];
}
