import type { Pattern } from "#analysis/patterns/patterns.ts";
import { parts } from "#analysis/templates/templates.ts";
import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import { oppositeOf, toCall } from "./act-call.ts";
import type { Drafting, Made, PatternDraft } from "./drafts.ts";
import { knowsPresence } from "./when.ts";

type Forgotten = Extract<Pattern, { kind: "left_on" | "duration" }>;

const GONE_MS = 5 * MINUTE_MS; // who forgot the keys is back by then
const ALONE_MS = 30 * MINUTE_MS;
const NIGHT = { from: HOUR_MS / 2, until: 5 * HOUR_MS };
const LATE_MS = 1 * HOUR_MS;
const AWAKE_MS = 1 * HOUR_MS; // longer on at night, and whoever turned it on sleeps
const STEP_MINUTES = 5;
/** What usually takes as long goes off by itself only long after that. */
const LONGER = { times: 1.5, scatters: 4, mostMinutes: 240 };
const GOES_OFF = new Set(["light", "switch", "fan", "humidifier"]);

/** What was forgotten goes off. */
export function draftForgotten(pattern: Forgotten, drafting: Drafting): PatternDraft | undefined {
  const { home, texts, names } = drafting;
  const off = oppositeOf(pattern);
  const call = off && toCall(off, home);
  if (!off || !call) return undefined;
  const act = texts.sayAct(off, names);
  const text = texts.sayPattern(pattern, names);
  const common = { does: [off], cautions: call.caution === undefined ? [] : [call.caution] };
  if (pattern.kind === "duration") {
    const minutes = longerThan(pattern);
    const isFit = GOES_OFF.has(pattern.entityId.split(".")[0] ?? "");
    if (!isFit || minutes > LONGER.mostMinutes) return undefined;
    return {
      ...common,
      title: texts.say("suggestion.duration", { act, minutes: texts.duration(minutes) }),
      text: texts.say("suggestion.because.duration", { text }),
      make: {
        kind: "automation",
        triggers: [parts.turns(pattern.entityId, pattern.to, { for: minutes * MINUTE_MS })],
        conditions: [],
        actions: [call.action],
        mode: "single",
      },
    };
  }
  const made = pattern.while === "away" ? away(pattern, drafting) : asleep(pattern);
  if (!made) return undefined;
  return {
    ...common,
    title: texts.say(`suggestion.left_on.${pattern.while}`, { act }),
    text: texts.say("suggestion.because.left_on", { text }),
    make: { kind: "automation", ...made, actions: [call.action], mode: "single" },
  };
}

const longerThan = ({ minutes, scatter }: Extract<Forgotten, { kind: "duration" }>) =>
  Math.ceil(Math.max(minutes * LONGER.times, minutes + LONGER.scatters * scatter) / STEP_MINUTES) *
  STEP_MINUTES;

type Begun = Pick<Extract<Made, { kind: "automation" }>, "triggers" | "conditions">;

function away({ entityId, to }: Forgotten, { home }: Drafting): Begun | undefined {
  if (!knowsPresence(home)) return undefined;
  return {
    triggers: [
      parts.everybodyLeaves({ for: GONE_MS }),
      parts.turns(entityId, to, { for: ALONE_MS }),
    ],
    conditions: [parts.NOBODY_HOME, parts.is(entityId, to)],
  };
}

const asleep = ({ entityId, to }: Forgotten): Begun => ({
  triggers: [parts.at(LATE_MS), parts.turns(entityId, to, { for: AWAKE_MS })],
  conditions: [parts.between(NIGHT.from, NIGHT.until), parts.is(entityId, to)],
});
