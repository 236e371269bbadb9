import type {
  DelayAction,
  Period,
  WaitForTriggerAction,
  WaitTemplateAction,
} from "#home/automation/automation.ts";
import { isFailure, isTruthy, saysTrue } from "../stage/stage.ts";
import { attach, followTemplate } from "../triggers/triggers.ts";
import type { Pause, Steps } from "./fiber.ts";
import { type Ending, FINISHED, type Running, rendered, say } from "./running.ts";

export function* runDelay({ delay }: DelayAction, running: Running, path: string): Steps<Ending> {
  const ms = running.stage.texts.period(delay, running.scopes.all());
  if (isFailure(ms)) return { kind: "aborted", why: ms.error };
  say(running, path, { delay: ms / 1000, done: ms <= 0 });
  if (ms <= 0) return FINISHED;
  yield {
    kind: "until",
    arm: (resume) =>
      running.stage.timers.set(running.stage.world.now + ms, () => resume(undefined)),
  };
  return FINISHED;
}

export function* runWaitTemplate(
  action: WaitTemplateAction,
  running: Running,
  path: string,
): Steps<Ending> {
  const { stage, scopes } = running;
  const text = action.waitTemplate;
  const variables = scopes.all();
  if (saysTrue(stage.texts.render(text, variables))) {
    setWait(running, path, { completed: true, remaining: remainingOf(action.timeout, running) });
    return FINISHED;
  }
  return yield* waitFor(action, running, path, {
    start: (done) =>
      followTemplate({
        ...{ stage, text, variables },
        hear: (result) => {
          if (isTruthy(result)) done({});
        },
      }),
  });
}

export function* runWaitForTrigger(
  action: WaitForTriggerAction,
  running: Running,
  path: string,
): Steps<Ending> {
  const { stage, scopes } = running;
  const variables = scopes.all();
  return yield* waitFor(action, running, path, {
    unmet: { trigger: null },
    start(done) {
      const detaches = action.triggers.map((trigger, n) =>
        trigger.enabled === false
          ? () => undefined
          : attach(trigger, {
              ...{ stage, variables },
              fire: ({ platform, description, values }) =>
                done({
                  trigger: {
                    id: trigger.id ?? String(n),
                    idx: String(n),
                    alias: trigger.alias ?? null,
                    ...{ platform, description, ...values() },
                  },
                }),
            }),
      );
      return () => {
        for (const detach of detaches) detach();
      };
    },
  });
}

interface Wait {
  readonly unmet?: Readonly<Record<string, unknown>>;
  start(done: (found: Readonly<Record<string, unknown>>) => void): () => void;
}

const TIMED_OUT = Symbol("timed out");

function* waitFor(
  action: WaitTemplateAction | WaitForTriggerAction,
  running: Running,
  path: string,
  { unmet = {}, start }: Wait,
): Steps<Ending> {
  const { stage } = running;
  const timeout = action.timeout && stage.texts.period(action.timeout, running.scopes.all());
  if (isFailure(timeout)) return { kind: "aborted", why: timeout.error };
  const until = timeout === undefined ? undefined : stage.world.now + timeout;
  const pause: Pause = {
    kind: "until",
    arm(resume) {
      const stop = start(resume);
      const cancel =
        until === undefined ? undefined : stage.timers.set(until, () => resume(TIMED_OUT));
      return () => {
        stop();
        cancel?.();
      };
    },
  };
  const found = timeout === 0 ? TIMED_OUT : yield pause;
  const remaining = until === undefined ? null : Math.max(0, until - stage.world.now) / 1000;
  if (found !== TIMED_OUT) {
    setWait(running, path, { completed: true, remaining, ...(found as object) });
    return FINISHED;
  }
  setWait(running, path, { completed: false, remaining: 0, ...unmet });
  const goesOn = rendered(action.continueOnTimeout, running) ?? true;
  return isTruthy(goesOn) ? FINISHED : { kind: "aborted", why: "it waited too long" };
}

function setWait(running: Running, path: string, wait: Readonly<Record<string, unknown>>): void {
  running.scopes.define("wait", wait);
  say(running, path, { wait });
}

function remainingOf(timeout: Period | undefined, running: Running): number | null {
  const ms = timeout && running.stage.texts.period(timeout, running.scopes.all());
  return typeof ms === "number" ? ms / 1000 : null;
}
