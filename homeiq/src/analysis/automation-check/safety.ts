import type { CallAction } from "#home/automation/automation.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { findReckless } from "./reckless.ts";
import { bySeverity, entitiesOf, type Found, keyPath, type Subject, targetOf } from "./subject.ts";

interface Danger {
  readonly code: string;
  /** In words, after the name of what it is about. */
  readonly message: string;
}

/** What can hurt, let somebody in, flood or cost when it runs at the wrong moment, or without an end. */
export const findDangers = (subject: Subject): Found[] => [
  ...findHarms(subject),
  ...findReckless(subject),
];

/** What can hurt, let somebody in, flood or cost when it runs at the wrong moment. */
export function findHarms(subject: Subject): Found[] {
  return subject.nodes.actions.flatMap((node): Found[] => {
    if (node.kind === "call") return callDangers(node, subject);
    if (node.kind !== "device" || !DEVICE_DANGERS.has(`${node.domain}.${node.type}`)) return [];
    const message = `It does \`${node.type}\` with a ${node.domain.replaceAll("_", " ")}: ${CHECK}`;
    const path = subject.pathOf(node) ?? [];
    return [{ code: "device_danger", severity: bySeverity(subject.level), path, message }];
  });
}

const CHECK = "make sure that it cannot run when nobody wants it.";
const DEVICE_DANGERS = new Set([
  "lock.unlock",
  "lock.open",
  "alarm_control_panel.disarm",
  "cover.open",
]);

function callDangers(node: CallAction, subject: Subject): Found[] {
  const action = String(typeof node.action === "string" ? node.action : "");
  const [domain = "", name = ""] = action.split(".");
  const path = keyPath(subject, node, "action", "service");
  const severity = bySeverity(subject.level);
  const system = SYSTEM[action] ?? SYSTEM_DOMAINS[domain];
  if (system)
    return [{ code: "system_action", severity, path, message: `\`${action}\` ${system}` }];
  const everything = allOf(node, { action, domain });
  if (everything) {
    const at = keyPath(subject, node, "target.entity_id", "data.entity_id", "entity_id");
    return [{ code: "everything", severity, path: at, message: everything }];
  }
  const targets = entitiesOf(targetOf(node), subject.home, domain);
  const found = targets.flatMap((entity) => {
    const danger = dangerOf(entity, { name, data: node.data ?? {} });
    return danger ? [{ danger, entity }] : [];
  });
  if (found.length === 0) return byAction(action, { path, severity });
  const groups = Map.groupBy(found, ({ danger }) => danger.code);
  return [...groups].map(([code, list]) => {
    const names = list.map(({ entity }) => entity.name).join(", ");
    const message = `${names}: ${list[0]?.danger.message} ${capital(CHECK)}`;
    return {
      code,
      severity,
      path,
      message,
      facts: { entities: list.map(({ entity }) => entity.entityId).join(", ") },
    };
  });
}

const SYSTEM: Readonly<Record<string, string>> = {
  "homeassistant.restart": "restarts Home Assistant: everything that runs or waits is lost.",
  "homeassistant.stop": "stops Home Assistant: nothing can start it again from within.",
  "hassio.host_reboot": "restarts the whole machine.",
  "hassio.host_shutdown": "switches the machine off: nobody can switch it on from afar.",
  "hassio.addon_stop": "stops an app.",
  "recorder.purge": "deletes history.",
  "recorder.purge_entities": "deletes history.",
  "recorder.disable": "ends the recording of history.",
};
const SYSTEM_DOMAINS: Readonly<Record<string, string>> = {
  shell_command: "runs a command on the machine, outside of what can be checked here.",
  python_script: "runs a script on the machine, outside of what can be checked here.",
  pyscript: "runs a script on the machine, outside of what can be checked here.",
};

function allOf(node: CallAction, { action, domain }: { action: string; domain: string }) {
  if (!targetOf(node).entityIds.includes("all")) return undefined;
  const what = domain === "homeassistant" ? "everything" : `every ${domain.replaceAll("_", " ")}`;
  return `\`${action}\` for \`all\` reaches ${what} in the house, also what is added later. Name an area, a label or a group.`;
}

/** Without a known target the action alone tells. */
function byAction(action: string, { path, severity }: Pick<Found, "path" | "severity">): Found[] {
  const danger = BY_ACTION[action];
  return danger
    ? [{ code: danger.code, severity, path, message: `${danger.message} ${capital(CHECK)}` }]
    : [];
}

const UNLOCKS = { code: "unlocks", message: "It unlocks a door." };
const DISARMS = { code: "disarms", message: "It switches the alarm off." };
const WATER = { code: "opens_valve", message: "It opens a valve: water or gas may run." };
const NOISE = { code: "siren", message: "It sounds a siren." };
const HEATS = { code: "heats", message: "It switches on something that gets hot." };
const GATE = { code: "opens_gate", message: "It opens a way into the house." };
const BY_ACTION: Readonly<Record<string, Danger>> = {
  "lock.unlock": UNLOCKS,
  "lock.open": UNLOCKS,
  "alarm_control_panel.alarm_disarm": DISARMS,
  "valve.open_valve": WATER,
  "siren.turn_on": NOISE,
};

const TURNS_ON = new Set(["turn_on", "toggle"]);
const HOT =
  /\b(oven|stove|hob|heater|boiler|kettle|iron|sauna|herd|backofen|heizluefter|heizlufter|bugeleisen|wasserkocher|kookplaat|kachel)\b/;
const GATES = new Set(["garage", "gate", "door"]);

function dangerOf(
  entity: HomeEntity,
  { name, data }: { name: string; data: Readonly<Record<string, unknown>> },
): Danger | undefined {
  const { domain, attributes } = entity;
  if (domain === "lock" && ["unlock", "open", "turn_off", "toggle"].includes(name)) return UNLOCKS;
  if (domain === "alarm_control_panel") {
    if (name === "alarm_disarm") return DISARMS;
    return name === "alarm_trigger" ? { ...NOISE, message: "It sets the alarm off." } : undefined;
  }
  if (domain === "valve" && /open|toggle|turn_on|set_valve_position/.test(name)) return WATER;
  if (domain === "siren" && TURNS_ON.has(name)) return NOISE;
  const words = `${entity.entityId.replaceAll(/[._]/g, " ")} ${entity.name}`.toLowerCase();
  if (domain === "cover") {
    const opens =
      /^(open_cover|toggle|turn_on)$/.test(name) ||
      (name === "set_cover_position" && data.position !== 0);
    const isGate =
      GATES.has(String(attributes.device_class)) || /garage|gate\b|hoftor|poort/.test(words);
    return opens && isGate ? GATE : undefined;
  }
  if (domain === "water_heater" && /turn_on|set_operation_mode/.test(name)) return HEATS;
  return domain === "switch" && TURNS_ON.has(name) && HOT.test(words) ? HEATS : undefined;
}

const capital = (text: string) => `${text[0]?.toUpperCase()}${text.slice(1)}`;
