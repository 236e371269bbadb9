import { runSequence } from "../automation/action.ts";
import { evaluate } from "../automation/condition.ts";
import { drive, type Run, Stop } from "../automation/run.ts";
import { entitiesIn, render } from "../automation/template.ts";
import { NOT_TRACED, toExtendedTrace, toShortTrace } from "../automation/trace.ts";
import { attachTriggers } from "../automation/trigger.ts";
import { createTriggerHub } from "../automation/trigger-hub.ts";
import { validateActions, validateConditions, validateTriggers } from "../automation/validate.ts";
import type { Simulation } from "../household/simulation.ts";
import { isAtLeast } from "../model/core.ts";
import { HomeAssistantError } from "../model/home-assistant-error.ts";
import { sendError, sendEvent, sendResult } from "./client.ts";
import { ANSWERED, type Commands, type Request, toWireError } from "./command.ts";

/** Automations, scripts, their traces, and everything that validates, tests or renders. */
export function automationCommands({ core, system }: Simulation): Commands {
  const { automations, scripts, traces } = system;
  const hub = createTriggerHub(core);
  const found = <T>(value: T | undefined, message: string): T => {
    if (value === undefined) throw new HomeAssistantError("not_found", message);
    return value;
  };
  const itemId = (message: Request["message"]) =>
    message.item_id === undefined ? undefined : String(message.item_id);

  return {
    "automation/config": {
      admin: isAtLeast(core.version, "2026.5"),
      schema: { entity_id: "string!" },
      run: ({ message }) => ({
        config: found(automations.configOf(String(message.entity_id)), "Entity not found"),
      }),
    },
    "script/config": {
      schema: { entity_id: "string!" },
      run: ({ message }) => ({
        config: found(scripts.configOf(String(message.entity_id)), "Entity not found"),
      }),
    },
    "trace/list": {
      admin: true,
      schema: { domain: "string!", item_id: "string" },
      run: ({ message }) => traces.list(String(message.domain), itemId(message)).map(toShortTrace),
    },
    "trace/get": {
      admin: true,
      schema: { domain: "string!", item_id: "string!", run_id: "string!" },
      run({ message }) {
        const list = traces.list(String(message.domain), itemId(message));
        const trace = list.find(({ runId }) => runId === message.run_id);
        return toExtendedTrace(found(trace, "The trace could not be found"));
      },
    },
    "trace/contexts": {
      admin: true,
      schema: { domain: "string", item_id: "string" },
      run({ message }) {
        const domains =
          message.domain === undefined ? ["automation", "script"] : [String(message.domain)];
        const list = domains.flatMap((domain) => traces.list(domain, itemId(message)));
        return Object.fromEntries(
          list.map((trace) => [
            trace.context.id,
            { run_id: trace.runId, domain: trace.domain, item_id: trace.itemId },
          ]),
        );
      },
    },
    validate_config: {
      schema: { triggers: "any", conditions: "any", actions: "any" },
      run({ message }) {
        const checks = {
          triggers: validateTriggers,
          conditions: validateConditions,
          actions: validateActions,
        };
        const answers = Object.entries(checks)
          .filter(([key]) => message[key] !== undefined)
          .map(([key, validate]) => [key, outcomeOf(() => validate(message[key]))]);
        return Object.fromEntries(answers);
      },
    },
    test_condition: {
      admin: true,
      schema: { condition: "any!", variables: "object" },
      run({ message }) {
        const { condition } = message;
        if (Array.isArray(condition)) {
          const text = "expected a dictionary for dictionary value @ data['condition']. Got a list";
          throw new HomeAssistantError("invalid_format", text);
        }
        validateConditions(condition);
        return { result: evaluate(condition, core, Object(message.variables)) };
      },
    },
    render_template: {
      schema: {
        template: "string!",
        variables: "object",
        entity_ids: "list",
        timeout: "float",
        strict: "boolean",
        report_errors: "boolean",
      },
      run: renderTemplate,
    },
    subscribe_trigger: {
      admin: true,
      schema: { trigger: "any!", variables: "object" },
      run({ client, message }) {
        validateTriggers(message.trigger);
        const end = attachTriggers(message.trigger, {
          core,
          hub,
          onFired: ({ trigger, context = null }) =>
            sendEvent(client, message.id, { variables: { trigger }, context }),
        });
        client.subscriptions.set(message.id, { kind: "other", end });
        return null;
      },
    },
    execute_script: {
      admin: true,
      schema: { sequence: "any!", variables: "object" },
      run({ client, message }) {
        validateActions(message.sequence);
        const context = core.states.newContext({ user_id: client.user.id });
        const variables = Object(message.variables);
        const run: Run = { core, hub, context, trace: NOT_TRACED, variables };
        drive(runSequence(message.sequence, run, "sequence"), (error) => {
          if (error === undefined) sendResult(client, message.id, { context, response: null });
          else if (error instanceof Stop) {
            sendResult(client, message.id, { context, response: error.response ?? null });
          } else sendError(client, message.id, toWireError(error));
        });
        return ANSWERED;
      },
    },
    ...platformCommands(),
  };
}

function outcomeOf(run: () => void) {
  try {
    run();
    return { valid: true, error: null };
  } catch (error) {
    return { valid: false, error: error instanceof Error ? error.message : String(error) };
  }
}

function renderTemplate({ client, message, core }: Request) {
  const template = String(message.template);
  const variables = Object(message.variables);
  const named = entitiesIn(template).filter((id) => core.states.get(id) !== undefined);
  const listeners = { all: false, entities: named, domains: [], time: /now\(/u.test(template) };
  const { id } = message;
  const tell = () => {
    try {
      sendEvent(client, id, { result: render(template, core, variables), listeners });
    } catch (error) {
      if (message.report_errors !== true) return;
      sendEvent(client, id, { error: toWireError(error).message, level: "ERROR" });
    }
  };
  if (message.report_errors !== true) render(template, core, variables);
  sendResult(client, id, null);
  tell();
  const watched = new Set(named);
  const end = core.states.onChange(({ entityId }) => {
    if (watched.has(entityId)) tell();
  });
  client.subscriptions.set(id, { kind: "other", end });
  return ANSWERED;
}

const TRIGGER_PLATFORMS = {
  "light.turned_on": {
    fields: { behavior: {}, for: {} },
    target: { entity: [{ domain: "light" }] },
  },
  "light.turned_off": {
    fields: { behavior: {}, for: {} },
    target: { entity: [{ domain: "light" }] },
  },
  "motion.detected": {
    fields: { behavior: {}, for: {} },
    target: { entity: [{ domain: "binary_sensor", device_class: "motion" }] },
  },
  "door.opened": {
    fields: { behavior: {}, for: {} },
    target: { entity: [{ domain: "binary_sensor", device_class: "door" }] },
  },
};
const CONDITION_PLATFORMS = {
  "light.is_on": { fields: { behavior: {}, for: {} }, target: { entity: [{ domain: "light" }] } },
  "light.is_off": { fields: { behavior: {}, for: {} }, target: { entity: [{ domain: "light" }] } },
  "motion.is_detected": {
    fields: { behavior: {} },
    target: { entity: [{ domain: "binary_sensor", device_class: "motion" }] },
  },
};

function platformCommands(): Commands {
  const tell = (platforms: object) => ({
    run({ client, message, core }: Request) {
      sendResult(client, message.id, null);
      sendEvent(client, message.id, isAtLeast(core.version, "2026.7") ? platforms : {});
      client.subscriptions.set(message.id, { kind: "other" });
      return ANSWERED;
    },
  });
  return {
    "trigger_platforms/subscribe": tell(TRIGGER_PLATFORMS),
    "condition_platforms/subscribe": tell(CONDITION_PLATFORMS),
  };
}
