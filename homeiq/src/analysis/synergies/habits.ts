import type { KnownPattern, Pattern } from "#analysis/patterns/patterns.ts";
import { kinds } from "#analysis/templates/templates.ts";
import { present } from "#foundation/absent.ts";
import {
  actsOf,
  type Candidate,
  type FoundOfType,
  measuredOf,
  type Question,
} from "./candidate.ts";
import { areaOf, callFor, type HomeLook, isSame, isThere } from "./home-look.ts";
import type { SynergyEdge, WeatherWhen } from "./synergy.ts";

const LEAST_LIFT_ACROSS = 3; // between rooms more must speak for it than that both are done often

type Of<K extends Pattern["kind"]> = Extract<Pattern, { kind: K }>;

function known<K extends Pattern["kind"]>({ patterns }: Question, kind: K) {
  return patterns.filter(
    (one): one is KnownPattern & { readonly pattern: Of<K> } => one.pattern.kind === kind,
  );
}

/** What people do right after something else. */
export function findPairs(question: Question): FoundOfType {
  const { home } = question.around;
  const found = known(question, "co_activation").flatMap((one): Candidate[] => {
    const { trigger, entityId, to, withinMinutes, delaySeconds, lift, hours } = one.pattern;
    const action = { entityId, to };
    if (!isThere(trigger.entityId, home) || !callFor(action, home)) return [];
    if (isSame(trigger.entityId, entityId, home)) return [];
    const isNear = areaOf(entityId, home) === areaOf(trigger.entityId, home);
    if (!isNear && lift < LEAST_LIFT_ACROSS) return [];
    return [
      {
        facts: {
          ...{ type: "device_pair", patternId: one.id, trigger, action, withinMinutes },
          ...{ delaySeconds, lift, ...present("hours", hours) },
        },
        about: [trigger.entityId, trigger.to, entityId, to],
        entityIds: [trigger.entityId, entityId],
        edges: [{ from: trigger.entityId, to: entityId, joins: "sets_off" }],
        measured: measuredOf(one, question),
        spared: [actsOf(one, question)],
      },
    ];
  });
  return patternsOr({ found }, question);
}

/** Three and more in a row, of different devices. */
export function findChains(question: Question): FoundOfType {
  const { home } = question.around;
  const found = known(question, "sequence").flatMap((one): Candidate[] => {
    const { steps, lift, hours } = one.pattern;
    const [first, ...others] = steps;
    if (!first || others.length < 2 || !isThere(first.entityId, home)) return [];
    if (!others.every((step) => callFor(step, home))) return [];
    if (hasSame(steps, home)) return [];
    const ids = steps.map(({ entityId }) => entityId);
    return [
      {
        facts: {
          ...{ type: "device_chain", patternId: one.id, lift, ...present("hours", hours) },
          steps: steps.map(({ entityId, to, isTrace, delaySeconds }) => ({
            ...{ entityId, to, isTrace, delaySeconds },
          })),
        },
        about: steps.flatMap(({ entityId, to }) => [entityId, to]),
        entityIds: ids,
        edges: ids.slice(1).map((to, n) => ({
          ...{ from: ids[n] as string, to, joins: "sets_off" },
        })),
        measured: measuredOf(one, question),
        spared: [actsOf(one, question, others.length)],
      },
    ];
  });
  return patternsOr({ found }, question);
}

/** What is set together in a room and could be one scene. */
export function findScenes(question: Question): FoundOfType {
  const { home, existing } = question.around;
  const scenes = (existing.scenes ?? []).map(({ scene }) => scene.entities);
  const found = known(question, "room_based").flatMap((one): Candidate[] => {
    const { members, withinMinutes, lift, hours, areaId } = one.pattern;
    if (!members.every((member) => callFor(member, home)) || hasSame(members, home)) return [];
    const [first, ...others] = members;
    if (!first || others.length === 0) return [];
    const isScene = scenes.some((entities) =>
      members.every(({ entityId }) => entityId in entities),
    );
    if (isScene) return [];
    const ids = members.map(({ entityId }) => entityId);
    return [
      {
        facts: {
          ...{ type: "scene", patternId: one.id, areaId, members, withinMinutes, lift },
          ...present("hours", hours),
        },
        about: [areaId, ...members.map(({ entityId, to }) => `${entityId} ${to}`).sort()],
        entityIds: ids,
        edges: others.map(
          ({ entityId }): SynergyEdge => ({
            ...{ from: first.entityId, to: entityId, joins: "with" },
          }),
        ),
        measured: measuredOf(one, question),
        spared: [
          actsOf(
            one,
            question,
            others.reduce((sum, { share }) => sum + share, 0),
          ),
        ],
      },
    ];
  });
  return patternsOr({ found }, question);
}

/** What people do in some weather, as far as an entity of the home tells of it. */
export function weatherHabits(question: Question): readonly Candidate[] {
  const { home } = question.around;
  return known(question, "contextual").flatMap((one): Candidate[] => {
    const { context, entityId, to } = one.pattern;
    const action = { entityId, to };
    if (context.of !== "weather" || !callFor(action, home)) return [];
    const told = toldBy(context.signalId, context.when, question.around);
    if (!told) return [];
    return [
      {
        facts: { type: "weather", what: "habit", patternId: one.id, ...told, action, watched: [] },
        about: ["habit", told.weatherId, JSON.stringify(told.when), entityId, to],
        entityIds: [entityId, told.weatherId],
        edges: [{ from: "weather", to: entityId, joins: "sets_off" }],
        measured: measuredOf(one, question),
        spared: [actsOf(one, question)],
      },
    ];
  });
}

type ContextWhen = { is: string } | { above: number } | { below: number };

/** Our own series are no entities of Home Assistant: an automation needs one of its own that says the same. */
function toldBy(
  signalId: string,
  when: ContextWhen,
  { home, look }: HomeLook,
): { weatherId: string; when: WeatherWhen } | undefined {
  const isOwn = !isThere(signalId, home);
  const kind = "is" in when ? kinds.WEATHER : kinds.OUTDOOR_TEMPERATURE;
  if (isOwn && !("is" in when) && signalId !== "homeiq.outdoor_temperature") return undefined;
  const weatherId = isOwn ? look.find(kind)[0]?.entityId : signalId;
  if (weatherId === undefined) return undefined;
  if ("is" in when) return { weatherId, when: { is: [when.is] } };
  return { weatherId, when: { ...when, unit: home.temperatureUnit } };
}

/** What people do when they come or go. */
export function presenceHabits(question: Question): readonly Candidate[] {
  const { home } = question.around;
  return known(question, "contextual").flatMap((one): Candidate[] => {
    const { context, entityId, to } = one.pattern;
    const action = { entityId, to };
    if (context.of !== "presence" || !callFor(action, home)) return [];
    // What is done before people come or go, nobody could know then.
    if (
      context.delayMinutes < 0 &&
      (context.event === "arriving" || context.event === "first_home")
    )
      return [];
    const person = context.signalId;
    const personId = person !== undefined && isThere(person, home) ? person : undefined;
    return [
      {
        facts: {
          ...{ type: "presence", what: "habit", patternId: one.id, event: context.event, action },
          ...present("personId", personId),
        },
        about: ["habit", context.event, personId ?? "", entityId, to],
        entityIds: personId === undefined ? [entityId] : [entityId, personId],
        edges: [{ from: "people", to: entityId, joins: "sets_off" }],
        measured: measuredOf(one, question),
        spared: [actsOf(one, question)],
      },
    ];
  });
}

function hasSame(steps: readonly { readonly entityId: string }[], home: HomeLook["home"]): boolean {
  return steps.some(({ entityId }, n) =>
    steps.slice(n + 1).some((other) => isSame(entityId, other.entityId, home)),
  );
}

const patternsOr = ({ found }: FoundOfType, { patterns }: Question): FoundOfType =>
  patterns.length > 0 ? { found } : { found, needs: ["patterns"] };
