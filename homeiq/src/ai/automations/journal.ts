import { asc, eq, inArray } from "drizzle-orm";
import { dropAbsent } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import type { JsonMap } from "#home/automation/automation.ts";
import type { Db } from "#store/database.ts";
import { type Person, toPerson } from "./audit.ts";
import { automationDeployment } from "./automations.table.ts";

export const CHANGE_ACTIONS = ["create", "edit", "remove", "restore"] as const;
export type ChangeAction = (typeof CHANGE_ACTIONS)[number];

/**
 * How far a deployment came.
 *
 * `begun`: nothing was done. `writing`: it may or may not have reached Home Assistant. `written`: it did.
 * `undoing`: it could not work, what stood there before comes back. The last three are ends.
 */
export type Step = "begun" | "writing" | "written" | "undoing" | "done" | "undone" | "failed";
const UNFINISHED: readonly Step[] = ["begun", "writing", "written", "undoing"];

/** One change of what stands in Home Assistant. */
export interface Change {
  readonly action: ChangeAction;
  readonly automationId: string;
  /** What shall stand there; absent when it shall be gone. */
  readonly wanted?: JsonMap;
  /** Hash of what must stand there now; absent when nothing may. */
  readonly expected?: string;
  readonly entityId?: string;
  readonly draftId?: string;
  readonly source?: string;
  readonly reason?: string;
  readonly evidence?: JsonMap;
  readonly by: Person;
}

export interface Deployment extends Change {
  readonly id: number;
  readonly step: Step;
  readonly before?: JsonMap;
  readonly startedAt: number;
  readonly failure?: { readonly code: string; readonly message: string };
}

export interface Journal {
  begin(change: Change): Deployment;
  keep(
    deployment: Deployment,
    next: Partial<Pick<Deployment, "step" | "before" | "entityId" | "failure">>,
  ): Deployment;
  /** Oldest first. */
  unfinished(): readonly Deployment[];
  unfinishedOf(draftId: string): Deployment | undefined;
}

/** Written before anything is done in Home Assistant, so that what a crash cut in two is found. */
export function createJournal({ db, clock }: { db: Db; clock: Clock }): Journal {
  const unfinished = () =>
    db
      .select()
      .from(automationDeployment)
      .where(inArray(automationDeployment.step, [...UNFINISHED]))
      .orderBy(asc(automationDeployment.id))
      .all()
      .map(toDeployment);

  return {
    begin({ by, ...change }) {
      const row = db
        .insert(automationDeployment)
        .values({
          ...change,
          step: "begun",
          byId: by.id ?? null,
          byName: by.name,
          startedAt: clock.now(),
        })
        .returning()
        .get();
      return toDeployment(row);
    },
    keep(deployment, { failure, ...next }) {
      const isOver = next.step !== undefined && !UNFINISHED.includes(next.step);
      const row = db
        .update(automationDeployment)
        .set({
          ...next,
          ...(failure ? { errorCode: failure.code, errorMessage: failure.message } : {}),
          ...(isOver ? { endedAt: clock.now() } : {}),
        })
        .where(eq(automationDeployment.id, deployment.id))
        .returning()
        .get();
      return toDeployment(row);
    },
    unfinished,
    unfinishedOf: (draftId) => unfinished().find((one) => one.draftId === draftId),
  };
}

const toDeployment = (row: typeof automationDeployment.$inferSelect): Deployment => ({
  id: row.id,
  action: row.action as ChangeAction, // written by this file only
  automationId: row.automationId,
  step: row.step as Step, // likewise
  by: toPerson(row.byId, row.byName),
  startedAt: row.startedAt,
  ...dropAbsent({
    wanted: row.wanted ?? undefined,
    expected: row.expected ?? undefined,
    before: row.before ?? undefined,
    entityId: row.entityId ?? undefined,
    draftId: row.draftId ?? undefined,
    source: row.source ?? undefined,
    reason: row.reason ?? undefined,
    evidence: row.evidence ?? undefined,
    failure:
      row.errorCode === null ? undefined : { code: row.errorCode, message: row.errorMessage ?? "" },
  }),
});
