import type { Pattern } from "#analysis/patterns/patterns.ts";
import type { Action, Condition, Trigger } from "#home/automation/automation.ts";
import { toCall } from "./act-call.ts";
import { beginningOf } from "./context.ts";
import { dayConditions } from "./days.ts";
import type { Drafting, PatternDraft } from "./drafts.ts";
import {
  hourConditions,
  presenceConditions,
  timeTrigger,
  toClockMinute,
  triggerOf,
  waitOf,
} from "./when.ts";

type Simple = Extract<Pattern, { kind: "time_of_day" | "contextual" | "co_activation" }>;

interface Moment {
  readonly title: string;
  readonly triggers: readonly Trigger[];
  readonly conditions: readonly Condition[];
  readonly waits: readonly Action[];
}

/** One thing is done at one moment. */
export function draftSimple(pattern: Simple, drafting: Drafting): PatternDraft | undefined {
  const { home, texts, names } = drafting;
  const call = toCall(pattern, home);
  const moment = momentOf(pattern, drafting);
  if (!call || !moment) return undefined;
  const { title, triggers, conditions, waits } = moment;
  // Whoever sets it off by hand, or by moving, is there.
  const person = "person" in pattern ? pattern.person : undefined;
  const guards =
    pattern.kind === "co_activation" ? [] : presenceConditions([pattern], home, person);
  const { entityId, to } = pattern;
  return {
    title,
    text: texts.say("suggestion.because", { text: texts.sayPattern(pattern, names) }),
    make: {
      kind: "automation",
      triggers,
      conditions: [...conditions, ...guards],
      actions: [...waits, call.action],
      mode: waits.length > 0 ? "restart" : "single",
    },
    does: [{ entityId, to }],
    cautions: call.caution === undefined ? [] : [call.caution],
  };
}

function momentOf(pattern: Simple, { home, texts, names }: Drafting): Moment | undefined {
  const act = texts.sayAct(pattern, names);
  if (pattern.kind === "time_of_day") {
    const clock = texts.clock(toClockMinute(pattern.minute) - 240); // as words count it
    const days = texts.say(`on.${pattern.on}` as "on.all"); // each set of days has its text
    return {
      title: texts.say("suggestion.at", { act, clock, days }),
      triggers: [timeTrigger(pattern.minute)],
      conditions: dayConditions(pattern.on, pattern.minute, home),
      waits: [],
    };
  }
  if (pattern.kind === "contextual") {
    const beginning = beginningOf(pattern.context, home);
    const when = texts.sayWhen(pattern.context, names);
    const isOnSome = pattern.context.of === "sun" && pattern.context.on !== "all";
    const title = isOnSome
      ? texts.say("suggestion.when.days", {
          act,
          when,
          days: texts.say(`on.${pattern.context.on}`),
        })
      : texts.say("suggestion.when", { act, when });
    return beginning && { title, ...beginning };
  }
  const { trigger, entityId, delaySeconds } = pattern;
  const begins = trigger.entityId === entityId ? undefined : triggerOf(trigger, home);
  if (!begins) return undefined;
  const cause = trigger.isTrace
    ? texts.saySaw(trigger, names)
    : texts.say("after.act", { act: texts.sayAct(trigger, names) });
  return {
    title: texts.say("suggestion.after", { act, cause }),
    triggers: [begins],
    conditions: hourConditions(pattern),
    waits: waitOf(delaySeconds),
  };
}
