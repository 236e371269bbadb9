import type { Automations, Watch } from "#ai/automations/automations.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { DAY_MS } from "#foundation/time.ts";
import { become, type Row, type SuggestionStore } from "./suggestions.store.ts";

const KEPT_AFTER_DAYS = 30;

interface Deps {
  readonly clock: Clock;
  readonly store: SuggestionStore;
  readonly automations: Pick<Automations, "probation"> & {
    readonly drafts: Pick<Automations["drafts"], "get">;
  };
}

/** Follows what became of those that a person said yes to, as the workshop tells. */
export function createLife({ clock, store, automations }: Deps) {
  function draftOf({ draftId }: Row) {
    if (draftId === null) return undefined;
    try {
      return automations.drafts.get(draftId);
    } catch (error) {
      if (error instanceof AppError && error.kind === "not_found") return undefined;
      throw error;
    }
  }

  function next(row: Row, watches: readonly Watch[]): Row {
    const draft = draftOf(row);
    if (!draft) return keptIfDue(row);
    const at = clock.now();
    const strength = { refusedAt: at, refusedStrength: row.found.strength };
    switch (draft.status) {
      case "discarded":
        return become(row, "dismissed", {
          at,
          dismissReason: "other",
          reason: "discarded",
          ...strength,
        });
      case "removed":
        return become(row, "undone", { at, ...strength });
      case "deployed":
        break;
      default:
        return row;
    }
    const deployedAt = row.deployedAt ?? draft.updatedAt;
    const stands = { ...row, deployedAt, automationId: draft.entityId ?? row.automationId };
    const watch = watches.find(({ automationId }) => automationId === draft.automationId);
    if (!watch) return stood(stands);
    const counted = { ...stands, overrides: watch.overrides, runs: watch.runs };
    if (watch.state === "demoted") {
      return become(counted, "undone", { at, reason: "demoted", ...strength });
    }
    if (watch.state !== "watching") return stood(counted);
    return row.status === "probation" ? counted : become(counted, "probation", { at });
  }

  /** It is there, and nobody watches it (any more). */
  function stood(row: Row): Row {
    const at = clock.now();
    const isThere = row.status === "deployed" || row.status === "kept";
    return keptIfDue(isThere ? row : become(row, "deployed", { at }));
  }

  function keptIfDue(row: Row): Row {
    const at = clock.now();
    const isDue = row.deployedAt !== null && at - row.deployedAt >= KEPT_AFTER_DAYS * DAY_MS;
    return row.status === "deployed" && isDue ? become(row, "kept", { at }) : row;
  }

  return {
    /** Looks at all that are on their way or stand, and at those whose time to be shown again has come. */
    follow(): void {
      const now = clock.now();
      for (const row of store.having(["snoozed"])) {
        if ((row.snoozedUntil ?? 0) > now) continue;
        store.keep(become(row, "open", { at: now, snoozedUntil: null }));
      }
      const rows = store.having(["accepted", "deployed", "probation", "kept"]);
      if (rows.length === 0) return;
      const watches = automations.probation.list();
      for (const row of rows) {
        const after = next(row, watches);
        if (JSON.stringify(after) !== JSON.stringify(row)) store.keep(after);
      }
    },
  };
}
