import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import type { JsonMap } from "#home/automation/automation.ts";
import type { AutomationConfig } from "#home/automation-config/automation-config.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Db } from "#store/database.ts";
import type { Audit } from "./audit.ts";
import type { Drafts, OpenDraft } from "./drafts.ts";
import { createDryRun, type DryRun } from "./dry-run.ts";
import { createTestActions, type Tested, type TestOptions } from "./test-actions.ts";
import { createOpenTests } from "./tests-store.ts";

/** Ways to try a draft before it stands anywhere. */
export interface Trials {
  /** What a draft would do, step by step; nothing is called. Throws `invalid` while it has errors. */
  dryRun(draftId: string): Promise<DryRun>;
  /** Runs a draft's actions for real and brings everything back. `conflict` when that needs a second yes. */
  test(draftId: string, options: Omit<TestOptions, "about">): Promise<Tested>;
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

  const usable = (draftId: string): { draft: OpenDraft; config: JsonMap } => {
    const draft = drafts.get(draftId);
    if (draft.config && draft.valid) return { draft, config: draft.config };
    throw new AppError("invalid", "automations.has_problems", "It has errors", {
      facts: { problems: draft.problems },
    });
  };

  return {
    dryRun: async (draftId) => dryRun(usable(draftId).config),
    async test(draftId, options) {
      const { draft, config } = usable(draftId);
      const { automationId, entityId } = draft;
      const about = { draftId, automationId, ...(entityId ? { entityId } : {}) };
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
