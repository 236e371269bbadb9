import type { Done, Names, Texts } from "#ai/texts/texts.ts";
import { type Benefit, type KnownSynergy, loadDraftOf } from "#analysis/synergies/synergies.ts";
import type { Recipient } from "#analysis/templates/templates.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { type Candidate, idOf, momentsIn } from "./candidate.ts";
import { toCall } from "./drafts/drafts.ts";
import { effort, novelty } from "./factors.ts";
import type { Factor, Saving } from "./suggestion.ts";

interface Given {
  readonly synergies: readonly KnownSynergy[];
  readonly home: HomeSnapshot;
  readonly texts: Texts;
  readonly names: Names;
  readonly currency: string;
  readonly actingOn: (entityIds: readonly string[]) => number;
}

/** What things of the home could do together; those that come of a habit are suggested as that. */
export async function fromSynergies({ synergies, ...given }: Given): Promise<Candidate[]> {
  const draftOf = await loadDraftOf();
  return synergies.flatMap((known) => toCandidate(known, { ...given, draftOf }) ?? []);
}

interface Asked extends Omit<Given, "synergies"> {
  readonly draftOf: Awaited<ReturnType<typeof loadDraftOf>>;
}

function toCandidate(
  { synergy }: KnownSynergy,
  { home, texts, names, currency, actingOn, draftOf }: Asked,
): Candidate | undefined {
  const { facts, score, benefits, entityIds, areaId } = synergy;
  if ("patternId" in facts && facts.patternId !== undefined) return undefined;
  const act = "action" in facts ? facts.action : undefined;
  const call = act && toCall(act, home);
  if (act && !call) return undefined; // it must not happen by itself
  const said = texts.saySynergy(synergy, names, currency);
  const make = draftOf(facts, home, {
    ...{ alias: said.title, description: said.text },
    ...{ message: said.title, recipients: recipientsIn(home) },
  });
  if (!make) return undefined;
  const does: readonly Done[] = act
    ? [act]
    : entityIds.slice(0, 1).map((entityId) => ({ entityId, to: "told" }));
  const saving = savingOf(benefits, currency);
  return {
    id: idOf("synergy", synergy.id),
    source: facts.type === "energy" ? "energy" : "synergy",
    action: "create",
    kind: facts.type,
    ...{ title: said.title, text: said.text, explanation: said.explanation, entityIds },
    ...(areaId === undefined ? {} : { areaId }),
    ...{ automationIds: [], patternIds: [], synergyId: synergy.id },
    ...(call?.caution === undefined ? {} : { caution: texts.say(call.caution) }),
    ...(saving ? { saving } : {}),
    ...{ chart: [], choices: [], make },
    factors: [
      worthOf(texts, synergy),
      {
        name: "confidence",
        value: score.sure,
        why: texts.say("factor.confidence.synergy", {
          ...{ n: score.n, of: score.of, low: texts.percent(score.sure) },
        }),
      },
      novelty(texts, actingOn(does.map((one) => one.entityId))),
      effort(texts, { acts: 1, asks: 0 }),
    ],
    strength: { confidence: score.sure, times: score.n },
    ...{ does, moments: momentsIn(make) },
  };
}

const UNMEASURED = 0.3; // it may be of use, but nobody can say how much

function worthOf(texts: Texts, { score }: KnownSynergy["synergy"]): Factor {
  const isMeasured = score.worth > 0;
  const key = isMeasured ? "factor.usefulness.synergy" : "factor.usefulness.synergy.none";
  return { name: "usefulness", value: isMeasured ? score.worth : UNMEASURED, why: texts.say(key) };
}

const WEEK_DAYS = 7;

function savingOf(benefits: readonly Benefit[], currency: string): Saving | undefined {
  const units: Partial<Record<Benefit["kind"], string>> = {
    ...{ cost: currency, kwh: "kWh", co2_grams: "g CO2" },
  };
  const [best] = (["cost", "kwh", "co2_grams"] as const).flatMap(
    (kind) => benefits.find((one) => one.kind === kind) ?? [],
  );
  const unit = best && units[best.kind];
  return best && unit !== undefined ? { ...best.perWeek, unit, days: WEEK_DAYS } : undefined;
}

/** Everybody's phone; without phones the bell of Home Assistant. */
function recipientsIn(home: HomeSnapshot): Recipient[] {
  const phones = [...home.actions.keys()].filter((one) => one.startsWith("notify.mobile_app_"));
  const actions = phones.length > 0 ? phones.toSorted() : ["persistent_notification.create"];
  return actions.map((action) => ({ action }));
}
