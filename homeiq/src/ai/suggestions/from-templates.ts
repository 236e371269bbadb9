import { capital, type Done, type Texts } from "#ai/texts/texts.ts";
import {
  type Benefit,
  draftOf,
  type Existing,
  type Filled,
  type FilledSlot,
  type Match,
  matchTemplates,
  type Recipient,
  toChoose,
  type Value,
} from "#analysis/templates/templates.ts";
import { AppError } from "#foundation/errors.ts";
import type { Automation } from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { type Candidate, idOf, momentsIn } from "./candidate.ts";
import { type ByHand, effort, novelty, usefulness } from "./factors.ts";
import { notifierName } from "./notifier-name.ts";
import type { Choice, Factor } from "./suggestion.ts";

interface Given {
  readonly matches: readonly Match[];
  readonly home: HomeSnapshot;
  readonly texts: Texts;
  readonly actingOn: (entityIds: readonly string[]) => number;
  /** How often people do the first of these by hand; absent: it is not known that they do. */
  readonly byHand: (does: readonly Done[]) => ByHand | undefined;
}

/** Nothing is measured yet: what comes first in any house, by what goes wrong without it. */
const WORTH: Readonly<Record<Benefit, number>> = {
  safety: 0.8,
  energy: 0.5,
  comfort: 0.5,
  time: 0.45,
};
const UNSEEN = 0.4; // the devices fit; whether the household wants it, no habit has shown

/** What the home has the devices for, before it has a history. */
export function fromTemplates({ matches, ...given }: Given): Candidate[] {
  return matches.map((match) => toCandidate(match, given));
}

function toCandidate(match: Match, given: Omit<Given, "matches">): Candidate {
  const { texts, home } = given;
  const { template, names, key, areaId } = match;
  const open = toChoose(match);
  const make = made(match, texts, {});
  const entityIds = entitiesIn(match);
  const does = deedsIn(make, entityIds);
  const say = (part: string) =>
    texts.textOf({ key: `template.${template.id}.${part}`, values: names });
  const anchor = entityIds.find((entityId) => home.entities.get(entityId)?.areaId === areaId);
  return {
    id: idOf("template", key),
    source: "template",
    action: "create",
    kind: template.category,
    title: capital(say("title")),
    text: say("text"),
    explanation: [
      texts.say("template.why", {
        names: texts.list(entityIds.slice(0, 3).map((one) => home.entities.get(one)?.name ?? one)),
      }),
      texts.say("template.unmeasured"),
    ],
    ...{ entityIds, automationIds: [], patternIds: [], templateId: template.id, matchKey: key },
    ...(areaId !== undefined && anchor !== undefined ? { areaId } : {}),
    chart: [],
    ...(make && open.length === 0 ? { make } : {}),
    choices: choicesOf(match, home, texts),
    factors: [
      worth(texts, template.saves[0] ?? "comfort", given.byHand(does)),
      { name: "confidence", value: UNSEEN, why: texts.say("factor.confidence.template") },
      novelty(texts, given.actingOn(does.map((one) => one.entityId))),
      effort(texts, { acts: 1, asks: open.length }),
    ],
    strength: { confidence: UNSEEN, times: 0 },
    does,
    moments: momentsIn(make),
  };
}

/** As often as it is done by hand, where that is more than what it is worth in any house. */
function worth(texts: Texts, benefit: Benefit, byHand: ByHand | undefined): Factor {
  const measured = byHand && usefulness(texts, { ...byHand, key: "factor.usefulness.by_hand" });
  if (measured && measured.value > WORTH[benefit]) return measured;
  const saves = texts.say(`template.saves.${benefit}`);
  const why = texts.say("factor.usefulness.template", { saves });
  return { name: "usefulness", value: WORTH[benefit], why };
}

interface Again {
  readonly home: HomeSnapshot;
  readonly house: Existing;
  readonly texts: Texts;
  readonly chosen: Filled;
}

/** The same idea in the house as it is now, with what a person chose; `undefined`: it does not fit. */
export function fillAgain(matchKey: string, { home, house, texts, chosen }: Again) {
  const match = matchTemplates(home, house).find(({ key }) => key === matchKey);
  return match && made(match, texts, chosen);
}

/** With what a person chose; `undefined` as long as something is open. */
function made(match: Match, texts: Texts, chosen: Filled): Automation | undefined {
  try {
    return draftOf(match, { textOf: texts.textOf, chosen });
  } catch (error) {
    if (error instanceof AppError && error.code === "templates.slot_wrong") return undefined;
    throw error;
  }
}

const isText = (item: unknown): item is string => typeof item === "string";

const entitiesIn = ({ slots }: Match): string[] => [
  ...new Set(
    Object.values(slots).flatMap(({ kind, value, choices }) => {
      if (kind !== "entity") return [];
      return [value ?? choices?.[0] ?? []].flat().filter(isText);
    }),
  ),
];

/** What its calls name; before something is chosen, what could stand in it. */
function deedsIn(make: Automation | undefined, entityIds: readonly string[]) {
  const calls = make?.actions.filter((action) => action.kind === "call") ?? [];
  const named = calls.flatMap(({ action, target }) => {
    const name = typeof action === "string" ? (action.split(".")[1] ?? "") : "";
    const to = TO[name] ?? name;
    return (target?.entityIds ?? []).filter(isText).map((entityId) => ({ entityId, to }));
  });
  const first = entityIds[0];
  return named.length > 0 || first === undefined ? named : [{ entityId: first, to: "told" }];
}

const TO: Readonly<Record<string, string>> = {
  turn_on: "on",
  turn_off: "off",
  open_cover: "open",
  close_cover: "closed",
  lock: "locked",
};

function choicesOf({ slots, template }: Match, home: HomeSnapshot, texts: Texts): Choice[] {
  return Object.entries(slots).flatMap(([slot, filled]) => {
    const { kind, value, choices = [], ask, unit, min, max } = filled;
    if (kind === "text") return [];
    const wanted = template.slots[slot];
    const many = kind === "notify" || (wanted?.kind === "entity" && wanted.many);
    const all = value === undefined || kind === "notify" ? choices : [value, ...choices];
    const isFixed = kind === "entity" && !ask && choices.length === 0;
    if (isFixed) return [];
    const options = all.map((one) => ({ value: one, text: nameOf(one, { home, texts }) }));
    return [
      {
        ...{ slot, kind, ask, many },
        label: texts.textOf({ key: labelKey(filled), values: {} }),
        ...(value === undefined ? {} : { value }),
        ...(options.length > 0 && kind !== "number" && kind !== "period" && kind !== "time"
          ? { options }
          : {}),
        ...(unit === undefined ? {} : { unit }),
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
      },
    ];
  });
}

function labelKey({ kind, label }: FilledSlot): string {
  if (kind === "notify") return "template.notify";
  return `template.${kind === "entity" ? "kind" : "slot"}.${label}`;
}

function nameOf(value: Value, said: Pick<Given, "home" | "texts">): string {
  if (Array.isArray(value)) return value.map((one) => nameOf(one as Value, said)).join(", ");
  if (typeof value === "object" && "action" in value) return notifierName(value as Recipient, said);
  return said.home.entities.get(String(value))?.name ?? String(value);
}
