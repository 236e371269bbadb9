import { type Clock, sleep } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import type { JsonMap } from "#home/automation/automation.ts";
import type { AutomationConfig, Standing } from "#home/automation-config/automation-config.ts";
import type { Audit, AuditOutcome } from "./audit.ts";
import { type Conflicts, checkAlias, checkStanding } from "./conflicts.ts";
import { keyOf } from "./item-id.ts";
import type { Change, Deployment, Journal } from "./journal.ts";
import { meansTheSame } from "./reading.ts";
import { hashOf } from "./text.ts";
import type { Version, Versions } from "./versions.ts";

/** How a change ended, or that it goes on by itself once Home Assistant is back. */
export interface Deployed {
  readonly state: "done" | "waiting";
  readonly automationId: string;
  readonly entityId?: string;
  readonly version?: number;
  /** It stood there already. */
  readonly already?: true;
}

/** What a deployment that is over means for the draft it came from. */
export interface Ended {
  readonly deployment: Deployment;
  readonly outcome: "done" | "failed" | "undone";
  readonly standing?: Standing;
}

export interface Deployer {
  /**
   * Changes what stands in Home Assistant, or leaves it as it was.
   *
   * Throws `conflict` when something else stands there than expected or an automation has the same alias,
   * `invalid` with the reason when Home Assistant refuses, `unconfigured` when it stores but never loads.
   */
  carryOut(change: Change): Promise<Deployed>;
  /** Goes on with one that was cut in two. */
  goOn(deployment: Deployment): Promise<Deployed>;
}

export interface Patience {
  /** How long a request waits for a Home Assistant that is away before it answers `waiting`. */
  readonly awayMs: number;
  /** How long Home Assistant may take to load what was written; half of it before it is asked to. */
  readonly loadMs: number;
}

export const PATIENCE: Patience = { awayMs: 20 * SECOND_MS, loadMs: 20 * SECOND_MS };

const RETRY_MS = SECOND_MS;
const GIVE_UP_AFTER_MS = 15 * MINUTE_MS; // a yes from long ago may no longer be meant

interface Deps extends Conflicts {
  readonly clock: Clock;
  readonly log: Log;
  readonly house: AutomationConfig;
  readonly journal: Journal;
  readonly versions: Versions;
  readonly audit: Audit;
  readonly patience?: Patience;
  readonly onBegun: (change: Change) => void;
  readonly onEnded: (ended: Ended) => void;
  /** All that belongs together in one transaction. */
  readonly together: <T>(work: () => T) => T;
}

/** Brings changes into Home Assistant, step by step; every step can be repeated after a crash. */
export function createDeployer(deps: Deps): Deployer {
  const { clock, log, house, journal, versions, audit, patience = PATIENCE } = deps;
  const isSame = (one: JsonMap | undefined, other: JsonMap | undefined) =>
    one && other ? hashOf(one) === hashOf(other) : one === other;

  /** Home Assistant may store it in other words; what stood there before is not what was wanted, though. */
  function isWritten(deployment: Deployment, standing: JsonMap | undefined): boolean {
    const { wanted, before, automationId } = deployment;
    if (isSame(standing, wanted)) return true;
    if (!standing || !wanted || isSame(standing, before)) return false;
    return meansTheSame(standing, wanted, keyOf(automationId).domain);
  }

  function note(deployment: Deployment, outcome: AuditOutcome, detail?: string): void {
    const { action, automationId, entityId, draftId, by } = deployment;
    audit.note({
      by,
      action,
      outcome,
      automationId,
      ...(entityId ? { entityId } : {}),
      ...(draftId ? { draftId } : {}),
      ...(detail ? { detail } : {}),
    });
  }

  /** Every step looks at what stands there first: whatever happened before, the next step is clear. */
  async function advance(begun: Deployment): Promise<Deployed> {
    let deployment = begun;
    const key = keyOf(deployment.automationId);
    const { wanted } = deployment;
    const standing = await house.read(key);
    const isFresh = deployment.step === "begun";
    const already = isFresh ? isSame(standing, wanted) : isWritten(deployment, standing);
    if (!already) {
      if (isFresh || !isSame(standing, deployment.before)) {
        await checkStanding(deps, deployment, standing);
      }
      await checkAlias(deps, deployment, standing); // also when it goes on: others may have taken it since
    }
    if (isFresh) {
      deployment = journal.keep(deployment, {
        step: "writing",
        ...(standing ? { before: standing } : {}),
      });
    }
    const since = house.reloads();
    if (!already) {
      refuseOld(deployment);
      if (wanted) await house.write(key, wanted);
      else await house.remove(key);
    }
    deployment = journal.keep(deployment, { step: "written" });
    return finish(deployment, { since, already: already && isFresh });
  }

  async function finish(
    written: Deployment,
    { since, already }: { since: number; already: boolean },
  ): Promise<Deployed> {
    const key = keyOf(written.automationId);
    const { wanted } = written;
    if (!wanted) return end(written, undefined, { already });
    const standing = await house.loaded(key, { since, timeoutMs: patience.loadMs });
    const readBack = await house.read(key);
    if (!readBack || !(isSame(readBack, wanted) || meansTheSame(readBack, wanted, key.domain))) {
      throw new AppError(
        "conflict",
        "automations.not_as_written",
        "It was changed in Home Assistant at the same moment",
        { facts: { automationId: written.automationId } },
      );
    }
    const isNew = written.before === undefined;
    const marked = isNew ? await mark(standing.entityId) : true;
    return end(journal.keep(written, { entityId: standing.entityId }), readBack, {
      already,
      ...(marked ? {} : { detail: "The category and the label HomeIQ could not be set" }),
    });
  }

  /** A missing label is no reason to take an automation away again. */
  const mark = (entityId: string): Promise<boolean> =>
    house.mark(entityId).then(
      () => true,
      (error: unknown) => {
        log.warn({ err: error, entityId }, "The category HomeIQ could not be set");
        return false;
      },
    );

  function end(
    written: Deployment,
    config: JsonMap | undefined,
    { already, detail }: { already: boolean; detail?: string },
  ): Deployed {
    const { automationId, entityId, before, draftId, source, reason, evidence, by } = written;
    const common = { automationId, ...(entityId ? { entityId } : {}) };
    const version: Version = deps.together(() => {
      if (before) versions.keep({ ...common, config: before, origin: "home_assistant" });
      const kept = versions.keep({
        ...common,
        origin: "homeiq",
        author: by,
        ...(config ? { config } : {}),
        ...(draftId ? { draftId } : {}),
        ...(source === undefined ? {} : { source }),
        ...(reason === undefined ? {} : { reason }),
        ...(evidence ? { evidence } : {}),
      });
      const done = journal.keep(written, { step: "done" });
      note(done, already ? "already_done" : "done", detail);
      const standing = entityId ? house.find(entityId) : undefined;
      deps.onEnded({ deployment: done, outcome: "done", ...(standing ? { standing } : {}) });
      return kept;
    });
    return {
      state: "done",
      ...common,
      version: version.number,
      ...(already ? { already: true as const } : {}),
    };
  }

  function refuseOld({ startedAt }: Deployment): void {
    if (clock.now() - startedAt < GIVE_UP_AFTER_MS) return;
    throw new AppError(
      "conflict",
      "automations.too_old",
      "Home Assistant was away for too long; nothing was changed. Approve it again.",
    );
  }

  function fail(deployment: Deployment, outcome: "failed" | "undone", error: AppError): void {
    deps.together(() => {
      const failure = { code: error.code, message: error.message };
      const over = journal.keep(deployment, { step: outcome, failure });
      const isRefusal = error.kind === "conflict" || error.kind === "invalid";
      note(over, outcome === "failed" && isRefusal ? "refused" : outcome, error.message);
      deps.onEnded({ deployment: over, outcome });
    });
  }

  /** What stood there before comes back, unless other hands were there meanwhile. */
  async function undo(undoing: Deployment): Promise<void> {
    const key = keyOf(undoing.automationId);
    const standing = await house.read(key);
    if (isWritten(undoing, standing) && !isSame(standing, undoing.before)) {
      if (undoing.before) await house.write(key, undoing.before);
      else await house.remove(key);
    }
    const { code, message } = undoing.failure ?? { code: "automations.undone", message: "Undone" };
    fail(undoing, "undone", new AppError("conflict", code, message));
  }

  /** Tries as long as Home Assistant is away, but not longer than a person waits. */
  async function run(first: Deployment, { isNew }: { isNew: boolean }): Promise<Deployed> {
    const end = clock.now() + patience.awayMs;
    for (;;) {
      const current = journal.unfinished().find(({ id }) => id === first.id) ?? first;
      try {
        if (current.step !== "undoing") return await advance(current);
        await undo(current);
        throw toFailure(current);
      } catch (error) {
        const failure = toAppError(error);
        if (failure.kind !== "unavailable") throw await settle(current.id, failure);
        if (clock.now() >= end) return wait(current, isNew);
        await sleep(clock, RETRY_MS);
      }
    }
  }

  const toFailure = ({ failure }: Deployment) =>
    new AppError("conflict", failure?.code ?? "automations.undone", failure?.message ?? "Undone");

  /** After a refusal nothing was written; after anything later it is taken back. */
  async function settle(id: number, failure: AppError): Promise<AppError> {
    const current = journal.unfinished().find((one) => one.id === id);
    if (!current) return failure; // over already
    const isTheirs = failure.code === "automations.not_as_written";
    if (current.step !== "written" || isTheirs) {
      fail(current, "failed", failure);
      return failure;
    }
    const undoing = journal.keep(current, {
      step: "undoing",
      failure: { code: failure.code, message: failure.message },
    });
    await undo(undoing).catch((error: unknown) => {
      log.warn({ err: error }, "Could not be undone yet; it is tried again"); // by the next resume
    });
    return failure;
  }

  function wait(deployment: Deployment, isNew: boolean): Deployed {
    if (isNew) note(deployment, "waiting", "Home Assistant is away; it goes on when it is back");
    const { automationId, entityId } = deployment;
    return { state: "waiting", automationId, ...(entityId ? { entityId } : {}) };
  }

  /** Killed between the two, a draft would be under way for ever with nothing that goes on. */
  const begin = (change: Change): Deployment =>
    deps.together(() => {
      deps.onBegun(change);
      return journal.begin(change);
    });

  return {
    carryOut: (change) => run(begin(change), { isNew: true }),
    goOn: (deployment) => run(deployment, { isNew: false }),
  };
}
