import type { Draft } from "#ai/automations/automations.ts";
import {
  type Automation,
  type BlueprintUse,
  parseAutomation,
  parseScene,
  parseScript,
  type Scene,
  type Script,
} from "#home/automation/automation.ts";
import type { Domain } from "#home/automation-config/automation-config.ts";

const PARSERS = { automation: parseAutomation, script: parseScript, scene: parseScene };

/** The typed form, for pages that say it in words; absent when it has errors. */
export function readingOf(
  config: unknown,
  kind: Domain,
): { readonly reading?: Automation | BlueprintUse | Scene | Script } {
  const { value } = PARSERS[kind](config);
  return value ? { reading: value } : {};
}

/** With its typed form, so that it can be said in words; what is approved is the text. */
export function toShown(draft: Draft & { readonly config?: unknown; readonly baseHash?: unknown }) {
  const { config, baseHash: _baseHash, ...shown } = draft;
  return { ...shown, ...readingOf(config, draft.kind) };
}
