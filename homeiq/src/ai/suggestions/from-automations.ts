import type { Automations } from "#ai/automations/automations.ts";
import type { Texts } from "#ai/texts/texts.ts";
import type { Finding } from "#analysis/automation-lint/automation-lint.ts";
import { DAY_MS } from "#foundation/time.ts";
import { type Candidate, idOf } from "./candidate.ts";
import { effort, mends, usefulness } from "./factors.ts";
import type { Factor, SuggestionAction } from "./suggestion.ts";

type Proposal = NonNullable<Awaited<ReturnType<Automations["get"]>>["proposal"]>;

interface Given {
  readonly texts: Texts;
  readonly nameOf: (entityId: string) => string;
}

const FORGOTTEN_DAYS = 60; // as many without a run are half a certainty that it is not needed
const TIDY = 0.3; // one line less in a list; nothing in the house changes
const LOOKED_BACK_DAYS = 30;
const MOST_ASKED = 100; // automations: each is asked for its past

/** The findings that end in one automation less. */
const FORGOTTEN = new Set(["lint.never_fired", "lint.disabled_for_long"]);

/** Automations that nobody needs any more, and those that stand there twice. */
export function fromFindings(findings: readonly Finding[], given: Given): Candidate[] {
  return findings.flatMap((finding) => {
    const [first, ...others] = finding.about.filter((one) => one.startsWith("automation."));
    if (first === undefined) return [];
    if (finding.code === "lint.duplicate" && others.length > 0) {
      return [toCandidate({ finding, action: "merge", gone: others, stays: first }, given)];
    }
    if (!FORGOTTEN.has(finding.code)) return [];
    return [toCandidate({ finding, action: "delete", gone: [first] }, given)];
  });
}

interface Tidied {
  readonly finding: Finding;
  readonly action: SuggestionAction & ("merge" | "delete");
  /** What would be taken away. */
  readonly gone: readonly string[];
  readonly stays?: string;
}

function toCandidate(
  { finding, action, gone, stays }: Tidied,
  { texts, nameOf }: Given,
): Candidate {
  const { code, message, facts } = finding;
  const days = typeof facts?.days === "number" ? facts.days : undefined;
  const name = texts.list(gone.map(nameOf));
  const sure = days === undefined ? 1 : days / (days + FORGOTTEN_DAYS);
  const confidence: Factor = {
    name: "confidence",
    value: sure,
    why:
      days === undefined
        ? texts.say("factor.confidence.same")
        : texts.say("factor.confidence.forgotten", { n: days }),
  };
  return {
    id: idOf(action, code, ...gone),
    source: "automation",
    action,
    kind: code,
    title: texts.say(`suggestion.${action}`, { name, stays: nameOf(stays ?? "") }),
    text: message,
    explanation: [texts.say("suggestion.comes_back")],
    entityIds: [...gone, ...(stays === undefined ? [] : [stays])],
    automationIds: gone,
    ...{ patternIds: [], chart: [], choices: [] },
    factors: [
      { name: "usefulness", value: TIDY, why: texts.say("factor.usefulness.tidy") },
      confidence,
      mends(texts),
      effort(texts, { acts: 1, asks: 0 }),
    ],
    strength: { confidence: sure, times: days ?? 0 },
    ...{ does: [], moments: [] },
  };
}

interface Asked extends Given {
  readonly automations: Pick<Automations, "list" | "get">;
  readonly now: number;
  readonly signal: AbortSignal;
}

/** Automations that people undo at a certain time of day. */
export async function fromOverrides({ automations, now, signal, ...given }: Asked) {
  const since = now - LOOKED_BACK_DAYS * DAY_MS;
  const live = (await automations.list())
    .filter(({ state, lastTriggeredAt = 0 }) => state === "on" && lastTriggeredAt >= since)
    .slice(0, MOST_ASKED);
  const found: Candidate[] = [];
  for (const { entityId } of live) {
    signal.throwIfAborted();
    const { editable, proposal } = await automations.get(entityId);
    if (editable && proposal) found.push(ofProposal(entityId, proposal, { ...given, now }));
  }
  return found;
}

function ofProposal(
  entityId: string,
  { from, to, keptAway, keptAwayUnminded }: Proposal,
  { texts, nameOf, now }: Given & { readonly now: number },
): Candidate {
  const runs = keptAway + keptAwayUnminded;
  const sure = (keptAway + 1) / (runs + 2); // as Laplace would have it, of few
  const values = { name: nameOf(entityId), from, until: to, n: keptAway, runs };
  return {
    id: idOf("override", entityId, from, to),
    source: "override",
    action: "change",
    kind: "override",
    title: texts.say("suggestion.override", values),
    text: texts.say("suggestion.override.text", values),
    explanation:
      keptAwayUnminded > 0
        ? [texts.say("suggestion.override.against", { n: keptAwayUnminded })]
        : [texts.say("suggestion.override.against.none")],
    ...{ entityIds: [entityId], automationIds: [entityId], patternIds: [], chart: [], choices: [] },
    factors: [
      usefulness(texts, { times: keptAway, from: now - LOOKED_BACK_DAYS * DAY_MS, to: now }),
      {
        name: "confidence",
        value: sure,
        why: texts.say("factor.confidence.override", { n: keptAway, runs }),
      },
      mends(texts),
      effort(texts, { acts: 1, asks: 0 }),
    ],
    strength: { confidence: sure, times: keptAway },
    ...{ does: [], moments: [] },
  };
}
