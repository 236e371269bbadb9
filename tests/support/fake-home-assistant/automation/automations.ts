import { type Core, isAtLeast } from "../model/core.ts";
import { freeId, slugify } from "../model/registry.ts";
import type { Context } from "../model/state-machine.ts";
import { isSame } from "../model/state-machine.ts";
import { toWireState } from "../protocol/wire.ts";
import { runSequence } from "./action.ts";
import type { FakeBlueprints } from "./blueprints.ts";
import { evaluate, toArray } from "./condition.ts";
import { registerEntry } from "./register-entry.ts";
import { drive, type Run, Stop } from "./run.ts";
import { renderDeep } from "./template.ts";
import { NOT_TRACED, type Traces } from "./trace.ts";
import { attachTriggers, type Fired } from "./trigger.ts";
import type { TriggerHub } from "./trigger-hub.ts";

export type Config = Readonly<Record<string, unknown>>;

const NAMELESS = "without an id: ";

interface Parts {
  readonly hub: TriggerHub;
  readonly traces: Traces;
  readonly blueprints: FakeBlueprints;
}

interface Automation {
  readonly entityId: string;
  config: Config;
  detach: () => void;
  /** How to cancel each run. */
  readonly running: Set<() => void>;
  readonly waiting: (() => void)[];
}

/** The automations: their file, their entities, their runs. */
export interface Automations {
  /** The stored configurations, by id. */
  readonly file: Map<string, Config>;
  /** Those of packages and split files, by any name: loaded as well, and never in the file. */
  readonly packages: Map<string, Config>;
  /** False: `configuration.yaml` does not name the file, so that nothing of it is ever loaded. */
  isIncluded: boolean;
  configOf(entityId: string): Config | undefined;
  /** Brings one automation in line with the file; the whole file without an id. */
  reload(id?: string): void;
  trigger(
    entityId: string,
    options: { parent?: Context; skipCondition?: boolean; variables?: Config; onDone?: () => void },
  ): void;
  turn(entityId: string, on: boolean): void;
}

export function createAutomations(core: Core, parts: Parts): Automations {
  const { hub, traces, blueprints } = parts;
  const { entities, registry, bus, states } = core;
  const file = new Map<string, Config>();
  const packages = new Map<string, Config>();
  const loaded = new Map<string, Automation>();

  const modeOf = (config: Config) => String(config.mode ?? "single");
  /** Those of packages by their name: what has no id is not registered. */
  const keyOf = ([name, { id }]: [string, Config]) => String(id ?? `${NAMELESS}${name}`);
  const written = (key: string): Config | undefined =>
    file.get(key) ?? [...packages].find((one) => keyOf(one) === key)?.[1];
  const fixedOf = (id: string, config: Config) => {
    const mode = modeOf(config);
    const many = mode === "queued" || mode === "parallel";
    return {
      ...(id.startsWith(NAMELESS) ? {} : { id }),
      mode,
      ...(many ? { max: Number(config.max ?? 10) } : {}),
      friendly_name: String(config.alias ?? id),
    };
  };

  function attach(automation: Automation) {
    automation.detach();
    automation.detach = attachTriggers(automation.config.triggers, {
      core,
      hub,
      onFired: (fired) => start(automation, { fired }),
    });
  }

  function load(id: string, source: Config) {
    const config = blueprints.bodyOf(source);
    const known = loaded.get(id);
    if (known === undefined) {
      const wanted = `automation.${slugify(String(config.alias ?? id))}`;
      const entityId = freeId(wanted, (taken) => entities.get(taken) !== undefined);
      const automation: Automation = {
        ...{ entityId, config, detach: () => undefined, running: new Set(), waiting: [] },
      };
      loaded.set(id, automation);
      const registered = !id.startsWith(NAMELESS);
      if (registered) {
        const name = String(config.alias ?? "");
        registerEntry(core, { entityId, platform: "automation", uniqueId: id, name });
      }
      entities.add({
        entityId,
        integration: "automation",
        fixed: fixedOf(id, config),
        state: config.initial_state === false ? "off" : "on",
        moving: { last_triggered: null, current: 0 },
        registered,
      });
      if (config.initial_state !== false) attach(automation);
      return;
    }
    if (isSame(known.config, config)) return;
    for (const cancel of known.running) cancel();
    known.running.clear();
    known.config = config;
    const entityId = entityIdOf(id) ?? known.entityId;
    const entity = entities.get(entityId);
    if (entity === undefined) return;
    entities.setAvailable([entityId], { available: false, restored: true });
    entity.fixed = fixedOf(id, config);
    entity.moving = { ...entity.moving, current: 0 };
    entities.setAvailable([entityId], { available: true });
    if (entity.state === "on") attach(known);
  }

  function unload(id: string) {
    const automation = loaded.get(id);
    if (automation === undefined) return;
    automation.detach();
    for (const cancel of automation.running) cancel();
    loaded.delete(id);
    traces.forget("automation", id);
    const entityId = entityIdOf(id) ?? automation.entityId;
    if (registry.entities.delete(entityId)) {
      registry.announce("entity", { action: "remove", entity_id: entityId });
    }
    entities.remove(entityId);
  }

  function entityIdOf(id: string): string | undefined {
    for (const entry of registry.entities.values()) {
      if (entry.platform === "automation" && entry.unique_id === id) return entry.entity_id;
    }
    return undefined;
  }

  function idOf(entityId: string): string | undefined {
    const id = entities.get(entityId)?.fixed.id;
    if (typeof id === "string") return id;
    return [...loaded].find(([, one]) => one.entityId === entityId)?.[0];
  }

  function start(
    automation: Automation,
    options: { fired: Fired; skipCondition?: boolean; variables?: Config; onDone?: () => void },
  ) {
    const { config } = automation;
    const id = [...loaded].find(([, one]) => one === automation)?.[0];
    if (id === undefined) return;
    const entityId = entityIdOf(id) ?? automation.entityId;
    const { trigger, context: parent } = options.fired;
    const context = states.newContext({ parent_id: parent?.id ?? null });
    const source = typeof trigger.description === "string" ? trigger.description : undefined;
    const trace =
      config.id === null || id.startsWith(NAMELESS)
        ? NOT_TRACED
        : traces.start({
            domain: "automation",
            itemId: id,
            context,
            config,
            trigger: source ?? null,
          });
    const given = { ...Object(config.variables), ...Object(options.variables) };
    const run: Run = { core, hub, context, trace, variables: { trigger } };
    run.variables = { ...run.variables, ...Object(renderDeep(given, core, run.variables)) };
    const state = states.get(entityId);
    trace.step(trigger.platform ? `trigger/${String(trigger.idx ?? 0)}` : "trigger", {
      changed_variables: { ...(state ? { this: toWireState(state) } : {}), trigger },
    });

    if (options.skipCondition !== true && !conditionsHold(config, run)) {
      trace.finish("failed_conditions");
      return options.onDone?.();
    }
    const { onDone } = options;
    const begin = () => execute(automation, { run, itemId: id, entityId, source, onDone });
    const mode = modeOf(config);
    const max = Number(config.max ?? 10);
    if (automation.running.size === 0) return begin();
    if (mode === "restart") {
      for (const cancel of automation.running) cancel();
      automation.running.clear();
      return begin();
    }
    if (mode === "parallel" && automation.running.size < max) return begin();
    if (mode === "queued" && automation.running.size + automation.waiting.length < max) {
      automation.waiting.push(begin);
      return;
    }
    trace.finish(mode === "single" ? "failed_single" : "failed_max_runs");
    options.onDone?.();
  }

  function conditionsHold(config: Config, run: Run): boolean {
    return toArray(config.conditions).every((condition, index) => {
      try {
        const result = evaluate(condition, core, run.variables);
        run.trace.step(`condition/${index}`, { result: { result } });
        return result;
      } catch (error) {
        run.trace.step(`condition/${index}`, { error: String(error) });
        return false; // as Core: what cannot be told does not hold, and the trace says why
      }
    });
  }

  function execute(
    automation: Automation,
    parts: {
      run: Run;
      itemId: string;
      entityId: string;
      source: string | undefined;
      onDone: (() => void) | undefined;
    },
  ) {
    const { run, itemId, entityId, source, onDone } = parts;
    const { context, trace } = run;
    const name = String(automation.config.alias ?? entityId);
    bus.fire(
      "automation_triggered",
      {
        name,
        entity_id: entityId,
        ...(source === undefined ? {} : { source }),
        ...(isAtLeast(core.version, "2026.11") ? { item_id: itemId, run_id: trace.runId } : {}),
      },
      { context },
    );
    const note = (values: Config) => entities.write(entityId, { attributes: values }, { context });
    let cancel: () => void = () => undefined;
    const stop = () => {
      cancel();
      trace.finish("cancelled");
      note({ current: 0 });
    };
    automation.running.add(stop);
    note({
      last_triggered: new Date(core.clock.now()).toISOString().replace("Z", "+00:00"),
      current: automation.running.size,
    });
    cancel = drive(runSequence(automation.config.actions, run, "action"), (error) => {
      automation.running.delete(stop);
      note({ current: automation.running.size });
      if (error === undefined) trace.finish("finished");
      else if (error instanceof Stop) trace.finish(error.isError ? "aborted" : "finished");
      else trace.finish("error", error instanceof Error ? error.message : String(error));
      onDone?.();
      automation.waiting.shift()?.();
    });
  }

  return {
    file,
    packages,
    isIncluded: true,
    configOf: (entityId) => loaded.get(idOf(entityId) ?? "")?.config,
    reload(id) {
      if (!this.isIncluded) return;
      const all = () => [...loaded.keys(), ...file.keys(), ...[...packages].map(keyOf)];
      for (const one of id === undefined ? all() : [id]) {
        const config = written(one);
        if (config === undefined) unload(one);
        else load(one, config);
      }
    },
    trigger(entityId, { parent, skipCondition = true, variables, onDone }) {
      const automation = loaded.get(idOf(entityId) ?? "");
      if (automation === undefined) return onDone?.();
      const trigger = { platform: null };
      const fired: Fired = parent === undefined ? { trigger } : { trigger, context: parent };
      const more = { ...(variables && { variables }), ...(onDone && { onDone }) };
      start(automation, { fired, skipCondition, ...more });
    },
    turn(entityId, on) {
      const automation = loaded.get(idOf(entityId) ?? "");
      if (automation === undefined) return;
      if (on) attach(automation);
      else {
        automation.detach();
        for (const cancel of automation.running) cancel();
        automation.running.clear();
      }
      entities.write(entityId, { state: on ? "on" : "off" });
    },
  };
}
