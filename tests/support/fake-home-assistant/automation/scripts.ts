import type { Core } from "../model/core.ts";
import type { Context } from "../model/state-machine.ts";
import { runSequence } from "./action.ts";
import type { Config } from "./automations.ts";
import { registerEntry } from "./register-entry.ts";
import { drive, type Run, Stop } from "./run.ts";
import type { Traces } from "./trace.ts";
import type { TriggerHub } from "./trigger-hub.ts";

/** The scripts: their file, their entities, their runs. */
export interface Scripts {
  readonly file: Map<string, Config>;
  configOf(entityId: string): Config | undefined;
  reload(): void;
  /** Runs a script; `onDone` is told its response. */
  run(
    key: string,
    options: { context: Context; variables: Config; onDone?: (response: unknown) => void },
  ): void;
  keyOf(entityId: string): string | undefined;
}

export function createScripts(
  core: Core,
  { hub, traces }: { hub: TriggerHub; traces: Traces },
): Scripts {
  const { entities, registry, services, bus } = core;
  const file = new Map<string, Config>();
  const loaded = new Set<string>();
  const running = new Map<string, Set<() => void>>();

  function entityIdOf(key: string): string | undefined {
    for (const entry of registry.entities.values()) {
      if (entry.platform === "script" && entry.unique_id === key) return entry.entity_id;
    }
    return undefined;
  }
  const keyOf = (entityId: string) => {
    const entry = registry.entities.get(entityId);
    return entry?.platform === "script" ? entry.unique_id : undefined;
  };

  function load(key: string, config: Config) {
    const name = String(config.alias ?? key);
    const mode = String(config.mode ?? "single");
    services.register("script", key, {
      fields: {},
      open: true,
      name,
      response: "optional",
      run: ({ data, context }) => ({
        later: (done: (response?: unknown) => void) =>
          run(key, { context, variables: data, onDone: done }),
      }),
    });
    const entityId = entityIdOf(key) ?? `script.${key}`;
    const known = entities.get(entityId);
    if (known !== undefined) {
      known.fixed = { mode, friendly_name: name };
      return entities.publish(known);
    }
    registerEntry(core, { entityId, platform: "script", uniqueId: key, name });
    entities.add({
      entityId,
      integration: "script",
      fixed: { mode, friendly_name: name },
      state: "off",
      moving: { last_triggered: null, current: 0 },
      registered: true,
    });
  }

  function unload(key: string) {
    services.unregister("script", key);
    const entityId = entityIdOf(key);
    if (entityId === undefined) return;
    registry.entities.delete(entityId);
    registry.announce("entity", { action: "remove", entity_id: entityId });
    entities.remove(entityId);
  }

  function run(
    key: string,
    options: { context: Context; variables: Config; onDone?: (response: unknown) => void },
  ) {
    const { context, variables, onDone } = options;
    const config = file.get(key);
    const entityId = entityIdOf(key);
    if (config === undefined || entityId === undefined) return onDone?.(null);
    const runs = running.get(key) ?? new Set();
    running.set(key, runs);
    if (runs.size > 0) {
      if (config.mode !== "restart") return onDone?.(null);
      for (const cancel of runs) cancel();
    }
    const name = String(config.alias ?? key);
    const trace = traces.start({
      ...{ domain: "script", itemId: key, context, config, trigger: null },
    });
    bus.fire("script_started", { name, entity_id: entityId }, { context });
    const note = (state: string, current: number) => {
      const at = new Date(core.clock.now()).toISOString().replace("Z", "+00:00");
      const attributes = current > 0 ? { current, last_triggered: at } : { current };
      entities.write(entityId, { state, attributes }, { context });
    };
    note("on", 1);
    const one: Run = { core, hub, context, trace, variables };
    let cancel: () => void = () => undefined;
    const stop = () => {
      cancel();
      runs.delete(stop);
      trace.finish("cancelled");
      note("off", 0);
      onDone?.(null);
    };
    runs.add(stop);
    cancel = drive(runSequence(config.sequence, one, "sequence"), (error) => {
      runs.delete(stop);
      note("off", 0);
      const isStop = error instanceof Stop;
      trace.finish(error === undefined || isStop ? "finished" : "error");
      onDone?.(isStop ? (error.response ?? null) : null);
    });
  }

  services.register("script", "turn_on", {
    fields: { variables: "object" },
    target: ["script"],
    run({ entities: targets, context, data }) {
      for (const { entityId } of targets) {
        run(keyOf(entityId) ?? "", { context, variables: Object(data.variables) });
      }
    },
  });
  services.register("script", "turn_off", {
    fields: {},
    target: ["script"],
    run({ entities: targets }) {
      for (const { entityId } of targets) {
        for (const cancel of running.get(keyOf(entityId) ?? "") ?? []) cancel();
      }
    },
  });

  return {
    file,
    keyOf,
    configOf: (entityId) => file.get(keyOf(entityId) ?? ""),
    run,
    reload() {
      for (const key of loaded) if (!file.has(key)) unload(key);
      loaded.clear();
      for (const [key, config] of file) {
        load(key, config);
        loaded.add(key);
      }
    },
  };
}
