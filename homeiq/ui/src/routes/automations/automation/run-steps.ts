import type { RunTrace } from "#lib/automation-api.ts";
import { t } from "#lib/i18n/translate.ts";

type Step = RunTrace["steps"][number];

/** Where a step stands: `condition/0` is condition 1. What lies deeper keeps its path behind it. */
export function placeText({ path }: Pick<Step, "path">): string {
  const [part = "", index, ...deeper] = path.split("/");
  if (part === "trigger") return t("automations.step.trigger");
  const n = Number(index) + 1;
  if (!Number.isInteger(n) || !(part === "condition" || part === "action" || part === "sequence")) {
    return path;
  }
  const place = t(`automations.step.${part === "sequence" ? "action" : part}`, { n: String(n) });
  return deeper.length === 0 ? place : `${place}: ${deeper.join("/")}`;
}

/** What a step came to, as short as it can be said. */
export function outcomeText(
  { error, result }: Pick<Step, "error" | "result">,
  nameOf: (entityId: string) => string,
): string {
  if (error !== undefined) return error;
  if (result === undefined) return "";
  const called = callIn(result);
  if (called)
    return [called.action, called.entityIds.map(nameOf).join(", ")].filter(Boolean).join(": ");
  const { result: holds } = Object(result) as { result?: unknown };
  if (typeof holds === "boolean") return t(holds ? "try.condition.holds" : "try.condition.fails");
  return JSON.stringify(result);
}

/** The action that a step called, when it called one. */
function callIn(result: unknown): { action: string; entityIds: string[] } | undefined {
  const { params } = Object(result) as { params?: Record<string, unknown> };
  if (typeof params !== "object" || params === null) return undefined;
  const { domain, service, service_data: data, target } = params;
  if (typeof domain !== "string" || typeof service !== "string") return undefined;
  const ids = [target, data].flatMap((one) => (one as { entity_id?: unknown })?.entity_id ?? []);
  const entityIds = ids.filter((one): one is string => typeof one === "string");
  return { action: `${domain}.${service}`, entityIds: [...new Set(entityIds)] };
}
