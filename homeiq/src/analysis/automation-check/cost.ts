import type { Action, Automation, Scene, Script } from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { nodesOf } from "./nodes.ts";
import { findHarms } from "./safety.ts";
import { isTemplate } from "./subject.ts";

/** What it costs when it runs at the wrong moment: somebody may be harmed, somebody is disturbed, or nobody minds. */
export const COSTS = ["safety", "comfort", "none"] as const;
export type Cost = (typeof COSTS)[number];

/** They remember or tell something, and change nothing that is felt in the house. */
const UNFELT = new Set([
  ...["counter", "input_boolean", "input_button", "input_datetime", "input_number", "input_select"],
  ...["input_text", "timer", "todo", "calendar", "notify", "persistent_notification", "logbook"],
  ...["system_log", "logger"],
]);
const GUARDS = new Set(["lock", "alarm_control_panel", "valve", "siren", "water_heater"]);
const UNFELT_KINDS = new Set<Action["kind"]>([
  ...(["delay", "wait_template", "wait_for_trigger", "condition", "variables", "stop"] as const),
  ...(["set_conversation_response", "repeat", "choose", "if", "parallel", "sequence"] as const),
]);

export function costOf(configuration: Automation | Script | Scene, home: HomeSnapshot): Cost {
  if (configuration.kind === "scene") return costOfScene(configuration);
  const nodes = nodesOf(configuration);
  const harms = findHarms({
    ...{ configuration, nodes, home, raw: configuration, level: "moderate" },
    pathOf: () => undefined,
    lineOf: () => undefined,
  });
  if (harms.length > 0) return "safety";
  return nodes.actions.every(isUnfelt) ? "none" : "comfort";
}

function costOfScene({ entities }: Scene): Cost {
  const domains = Object.keys(entities).map((id) => id.slice(0, id.indexOf(".")));
  if (domains.some((domain) => GUARDS.has(domain))) return "safety";
  return domains.every((domain) => UNFELT.has(domain)) ? "none" : "comfort";
}

function isUnfelt(action: Action): boolean {
  if (UNFELT_KINDS.has(action.kind)) return true;
  if (action.kind !== "call" || isTemplate(action.action)) return false;
  return UNFELT.has(action.action.split(".")[0] ?? "");
}
