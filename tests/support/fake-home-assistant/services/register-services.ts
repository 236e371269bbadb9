import type { AutomationSystem } from "../automation/automation-system.ts";
import { reloadIntegration } from "../behavior/mishaps.ts";
import type { Core } from "../model/core.ts";
import { findTargets } from "../model/targets.ts";
import { registerAnswering } from "./answering.ts";
import { registerAutomating } from "./automating.ts";
import { registerMedia } from "./media.ts";
import { registerMoving } from "./moving.ts";
import { type Notifications, registerNotifying } from "./notifying.ts";
import { registerSwitching } from "./switching.ts";

/** Registers what the simulated integrations can be asked to do. */
export function registerServices(core: Core, system: AutomationSystem): Notifications {
  registerSwitching(core);
  registerMoving(core);
  registerMedia(core);
  registerAnswering(core);
  registerAutomating(core, system);
  const { services, registry } = core;
  services.register("homeassistant", "update_entity", {
    fields: {},
    target: ["any"],
    run: () => undefined,
  });
  services.register("homeassistant", "reload_config_entry", {
    fields: { entry_id: "string" },
    open: true,
    run({ data }) {
      const entries = new Set([String(data.entry_id ?? "")]);
      for (const entityId of findTargets(data, core)) {
        entries.add(registry.entities.get(entityId)?.config_entry_id ?? "");
      }
      for (const entryId of entries) reloadIntegration(core, entryId);
    },
  });
  return registerNotifying(core);
}
