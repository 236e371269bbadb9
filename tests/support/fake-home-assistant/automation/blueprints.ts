import { validateAutomation } from "./validate.ts";

/** A blueprint as the fake keeps it: its text, what it says of itself, and what is left to fill in. */
export interface FakeBlueprint {
  readonly yaml: string;
  readonly metadata: {
    readonly name: string;
    readonly domain: string;
    readonly source_url?: string;
    readonly input: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  };
  /** With `{"!input": "name"}` where an input goes. */
  readonly body: Readonly<Record<string, unknown>>;
}

type Config = Readonly<Record<string, unknown>>;

export const MOTION_LIGHT: FakeBlueprint = {
  yaml: "blueprint:\n  name: Motion light\n  domain: automation\n",
  metadata: {
    name: "Motion light",
    domain: "automation",
    source_url: "https://github.com/somebody/blueprints/blob/main/motion.yaml",
    input: {
      motion: { name: "Motion sensor", selector: { entity: { domain: ["binary_sensor"] } } },
      light: null,
      wait: { default: 120, selector: { number: { min: 0, max: 3600 } } },
    },
  },
  body: {
    triggers: [{ trigger: "state", entity_id: { "!input": "motion" }, to: "on" }],
    actions: [
      { action: "light.turn_on", target: { entity_id: { "!input": "light" } } },
      { delay: { "!input": "wait" } },
    ],
  },
};

/** The installed blueprints. */
export interface FakeBlueprints {
  readonly installed: Map<string, FakeBlueprint>;
  /** Throws in Home Assistant's words when the blueprint, or an input, is missing. */
  substitute(path: string, input: Config): Config;
  /** What runs: of the use of a blueprint what it becomes; anything else as it is. */
  bodyOf(config: Config): Config;
}

export function createBlueprints(): FakeBlueprints {
  const installed = new Map([["homeassistant/motion_light.yaml", MOTION_LIGHT]]);

  function substitute(path: string, input: Config): Config {
    const blueprint = installed.get(path);
    if (blueprint === undefined) {
      throw new Error(`Failed to load blueprint: Unable to find ${path}`);
    }
    const filled = fill(blueprint.body, (name) => {
      const value = input[name] ?? blueprint.metadata.input[name]?.default;
      if (value === undefined) throw new Error(`Missing input ${name}`);
      return value;
    });
    return Object(filled);
  }

  return {
    installed,
    substitute,
    bodyOf(config) {
      if (config.use_blueprint === undefined) return config;
      const { use_blueprint, ...beside } = config;
      const { path, input } = Object(use_blueprint);
      const body = { ...substitute(String(path), Object(input)), ...beside };
      validateAutomation(body);
      return body;
    },
  };
}

function fill(value: unknown, inputOf: (name: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => fill(one, inputOf));
  if (typeof value !== "object" || value === null) return value;
  if ("!input" in value) return inputOf(String(value["!input"]));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one, inputOf)]));
}
