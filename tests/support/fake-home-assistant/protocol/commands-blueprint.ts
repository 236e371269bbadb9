import { type FakeBlueprints, MOTION_LIGHT } from "../automation/blueprints.ts";
import { validateAutomation } from "../automation/validate.ts";
import type { Simulation } from "../household/simulation.ts";
import { HomeAssistantError } from "../model/home-assistant-error.ts";
import type { Commands } from "./command.ts";

const GITHUB = /^https:\/\/github\.com\/([^/]+)\/.*\/([^/]+)\.yaml$/u;

/** Installed blueprints, and one address from which another can be had. */
export function blueprintCommands({ system }: Simulation): Commands {
  const { installed, substitute }: FakeBlueprints = system.blueprints;
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
        const substituted_config = substitute(String(message.path), Object(message.input));
        validateAutomation(substituted_config);
        return { substituted_config };
      },
    },
  };
}
