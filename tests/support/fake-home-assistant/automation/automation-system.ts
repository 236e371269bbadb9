import type { Core } from "../model/core.ts";
import { type Automations, createAutomations } from "./automations.ts";
import { createBlueprints, type FakeBlueprints } from "./blueprints.ts";
import { createScenes, type Scenes } from "./scenes.ts";
import { createScripts, type Scripts } from "./scripts.ts";
import { createTraces, type Traces } from "./trace.ts";
import { createTriggerHub } from "./trigger-hub.ts";

/** Automations, scripts and scenes, with the traces of their runs. */
export interface AutomationSystem {
  readonly automations: Automations;
  readonly scripts: Scripts;
  readonly scenes: Scenes;
  readonly traces: Traces;
  readonly blueprints: FakeBlueprints;
}

export function createAutomationSystem(core: Core): AutomationSystem {
  const traces = createTraces(core);
  const blueprints = createBlueprints();
  const parts = { hub: createTriggerHub(core), traces, blueprints };
  return {
    automations: createAutomations(core, parts),
    scripts: createScripts(core, parts),
    scenes: createScenes(core),
    traces,
    blueprints,
  };
}
