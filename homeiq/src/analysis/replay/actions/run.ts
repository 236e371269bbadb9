import type { Action, CallAction, DeviceAction, SceneAction } from "#home/automation/automation.ts";
import { checkCondition } from "../conditions/conditions.ts";
import { isFailure, isTruthy } from "../stage/stage.ts";
import { perform, toCall, toDeviceCall, toSceneCall } from "./calls.ts";
import { SETTLE, type Steps } from "./fiber.ts";
import { runParallel } from "./parallel.ts";
import { runRepeat } from "./repeat.ts";
import { type Ending, FINISHED, holds, type Running, rendered, say, scopeOf } from "./running.ts";
import { keepScenes } from "./scenes.ts";
import { runDelay, runWaitForTrigger, runWaitTemplate } from "./waits.ts";

/** Plays actions one after the other. */
export function* runSequence(
  actions: readonly Action[],
  running: Running,
  path: string,
): Steps<Ending> {
  for (const [n, action] of actions.entries()) {
    const own = `${path}/${n}`;
    if (!isEnabled(action, running)) {
      say(running, own, { enabled: false });
      continue;
    }
    const ending = yield* runAction(action, running, own);
    if (ending.kind === "failed" && continuesOnError(action, running)) continue;
    if (ending.kind !== "finished") return ending;
  }
  return FINISHED;
}

/** A sequence within: its variables end with it, and a condition that fails ends only it. */
export function* runInner(
  actions: readonly Action[],
  running: Running,
  path: string,
): Steps<Ending> {
  const inner = { ...running, scopes: running.scopes.enter() };
  const ending = yield* runSequence(actions, inner, path);
  return ending.kind === "condition" ? FINISHED : ending;
}

function* runAction(action: Action, running: Running, path: string): Steps<Ending> {
  switch (action.kind) {
    case "call":
    case "device":
    case "scene":
      return yield* runCall(action, running, path);
    case "delay":
      return yield* runDelay(action, running, path);
    case "wait_template":
      return yield* runWaitTemplate(action, running, path);
    case "wait_for_trigger":
      return yield* runWaitForTrigger(action, running, path);
    case "condition": {
      const holds = checkCondition(action.condition, scopeOf(running), path);
      return holds === false || isFailure(holds) ? { kind: "condition" } : FINISHED;
    }
    case "event":
      return fireEvent(action, running, path);
    case "choose": {
      for (const [n, { conditions, sequence }] of action.choices.entries()) {
        if (!holds(conditions, running, `${path}/choose/${n}/conditions`)) continue;
        say(running, path, { choice: n });
        return yield* runInner(sequence, running, `${path}/choose/${n}/sequence`);
      }
      if (!action.default) return FINISHED;
      say(running, path, { choice: "default" });
      return yield* runInner(action.default, running, `${path}/default`);
    }
    case "if": {
      const isMet = holds(action.conditions, running, `${path}/if/condition`);
      const branch = isMet ? action.then : action.else;
      if (!branch) return FINISHED;
      const name = isMet ? "then" : "else";
      say(running, path, { choice: name });
      return yield* runInner(branch, running, `${path}/${name}`);
    }
    case "repeat":
      return yield* runRepeat(action, running, { path, runInner });
    case "parallel":
      return yield* runParallel(action, running, { path, runInner });
    case "sequence":
      return yield* runInner(action.sequence, running, `${path}/sequence`);
    case "variables":
      return setVariables(action.variables, running);
    case "stop": {
      say(running, path, { stop: action.stop, error: action.error ?? false });
      const isError = isTruthy(rendered(action.error, running) ?? false);
      return isError ? { kind: "aborted", why: action.stop ?? "stopped" } : { kind: "stopped" };
    }
    case "set_conversation_response":
      return FINISHED;
  }
}

function* runCall(
  action: CallAction | DeviceAction | SceneAction,
  running: Running,
  path: string,
): Steps<Ending> {
  const { stage, scenes } = running;
  const calling = { stage, scenes, variables: running.scopes.all() };
  const call = toAnyCall(action, calling);
  if (isFailure(call)) {
    say(running, path, { error: call.error });
    return { kind: "failed", why: call.error };
  }
  running.onCall(call);
  say(running, path, {
    params: { action: call.action, entity_id: call.entityIds, data: call.data },
  });
  keepScenes(call, stage);
  if (running.changesStates && perform(call, { stage, scenes })) yield SETTLE;
  return FINISHED;
}

function toAnyCall(
  action: CallAction | DeviceAction | SceneAction,
  calling: Parameters<typeof toCall>[1],
) {
  if (action.kind === "call") return toCall(action, calling);
  return action.kind === "device"
    ? toDeviceCall(action, calling)
    : toSceneCall(action.entityId, calling);
}

function fireEvent(
  action: Extract<Action, { kind: "event" }>,
  running: Running,
  path: string,
): Ending {
  try {
    const data = running.stage.texts.deep(action.data ?? {}, running.scopes.all());
    const event = { type: action.event, data: (data ?? {}) as Readonly<Record<string, unknown>> };
    say(running, path, { event: event.type, event_data: event.data });
    if (running.changesStates) running.stage.fireEvent(event);
    return FINISHED;
  } catch (error) {
    return { kind: "failed", why: String(error) };
  }
}

function setVariables(variables: Readonly<Record<string, unknown>>, running: Running): Ending {
  try {
    for (const [name, value] of Object.entries(variables)) {
      running.scopes.assign(name, running.stage.texts.deep(value, running.scopes.all()));
    }
    return FINISHED;
  } catch (error) {
    return { kind: "failed", why: String(error) };
  }
}

function isEnabled({ enabled }: Action, running: Running): boolean {
  return enabled === undefined || isTruthy(rendered(enabled, running));
}

function continuesOnError({ continueOnError }: Action, running: Running): boolean {
  return continueOnError !== undefined && isTruthy(rendered(continueOnError, running));
}
