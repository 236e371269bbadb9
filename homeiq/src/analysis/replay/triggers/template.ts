import { MINUTE_MS } from "#foundation/time.ts";
import type { TemplateTrigger } from "#home/automation/automation.ts";
import {
  isFailure,
  isTruthy,
  type Stage,
  type Transition,
  type Variables,
} from "../stage/stage.ts";
import { type Attaching, changeValues, type Detach, together } from "./attaching.ts";

/** Fires when the template becomes true; it must have been seen false before (`template/trigger.py`, 2026.11). */
export function attachTemplate(trigger: TemplateTrigger, attaching: Attaching): Detach {
  const { stage, variables, fire } = attaching;
  const text = trigger.valueTemplate;
  let isArmed = false;
  let cancel: Detach = () => undefined;
  const first = stage.texts.render(text, variables);
  if (!isFailure(first) && !isTruthy(first)) isArmed = true;

  function hear(result: unknown, transition: Transition | undefined): void {
    if (isFailure(result)) return;
    cancel();
    if (!isTruthy(result)) {
      isArmed = true;
      return;
    }
    if (!isArmed) return;
    isArmed = false;
    const seen = transition
      ? changeValues(transition, { platform: "template" })
      : { platform: "template", entity_id: null, from_state: null, to_state: null };
    const ms =
      trigger.for === undefined
        ? 0
        : stage.texts.period(trigger.for, { ...variables, trigger: seen });
    if (isFailure(ms)) return;
    const act = () =>
      fire({
        platform: "template",
        description: transition
          ? `${transition.entityId} via template`
          : "time change or manual update via template",
        ...(transition ? { entityId: transition.entityId } : {}),
        values: () => ({ ...seen, for: trigger.for === undefined ? null : ms / 1000 }),
      });
    if (ms === 0) act();
    else cancel = stage.timers.set(stage.world.now + ms, act);
  }

  const unfollow = followTemplate({ stage, text, variables, hear });
  return () => {
    unfollow();
    cancel();
  };
}

interface Following {
  readonly stage: Stage;
  readonly text: string;
  readonly variables: Variables;
  /** Told the result when it differs from the one before. */
  hear(result: unknown, transition: Transition | undefined): void;
}

const ALL_STATES_EVERY_MS = MINUTE_MS; // Home Assistant renders what reads every state once a minute at most

/** Renders a template again whenever what it names changes, and each minute when it asks for the time. */
export function followTemplate({ stage, text, variables, hear }: Following): Detach {
  const template = stage.texts.read(text);
  let last = keyOf(stage.texts.render(text, variables));
  let notBefore = 0;
  let cancelTimer: Detach = () => undefined;

  function again(transition: Transition | undefined): void {
    const result = stage.texts.render(text, variables);
    const key = keyOf(result);
    if (key === last) return;
    last = key;
    hear(result, transition);
  }

  function eachMinute(): void {
    const next = Math.floor(stage.world.now / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
    cancelTimer = stage.timers.set(next, () => {
      again(undefined);
      eachMinute();
    });
  }

  if (template.usesNow) eachMinute();
  const named = new Set([...template.entityIds, ...entitiesIn(variables)]);
  const detaches = [...named].map((id) => stage.world.listen(id, again));
  if (template.reads === "everything") {
    detaches.push(
      stage.world.listenToAll((transition) => {
        if (named.has(transition.entityId) || stage.world.now < notBefore) return;
        notBefore = stage.world.now + ALL_STATES_EVERY_MS;
        again(transition);
      }),
    );
  }
  return together([...detaches, () => cancelTimer()]);
}

const keyOf = (result: unknown): string => JSON.stringify(result) ?? "";

const ENTITY_ID = /^[a-z0-9_]+\.[a-z0-9_]+$/;

/** A variable may hold the id that the template asks for. */
const entitiesIn = (variables: Variables): string[] =>
  Object.values(variables).filter(
    (value): value is string => typeof value === "string" && ENTITY_ID.test(value),
  );
