import type { Done, TextKey } from "#ai/texts/texts.ts";
import type { Pattern } from "#analysis/patterns/patterns.ts";
import type { Action, Condition, Trigger } from "#home/automation/automation.ts";
import { toCall } from "./act-call.ts";
import { dayConditions } from "./days.ts";
import type { Drafting, PatternDraft } from "./drafts.ts";
import { hourConditions, presenceConditions, timeTrigger, triggerOf, waitOf } from "./when.ts";

type Together = Extract<Pattern, { kind: "sequence" | "routine" | "room_based" }>;

const FEWEST = 2; // one alone is no routine
const LEAST_SHARE = 0.5; // of the times; what is done less often is not meant every time
/** What a scene can bring back by its state alone. */
const IN_SCENES = new Set(["light", "switch", "fan", "input_boolean", "cover", "humidifier"]);

interface Step extends Done {
  /** Seconds after the one before. */
  readonly after: number;
}

/** Several things are done in one go. */
export function draftTogether(pattern: Together, drafting: Drafting): PatternDraft | undefined {
  switch (pattern.kind) {
    case "routine":
      return draftRoutine(pattern, drafting);
    case "sequence":
      return draftSequence(pattern, drafting);
    case "room_based":
      return draftScene(pattern, drafting);
  }
}

interface Begun {
  readonly title: string;
  /** The habit. */
  readonly text: string;
  /** How many acts it has; some may not be for a machine to do. */
  readonly acts: number;
  readonly trigger: Trigger;
  readonly conditions: readonly Condition[];
}

function toDraft(
  begun: Begun,
  steps: readonly Step[],
  { home, texts, names }: Drafting,
): PatternDraft | undefined {
  const calls = steps.flatMap((step) => {
    const call = toCall(step, home);
    return call ? [{ step, call }] : [];
  });
  if (calls.length === 0) return undefined;
  const actions: Action[] = calls.flatMap(({ step, call }, n) => [
    ...(n === 0 ? [] : waitOf(step.after)),
    call.action,
  ]);
  const does = calls.map(({ step: { entityId, to } }) => ({ entityId, to }));
  const { title, text } = begun;
  return {
    title,
    text:
      does.length < begun.acts
        ? texts.say("suggestion.because.part", { text, acts: texts.sayActs(does, names) })
        : texts.say("suggestion.because", { text }),
    make: {
      kind: "automation",
      triggers: [begun.trigger],
      conditions: begun.conditions,
      actions,
      mode: "single",
    },
    does,
    cautions: cautionsOf(calls.map(({ call }) => call.caution)),
  };
}

/** What is undone again later in it is done by people as they go: after a fixed time it would only be in the way. */
function firstOfEach<D extends Done>(steps: readonly D[]): D[] {
  const seen = new Set<string>();
  return steps.filter(({ entityId }) => !seen.has(entityId) && seen.add(entityId));
}

const cautionsOf = (cautions: readonly (TextKey | undefined)[]): TextKey[] => [
  ...new Set(cautions.filter((one) => one !== undefined)),
];

function draftRoutine(
  pattern: Extract<Together, { kind: "routine" }>,
  drafting: Drafting,
): PatternDraft | undefined {
  const { texts, names, home } = drafting;
  const members = firstOfEach(pattern.members.filter(({ share }) => share >= LEAST_SHARE));
  const steps = members.map(({ entityId, to, afterMinutes }, n) => ({
    ...{ entityId, to },
    after: Math.max(0, afterMinutes - (members[n - 1]?.afterMinutes ?? afterMinutes)) * 60,
  }));
  const draft = toDraft(
    {
      title: texts.say("suggestion.routine", {
        part: texts.say(`part.${pattern.part}`),
        days: texts.say(`on.${pattern.on}` as "on.all"), // each set of days has its text
      }),
      text: texts.sayPattern(pattern, names),
      acts: pattern.members.length,
      trigger: timeTrigger(pattern.minute),
      conditions: [
        ...dayConditions(pattern.on, pattern.minute, home),
        ...presenceConditions(members, home),
      ],
    },
    steps,
    drafting,
  );
  return draft && draft.does.length >= FEWEST ? draft : undefined;
}

function draftSequence(
  pattern: Extract<Together, { kind: "sequence" }>,
  drafting: Drafting,
): PatternDraft | undefined {
  const { texts, names, home } = drafting;
  const [first, ...rest] = pattern.steps;
  const trigger = first && triggerOf(first, home);
  if (!first || !trigger) return undefined;
  const others = firstOfEach(rest.filter(({ entityId }) => entityId !== first.entityId));
  const steps = others.map(({ entityId, to, delaySeconds }) => ({
    ...{ entityId, to },
    after: delaySeconds,
  }));
  const cause = first.isTrace
    ? texts.saySaw(first, names)
    : texts.say("after.act", { act: texts.sayAct(first, names) });
  const begun = {
    title: texts.say("suggestion.after", { act: texts.sayActs(others, names), cause }),
    text: texts.sayPattern(pattern, names),
    acts: rest.length,
    ...{ trigger, conditions: hourConditions(pattern) },
  };
  return toDraft(begun, steps, drafting);
}

/** A scene, as nobody knows what begins it; where a sensor sees the first of it, an automation. */
function draftScene(
  pattern: Extract<Together, { kind: "room_based" }>,
  drafting: Drafting,
): PatternDraft | undefined {
  const { texts, names, home } = drafting;
  const seen = pattern.members.find(({ entityId }) => entityId.startsWith("binary_sensor."));
  const text = texts.sayPattern(pattern, names);
  const acts = pattern.members.filter(
    (one) => one !== seen && one.share >= LEAST_SHARE && toCall(one, home),
  );
  const trigger = seen && triggerOf(seen, home);
  if (seen && trigger) {
    const cause = texts.saySaw(seen, names);
    const title = texts.say("suggestion.after", { act: texts.sayActs(acts, names), cause });
    const begun = { title, text, acts: pattern.members.length - 1, trigger };
    const steps = acts.map(({ entityId, to }) => ({ entityId, to, after: 0 }));
    return toDraft({ ...begun, conditions: hourConditions(pattern) }, steps, drafting);
  }
  const inScene = acts.filter(({ entityId }) => IN_SCENES.has(entityId.split(".")[0] ?? ""));
  if (inScene.length < FEWEST) return undefined;
  return {
    title: texts.say("suggestion.scene", { area: names.area(pattern.areaId) }),
    text: texts.say("suggestion.because.scene", { text }),
    make: {
      kind: "scene",
      entities: Object.fromEntries(
        inScene.map(({ entityId, to }) => [entityId, { state: to, attributes: {} }]),
      ),
    },
    does: inScene.map(({ entityId, to }) => ({ entityId, to })),
    cautions: cautionsOf(inScene.map((one) => toCall(one, home)?.caution)),
  };
}
