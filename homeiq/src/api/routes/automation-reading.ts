import type { Draft } from "#ai/automations/automations.ts";
import {
  type Automation,
  type BlueprintUse,
  parseAutomation,
} from "#home/automation/automation.ts";

/** The typed form of an automation, for pages that say it in words; absent when it has errors. */
export function readingOf(
  config: unknown,
  kind: string,
): { readonly reading?: Automation | BlueprintUse } {
  if (kind !== "automation") return {};
  const { value } = parseAutomation(config);
  return value ? { reading: value } : {};
}

/** With its typed form, so that it can be said in words; what is approved is the text. */
export function toShown(draft: Draft & { readonly config?: unknown; readonly baseHash?: unknown }) {
  const { config, baseHash: _baseHash, ...shown } = draft;
  return { ...shown, ...readingOf(config, draft.kind) };
}
