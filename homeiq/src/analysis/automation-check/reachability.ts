import type { Condition, Trigger } from "#home/automation/automation.ts";
import { findContradictions } from "./contradictions.ts";
import { isOn } from "./nodes.ts";
import { nearest } from "./references.ts";
import { findRunPitfalls } from "./runs.ts";
import { type Found, itemPath, keyPath, type Subject } from "./subject.ts";
import { findUnknownTriggerIds } from "./template-trigger-ids.ts";
import { noTriggerHas, triggerIdsOf } from "./trigger-fields.ts";

/** What can never happen: triggers that cannot fire, conditions that never hold, actions that are never reached. */
export function findUnreachable(subject: Subject): Found[] {
  return [
    ...triggersOff(subject),
    ...subject.nodes.triggers.flatMap((trigger) => deadTrigger(trigger, subject)),
    ...subject.nodes.conditions.flatMap((condition) => deadCondition(condition, subject)),
    ...triggerIds(subject),
    ...findUnknownTriggerIds(subject),
    ...findContradictions(subject),
    ...findRunPitfalls(subject),
  ];
}

function triggersOff({ configuration }: Subject): Found[] {
  if (configuration.kind === "script") return [];
  const { triggers } = configuration;
  if (triggers.some(isOn)) return [];
  const message =
    triggers.length === 0
      ? "Nothing triggers it: it only runs when something calls it."
      : "All its triggers are switched off: it only runs when something calls it.";
  return [{ code: "no_trigger", severity: "warning", path: ["triggers"], message }];
}

function deadTrigger(node: Trigger, subject: Subject): Found[] {
  if (node.kind === "numeric_state") return emptyRange(node, subject);
  if (node.kind !== "state") return [];
  const { to, from, notTo, notFrom } = node;
  const same = to?.length === 1 && from?.length === 1 && to[0] === from[0];
  if (same && node.attribute === undefined) {
    const message = `It waits for a change from "${from[0]}" to "${to[0]}": that is no change.`;
    return [
      { code: "never_fires", severity: "error", path: keyPath(subject, node, "to"), message },
    ];
  }
  const both = to?.every((state) => notTo?.includes(state)) && to.length > 0;
  const bothFrom = from?.every((state) => notFrom?.includes(state)) && from.length > 0;
  if (!both && !bothFrom) return [];
  const message = "What it waits for is excluded beside it: it never fires.";
  return [{ code: "never_fires", severity: "error", path: subject.pathOf(node) ?? [], message }];
}

function emptyRange(
  node: Extract<Trigger | Condition, { kind: "numeric_state" }>,
  subject: Subject,
): Found[] {
  const { above, below } = node;
  if (typeof above === "number" && typeof below === "number" && above >= below) {
    const path = keyPath(subject, node, "above");
    const message = `No number is above ${above} and below ${below}. Are they exchanged, or is it \`or\` that is meant?`;
    const edits = [
      { path, value: below },
      { path: keyPath(subject, node, "below"), value: above },
    ];
    const fix = { words: "Exchange them.", edits, score: 0.6 };
    return [{ code: "empty_range", severity: "error", path, message, fix }];
  }
  return node.entityIds.flatMap((id) => beyondReach(id, { node, subject }));
}

/** Percentages and brightness have ends. */
function beyondReach(
  entityId: string,
  { node, subject }: { node: Parameters<typeof emptyRange>[0]; subject: Subject },
): Found[] {
  const entity = subject.home.entities.get(entityId);
  const unit = entity?.attributes.unit_of_measurement;
  const isShare =
    unit === "%" &&
    ["battery", "humidity", "moisture"].includes(String(entity?.attributes.device_class));
  const max = node.attribute === "brightness" ? 255 : 100;
  const bounded = node.attribute === undefined ? isShare : BOUNDED.has(node.attribute);
  if (!bounded || node.valueTemplate !== undefined) return [];
  const { above, below } = node;
  const tooHigh = typeof above === "number" && above >= max;
  const tooLow = typeof below === "number" && below <= 0;
  if (!tooHigh && !tooLow) return [];
  const path = keyPath(subject, node, tooHigh ? "above" : "below");
  const message = `${entity?.name ?? entityId} goes from 0 to ${max}: it is never ${tooHigh ? `above ${above}` : `below ${below}`}.`;
  return [{ code: "beyond_reach", severity: "error", path, message }];
}

const BOUNDED = new Set(["brightness", "current_position", "percentage", "battery_level"]);

function deadCondition(node: Condition, subject: Subject): Found[] {
  if (node.kind === "numeric_state") return emptyRange(node, subject);
  if (node.kind === "time" && node.weekdays?.length === 0) {
    const path = keyPath(subject, node, "weekday");
    const message = "No day of the week is chosen: it never holds.";
    return [{ code: "never_holds", severity: "error", path, message }];
  }
  if (node.kind !== "template") return [];
  const text = node.valueTemplate.trim().toLowerCase();
  if (!/^(\{\{\s*)?false(\s*\}\})?$/.test(text)) return [];
  const message = "The template is always false: it never holds.";
  const path = keyPath(subject, node, "value_template");
  return [{ code: "never_holds", severity: "warning", path, message }];
}

/** Conditions on a trigger's id that no trigger has. */
function triggerIds(subject: Subject): Found[] {
  const { configuration, nodes } = subject;
  if (configuration.kind === "script") return [];
  const ids = triggerIdsOf(configuration);
  return nodes.conditions.flatMap((node) => {
    if (node.kind !== "trigger") return [];
    return node.ids.flatMap((id): Found[] => {
      if (ids.includes(id) || /\{[{%]/.test(id)) return [];
      const path = itemPath(subject.raw, keyPath(subject, node, "id"), id);
      const best = nearest(id, ids);
      return [
        {
          code: "unknown_trigger_id",
          severity: "error",
          path,
          message: noTriggerHas(id, ids, best?.id),
          facts: { id },
          ...(best && {
            fix: {
              words: `Write "${best.id}".`,
              edits: [{ path, value: best.id }],
              score: best.score,
            },
          }),
        },
      ];
    });
  });
}
