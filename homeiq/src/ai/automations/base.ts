import { AppError } from "#foundation/errors.ts";
import type { AutomationConfig } from "#home/automation-config/automation-config.ts";
import { itemIdOf, toElsewhereId } from "./item-id.ts";
import { hashOf } from "./text.ts";
import type { Versions } from "./versions.ts";

interface Deps {
  readonly house: Pick<AutomationConfig, "configOf" | "find">;
  readonly textOf: Versions["textOf"];
}

/** What a change of this entity begins with. Throws `not_found`. */
export const createBaseOf =
  ({ house, textOf }: Deps) =>
  async (entityId: string) => {
    const standing = house.find(entityId);
    const found = await house.configOf(entityId);
    if (!standing || !found) {
      throw new AppError("not_found", "automations.unknown", `There is no ${entityId}`);
    }
    const base = found.config;
    const id = itemIdOf(standing);
    const isOurs = found.editable && id !== undefined;
    return {
      automationId: isOurs ? id : toElsewhereId(entityId),
      base,
      baseHash: hashOf(base),
      baseSource: textOf(id ?? toElsewhereId(entityId), base),
    };
  };
