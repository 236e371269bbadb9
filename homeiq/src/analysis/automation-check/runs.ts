import type { Action, Automation } from "#home/automation/automation.ts";
import { type Found, keyPath, msOf, type Subject } from "./subject.ts";

const LONG_MS = 60_000; // a minute: people walk through twice in it

/** What the order of actions and the mode make impossible or lose. */
export function findRunPitfalls(subject: Subject): Found[] {
  const { configuration, nodes } = subject;
  return [
    ...nodes.sequences.flatMap((sequence) => afterStop(sequence, subject)),
    ...nodes.actions.flatMap((action) => shadowed(action, subject)),
    ...nodes.actions.flatMap((action) => endlessWait(action, subject)),
    ...(configuration.kind === "automation" ? modePitfalls(configuration, subject) : []),
  ];
}

function afterStop(sequence: readonly Action[], subject: Subject): Found[] {
  const stop = sequence.findIndex((action) => action.kind === "stop");
  const next = stop < 0 ? undefined : sequence[stop + 1];
  if (!next) return [];
  const message = "Nothing after `stop` is carried out.";
  return [{ code: "after_stop", severity: "warning", path: subject.pathOf(next) ?? [], message }];
}

/** A choice whose conditions an earlier one has already had. */
function shadowed(action: Action, subject: Subject): Found[] {
  if (action.kind !== "choose") return [];
  const seen = new Map<string, number>();
  let open: number | undefined;
  return action.choices.flatMap((choice, index): Found[] => {
    const key = JSON.stringify(choice.conditions);
    const earlier = open ?? seen.get(key);
    seen.set(key, seen.get(key) ?? index);
    if (choice.conditions.length === 0) open ??= index;
    if (earlier === undefined) return [];
    const base = keyPath(subject, action, "choose");
    const path = [...base, index];
    const why =
      open === earlier ? "holds always, because it has no conditions" : "has the same conditions";
    const message = `Choice ${index + 1} is never taken: choice ${earlier + 1} before it ${why}.`;
    return [{ code: "choice_shadowed", severity: "warning", path, message }];
  });
}

function endlessWait(action: Action, subject: Subject): Found[] {
  const waits = action.kind === "wait_template" || action.kind === "wait_for_trigger";
  if (!waits || action.timeout !== undefined) return [];
  const path = keyPath(subject, action, "wait_template", "wait_for_trigger");
  const message =
    "It waits without a limit: if what it waits for never happens, the run stays open until Home Assistant restarts. Add a `timeout`.";
  const severity = subject.level === "strict" ? "warning" : "hint";
  return [{ code: "wait_without_timeout", severity, path, message }];
}

function modePitfalls(configuration: Automation, subject: Subject): Found[] {
  const { mode } = configuration;
  const waits = subject.nodes.actions.filter(
    (action) => action.kind === "wait_template" || action.kind === "wait_for_trigger",
  );
  const delayMs = subject.nodes.actions.reduce(
    (sum, action) => sum + (action.kind === "delay" ? (msOf(action.delay) ?? 0) : 0),
    0,
  );
  // Without anything to switch off afterwards the wait is a pause between two messages, and meant so.
  const endsSomething = subject.nodes.actions.some(
    (action) => action.kind === "call" && String(action.action).endsWith(".turn_off"),
  );
  if (mode === "single" && delayMs >= LONG_MS && endsSomething && isMotion(subject)) {
    return [
      {
        code: "single_ignores_motion",
        severity: "warning",
        path: ["mode"],
        message: `While it waits ${Math.round(delayMs / 60_000)} min, new movement is ignored (mode \`single\`): the light goes off although somebody is there. \`restart\` begins the wait anew.`,
        fix: {
          words: "Write `mode: restart`.",
          edits: [{ path: ["mode"], value: "restart" }],
          score: 0.9,
        },
      },
    ];
  }
  if (mode === "queued" && (delayMs >= 10 * LONG_MS || waits.some((one) => !("timeout" in one)))) {
    const message =
      "Runs wait for one another (mode `queued`), and each takes long: they pile up, and the later ones do their work much too late.";
    return [{ code: "queue_piles_up", severity: "warning", path: ["mode"], message }];
  }
  const again = subject.nodes.actions.find(
    (action) => action.kind === "call" && ADDS_UP.test(String(action.action)),
  );
  if (mode === "restart" && again && delayMs > 0) {
    const path = keyPath(subject, again, "action", "service");
    const message =
      "With mode `restart` this is done again from the start whenever it is triggered anew: what toggles or counts is done twice.";
    return [{ code: "restart_repeats", severity: "warning", path, message }];
  }
  return [];
}

const ADDS_UP =
  /\.(toggle|increment|decrement|volume_up|volume_down|increase_speed|decrease_speed)$/;
const MOVES = new Set(["motion", "occupancy", "presence", "moving"]);

function isMotion({ nodes, home }: Subject): boolean {
  return nodes.triggers.some(
    (trigger) =>
      trigger.kind === "state" &&
      trigger.entityIds.some((id) => {
        const entity = home.entities.get(id);
        return (
          MOVES.has(String(entity?.attributes.device_class)) ||
          /motion|bewegung|beweging|occupancy|pir\b/.test(id)
        );
      }) &&
      (trigger.to == null || trigger.to.includes("on")),
  );
}
