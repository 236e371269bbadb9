import type { Automation } from "#home/automation/automation.ts";
import {
  createScopes,
  type Ending,
  type Fiber,
  type ReplayedCall,
  runSequence,
  type SceneStates,
  type Step,
  startFiber,
} from "./actions/actions.ts";
import { allHold, followConditions, type Noted } from "./conditions/conditions.ts";
import type { Outcome, Run, RunTrigger } from "./run.ts";
import { isFailure, isTruthy, type Stage, type Variables } from "./stage/stage.ts";
import { attach, type Detach, type Fired } from "./triggers/triggers.ts";

/** What all played automations share. */
export interface Cast {
  readonly stage: Stage;
  readonly changesStates: boolean;
  readonly keepsSteps: boolean;
  readonly scenes: SceneStates;
}

export interface Played {
  /** A restart of Home Assistant: what runs is ended, what it waits for is forgotten. */
  stop(): void;
  /** Listens again. */
  listen(): void;
  /** Ends what runs, as the end of the recorded time does. */
  end(): void;
}

interface Deps {
  readonly automation: Automation;
  readonly index: number;
  readonly cast: Cast;
  onRun(run: Run): void;
}

const DEFAULT_MAX = 10;

interface Live {
  readonly at: number;
  readonly trigger: RunTrigger;
  readonly calls: ReplayedCall[];
  readonly steps: Step[];
  readonly variables: Variables;
  readonly order: number;
  fiber?: Fiber;
}

/** One automation, listening. Its runs are told when they end. */
export function playAutomation({ automation, index, cast, onRun }: Deps): Played {
  const { stage } = cast;
  const { mode } = automation;
  const max = mode === "single" || mode === "restart" ? 1 : (automation.max ?? DEFAULT_MAX);
  const running = new Set<Live>();
  const waiting: Live[] = [];
  let lastTriggeredAt: number | undefined;

  const text = JSON.stringify(automation);
  // Most automations ask for no variables, and then none are made.
  const definesVariables =
    automation.variables !== undefined ||
    automation.triggerVariables !== undefined ||
    automation.triggers.some(({ variables }) => variables !== undefined);
  const usesVariables =
    HAS_TEMPLATE.test(text) && (definesVariables || /\b(trigger|this)\b/.test(text));
  const usesThis = /\bthis\b/.test(text);

  if (text.includes(PURPOSE)) followConditions(automation, stage);
  const attached = variablesOf(automation.triggerVariables, {});
  let detaches = listen();

  function listen(): Detach[] {
    return automation.triggers.flatMap((trigger, n) => {
      const { enabled } = trigger;
      const isOff =
        typeof enabled === "object"
          ? !isTruthy(stage.texts.render(enabled.template, attached))
          : enabled === false;
      if (isOff) return [];
      return [attach(trigger, { stage, variables: attached, fire: (fired) => hear(n, fired) })];
    });
  }

  function hear(n: number, fired: Fired) {
    const trigger = automation.triggers[n];
    const id = trigger?.id ?? String(n);
    const live: Live = {
      at: stage.world.now,
      trigger: {
        ...{ index: n, id, description: fired.description },
        ...(fired.entityId === undefined ? {} : { entityId: fired.entityId }),
      },
      calls: [],
      steps: [],
      order: stage.nextOrder(),
      variables: {},
    };
    const variables = firstVariables(n, fired);
    if (isFailure(variables)) return finish(live, "failed", variables.error);
    const note = ({ path, verdict, words }: Noted) =>
      void live.steps.push({ path, at: stage.world.now, result: { result: verdict }, words });
    const scope = {
      ...{ stage, variables, triggerId: id },
      ...(cast.keepsSteps ? { note } : {}),
    };
    if (!allHold(automation.conditions, scope, "condition"))
      return finish(live, "conditions_failed");
    start({ ...live, variables });
  }

  function firstVariables(n: number, fired: Fired): Variables | { readonly error: string } {
    if (!usesVariables) return {};
    const trigger = automation.triggers[n];
    const own = {
      ...attached,
      ...(usesThis ? { this: thisOf() } : {}),
      trigger: {
        id: trigger?.id ?? String(n),
        idx: String(n),
        alias: trigger?.alias ?? null,
        ...{ platform: fired.platform, description: fired.description },
        ...fired.values(),
      },
    };
    const withTrigger = variablesOf(trigger?.variables, own);
    return isFailure(withTrigger) ? withTrigger : variablesOf(automation.variables, withTrigger);
  }

  function variablesOf(said: Variables | undefined, before: Variables): Variables {
    const all: Record<string, unknown> = { ...before };
    try {
      for (const [name, value] of Object.entries(said ?? {})) {
        all[name] = stage.texts.deep(value, all);
      }
      return all;
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  }

  const thisOf = () => ({
    entity_id: entityIdOf(automation),
    state: "on",
    attributes: {
      ...{ id: automation.id ?? null, friendly_name: automation.alias ?? null, mode },
      current: running.size,
      last_triggered:
        lastTriggeredAt === undefined ? null : new Date(lastTriggeredAt).toISOString(),
    },
  });

  function start(live: Live) {
    const count = running.size + waiting.length;
    if (count > 0 && mode === "single") return finish(live, "single_refused");
    if (mode !== "restart" && count >= max) return finish(live, "max_refused");
    if (mode === "restart") for (const one of [...running]) stop(one, "restarted");
    lastTriggeredAt = stage.world.now;
    if (mode === "queued" && count > 0) waiting.push(live);
    else perform(live);
  }

  function perform(live: Live): void {
    running.add(live);
    const step = (one: Step) => void live.steps.push(one);
    let isDone = false;
    const fiber = startFiber<Ending>({
      stage,
      steps: runSequence(
        automation.actions,
        {
          ...{ stage, changesStates: cast.changesStates, scenes: cast.scenes },
          scopes: createScopes(live.variables),
          triggerId: live.trigger.id,
          onCall: (call) => void live.calls.push(call),
          ...(cast.keepsSteps ? { step } : {}),
        },
        "action",
      ),
      onDone(ending) {
        isDone = true;
        running.delete(live);
        finish(live, outcomeOf(ending), "why" in ending ? ending.why : undefined);
        next();
      },
    });
    if (!isDone) live.fiber = fiber;
  }

  function next(): void {
    const first = waiting.shift();
    if (first) stage.post(() => perform(first));
  }

  function stop(live: Live, outcome: Outcome, why?: string): void {
    live.fiber?.cancel();
    running.delete(live);
    finish(live, outcome, why);
  }

  function stopAll(why?: string): void {
    for (const detach of detaches) detach();
    detaches = [];
    for (const live of [...running]) stop(live, "unfinished", why);
    for (const live of waiting.splice(0)) finish(live, "unfinished", why);
  }

  function finish(live: Live, outcome: Outcome, why?: string): void {
    onRun({
      ...{ automation: index, at: live.at, order: live.order, trigger: live.trigger, outcome },
      endedAt: stage.world.now,
      calls: live.calls,
      ...(why === undefined ? {} : { why }),
      ...(cast.keepsSteps ? { steps: live.steps } : {}),
    });
  }

  return {
    stop: () => stopAll("Home Assistant was restarted"),
    listen() {
      detaches = listen();
    },
    end: () => stopAll(),
  };
}

function outcomeOf({ kind }: Ending): Outcome {
  if (kind === "finished" || kind === "stopped") return "ran";
  return kind === "failed" ? "failed" : "aborted";
}

const NOT_IN_A_NAME = /[^a-z0-9]+/g;

const entityIdOf = ({ alias, id }: Automation): string =>
  `automation.${(alias ?? id ?? "automation").toLowerCase().replaceAll(NOT_IN_A_NAME, "_")}`;

const PURPOSE = '"kind":"purpose"';

const HAS_TEMPLATE = /\{[{%#]/;
