import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import type { JsonMap } from "#home/automation/automation.ts";
import type { AutomationConfig, UsedBlueprint } from "#home/automation-config/automation-config.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Db } from "#store/database.ts";
import type { Audit } from "./audit.ts";
import type { Drafts } from "./drafts.ts";
import { type Begun, createDryRun, type DryRun } from "./dry-run.ts";
import { createOnTrial, type OnTrial } from "./on-trial.ts";
import { createTestActions, type Tested, type TestOptions } from "./test-actions.ts";
import { createOpenTests } from "./tests-store.ts";

/** Ways to try an automation without running it. */
export interface Trials {
  /**
   * What it would do now, step by step; nothing is called. Throws `invalid` while a draft has errors, and for a
   * script that asks for more than was given; `not_found`.
   */
  dryRun(onTrial: OnTrial, begun?: Begun): Promise<DryRun>;
  /** Runs its actions for real and brings everything back. `conflict` when that needs a second yes. */
  test(onTrial: OnTrial, options: Omit<TestOptions, "about">): Promise<Tested>;
  /** The blueprint that it is made of, and what comes of it; `undefined` when it is made of none. */
  blueprintOf(onTrial: OnTrial): Promise<UsedBlueprint | undefined>;
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
  const dryRun = createDryRun({ house, states, ...touching });
  const open = createOpenTests({ db, clock });
  const tests = createTestActions({ clock, log, house, audit, states, open, ...touching });

  const onTrials = createOnTrial({ house, drafts });

  return {
    blueprintOf: onTrials.blueprintOf,
    dryRun: async (onTrial, begun) => dryRun((await onTrials.find(onTrial)).config, begun),
    async test(onTrial, options) {
      const { config, about } = await onTrials.find(onTrial);
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
