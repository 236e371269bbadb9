import type { StateCondition, StateTrigger } from "#home/automation/automation.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { meantState, numericOf, statesOf } from "./states.ts";
import { type Found, itemPath, keyPath, type Subject } from "./subject.ts";

const ALWAYS = new Set(["unknown", "unavailable"]);

/** States that an entity never has, and sensors that measure compared with one exact text. */
export function findImpossibleStates(subject: Subject): Found[] {
  const { nodes } = subject;
  const triggers = [...nodes.triggers, ...nodes.awaited].filter((one) => one.kind === "state");
  const conditions = nodes.conditions.filter((one) => one.kind === "state");
  return [
    ...triggers.flatMap((node) => triggerStates(node, subject)),
    ...conditions.flatMap((node) => conditionStates(node, subject)),
  ];
}

function triggerStates(node: StateTrigger, subject: Subject): Found[] {
  if (node.attribute !== undefined) return [];
  const lists = [
    ["to", node.to],
    ["from", node.from],
    ["not_to", node.notTo],
    ["not_from", node.notFrom],
  ] as const;
  return lists.flatMap(([key, states]) =>
    (states ?? []).flatMap((state) =>
      typeof state !== "string" ? [] : stateProblems(state, { node, key, subject }),
    ),
  );
}

function conditionStates(node: StateCondition, subject: Subject): Found[] {
  if (node.attribute !== undefined) return [];
  return node.states.flatMap((state) =>
    typeof state === "string" ? stateProblems(state, { node, key: "state", subject }) : [],
  );
}

interface At {
  readonly node: StateTrigger | StateCondition;
  readonly key: string;
  readonly subject: Subject;
}

function stateProblems(state: string, { node, key, subject }: At): Found[] {
  if (ALWAYS.has(state) || /\{[{%]/.test(state)) return [];
  // The state of a condition may name an entity that holds it.
  if (key === "state" && subject.home.entities.has(state)) return [];
  const entities = node.entityIds.flatMap((id) => subject.home.entities.get(id) ?? []);
  const path = itemPath(subject.raw, keyPath(subject, node, key), state);
  for (const entity of entities) {
    if (measures(entity) && state !== "" && !Number.isNaN(Number(state))) {
      return [exactNumber(state, { entity: entity.name, path })];
    }
    const states = statesOf(entity, subject.home);
    if (!states || states.includes(state)) continue;
    const meant = meantState(state, { entity, states });
    const shown = states.slice(0, 8).join(", ");
    const more = states.length > 8 ? "…" : "";
    const message = `${entity.name} is never "${state}"${meant ? `; it is called "${meant}"` : ""}. Its states: ${shown}${more}.`;
    return [
      {
        code: "never_that_state",
        severity: isSure(entity, key, meant) ? "error" : "warning",
        path,
        message,
        facts: { entity: entity.entityId, state },
        ...(meant !== undefined && {
          fix: { words: `Write "${meant}".`, edits: [{ path, value: meant }], score: 0.9 },
        }),
      },
    ];
  }
  return [];
}

/** A tracker may name places of its own integration. */
const isSure = (entity: HomeEntity, key: string, meant: string | undefined) =>
  !key.startsWith("not_") &&
  (meant !== undefined || !["person", "device_tracker"].includes(entity.domain));

/** A counter or an enumeration without a unit may well be compared with "0". */
const measures = (entity: HomeEntity) =>
  numericOf(entity) === "number" &&
  entity.domain === "sensor" &&
  (entity.attributes.unit_of_measurement !== undefined ||
    entity.attributes.state_class !== undefined);

const exactNumber = (
  state: string,
  { entity, path }: { entity: string; path: Found["path"] },
): Found => ({
  code: "number_as_state",
  severity: "warning",
  path,
  message: `${entity} measures: it is seldom exactly "${state}", and "${state}.0" is another text. Use a numeric state with \`above\` or \`below\`.`,
});
