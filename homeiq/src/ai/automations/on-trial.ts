import { present } from "#foundation/absent.ts";
import { AppError } from "#foundation/errors.ts";
import { type JsonMap, readYaml } from "#home/automation/automation.ts";
import type {
  AutomationConfig,
  Domain,
  UsedBlueprint,
} from "#home/automation-config/automation-config.ts";
import type { Drafts } from "./drafts.ts";
import { itemIdOf } from "./item-id.ts";
import { isMap } from "./steps.ts";
import type { TestOptions } from "./test-actions.ts";

/** A draft, or what stands in Home Assistant. */
export type OnTrial = { readonly draftId: string } | { readonly entityId: string };

export interface Written {
  readonly config: JsonMap;
  readonly kind: Domain;
  readonly about: TestOptions["about"];
}

interface Deps {
  readonly house: Pick<AutomationConfig, "configOf" | "find" | "blueprintOf">;
  readonly drafts: Pick<Drafts, "get">;
}

/** Finds what a person wants to try or to look into. Throws `not_found`, and `invalid` for a draft with errors. */
export function createOnTrial({ house, drafts }: Deps) {
  function ofDraft(draftId: string): Written {
    const { config, kind, valid, problems, automationId, entityId } = drafts.get(draftId);
    if (config && valid) {
      const about = { draftId, automationId, ...present("entityId", entityId) };
      return { config, kind, about };
    }
    throw new AppError("invalid", "automations.has_problems", "It has errors", {
      facts: { problems },
    });
  }

  async function find(onTrial: OnTrial): Promise<Written> {
    if ("draftId" in onTrial) return ofDraft(onTrial.draftId);
    const { entityId } = onTrial;
    const standing = house.find(entityId);
    const config = (await house.configOf(entityId))?.config;
    if (!config || !standing) {
      throw new AppError("not_found", "automations.unknown", `There is no ${entityId}`);
    }
    const about = { entityId, ...present("automationId", itemIdOf(standing)) };
    return { config, kind: standing.domain, about };
  }

  return {
    /** With the inputs of a blueprint filled in. Throws `invalid` when they do not fit. */
    async find(onTrial: OnTrial): Promise<Written> {
      const written = await find(onTrial);
      const used = await house.blueprintOf(written.config, written.kind);
      if (!used) return written;
      if (used.body) return { ...written, config: used.body };
      const why = `Home Assistant cannot use its blueprint: ${used.problem}`;
      throw new AppError("invalid", "automations.blueprint", why, { facts: { path: used.path } });
    },
    /** The blueprint that it is made of; `undefined` when it is made of none. A draft may have errors. */
    async blueprintOf(onTrial: OnTrial): Promise<UsedBlueprint | undefined> {
      if ("entityId" in onTrial) {
        const { config, kind } = await find(onTrial);
        return house.blueprintOf(config, kind);
      }
      const { source, kind } = drafts.get(onTrial.draftId);
      const written = readYaml(source).value;
      const [one] = Array.isArray(written) && written.length === 1 ? written : [written];
      return isMap(one) ? house.blueprintOf(one, kind) : undefined;
    },
  };
}
