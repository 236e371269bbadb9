import { AppError } from "#foundation/errors.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type {
  AutomationConfig,
  RunTrace,
  Standing,
} from "#home/automation-config/automation-config.ts";

const TRIGGER_WITHIN_MS = 10 * SECOND_MS;

type House = Pick<AutomationConfig, "checks" | "traces">;

/** Runs it now. Answers when it has ended, or after some seconds while it goes on. */
export async function runNow(
  house: House,
  { domain, entityId }: Standing,
  skipConditions: boolean,
): Promise<{ readonly ended: boolean }> {
  const target = { entity_id: entityId };
  const call =
    domain === "automation"
      ? { action: "automation.trigger", target, data: { skip_condition: skipConditions } }
      : { action: `${domain}.turn_on`, target };
  try {
    await house.checks.call(call, TRIGGER_WITHIN_MS);
    return { ended: true };
  } catch (error) {
    if (error instanceof AppError && error.code === "connection.timeout") return { ended: false };
    throw error;
  }
}

/** Runs of which Home Assistant still has traces, newest first, with every step. */
export async function tracesOf(
  house: House,
  { id, domain }: Standing,
): Promise<readonly RunTrace[]> {
  if (id === undefined || domain === "scene") return []; // Home Assistant keeps none of these
  const short = await house.traces.list(domain, id);
  return Promise.all(
    short.toReversed().map(({ runId }) => house.traces.get({ domain, itemId: id, runId })),
  );
}
