import type { Json, JsonMap } from "./value.ts";

export const BLUEPRINT_DOMAINS = ["automation", "script", "template"] as const;

/** What a blueprint asks for. */
export interface BlueprintInput {
  readonly name?: string;
  readonly description?: string;
  /** Absent: it must be given. */
  readonly default?: Json;
  /** `{entity: {domain: "light"}}` */
  readonly selector?: JsonMap;
  /** When a form shows it; while hidden its default holds. Since Home Assistant 2026.11. */
  readonly visible?: Json;
  /** The section that it stands in. */
  readonly section?: string;
}

/** Inputs that a form shows together. */
export interface BlueprintSection {
  readonly name?: string;
  readonly icon?: string;
  readonly description?: string;
  readonly collapsed?: boolean;
  readonly visible?: Json;
}

/** A text with inputs to fill in, of which automations or scripts are made. */
export interface Blueprint {
  readonly kind: "blueprint";
  readonly name: string;
  readonly description?: string;
  readonly domain: (typeof BLUEPRINT_DOMAINS)[number];
  readonly author?: string;
  readonly sourceUrl?: string;
  /** `"2024.6.0"`: the oldest Home Assistant that can use it. */
  readonly minVersion?: string;
  /** In the order of the source. */
  readonly inputs: ReadonlyMap<string, BlueprintInput>;
  readonly sections: ReadonlyMap<string, BlueprintSection>;
  /** What stands beside `blueprint`: a configuration with tagged values `!input`. */
  readonly body: JsonMap;
}
