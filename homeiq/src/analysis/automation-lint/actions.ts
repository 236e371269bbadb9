import { nodesOf, targetOf } from "#analysis/automation-check/automation-check.ts";
import { SECRET_FORMS, SECRET_KEYS } from "#foundation/secrets.ts";
import type { CallAction } from "#home/automation/automation.ts";
import { effectsOf } from "./effects.ts";
import { plainTriggers } from "./plain-triggers.ts";
import {
  automationOf,
  each,
  eachAutomation,
  type Found,
  type Linted,
  type Rule,
  readable,
} from "./rule.ts";

const callsOf = (one: Linted): readonly CallAction[] => {
  const configuration = readable(one);
  return configuration ? nodesOf(configuration).actions.filter((node) => node.kind === "call") : [];
};

export const notifyWithoutTarget: Rule = {
  code: "lint.notify_without_target",
  severity: "hint",
  about:
    "`notify.notify` goes to whichever notifier Home Assistant found first; that changes when another is added.",
  find: each((one) =>
    callsOf(one).flatMap((node): Found[] => {
      const isBare = node.action === "notify.notify" && !(node.data && "target" in node.data);
      const isNobody = node.action === "notify.send_message" && !node.target;
      if (!isBare && !isNobody) return [];
      const message = `${one.name} does not say who is notified.`;
      return [{ about: [one.entityId], path: one.pathOf(node) ?? [], message }];
    }),
  ),
};

const OFF = /\.(turn_off|toggle|close_cover|unlock)$/;

export const allOff: Rule = {
  code: "lint.all_off",
  severity: "warning",
  about:
    "It switches off everything of a kind, also the freezer's plug and what is added next year.",
  find: each((one) =>
    callsOf(one).flatMap((node): Found[] => {
      const action = String(node.action);
      const target = targetOf(node);
      const all = target.entityIds.includes("all");
      const broad = target.floorIds.length > 0 && action.startsWith("homeassistant.");
      if (!OFF.test(action) || !(all || broad) || target.exclude !== undefined) return [];
      const message = `${one.name} does \`${action}\` for everything, without exception. A group or a label can leave out what must stay on.`;
      return [{ about: [one.entityId], path: one.pathOf(node) ?? [], message }];
    }),
  ),
};

export const secretInText: Rule = {
  code: "lint.secret_in_text",
  severity: "warning",
  about:
    "A password, key or code stands in the text: everybody who may read automations, and every backup, has it.",
  find: each((one) =>
    textsOf(one.raw).flatMap(({ text, path }): Found[] => {
      const key = String(path.at(-1));
      const [, what] = SECRET_FORMS.find(([pattern]) => pattern.test(text)) ?? [];
      const byKey = SECRET_KEYS.test(key) && text.length >= 4 && !/\{[{%]|^!/.test(text);
      if (!what && !byKey) return [];
      const message = `${one.name} holds ${what ?? `the value of \`${key}\``} as plain text. \`!secret\` keeps it out.`;
      return [{ about: [one.entityId], path, message }];
    }),
  ),
};

function textsOf(
  value: unknown,
  path: readonly (string | number)[] = [],
): { text: string; path: readonly (string | number)[] }[] {
  if (typeof value === "string") return [{ text: value, path }];
  if (typeof value === "number" && SECRET_KEYS.test(String(path.at(-1)))) {
    return [{ text: String(value), path }];
  }
  if (typeof value !== "object" || value === null) return [];
  if ("tag" in value) return []; // `!secret` and its like
  return Object.entries(value).flatMap(([key, item]) =>
    textsOf(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

export const nameless: Rule = {
  code: "lint.nameless",
  severity: "hint",
  about: "Without a name nobody finds it in lists and traces.",
  find: each((one) => {
    const { configuration } = one;
    if (!configuration || (configuration.alias ?? "").trim() !== "") return [];
    const message = `${one.entityId} has no \`alias\`.`;
    return [{ about: [one.entityId], path: [], message }];
  }),
};

export const undescribed: Rule = {
  code: "lint.undescribed",
  severity: "hint",
  about: "A long automation without a description is hard to change a year later.",
  find: eachAutomation((one) => {
    const automation = automationOf(one);
    if (!automation || (automation.description ?? "").trim() !== "") return [];
    const size = nodesOf(automation).actions.length;
    if (size < LONG_ACTIONS) return [];
    const message = `${one.name} has ${size} actions and no \`description\`.`;
    return [{ about: [one.entityId], path: [], message, facts: { actions: size } }];
  }),
};

const LONG_ACTIONS = 10; // more than fit on a screen of the editor

export const motionLightStaysOn: Rule = {
  code: "lint.motion_light_stays_on",
  severity: "warning",
  about: "Movement switches a light on and nothing switches it off.",
  find: eachAutomation((one, house) => {
    const automation = automationOf(one);
    const moves =
      automation &&
      plainTriggers(automation, house.home).some(
        (trigger) =>
          trigger.kind === "state" &&
          trigger.to?.includes("on") &&
          trigger.entityIds.some((id) =>
            ["motion", "occupancy", "presence"].includes(
              String(house.home.entities.get(id)?.attributes.device_class),
            ),
          ),
      );
    if (!moves) return [];
    const on = effectsOf(one, house).filter(
      (effect) => effect.entityId.startsWith("light.") && effect.to === "on",
    );
    const others = [...house.automations, ...house.scripts];
    const left = on.find(
      ({ entityId }) =>
        !others.some((other) =>
          effectsOf(other, house).some(
            (effect) => effect.entityId === entityId && (effect.to === "off" || effect.toggles),
          ),
        ),
    );
    if (!left) return [];
    const message = `${one.name} switches \`${left.entityId}\` on when something moves; no automation switches it off.`;
    return [{ about: [one.entityId, left.entityId], path: one.pathOf(left.node) ?? [], message }];
  }),
};

export const alwaysTrue: Rule = {
  code: "lint.condition_always_true",
  severity: "hint",
  about: "A condition that always holds decides nothing.",
  find: each((one, { home }) => {
    const configuration = readable(one);
    if (!configuration) return [];
    return nodesOf(configuration).conditions.flatMap((node): Found[] => {
      const why = whyAlways(node, home.entities);
      if (!why) return [];
      const message = `${one.name}: this condition always holds, ${why}.`;
      return [{ about: [one.entityId], path: one.pathOf(node) ?? [], message }];
    });
  }),
};

type Node = ReturnType<typeof nodesOf>["conditions"][number];

function whyAlways(
  node: Node,
  entities: ReadonlyMap<string, { attributes: unknown }>,
): string | undefined {
  if (node.kind === "template") {
    return /^(\{\{\s*)?true(\s*\}\})?$/i.test(node.valueTemplate.trim())
      ? "it says only true"
      : undefined;
  }
  if (node.kind === "and" && node.conditions.length === 0) return "because it is empty";
  if (node.kind === "time" && node.after === undefined && node.before === undefined) {
    return node.weekdays === undefined || node.weekdays.length === 7 ? "on every day" : undefined;
  }
  if (node.kind === "state" && node.attribute === undefined && node.match !== "any") {
    const [id] = node.entityIds;
    const twoStates =
      /^(light|switch|input_boolean|binary_sensor)\./.test(id ?? "") && entities.has(id ?? "");
    const both = node.states.includes("on") && node.states.includes("off");
    return twoStates && both ? "whether it is on or off" : undefined;
  }
  if (node.kind !== "or") return undefined;
  const states = node.conditions.flatMap((one) =>
    one.kind === "state" && one.entityIds.length === 1 && one.attribute === undefined && !one.for
      ? one.states.map((state) => `${one.entityIds[0]} ${String(state)}`)
      : [],
  );
  const both = states.some(
    (state) => state.endsWith(" on") && states.includes(state.replace(/ on$/, " off")),
  );
  return both ? "one of the two is always so" : undefined;
}
