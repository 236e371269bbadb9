import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import type { JsonMap } from "#home/automation/automation.ts";
import type { AutomationConfig } from "#home/automation-config/automation-config.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Db } from "#store/database.ts";
import type { Audit } from "./audit.ts";
import type { Drafts } from "./drafts.ts";
import { createDryRun, type DryRun } from "./dry-run.ts";
import { createTestActions, type Tested, type TestOptions } from "./test-actions.ts";
import { createOpenTests } from "./tests-store.ts";

/** A draft, or what stands in Home Assistant. */
export type OnTrial = { readonly draftId: string } | { readonly entityId: string };

/** Ways to try an automation without running it. */
export interface Trials {
  /**
   * What it would do now, step by step; nothing is called. With a trigger: as if that one, by its index, had
   * fired. Throws `invalid` while a draft has errors, `not_found`.
   */
  dryRun(onTrial: OnTrial, trigger?: number): Promise<DryRun>;
  /** Runs its actions for real and brings everything back. `conflict` when that needs a second yes. */
  test(onTrial: OnTrial, options: Omit<TestOptions, "about">): Promise<Tested>;
}

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly house: AutomationConfig;
  readonly drafts: Drafts;
  readonly audit: Audit;
  readonly states: ReadonlyMap<string, EntityState>;
  /** The entities behind ids of entities, devices, areas, floors and labels. */
  readonly expand: (target: JsonMap) => readonly string[];
}

/** Dry runs and real ones. */
export function createTrials(deps: Deps): Trials & { resume(): Promise<void> } {
  const { db, clock, log, house, drafts, audit, states } = deps;
  const touching = touchingIn(deps);
  const dryRun = createDryRun({ house, exists: (id) => states.has(id), ...touching });
  const open = createOpenTests({ db, clock });
  const tests = createTestActions({ clock, log, house, audit, states, open, ...touching });

  interface Usable {
    readonly config: JsonMap;
    readonly about: TestOptions["about"];
  }

  async function usable(onTrial: OnTrial): Promise<Usable> {
    if ("draftId" in onTrial) return ofDraft(onTrial.draftId);
    const { entityId } = onTrial;
    const config = (await house.configOf(entityId))?.config;
    if (!config) {
      throw new AppError("not_found", "automations.unknown", `There is no ${entityId}`);
    }
    return { config, about: { entityId, ...present("automationId", house.find(entityId)?.id) } };
  }

  function ofDraft(draftId: string): Usable {
    const { config, valid, problems, automationId, entityId } = drafts.get(draftId);
    if (config && valid) {
      return { config, about: { draftId, automationId, ...present("entityId", entityId) } };
    }
    throw new AppError("invalid", "automations.has_problems", "It has errors", {
      facts: { problems },
    });
  }

  return {
    dryRun: async (onTrial, trigger) => dryRun((await usable(onTrial)).config, trigger),
    async test(onTrial, options) {
      const { config, about } = await usable(onTrial);
      return tests.test(config, { ...options, about });
    },
    resume: tests.resume,
  };
}

/** What actions touch, as far as the house tells. */
const touchingIn = ({ states, expand }: Pick<Deps, "states" | "expand">) => ({
  expand,
  deviceClassOf: (entityId: string) => {
    const value = states.get(entityId)?.attributes.device_class;
    return typeof value === "string" ? value : undefined;
  },
  membersOf: (entityId: string) => {
    const members = states.get(entityId)?.attributes.entity_id;
    return Array.isArray(members) ? members.map(String) : [];
  },
});
