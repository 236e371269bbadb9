import { isOn, msOf, nodesOf } from "#analysis/automation-check/automation-check.ts";
import type { Action } from "#home/automation/automation.ts";
import { effectsOf } from "./effects.ts";
import { automationOf, each, eachAutomation, type Rule, readable } from "./rule.ts";

const LOST_FROM_MS = 10 * 60_000; // a restart takes a minute or two: a shorter wait is seldom hit
const WAITS = new Set(["wait_template", "wait_for_trigger"]);

/** Whether what it switched stays as it is when the run is lost: it has something to do afterwards. */
function actsAfterWait(actions: readonly Action[]): boolean {
  const live = actions.filter(isOn);
  const wait = live.findIndex(
    (one) =>
      (one.kind === "delay" && (msOf(one.delay) ?? 0) >= LOST_FROM_MS) || WAITS.has(one.kind),
  );
  return wait >= 0 && live.slice(wait + 1).some((one) => one.kind === "call");
}

export const lostOnRestart: Rule = {
  code: "lint.lost_on_restart",
  severity: "warning",
  about: "A restart ends long delays and waits: what should follow never happens.",
  find: eachAutomation((one, house) => {
    const automation = automationOf(one);
    if (!automation || !nodesOf(automation).sequences.some(actsAfterWait)) return [];
    const touched = new Set(effectsOf(one, house).map((effect) => effect.entityId));
    const isTidied = house.automations.some(
      (other) =>
        automationOf(other)?.triggers.some(
          (trigger) => trigger.kind === "homeassistant" && trigger.event === "start",
        ) && effectsOf(other, house).some((effect) => touched.has(effect.entityId)),
    );
    if (isTidied) return [];
    const message = `${one.name} waits long and acts afterwards. If Home Assistant restarts meanwhile, the rest never happens: use a trigger with \`for\`, a timer that is restored, or an automation on start that tidies up.`;
    return [{ about: [one.entityId], path: ["actions"], message }];
  }),
};

export const longFor: Rule = {
  code: "lint.for_lost_on_restart",
  severity: "hint",
  about:
    "A trigger's `for` begins anew with each restart: after a restart of the house it may never be reached.",
  find: eachAutomation((one) => {
    const automation = automationOf(one);
    if (automation?.triggers.length !== 1) return [];
    const [trigger] = automation.triggers;
    const hours = trigger && "for" in trigger ? (msOf(trigger.for) ?? 0) / 3_600_000 : 0;
    if (!trigger || hours < 1) return [];
    const message = `${one.name} is triggered after ${Math.round(hours * 10) / 10} hours without a change; each restart of Home Assistant begins that time anew.`;
    return [{ about: [one.entityId], path: one.pathOf(trigger) ?? [], message }];
  }),
};

export const delayInsteadOfFor: Rule = {
  code: "lint.delay_instead_of_for",
  severity: "hint",
  about:
    "A delay right after a state trigger acts although the state has changed back; `for` in the trigger waits for a steady state.",
  find: eachAutomation((one) => {
    const automation = automationOf(one);
    const [trigger] = automation?.triggers ?? [];
    const [first, second] = automation?.actions.filter(isOn) ?? [];
    const isState = automation?.triggers.length === 1 && trigger?.kind === "state";
    if (!isState || trigger.for !== undefined || trigger.to == null) return [];
    if (first?.kind !== "delay" || second?.kind === "condition" || msOf(first.delay) === undefined)
      return [];
    const message = `${one.name} waits first and then acts, also when \`${trigger.entityIds[0]}\` is no longer "${trigger.to[0]}". With \`for\` in the trigger it acts only if the state has lasted.`;
    return [{ about: [one.entityId], path: one.pathOf(first) ?? [], message }];
  }),
};

export const waitWithoutTimeout: Rule = {
  code: "lint.wait_without_timeout",
  severity: "warning",
  about: "A wait without a limit keeps the run open until the next restart.",
  find: each((one) => {
    const configuration = readable(one);
    if (!configuration) return [];
    return nodesOf(configuration).actions.flatMap((node) => {
      const waits = node.kind === "wait_template" || node.kind === "wait_for_trigger";
      if (!waits || node.timeout !== undefined) return [];
      const message = `${one.name} waits without a \`timeout\`.`;
      return [{ about: [one.entityId], path: one.pathOf(node) ?? [], message }];
    });
  }),
};

export const singleWithWait: Rule = {
  code: "lint.single_with_wait",
  severity: "hint",
  about: "With mode `single` everything that happens during a long wait is ignored.",
  find: eachAutomation((one) => {
    const automation = automationOf(one);
    if (automation?.mode !== "single") return [];
    const nodes = nodesOf(automation).actions;
    const wait = nodes.find(
      (node) =>
        WAITS.has(node.kind) || (node.kind === "delay" && (msOf(node.delay) ?? 0) >= 60_000),
    );
    const isPause = automation.actions.filter(isOn).at(-1) === wait; // between two messages, and meant so
    const repeats = automation.triggers.some((trigger) =>
      ["state", "numeric_state", "event", "device", "template"].includes(trigger.kind),
    );
    if (!wait || isPause || !repeats) return [];
    const message = `${one.name} has mode \`single\` and waits: what triggers it meanwhile is ignored. \`restart\` begins anew.`;
    const fix = {
      words: "Write `mode: restart`.",
      edits: [{ path: ["mode"], value: "restart" }],
      score: 0.6,
    };
    return [{ about: [one.entityId], path: one.pathOf(wait) ?? [], message, fix }];
  }),
};
