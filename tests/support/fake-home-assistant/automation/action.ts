import { HomeAssistantError } from "../model/home-assistant-error.ts";
import { toList } from "../model/targets.ts";
import { evaluate, toArray } from "./condition.ts";
import { loop } from "./loop.ts";
import { periodMs } from "./period.ts";
import { drive, type Pause, type Run, type Steps, Stop } from "./run.ts";
import { isTemplate, render, renderDeep } from "./template.ts";
import { attachTriggers } from "./trigger.ts";

const TARGET_KEYS = ["entity_id", "device_id", "area_id", "floor_id", "label_id"];

type Config = Readonly<Record<string, unknown>>;

/** Runs actions one after the other; throws `Stop` when a condition or a stop ends it. */
export function* runSequence(actions: unknown, run: Run, path: string): Steps {
  for (const [index, action] of toArray(actions).entries()) {
    yield* runAction(Object(action), run, `${path}/${index}`);
  }
}

function* runAction(action: Config, run: Run, path: string): Steps {
  const { trace } = run;
  if (action.enabled === false) return trace.step(path, { result: { enabled: false } });
  try {
    yield* runKind(action, run, path);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof HomeAssistantError) trace.step(path, { error: message });
    const goesOn = action.continue_on_error === true && error instanceof HomeAssistantError;
    if (!goesOn) throw error;
  }
}

function* runKind(action: Config, run: Run, path: string): Steps {
  const { trace, core, variables } = run;
  const holds = (conditions: unknown) =>
    toArray(conditions).every((one) => evaluate(one, core, run.variables));

  if (action.delay !== undefined) {
    const ms = periodMs(renderDeep(action.delay, core, variables)) ?? 0;
    trace.step(path, { result: { delay: ms / 1000, done: true } });
    yield pauseFor(run, ms);
  } else if (action.wait_template !== undefined) {
    yield* waitFor(action, run, {
      path,
      triggers: { trigger: "template", value_template: action.wait_template },
    });
  } else if (
    action.condition !== undefined ||
    ["and", "or", "not"].some((word) => action[word] !== undefined)
  ) {
    const result = evaluate(action, core, variables);
    trace.step(path, { result: { result } });
    if (!result) throw new Stop("condition", {});
  } else if (action.event !== undefined) {
    const data: Config = Object(renderDeep(action.event_data ?? {}, core, variables));
    trace.step(path, { result: { event: action.event, event_data: data } });
    core.bus.fire(String(action.event), data, { context: run.context });
  } else if (action.scene !== undefined) {
    yield* callService(run, { path, name: "scene.turn_on", data: { entity_id: action.scene } });
  } else if (action.repeat !== undefined) {
    yield* loop(Object(action.repeat), run, { path, runSequence });
  } else if (action.choose !== undefined) {
    const options = toArray(action.choose).map((one): Config => Object(one));
    const index = options.findIndex((option) => holds(option.conditions));
    trace.step(path, { result: { choice: index < 0 ? "default" : index } });
    const chosen = options[index]?.sequence ?? action.default;
    const where = index < 0 ? "default" : `choose/${index}/sequence`;
    yield* runSequence(chosen, run, `${path}/${where}`);
  } else if (action.wait_for_trigger !== undefined) {
    yield* waitFor(action, run, { path, triggers: action.wait_for_trigger });
  } else if (action.variables !== undefined) {
    const added: Config = Object(renderDeep(action.variables, core, variables));
    trace.step(path, { changed_variables: added });
    run.variables = { ...variables, ...added };
  } else if (action.if !== undefined) {
    const choice = holds(action.if) ? "then" : "else";
    trace.step(path, { result: { choice } });
    yield* runSequence(action[choice], run, `${path}/${choice}`);
  } else if (action.action !== undefined || action.service !== undefined) {
    const named = String(action.action ?? action.service);
    const name = isTemplate(named) ? String(render(named, core, variables)) : named;
    const given = { ...Object(action.data), ...Object(action.target) };
    if (action.entity_id !== undefined) given.entity_id = action.entity_id;
    const data: Config = Object(renderDeep(given, core, variables));
    yield* callService(run, { path, name, data, answer: action.response_variable });
  } else if (action.stop !== undefined) {
    const text = String(action.stop ?? "");
    const isError = action.error === true;
    const response = run.variables[String(action.response_variable)];
    trace.step(path, { result: { stop: text, error: isError } });
    throw new Stop(text, { isError, response });
  } else if (action.parallel !== undefined) {
    trace.step(path);
    yield parallel(toArray(action.parallel), run, path);
  } else if (action.sequence !== undefined) {
    yield* runSequence(action.sequence, run, `${path}/sequence`);
  } else {
    throw new HomeAssistantError("home_assistant_error", "Unable to determine action");
  }
}

export function pauseFor({ core }: Run, ms: number): Pause {
  return (resume) => {
    const alarm = core.clock.after(ms, resume);
    return () => alarm.cancel();
  };
}

function* callService(
  run: Run,
  call: { path: string; name: string; data: Config; answer?: unknown },
): Steps {
  const [domain = "", service = ""] = call.name.split(".");
  const { core, trace, context } = run;
  const returnResponse = call.answer !== undefined;
  let isDone = false;
  let onDone: (() => void) | undefined;
  let response: unknown;
  const target = Object.fromEntries(
    TARGET_KEYS.filter((key) => call.data[key] !== undefined).map((key) => [
      key,
      toList(call.data[key]),
    ]),
  );
  const params = { domain, service, service_data: { ...call.data, ...target }, target };
  trace.step(call.path, { result: { params, running_script: false } });
  core.services.call(domain, service, call.data, {
    context,
    returnResponse,
    onDone(answer) {
      isDone = true;
      response = answer;
      onDone?.();
    },
  });
  if (!isDone) {
    yield (resume) => {
      onDone = resume;
      return () => undefined;
    };
  }
  if (returnResponse) run.variables = { ...run.variables, [String(call.answer)]: response };
}

function* waitFor(
  action: Config,
  run: Run,
  { path, triggers }: { path: string; triggers: unknown },
): Steps {
  const { core, hub } = run;
  const timeoutMs = periodMs(renderDeep(action.timeout, core, run.variables));
  let trigger: unknown = null;
  const { wait_template: template } = action;
  if (isTemplate(template) && render(template, core, run.variables) === true) return;
  yield (resume) => {
    const detach = attachTriggers(triggers, {
      core,
      hub,
      onFired(fired) {
        ({ trigger } = fired);
        end();
        resume();
      },
    });
    const alarm =
      timeoutMs === undefined
        ? undefined
        : core.clock.after(timeoutMs, () => {
            end();
            resume();
          });
    const end = () => {
      detach();
      alarm?.cancel();
    };
    return end;
  };
  const wait = { trigger, completed: trigger !== null, remaining: null };
  run.trace.step(path, { result: { wait } });
  run.variables = { ...run.variables, wait };
  if (trigger === null && action.continue_on_timeout === false) throw new Stop("timeout", {});
}

function parallel(branches: readonly unknown[], run: Run, path: string): Pause {
  return (resume) => {
    let left = branches.length;
    const cancels = branches.map((branch, index) =>
      drive(
        runSequence(Object(branch).sequence ?? branch, { ...run }, `${path}/parallel/${index}`),
        () => {
          left -= 1;
          if (left === 0) resumeSoon(resume, run);
        },
      ),
    );
    if (branches.length === 0) resumeSoon(resume, run);
    return () => {
      for (const cancel of cancels) cancel();
    };
  };
}

/** Goes on at the same simulated moment, but not inside the pause that asks for it. */
function resumeSoon(resume: () => void, { core }: Run): void {
  core.clock.after(0, resume);
}
