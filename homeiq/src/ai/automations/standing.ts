import type { Stored } from "#analysis/automation-lint/automation-lint.ts";
import { present } from "#foundation/absent.ts";
import type {
  AutomationConfig,
  Domain,
  Standing,
} from "#home/automation-config/automation-config.ts";

export type ReadHouse = Pick<AutomationConfig, "list" | "configOf" | "blueprintOf">;

/** All of one kind that stand in Home Assistant and that it tells the configuration of, with what else is known of each. */
export async function readStanding(
  house: ReadHouse,
  domain: Domain,
  more: (standing: Standing) => Partial<Stored> = () => ({}),
): Promise<Stored[]> {
  const stored: Stored[] = [];
  // One after the other: a small machine has other things to do.
  for (const standing of house.list(domain)) {
    const { entityId, name, state } = standing;
    const found = await house.configOf(entityId);
    if (!found) continue;
    // While Home Assistant is away, only what it is given is known.
    const used = await house.blueprintOf(found.config, domain).catch(() => undefined);
    stored.push({
      ...{ entityId, name, state, config: found.config },
      ...present("blueprint", used?.text),
      ...more(standing),
    });
  }
  return stored;
}
