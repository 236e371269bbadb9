import { validateAutomation } from "../automation/validate.ts";
import { HomeAssistantError } from "../model/home-assistant-error.ts";
import type { Commands } from "./command.ts";

/** A blueprint as the fake keeps it: its text, what it says of itself, and what is left to fill in. */
export interface FakeBlueprint {
  readonly yaml: string;
  readonly metadata: {
    readonly name: string;
    readonly domain: string;
    readonly source_url?: string;
    readonly input: Readonly<Record<string, { readonly default?: unknown } | null>>;
  };
  /** With `{"!input": "name"}` where an input goes. */
  readonly body: Readonly<Record<string, unknown>>;
}

const MOTION_LIGHT: FakeBlueprint = {
  yaml: "blueprint:\n  name: Motion light\n  domain: automation\n",
  metadata: {
    name: "Motion light",
    domain: "automation",
    source_url: "https://github.com/somebody/blueprints/blob/main/motion.yaml",
    input: { motion: null, light: null, wait: { default: 120 } },
  },
  body: {
    triggers: [{ trigger: "state", entity_id: { "!input": "motion" }, to: "on" }],
    actions: [
      { action: "light.turn_on", target: { entity_id: { "!input": "light" } } },
      { delay: { "!input": "wait" } },
    ],
  },
};
const GITHUB = /^https:\/\/github\.com\/([^/]+)\/.*\/([^/]+)\.yaml$/u;

/** Installed blueprints, and one address from which another can be had. */
export function blueprintCommands(): Commands {
  const installed = new Map<string, FakeBlueprint>([
    ["homeassistant/motion_light.yaml", MOTION_LIGHT],
  ]);
  const of = (domain: unknown) =>
    [...installed].filter(([, { metadata }]) => metadata.domain === domain);

  return {
    "blueprint/list": {
      admin: true,
      schema: { domain: "string!" },
      run: ({ message }) =>
        Object.fromEntries(of(message.domain).map(([path, { metadata }]) => [path, { metadata }])),
    },
    "blueprint/import": {
      admin: true,
      schema: { url: "string!" },
      run({ message }) {
        const [, author, name] = GITHUB.exec(String(message.url)) ?? [];
        if (author === undefined || name === undefined) {
          throw new HomeAssistantError("not_supported", "This url is not supported");
        }
        const suggested_filename = `${author}/${name}`;
        return {
          suggested_filename,
          raw_data: MOTION_LIGHT.yaml,
          blueprint: { metadata: { ...MOTION_LIGHT.metadata, source_url: message.url } },
          validation_errors: null,
          exists: installed.has(`${suggested_filename}.yaml`),
        };
      },
    },
    "blueprint/save": {
      admin: true,
      schema: {
        domain: "string!",
        path: "string!",
        yaml: "string!",
        source_url: "string",
        allow_override: "boolean",
      },
      run({ message }) {
        const given = String(message.path);
        const path = given.endsWith(".yaml") ? given : `${given}.yaml`;
        const exists = installed.has(path);
        if (exists && message.allow_override !== true) {
          throw new HomeAssistantError("already_exists", "File already exists");
        }
        installed.set(path, { ...MOTION_LIGHT, yaml: String(message.yaml) });
        return { overrides_existing: exists };
      },
    },
    "blueprint/substitute": {
      admin: true,
      schema: { domain: "string!", path: "string!", input: "object!" },
      run({ message }) {
        const blueprint = installed.get(String(message.path));
        if (blueprint === undefined) {
          throw new Error(`Failed to load blueprint: Unable to find ${String(message.path)}`);
        }
        const given: Readonly<Record<string, unknown>> = Object(message.input);
        const substituted_config = fill(blueprint.body, (name) => {
          const value = given[name] ?? blueprint.metadata.input[name]?.default;
          if (value === undefined) throw new Error(`Missing input ${name}`);
          return value;
        });
        validateAutomation(Object(substituted_config));
        return { substituted_config };
      },
    },
  };
}

function fill(value: unknown, inputOf: (name: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => fill(one, inputOf));
  if (typeof value !== "object" || value === null) return value;
  if ("!input" in value) return inputOf(String(value["!input"]));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, inputOf)]));
}
