import { AppError } from "#foundation/errors.ts";
import type { JsonMap } from "#home/automation/automation.ts";
import type { AutomationConfig } from "#home/automation-config/automation-config.ts";
import type { Audit, AuditAction, Person } from "./audit.ts";
import type { Deployed, Deployer, Ended } from "./deploy.ts";
import type { Drafts, OpenDraft } from "./drafts.ts";
import { isElsewhere, keyOf } from "./item-id.ts";
import type { Deployment, Journal } from "./journal.ts";
import { hashOf } from "./text.ts";
import type { Version, Versions } from "./versions.ts";

export interface Changes {
  /**
   * Deploys a draft, exactly as it was shown: `hash` is the draft's. A second yes finds it done.
   *
   * Throws `conflict` when the text or what it would replace is another one by now, `invalid` when it has
   * errors or Home Assistant refuses.
   */
  approve(draftId: string, hash: string, by: Person): Promise<Deployed>;
  /** Brings back any version; a removed automation comes back under its own id. */
  restore(automationId: string, number: number, by: Person): Promise<Deployed>;
  /** Takes the latest version back: the one before it stands again, or nothing, if it was the first. */
  undo(automationId: string, by: Person): Promise<Deployed>;
  remove(automationId: string, by: Person, reason?: string): Promise<Deployed>;
  /** Goes on with what a crash or a restart of Home Assistant cut in two. */
  resume(): Promise<void>;
}

interface Deps {
  readonly house: AutomationConfig;
  readonly drafts: Drafts;
  readonly journal: Journal;
  readonly versions: Versions;
  readonly audit: Audit;
  readonly deployer: Deployer;
  /** One change at a time: two with the same alias would not see each other. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Every way in which HomeIQ changes what stands in Home Assistant; each needs a person's yes. */
export function createChanges(deps: Deps): Changes {
  const { house, drafts, journal, versions, audit, deployer, alone } = deps;

  async function approve(draftId: string, hash: string, by: Person): Promise<Deployed> {
    const draft = drafts.get(draftId);
    if (isElsewhere(draft.automationId)) throw refuse(draft, by, readOnly(draft.entityId));
    if (draft.status === "deployed") return alreadyDone(draft, hash, by);
    const halfDone = journal.unfinishedOf(draftId);
    if (halfDone) return joinIn(halfDone, draft, { hash, by });
    requireApprovable(draft, hash, by);
    const checked = await drafts.check(draftId);
    requireApprovable(checked, hash, by); // somebody may have edited it meanwhile
    if (!checked.valid || !checked.config) {
      const facts = { problems: checked.problems };
      throw refuse(
        checked,
        by,
        new AppError("invalid", "automations.has_problems", "It has errors", { facts }),
      );
    }
    const { automationId, entityId, baseHash, config, source, reason, evidence } = checked;
    return deployer.carryOut({
      action: baseHash === undefined ? "create" : "edit",
      by,
      draftId,
      automationId,
      source,
      wanted: withoutId(config),
      ...(entityId ? { entityId } : {}),
      ...(baseHash === undefined ? {} : { expected: baseHash }),
      ...(reason === undefined ? {} : { reason }),
      ...(evidence ? { evidence } : {}),
    });
  }

  /** Somebody said yes before, and it was cut in two: it goes on as theirs, and who asks again has an entry, too. */
  async function joinIn(
    halfDone: Deployment,
    draft: OpenDraft,
    { hash, by }: { hash: string; by: Person },
  ): Promise<Deployed> {
    if (draft.hash !== hash) throw refuse(draft, by, textChanged(draft));
    const result = await deployer.goOn(halfDone);
    return result.state === "done" ? alreadyDone(drafts.get(draft.id), hash, by) : result;
  }

  function requireApprovable(draft: OpenDraft, hash: string, by: Person): void {
    if (draft.hash !== hash) throw refuse(draft, by, textChanged(draft));
    if (draft.status === "draft") return;
    throw refuse(
      draft,
      by,
      new AppError("conflict", "automations.not_open", "It is no longer a draft", {
        facts: { status: draft.status },
      }),
    );
  }

  function refuse({ id, automationId }: OpenDraft, by: Person, error: AppError): AppError {
    const detail = error.message;
    audit.note({ by, action: "approve", outcome: "refused", automationId, draftId: id, detail });
    return error;
  }

  function alreadyDone(draft: OpenDraft, hash: string, by: Person): Deployed {
    if (draft.hash !== hash) throw refuse(draft, by, textChanged(draft));
    const { automationId, entityId, id: draftId } = draft;
    const common = { automationId, ...(entityId ? { entityId } : {}) };
    const action: AuditAction = draft.baseHash === undefined ? "create" : "edit";
    audit.note({ by, action, outcome: "already_done", draftId, ...common });
    const version = versions.latest(automationId)?.number;
    return {
      ...common,
      state: "done",
      already: true,
      ...(version === undefined ? {} : { version }),
    };
  }

  /**
   * What stands in a package or a split file is loaded, and not in Home Assistant's own file: written there it
   * would stand in two. What was removed from the file may still be loaded for a moment.
   */
  async function requireOurs(automationId: string): Promise<void> {
    const entityId = house.findById(keyOf(automationId))?.entityId;
    const latest = versions.latest(automationId);
    if (entityId === undefined || (latest && !latest.config)) return;
    const found = await house.configOf(entityId);
    if (found && !found.editable) throw readOnly(entityId);
  }

  /** What stands there now is kept first, so that nothing that other hands wrote is lost by an undo. */
  async function keepStanding(automationId: string): Promise<JsonMap | undefined> {
    const standing = await house.read(keyOf(automationId));
    const entityId = house.findById(keyOf(automationId))?.entityId;
    if (standing) {
      const common = { automationId, ...(entityId ? { entityId } : {}) };
      versions.keep({ ...common, config: standing, origin: "home_assistant" });
    } else await requireOurs(automationId);
    return standing;
  }

  async function bringBack(version: Version, by: Person): Promise<Deployed> {
    const { automationId, config } = version;
    const standing = await keepStanding(automationId);
    const entityId = house.findById(keyOf(automationId))?.entityId ?? version.entityId;
    return deployer.carryOut({
      action: config ? "restore" : "remove",
      by,
      automationId,
      reason: `Back to version ${version.number}`,
      ...(entityId ? { entityId } : {}),
      ...(config ? { wanted: withoutId(config), source: version.source } : {}),
      ...(standing ? { expected: hashOf(standing) } : {}),
    });
  }

  async function undo(automationId: string, by: Person): Promise<Deployed> {
    const latest = versions.latest(automationId);
    if (!latest) {
      throw new AppError("not_found", "automations.no_version", "Nothing is known to go back to");
    }
    if (latest.number > 1) return bringBack(versions.get(automationId, latest.number - 1), by);
    if (latest.origin === "homeiq") return remove(automationId, by, "Undone");
    throw new AppError("conflict", "automations.nothing_to_undo", "HomeIQ did not change it");
  }

  async function remove(automationId: string, by: Person, reason?: string): Promise<Deployed> {
    const standing = await keepStanding(automationId);
    if (!standing) {
      throw new AppError("not_found", "automations.unknown", "It does not stand in its file");
    }
    const entityId = house.findById(keyOf(automationId))?.entityId;
    return deployer.carryOut({
      action: "remove",
      by,
      automationId,
      expected: hashOf(standing),
      ...(entityId ? { entityId } : {}),
      ...(reason === undefined ? {} : { reason }),
    });
  }

  return {
    approve: (draftId, hash, by) => alone(() => approve(draftId, hash, by)),
    restore: (automationId, number, by) =>
      alone(() => bringBack(versions.get(automationId, number), by)),
    undo: (automationId, by) => alone(() => undo(automationId, by)),
    remove: (automationId, by, reason) => alone(() => remove(automationId, by, reason)),
    resume: () =>
      alone(async () => {
        for (const deployment of journal.unfinished()) {
          await deployer.goOn(deployment).catch(() => {}); // it is in the audit log, with its reason
        }
      }),
  };
}

/** What a deployment that is over means for the draft it came from. */
export const toDraftStatus =
  (drafts: Drafts) =>
  ({ deployment: { draftId, failure }, outcome, standing }: Ended): void => {
    if (draftId === undefined) return;
    if (outcome === "done") {
      const entityId = standing?.entityId;
      drafts.keepStatus(draftId, "deployed", entityId ? { entityId } : {});
      return;
    }
    drafts.keepStatus(draftId, "draft", failure ? { failure: failure.message } : {});
  };

const readOnly = (entityId: string | undefined) =>
  new AppError(
    "conflict",
    "automations.read_only",
    "It is written in your configuration files: HomeIQ cannot change it there. Paste the text yourself.",
    { facts: { entityId } },
  );

const textChanged = ({ hash }: OpenDraft) =>
  new AppError(
    "conflict",
    "automations.text_changed",
    "It is another text than the one you were shown. Look at it again.",
    { facts: { hash } },
  );

function withoutId(config: JsonMap): JsonMap {
  const { id: _id, ...rest } = config;
  return rest;
}
