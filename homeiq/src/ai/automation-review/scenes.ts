import { type SceneStates, toContent } from "#analysis/replay/replay.ts";
import type { Automation } from "#home/automation/automation.ts";
import type { AutomationConfig } from "#home/automation-config/automation-config.ts";

const SCENE = /\bscene\.[a-z0-9_]+\b/g;

/** What is in the scenes that automations name, as far as Home Assistant tells. */
export const createReadScenes =
  (house: Pick<AutomationConfig, "configOf">) =>
  async (automations: readonly Automation[]): Promise<SceneStates> => {
    const named = new Set(JSON.stringify(automations).match(SCENE));
    const found = await Promise.all(
      [...named].map(async (entityId) => {
        const config = (await house.configOf(entityId))?.config;
        if (typeof config !== "object" || config === null || Array.isArray(config)) return [];
        return [[entityId, toContent(config.entities)] as const];
      }),
    );
    return new Map(found.flat());
  };
