import type { Action, Trigger } from "#home/automation/automation.ts";
import { bySeverity, type Found, keyPath, type Subject } from "./subject.ts";

const MANY_ENTITIES = 20;
const MANY_ROUNDS = 100;

/** What runs too often, or without an end. */
export function findReckless(subject: Subject): Found[] {
  return [
    ...subject.nodes.actions.flatMap((node) => endless(node, subject)),
    ...subject.nodes.triggers.flatMap((node) => tooOften(node, subject)),
  ];
}

function endless(node: Action, subject: Subject): Found[] {
  if (node.kind !== "repeat") return [];
  const path = keyPath(subject, node, "repeat");
  const { until, sequence } = node;
  if ("count" in until) {
    if (typeof until.count !== "number" || until.count <= MANY_ROUNDS) return [];
    const message = `It repeats ${until.count} times.`;
    return [{ code: "many_rounds", severity: "warning", path, message }];
  }
  if ("forEach" in until) return [];
  const pauses = (actions: readonly Action[]): boolean =>
    actions.some(
      (action) =>
        ["delay", "wait_template", "wait_for_trigger", "stop"].includes(action.kind) ||
        (action.kind === "choose" && action.choices.some((choice) => pauses(choice.sequence))) ||
        (action.kind === "if" && pauses(action.then)),
    );
  if (pauses(sequence)) return [];
  const message =
    "It repeats until something changes, without a pause: it may keep Home Assistant busy without an end. Add a `delay`.";
  return [{ code: "endless_repeat", severity: bySeverity(subject.level), path, message }];
}

function tooOften(node: Trigger, subject: Subject): Found[] {
  const path = subject.pathOf(node) ?? [];
  if (node.kind === "time_pattern") {
    const { seconds } = node;
    if (seconds === undefined || /^\d+$/.test(seconds)) return [];
    const every = seconds === "*" ? "every second" : `every ${seconds.replace("/", "")} seconds`;
    const message = `It runs ${every}, day and night. React to the change of an entity instead, or ask less often.`;
    const at = keyPath(subject, node, "seconds");
    return [{ code: "runs_all_the_time", severity: "warning", path: at, message }];
  }
  if (subject.configuration.kind === "script" || subject.configuration.conditions.length > 0)
    return [];
  if (
    node.kind === "event" &&
    node.data === undefined &&
    BROAD.some((one) => node.eventTypes.includes(one))
  ) {
    const message = `\`${node.eventTypes.join(", ")}\` is sent for everything in the house: it runs many times a second. Name what it is about in \`event_data\`, or use a state trigger.`;
    return [{ code: "broad_trigger", severity: bySeverity(subject.level), path, message }];
  }
  if (node.kind !== "state" || node.entityIds.length < MANY_ENTITIES) return [];
  const message = `It is triggered by ${node.entityIds.length} entities and has no condition.`;
  return [{ code: "broad_trigger", severity: "warning", path, message }];
}

const BROAD = ["state_changed", "call_service", "state_reported", "*"];
