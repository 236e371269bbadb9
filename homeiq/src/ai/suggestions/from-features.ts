import { capital, type Done, type TextKey, type Texts } from "#ai/texts/texts.ts";
import { createLocalDays } from "#analysis/local-days/local-days.ts";
import { type Already, type Benefit, parts } from "#analysis/templates/templates.ts";
import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";
import type { Automation } from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { type Candidate, idOf, momentsIn } from "./candidate.ts";
import { effort, usefulness } from "./factors.ts";
import type { Around, Unused } from "./features/features.ts";
import type { Factor } from "./suggestion.ts";

interface Given {
  readonly unused: readonly Unused[];
  readonly home: HomeSnapshot;
  readonly around: Around;
  readonly texts: Texts;
  readonly to: number;
  readonly timeZone: string;
  /** What automations of the house do. */
  readonly already: Already;
}

const MOST_OF_ONE = 3; // lights of a large house; the same idea more often is a list, not a suggestion
const MOST = 15;
const MOST_TIMES = 200;
const UNTRIED = 0.4; // it was never tried; whether the household likes it, nothing has shown
const ONCE = 0.5; // no act is spared, and none is needed again
/** Of what is set once: nobody can say how often it would have helped. */
const WORTH: Readonly<Record<Benefit, number>> = {
  safety: 0.25,
  energy: 0.3,
  comfort: 0.25,
  time: 0.2,
};

/** What devices could do and were never asked to; of what comes first, the most often of use. */
export function fromFeatures({ unused, ...given }: Given): Candidate[] {
  const byKind = [...Map.groupBy(unused, ({ kind }) => kind)];
  const drafted = byKind.flatMap(([kind, some]) => {
    if (!kind.draft) return [];
    return some.slice(0, MOST_OF_ONE).flatMap((one) => toCandidate(one, given) ?? []);
  });
  const set = byKind.flatMap(([kind, some]) => (kind.draft ? [] : toSetting(some, given)));
  return [...drafted, ...set].slice(0, MOST);
}

type Asked = Omit<Given, "unused">;

/** Each kind has its texts; a test holds that. */
const textKey = (id: string, part: string) => `feature.${id}.${part}` as TextKey;

function toCandidate(one: Unused, given: Asked): Candidate | undefined {
  const { kind, entity, ability, occasions, since } = one;
  const { texts, to, around } = given;
  const body = kind.draft?.(entity, ability, around);
  if (!body) return undefined;
  const { entityId, areaId } = entity;
  const values = { ...valuesOf(one, given), name: entity.name, value: String(ability.value) };
  const title = capital(texts.say(textKey(kind.id, "title"), values));
  const text = texts.say(textKey(kind.id, "text"), values);
  const make: Automation = {
    kind: "automation",
    ...{ alias: title, description: text, conditions: [], ...body },
  };
  const isDone = (kind.likewise ?? []).some((action) =>
    given.already.does({ ...make, actions: [parts.call(action, entityId)] }),
  );
  if (isDone) return undefined;
  const local = createLocalDays(given.timeZone);
  const does: readonly Done[] = [{ entityId, to: `${kind.id} ${ability.value}` }];
  return {
    id: idOf("feature", kind.id, entityId),
    source: "feature",
    action: "create",
    kind: kind.id,
    ...{ title, text, make, does },
    explanation: [texts.say(textKey(kind.id, "seen"), values), texts.say("feature.untried")],
    entityIds: [entityId, ...(ability.by ? [ability.by.entityId] : [])],
    ...(areaId === undefined ? {} : { areaId }),
    ...{ automationIds: [], patternIds: [], choices: [] },
    ...(entity.domain === "cover" ? { caution: texts.say("caution.moves") } : {}),
    chart: occasions.slice(-MOST_TIMES).map((at) => ({
      ...{ at, is: "missed" },
      minute: local.wallTime(at).msOfDay / MINUTE_MS,
    })),
    factors: [
      usefulness(texts, {
        times: occasions.length,
        from: since,
        to,
        key: "factor.usefulness.unused",
      }),
      ...untried(given),
      effort(texts, { acts: 1, asks: 0 }),
    ],
    strength: { confidence: UNTRIED, times: 0 },
    moments: momentsIn(make),
  };
}

/** All that have it are one suggestion: a person goes through them once. */
function toSetting(some: readonly Unused[], given: Asked): Candidate[] {
  const [first] = some;
  if (!first) return [];
  const { kind } = first;
  const { texts } = given;
  const since = Math.max(...some.map((one) => one.since));
  const names = [...new Set(some.map(({ entity }) => deviceNameOf(entity, given)))].sort();
  const values = {
    ...valuesOf({ since, occasions: [] }, given),
    ...{ n: names.length, names: texts.list(names.slice(0, 3)) },
  };
  const saves = texts.say(`template.saves.${kind.saves}` as TextKey); // each benefit has its text
  const entityIds = some.map(({ entity }) => entity.entityId);
  return [
    {
      id: idOf("feature", kind.id),
      source: "feature",
      action: "feature",
      kind: kind.id,
      title: texts.say(textKey(kind.id, "title"), values),
      text: texts.say(textKey(kind.id, "text"), values),
      explanation: [texts.say(textKey(kind.id, "seen"), values), texts.say("feature.setting")],
      ...{ entityIds, automationIds: [], patternIds: [], chart: [], choices: [] },
      factors: [
        {
          name: "usefulness",
          value: WORTH[kind.saves],
          why: texts.say("factor.usefulness.template", { saves }),
        },
        ...untried(given),
        { name: "effort", value: ONCE, why: texts.say("factor.effort.once") },
      ],
      strength: { confidence: UNTRIED, times: 0 },
      ...{ does: entityIds.map((entityId) => ({ entityId, to: kind.id })), moments: [] },
    },
  ];
}

const valuesOf = (
  { since, occasions }: Pick<Unused, "since" | "occasions">,
  { to }: Pick<Asked, "to">,
) => ({ days: Math.round((to - since) / DAY_MS), times: occasions.length, n: occasions.length });

const deviceNameOf = ({ deviceId, name }: Unused["entity"], { home }: Asked) =>
  home.devices.get(deviceId ?? "")?.name ?? name;

const untried = ({ texts }: Asked): Factor[] => [
  { name: "confidence", value: UNTRIED, why: texts.say("factor.confidence.unused") },
  { name: "novelty", value: 1, why: texts.say("factor.novelty.unused") },
];
