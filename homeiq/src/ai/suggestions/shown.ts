import { dropAbsent } from "#foundation/absent.ts";
import type { Suggestion } from "./suggestion.ts";
import type { Row } from "./suggestions.store.ts";
import { toYaml } from "./to-yaml.ts";

/** What a person sees of a row. */
export function shown(row: Row): Suggestion {
  const { found } = row;
  const { make, problems = [] } = found;
  const isWritten = ["create", "scene"].includes(found.action);
  const kind = make?.kind ?? "automation";
  const draft = make ? { kind, yaml: toYaml(make), problems, reading: make } : { kind, problems };
  return {
    ...{ id: row.id, source: row.source, status: row.status, action: found.action },
    ...{ kind: found.kind, title: found.title, text: found.text },
    ...{ explanation: found.explanation, entityIds: found.entityIds },
    ...{ automationIds: found.automationIds, patternIds: found.patternIds },
    ...{ chart: found.chart, choices: found.choices, score: row.score, history: row.history },
    ...{ firstFoundAt: row.firstFoundAt, updatedAt: row.updatedAt },
    ...(isWritten ? { draft } : {}),
    ...dropAbsent({
      areaId: found.areaId,
      synergyId: found.synergyId,
      templateId: found.templateId,
      whyNow: found.whyNow,
      caution: found.caution,
      saving: found.saving,
      backTest: row.backTest ?? (make?.kind === "automation" ? PENDING : undefined),
      draftId: row.draftId ?? undefined,
      automationId: row.automationId ?? undefined,
      snoozedUntil: row.snoozedUntil ?? undefined,
      dismissReason: row.dismissReason ?? undefined,
    }),
  };
}

const PENDING = { state: "pending" } as const;

export function sorted(
  all: readonly Suggestion[],
  sort: "score" | "newest" | "saving",
): Suggestion[] {
  const value = ({ score, firstFoundAt, saving }: Suggestion) => {
    if (sort === "newest") return firstFoundAt;
    return sort === "saving" ? (saving?.value ?? 0) : score.total;
  };
  return all.toSorted(
    (one, other) =>
      value(other) - value(one) ||
      other.score.total - one.score.total ||
      one.id.localeCompare(other.id),
  );
}
