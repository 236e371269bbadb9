import {
  type Automation,
  type BlueprintUse,
  parseAutomation,
} from "#home/automation/automation.ts";

/** The typed form of a configuration, for pages that say it in words; absent when it has errors. */
export function readingOf(config: unknown): { readonly reading?: Automation | BlueprintUse } {
  const { value } = parseAutomation(config);
  return value ? { reading: value } : {};
}
