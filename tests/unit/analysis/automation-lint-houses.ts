import type { HouseParts, Stored } from "#src/analysis/automation-lint/automation-lint.ts";
import { checkedHome } from "./automation-check-home.ts";

export const DAY_MS = 86_400_000;
export const NOW = 1_790_000_000_000;

export type Parts = Partial<Omit<HouseParts, "home" | "now">>;
export const houseParts = (parts: Parts): HouseParts => ({
  now: NOW,
  home: checkedHome(),
  automations: [],
  ...parts,
});

/** An automation with a name, of which only the parts that matter are said. */
export const stored = (
  name: string,
  config: Record<string, unknown>,
  facts: Partial<Stored> = {},
): Stored => ({
  entityId: `automation.${name}`,
  name,
  config: withoutAbsent({ alias: name, triggers: [], actions: [], ...config }),
  ...facts,
});

const withoutAbsent = (config: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));

export const only = (config: Record<string, unknown>, facts?: Partial<Stored>): Parts => ({
  automations: [stored("one", config, facts)],
});

export const both = (one: Record<string, unknown>, other: Record<string, unknown>): Parts => ({
  automations: [stored("one", one), stored("other", other)],
});

export const at = (time: string) => [{ trigger: "time", at: time }];
export const when = (entityId: string, to?: string | null) => [
  { trigger: "state", entity_id: entityId, ...(to !== undefined && { to }) },
];
export const does = (action: string, entityId: string, data?: unknown) => ({
  action,
  target: { entity_id: entityId },
  ...(data !== undefined && { data }),
});
export const on = (entityId: string) => does(`${entityId.split(".")[0]}.turn_on`, entityId);
export const off = (entityId: string) => does(`${entityId.split(".")[0]}.turn_off`, entityId);
export const morning = { triggers: at("07:00:00"), actions: [on("light.hall")] };
