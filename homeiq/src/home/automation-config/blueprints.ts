import { present } from "#foundation/absent.ts";
import { AppError } from "#foundation/errors.ts";
import type { JsonMap } from "#home/automation/automation.ts";
import { type Ask, isUnknownCommand } from "./ask.ts";
import {
  WireBlueprints,
  WireImport,
  WireSaved,
  WireSubstituted,
} from "./automation-config.schema.ts";

type BlueprintDomain = "automation" | "script" | "template";

/** A blueprint that is installed, or why its file cannot be used. */
export type InstalledBlueprint =
  | { readonly path: string; readonly metadata: JsonMap }
  | { readonly path: string; readonly error: string };

/** What an address holds. Nothing is saved yet. */
export interface FoundBlueprint {
  readonly suggestedPath: string;
  readonly yaml: string;
  readonly metadata: JsonMap;
  readonly problems: readonly string[];
  /** One with this path is installed already. */
  readonly exists: boolean;
}

export interface Blueprints {
  /** By path. Empty when this Home Assistant has no blueprints. */
  list(domain: BlueprintDomain): Promise<readonly InstalledBlueprint[]>;
  fetch(url: string): Promise<FoundBlueprint>;
  /** Throws `conflict` when it exists and may not be replaced. */
  save(blueprint: {
    readonly domain: BlueprintDomain;
    readonly path: string;
    readonly yaml: string;
    readonly sourceUrl?: string;
    readonly replace?: boolean;
  }): Promise<{ readonly replaced: boolean }>;
  /**
   * The configuration that a blueprint makes of these inputs, as Home Assistant sees it. Throws `invalid` with
   * its reason when an input is missing, or the blueprint is.
   */
  substitute(use: {
    readonly domain: BlueprintDomain;
    readonly path: string;
    readonly input: JsonMap;
  }): Promise<JsonMap>;
}

const FETCH_WITHIN_MS = 60_000; // Home Assistant loads it from the internet

export const createBlueprints = (ask: Ask): Blueprints => ({
  async list(domain) {
    const wire = await ask({ type: "blueprint/list", domain }, WireBlueprints).catch(
      (error: unknown) => {
        if (isUnknownCommand(error)) return {};
        throw error;
      },
    );
    return Object.entries(wire).map(([path, one]) => ({ path, ...one }));
  },
  async fetch(url) {
    const wire = await ask({ type: "blueprint/import", url }, WireImport, FETCH_WITHIN_MS);
    return {
      suggestedPath: wire.suggested_filename,
      yaml: wire.raw_data,
      metadata: wire.blueprint.metadata,
      problems: wire.validation_errors ?? [],
      exists: wire.exists,
    };
  },
  async save({ domain, path, yaml, sourceUrl, replace }) {
    const wire = await ask(
      {
        type: "blueprint/save",
        domain,
        path,
        yaml,
        ...present("source_url", sourceUrl),
        ...present("allow_override", replace),
      },
      WireSaved,
    ).catch((error: unknown) => {
      throw codeOf(error) === "home.already_exists" ? taken(path, error) : error;
    });
    return { replaced: wire.overrides_existing };
  },
  async substitute({ domain, path, input }) {
    const command = { type: "blueprint/substitute", domain, path, input };
    const wire = await ask(command, WireSubstituted).catch((error: unknown) => {
      throw codeOf(error) === "home.unknown_error" ? unfit(path, error) : error;
    });
    return wire.substituted_config;
  },
});

const codeOf = (error: unknown) => (error instanceof AppError ? error.code : undefined);

const taken = (path: string, cause: unknown) =>
  new AppError(
    "conflict",
    "automation_config.blueprint_taken",
    "There is such a blueprint already",
    {
      facts: { path },
      cause,
    },
  );

/** "blueprint/substitute: Missing input x" without the command. */
function unfit(path: string, cause: unknown): AppError {
  const said = cause instanceof AppError ? cause.message : String(cause);
  const reason = said.slice(said.indexOf(": ") + 2);
  return new AppError("invalid", "automation_config.blueprint_unfit", reason, {
    facts: { path, reason },
    cause,
  });
}
