import { nodesOf, placesOf } from "#analysis/automation-check/automation-check.ts";
import { automationOf, eachAutomation, type Found, type Rule } from "./rule.ts";

const FLICKERS = new Set([
  "illuminance",
  "power",
  "current",
  "wind_speed",
  "sound_pressure",
  "signal_strength",
]);

export const noHysteresis: Rule = {
  code: "lint.no_hysteresis",
  severity: "hint",
  about:
    "It switches on and off around one number: a value that trembles there switches all the time.",
  find: eachAutomation((one, { home }) => {
    const automation = automationOf(one);
    if (!automation) return [];
    const triggers = automation.triggers.filter((trigger) => trigger.kind === "numeric_state");
    return triggers.flatMap((trigger): Found[] => {
      const [entityId] = trigger.entityIds;
      const entity = entityId === undefined ? undefined : home.entities.get(entityId);
      const twin = triggers.find(
        (other) =>
          other !== trigger &&
          other.entityIds[0] === entityId &&
          typeof trigger.above === "number" &&
          other.below === trigger.above,
      );
      const trembles =
        FLICKERS.has(String(entity?.attributes.device_class)) || trigger.attribute !== undefined;
      if (!twin || trigger.for !== undefined || twin.for !== undefined) return [];
      const message = `${one.name} reacts to ${entity?.name ?? entityId} above and below the same ${String(trigger.above)}${trembles ? ", which trembles" : ""}. Two different numbers, or \`for\`, keep it calm.`;
      return [{ about: [one.entityId], path: one.pathOf(trigger) ?? [], message }];
    });
  }),
};

const CHATTY = new Set([
  "climate",
  "media_player",
  "weather",
  "sun",
  "light",
  "person",
  "device_tracker",
  "vacuum",
  "fan",
]);

export const attributeNoise: Rule = {
  code: "lint.attribute_noise",
  severity: "warning",
  about: "A state trigger that names no state also fires whenever only an attribute changes.",
  find: eachAutomation((one) => {
    const automation = automationOf(one);
    const reads =
      JSON.stringify(automation?.actions ?? []) + JSON.stringify(automation?.conditions ?? []);
    return (automation?.triggers ?? []).flatMap((trigger): Found[] => {
      if (trigger.kind !== "state" || trigger.attribute !== undefined || trigger.for !== undefined)
        return [];
      const { to, from, notTo, notFrom } = trigger;
      if ([to, from, notTo, notFrom].some((match) => match !== undefined)) return [];
      const entityId = trigger.entityIds.find((id) => CHATTY.has(id.split(".")[0] ?? ""));
      if (!entityId || /trigger\.to_state\.attributes/.test(reads)) return [];
      const path = one.pathOf(trigger) ?? [];
      const message = `${one.name} is triggered whenever any attribute of \`${entityId}\` changes. \`to: null\` reacts to the state alone.`;
      const fix = {
        words: "Write `to: null`.",
        edits: [{ path: [...path, "to"], value: null }],
        score: 0.7,
      };
      return [{ about: [one.entityId], path, message, fix }];
    });
  }),
};

const SIMPLE =
  /^\{\{\s*is_state\(\s*['"]([a-z0-9_]+\.[a-z0-9_]+)['"]\s*,\s*['"]([^'"]*)['"]\s*\)\s*\}\}$/;
const SIMPLE_STATES =
  /^\{\{\s*states\(\s*['"]([a-z0-9_]+\.[a-z0-9_]+)['"]\s*\)\s*==\s*['"]([^'"]*)['"]\s*\}\}$/;

export const templateForState: Rule = {
  code: "lint.template_for_state",
  severity: "hint",
  about:
    "A template that only compares one state does what a state trigger does, and is harder to read.",
  find: eachAutomation((one) =>
    (automationOf(one)?.triggers ?? []).flatMap((trigger): Found[] => {
      if (trigger.kind !== "template") return [];
      const text = trigger.valueTemplate.trim();
      const [, entityId, state] = SIMPLE.exec(text) ?? SIMPLE_STATES.exec(text) ?? [];
      if (entityId === undefined) return [];
      const message = `${one.name}: a state trigger on \`${entityId}\` to "${state}" says the same.`;
      return [{ about: [one.entityId], path: one.pathOf(trigger) ?? [], message }];
    }),
  ),
};

export const polling: Rule = {
  code: "lint.polling",
  severity: "warning",
  about: "It asks every few minutes for something that a trigger would tell at once.",
  find: eachAutomation((one) => {
    const automation = automationOf(one);
    if (!automation) return [];
    const asks = automation.conditions.some((condition) =>
      ["state", "numeric_state", "template"].includes(condition.kind),
    );
    return automation.triggers.flatMap((trigger): Found[] => {
      if (trigger.kind !== "time_pattern" || !asks) return [];
      const often = [trigger.minutes, trigger.seconds].find(
        (text) => text?.startsWith("/") || text === "*",
      );
      if (!often) return [];
      const entities = placesOf(one.raw).filter((place) => place.kind === "entity");
      const message = `${one.name} looks again and again (${often}) whether its conditions hold. A trigger on ${entities[0] ? `\`${entities[0].id}\`` : "the entity"} reacts at once.`;
      return [{ about: [one.entityId], path: one.pathOf(trigger) ?? [], message }];
    });
  }),
};

export const unusedTriggerId: Rule = {
  code: "lint.unused_trigger_id",
  severity: "hint",
  about: "A trigger has an id that nothing asks for.",
  find: eachAutomation((one) => {
    const automation = automationOf(one);
    if (!automation) return [];
    const asked = new Set(
      nodesOf(automation).conditions.flatMap((node) => (node.kind === "trigger" ? node.ids : [])),
    );
    const text = JSON.stringify([
      automation.actions,
      automation.conditions,
      automation.variables ?? {},
    ]);
    if (/trigger\.id\b|trigger\[/.test(text)) return [];
    return automation.triggers.flatMap((trigger): Found[] => {
      if (trigger.id === undefined || asked.has(trigger.id)) return [];
      const message = `${one.name}: no condition asks for the trigger id "${trigger.id}".`;
      return [{ about: [one.entityId], path: one.pathOf(trigger) ?? [], message }];
    });
  }),
};

/** What an entity trigger says as well; others, as buttons' presses, have no entity. */
const WITH_ENTITY = new Set([
  "light",
  "switch",
  "binary_sensor",
  "sensor",
  "lock",
  "cover",
  "climate",
  "media_player",
]);

export const deviceTrigger: Rule = {
  code: "lint.device_trigger",
  severity: "hint",
  about:
    "A device trigger for which an entity has the same to say: the entity survives a replacement, and is readable.",
  find: eachAutomation((one, { home }) =>
    (automationOf(one)?.triggers ?? []).flatMap((trigger): Found[] => {
      if (trigger.kind !== "device" || trigger.entityId === undefined) return [];
      const entity =
        home.entities.get(trigger.entityId) ??
        [...home.entities.values()].find((candidate) => candidate.registryId === trigger.entityId);
      if (!entity || !WITH_ENTITY.has(entity.domain)) return [];
      const message = `${one.name} is triggered by "${trigger.type ?? "a change"}" of a device; \`${entity.entityId}\` says the same.`;
      return [{ about: [one.entityId, entity.entityId], path: one.pathOf(trigger) ?? [], message }];
    }),
  ),
};
