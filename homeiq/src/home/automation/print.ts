import type { Blueprint, BlueprintInput } from "./blueprint.ts";
import type { Automation, BlueprintUse, Scene, Script } from "./configuration.ts";
import { printActions } from "./print-action.ts";
import { printCondition } from "./print-condition.ts";
import { printTrigger, type Syntax } from "./print-trigger.ts";
import { mapping, printText } from "./print-value.ts";
import type { Json, JsonMap } from "./value.ts";

/**
 * What Home Assistant stores, in its own order of keys. `modern` (the default): `triggers`, `trigger`, `action`.
 * `legacy`: `trigger`, `platform`, `service`, for Home Assistant before 2024.10.
 */
export function printAutomation(
  automation: Automation | BlueprintUse,
  { syntax = "modern" }: { readonly syntax?: Syntax } = {},
): JsonMap {
  if (automation.kind === "blueprint_use") return printUse(automation);
  const s = syntax === "modern" ? "s" : "";
  const { id, alias, description, variables, triggerVariables, initialState, extra } = automation;
  return mapping({
    id: printText(id),
    alias: printText(alias),
    description: printText(description),
    [`trigger${s}`]: automation.triggers.map((trigger) => printTrigger(trigger, syntax)),
    [`condition${s}`]: automation.conditions.map(printCondition),
    [`action${s}`]: printActions(automation.actions, syntax),
    trigger_variables: triggerVariables,
    variables,
    ...printRuns(automation),
    initial_state: initialState,
    ...extra,
  });
}

export function printScript(
  script: Script | BlueprintUse,
  { syntax = "modern" }: { readonly syntax?: Syntax } = {},
): JsonMap {
  if (script.kind === "blueprint_use") return printUse(script);
  const { alias, description, icon, fields, variables, extra } = script;
  return mapping({
    alias: printText(alias),
    description: printText(description),
    icon: printText(icon),
    fields,
    variables,
    sequence: printActions(script.sequence, syntax),
    ...printRuns(script),
    ...extra,
  });
}

function printRuns({ mode, max, maxExceeded, storedTraces }: Automation | Script) {
  return {
    mode,
    max,
    max_exceeded: maxExceeded,
    trace: storedTraces === undefined ? undefined : { stored_traces: storedTraces },
  };
}

function printUse({ id, alias, description, path, input, extra }: BlueprintUse): JsonMap {
  return mapping({
    id: printText(id),
    alias: printText(alias),
    description: printText(description),
    use_blueprint: { path: printText(path), input },
    ...extra,
  });
}

export function printScene({ id, name, icon, entities, extra }: Scene): JsonMap {
  const printed = Object.entries(entities).map(
    ([entityId, { state, attributes }]): [string, Json] => [
      entityId,
      Object.keys(attributes).length === 0 && state !== undefined
        ? state
        : mapping({ state, ...attributes }),
    ],
  );
  return mapping({
    id: printText(id),
    name: printText(name),
    icon: printText(icon),
    entities: Object.fromEntries(printed),
    ...extra,
  });
}

/** Inputs of a section stand in it, as they did. */
export function printBlueprint(blueprint: Blueprint): JsonMap {
  const { name, description, domain, author, sourceUrl, minVersion, body } = blueprint;
  const head = mapping({
    name,
    description,
    domain,
    author,
    source_url: sourceUrl,
    homeassistant: minVersion === undefined ? undefined : { min_version: minVersion },
    input: printInputs(blueprint),
  });
  return { blueprint: head, ...body };
}

function printInputs({ inputs, sections }: Blueprint): JsonMap {
  const printed: Record<string, Json> = {};
  for (const [name, { section, ...input }] of inputs) {
    if (section === undefined) printed[name] = printInput(input);
    else printed[section] ??= null; // keeps the order; filled below
  }
  for (const [name, section] of sections) {
    const own = [...inputs].filter(([, input]) => input.section === name);
    const inner = own.map(([key, { section: _section, ...input }]): [string, Json] => [
      key,
      printInput(input),
    ]);
    printed[name] = { ...mapping({ ...section }), input: Object.fromEntries(inner) };
  }
  return printed;
}

const printInput = (input: Omit<BlueprintInput, "section">): Json =>
  Object.keys(input).length === 0 ? null : mapping({ ...input });
