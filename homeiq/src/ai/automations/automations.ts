import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import type { JsonMap } from "#home/automation/automation.ts";
import type {
  AutomationConfig,
  Domain,
  RunTrace,
  Standing,
} from "#home/automation-config/automation-config.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { EntityState } from "#home/states/states.ts";
import type { History, Trace } from "#ingest/history/history.ts";
import type { Db } from "#store/database.ts";
import { inOneTransaction } from "#store/in-one-transaction.ts";
import { type Approved, approveAll, type ShownDraft } from "./approve-all.ts";
import { type Audit, type AuditAction, createAudit, type Person } from "./audit.ts";
import { type Changes, createChanges, toDraftStatus } from "./changes.ts";
import { createDeployer, type Ended, type Patience } from "./deploy.ts";
import { type CheckDraft, createDrafts, type Draft, type Drafts } from "./drafts.ts";
import { type ExportAs, type Exported, toExport } from "./export.ts";
import { createFindStanding } from "./find-standing.ts";
import { createHealth, type Health } from "./health.ts";
import { createInspection, type Inspection } from "./inspection.ts";
import { itemIdOf, kindOf } from "./item-id.ts";
import { createJournal } from "./journal.ts";
import { createLives, withPast } from "./lives.ts";
import { createLock } from "./lock.ts";
import { createLook } from "./look.ts";
import { createProbation, type Probation, type WatchedRun } from "./probation.ts";
import { type Proposal, proposeCondition, type Undone, undoneIn } from "./proposal.ts";
import { draftProposal, draftRepairs, type RepairOrder } from "./repairs.ts";
import { runNow, tracesOf } from "./runs.ts";
import type { DiffPart } from "./text.ts";
import { createTrials, type Trials } from "./trials.ts";
import { createVersions, type Version } from "./versions.ts";
import { createWhy, type Why } from "./why.ts";

export { AUDIT_ACTIONS, type Audit, type AuditEntry, HOMEIQ, type Person } from "./audit.ts";
export { withInputs } from "./blueprint-inputs.ts";
export type { Changes } from "./changes.ts";
export type { Deployed, Patience } from "./deploy.ts";
export {
  type CheckDraft,
  type Checked,
  DRAFT_STATUSES,
  type Draft,
  type Drafts,
  type NewDraft,
} from "./drafts.ts";
export type { Begun, DryRun, DryStep } from "./dry-run.ts";
export type { ExportAs, Exported } from "./export.ts";
export type { Health } from "./health.ts";
export type { Danger } from "./plan.ts";
export type { Probation, Watch, WatchedRun } from "./probation.ts";
export { readDraft, toAutomation } from "./reading.ts";
export type { SceneChange, SceneEntity } from "./scene-changes.ts";
export { type ReadHouse, readStanding } from "./standing.ts";
export type { Tested, TestedEntity } from "./test-actions.ts";
export type { DiffPart } from "./text.ts";
export type { Version } from "./versions.ts";
export type { Why } from "./why.ts";

/** One automation with everything that is known of it. */
export interface AutomationDetail extends Health {
  readonly config: JsonMap;
  readonly yaml: string;
  /** False for those of packages, which can only be changed where they are written. */
  readonly editable: boolean;
  /** Of those on probation: every run that was seen, newest first. */
  readonly watchedRuns: readonly WatchedRun[];
  /** How often people changed back what it did in the last 30 days. */
  readonly undone?: Undone;
  /** What would have kept it from what people undid. */
  readonly proposal?: Proposal;
}

export interface VersionWithDiff extends Version {
  /** From the version before. */
  readonly diff: readonly DiffPart[];
}

export interface Automations extends Trials, Omit<Changes, "restore" | "undo" | "remove"> {
  readonly drafts: Pick<Drafts, "create" | "list" | "get" | "edit" | "check" | "discard">;
  readonly audit: Pick<Audit, "list">;
  readonly inspection: Inspection;
  /** A draft with the condition that its overrides speak for. Throws `conflict` when they speak for none. */
  draftProposal(entityId: string, by: Person): Promise<Draft>;
  /** A draft of each named automation with its proposed repairs; nothing is changed before a yes to each. */
  draftRepairs(orders: readonly RepairOrder[], by: Person): Promise<readonly Draft[]>;
  /** One yes to several drafts; each is deployed as a whole, or not at all. */
  approveAll(shown: readonly ShownDraft[], by: Person): Promise<readonly Approved[]>;
  readonly probation: Pick<Probation, "judge" | "list" | "onTriggered" | "onRecorded">;
  /** Of one kind; automations unless another is named. */
  list(kind?: Domain): Promise<readonly Health[]>;
  /** Throws `not_found`. */
  get(entityId: string): Promise<AutomationDetail>;
  /** Newest first; of a removed automation as well. */
  versions(entityId: string): readonly VersionWithDiff[];
  restore(entityId: string, number: number, by: Person): ReturnType<Changes["restore"]>;
  undo(entityId: string, by: Person): ReturnType<Changes["undo"]>;
  remove(entityId: string, by: Person, reason?: string): ReturnType<Changes["remove"]>;
  turn(entityId: string, on: boolean, by: Person): Promise<void>;
  /** Runs it now. Answers when it has ended, or after some seconds while it goes on. */
  trigger(
    entityId: string,
    options: { readonly skipConditions: boolean; readonly by: Person },
  ): Promise<{ readonly ended: boolean }>;
  /** Runs of which Home Assistant still has traces, newest first, with every step. */
  traces(entityId: string): Promise<readonly RunTrace[]>;
  /** As text to copy; as a blueprint with the chosen places as inputs. */
  exportOf(entityId: string, as: ExportAs): Promise<Exported>;
  why(contextId: string): Promise<Why>;
  /** Notices what other hands changed. Waits while HomeIQ itself changes something. */
  look(signal?: AbortSignal): Promise<void>;
}

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly house: AutomationConfig;
  readonly check: CheckDraft;
  readonly toText: (config: JsonMap) => string;
  readonly trace: (contextId: string) => Promise<Trace>;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly registry: Pick<Registry, "entities">;
  readonly history: Pick<History, "scan">;
  /** The entities behind ids of entities, devices, areas, floors and labels. */
  readonly expand: (target: JsonMap) => readonly string[];
  readonly home: () => Promise<HomeSnapshot>;
  readonly timeZone: () => string;
  readonly patience?: Patience;
  readonly probationDays?: number;
  readonly neverFiredDays?: number;
}

/** From a draft to an automation that stands in Home Assistant, and what becomes of it. */
export function createAutomations(deps: Deps): Automations {
  const { db, clock, log, house, toText } = deps;
  const alone = createLock();
  const audit = createAudit({ db, clock });
  const versions = createVersions({ db, clock, toText });
  const journal = createJournal({ db, clock });
  const drafts = createDrafts({
    db,
    clock,
    house,
    audit,
    check: deps.check,
    textOf: versions.textOf,
  });
  const probation = createProbation({ ...deps, audit });
  const keepDraft = toDraftStatus(drafts);
  const onEnded = (ended: Ended) => {
    keepDraft(ended);
    const { action, automationId, wanted } = ended.deployment;
    if (ended.outcome !== "done") return;
    drafts.keepRemoved(automationId, wanted === undefined);
    if (kindOf(automationId) !== "automation") return; // scripts and scenes never run by themselves
    if (!wanted) probation.end(automationId);
    else if (ended.standing && action !== "restore") {
      probation.begin(automationId, ended.standing.entityId);
    }
  };
  const deployer = createDeployer({
    ...{ clock, log, house, journal, versions, audit, toText, onEnded },
    onBegun: ({ draftId }) => {
      if (draftId !== undefined) drafts.keepStatus(draftId, "approved");
    },
    ...(deps.patience ? { patience: deps.patience } : {}),
    together: (work) => inOneTransaction(db, work),
  });
  const changes = createChanges({ house, drafts, journal, versions, audit, deployer, alone });
  const look = createLook({ house, versions, audit, journal });
  const { lives, keepTraces, pastRuns } = createLives({ ...deps, versions });
  const inspection = createInspection({ ...deps, lives });
  const health = createHealth({ house, versions, probation, inspection });

  const trials = createTrials({ ...deps, drafts, audit });

  const { getStanding, findId, idOf } = createFindStanding({ house, versions });
  const watchedRunsOf = (one: Standing) => probation.runs(itemIdOf(one) ?? "");
  const runsOf = async (one: Standing) => withPast(watchedRunsOf(one), await pastRuns(), one);
  const textOf = (standing: Standing, config: JsonMap) => {
    const id = itemIdOf(standing);
    return id === undefined ? toText(config) : versions.textOf(id, config);
  };
  const note = (action: AuditAction, standing: Standing, by: Person, detail?: string) => {
    const { entityId } = standing;
    const id = itemIdOf(standing);
    audit.note({
      ...{ by, action, outcome: "done", entityId },
      ...(id === undefined ? {} : { automationId: id }),
      ...(detail ? { detail } : {}),
    });
  };

  return {
    drafts,
    audit,
    probation,
    inspection,
    async draftProposal(entityId, by) {
      const runs = await runsOf(getStanding(entityId));
      const config = (await house.configOf(entityId))?.config ?? {};
      const proposal = proposeCondition({ runs, config }, deps.timeZone());
      return draftProposal(drafts, { entityId, by, proposal });
    },
    draftRepairs: (orders, by) => draftRepairs({ drafts, inspection }, { orders, by }),
    approve: changes.approve,
    approveAll: (shown, by) => approveAll(changes, { shown, by }),
    async resume() {
      await changes.resume();
      await trials.resume();
    },
    blueprintOf: trials.blueprintOf,
    dryRun: trials.dryRun,
    test: trials.test,
    list: (kind = "automation") => health.list(kind),
    async get(entityId) {
      const standing = getStanding(entityId);
      const found = await house.configOf(entityId);
      if (!found) throw untold();
      const runs = await runsOf(standing);
      const timeZone = deps.timeZone();
      return {
        ...(await health.of(standing)),
        ...found,
        yaml: textOf(standing, found.config),
        watchedRuns: watchedRunsOf(standing),
        ...present("undone", undoneIn(runs, timeZone)),
        ...present("proposal", proposeCondition({ runs, config: found.config }, timeZone)),
      };
    },
    versions: (entityId) =>
      versions
        .list(findId(entityId) ?? "") // without an id none are kept
        .map((one) => ({ ...one, diff: versions.diff(one) })),
    restore: async (entityId, number, by) => changes.restore(idOf(entityId), number, by),
    undo: async (entityId, by) => changes.undo(idOf(entityId), by),
    remove: async (entityId, by, reason) => changes.remove(idOf(entityId), by, reason),
    async turn(entityId, on, by) {
      const standing = getStanding(entityId);
      requireAutomation(standing);
      const action = `automation.turn_${on ? "on" : "off"}`;
      await house.checks.call({ action, target: { entity_id: entityId } });
      note(on ? "enable" : "disable", standing, by);
      if (standing.id === undefined) return;
      const watch = probation.find(standing.id);
      // Who turns a demoted one on again gives it a second chance.
      if (on && watch?.state === "demoted") probation.begin(standing.id, entityId);
    },
    async trigger(entityId, { skipConditions, by }) {
      const standing = getStanding(entityId);
      note("trigger", standing, by, skipConditions ? "Without its conditions" : undefined);
      return runNow(house, standing, skipConditions);
    },
    traces: async (entityId) => tracesOf(house, getStanding(entityId)),
    async exportOf(entityId, wanted) {
      const standing = getStanding(entityId);
      const config = (await house.configOf(entityId))?.config;
      if (!config) throw untold();
      const yaml = textOf(standing, config);
      const used = await house.blueprintOf(config, standing.domain);
      return toExport({ standing, config, yaml, used }, wanted, toText);
    },
    why: createWhy({ house, trace: deps.trace }),
    async look(signal) {
      await alone(() => look(signal));
      await keepTraces();
    },
  };
}

function requireAutomation({ domain }: Standing): void {
  if (domain === "automation") return;
  throw new AppError(
    "invalid",
    "automations.only_automations",
    "Only automations are turned on and off",
  );
}

const untold = () =>
  new AppError("not_found", "automations.no_config", "Home Assistant does not tell it");
