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
