import type { z } from "zod";
import { present } from "#foundation/absent.ts";
import { AppError } from "#foundation/errors.ts";
import type { Json, JsonMap } from "#home/automation/automation.ts";
import type { Ask } from "./ask.ts";
import { WireCall, WireConditionResult, WireVerdicts } from "./automation-config.schema.ts";

/** Home Assistant's own verdict on one part; the reason is its own words, of the first thing that is wrong. */
export interface Verdict {
  readonly valid: boolean;
  readonly error?: string;
}

export interface Verdicts {
  readonly triggers?: Verdict;
  readonly conditions?: Verdict;
  readonly actions?: Verdict;
}

export interface Called {
  readonly contextId: string;
  readonly response?: Json;
}

/** An action of Home Assistant, such as `light.turn_on`. */
export interface ActionCall {
  readonly action: string;
  readonly data?: JsonMap;
  readonly target?: JsonMap;
}

export interface Checks {
  /** Judges the schema of the given parts only: not whether entities and actions exist. */
  validate(parts: {
    readonly triggers?: Json;
    readonly conditions?: Json;
    readonly actions?: Json;
  }): Promise<Verdicts>;
  /** Whether one condition holds now; `undefined` when it is disabled. Throws `invalid`, `unavailable`. */
  testCondition(condition: Json, variables?: JsonMap): Promise<boolean | undefined>;
  /** Runs actions for real; answers when they have ended. Throws `unavailable` when that takes longer. */
  runActions(
    sequence: Json,
    options: { readonly timeoutMs: number; readonly variables?: JsonMap },
  ): Promise<Called>;
  /** Calls one action; answers when it has ended. */
  call(call: ActionCall, timeoutMs?: number): Promise<Called>;
}

export const createChecks = (ask: Ask): Checks => ({
  async validate(parts) {
    const wire = await ask({ type: "validate_config", ...parts }, WireVerdicts);
    return {
      ...present("triggers", wire.triggers && toVerdict(wire.triggers)),
      ...present("conditions", wire.conditions && toVerdict(wire.conditions)),
      ...present("actions", wire.actions && toVerdict(wire.actions)),
    };
  },
  async testCondition(condition, variables) {
    const { result } = await ask(
      { type: "test_condition", condition, ...present("variables", variables) },
      WireConditionResult,
    );
    return result ?? undefined;
  },
  runActions: async (sequence, { timeoutMs, variables }) =>
    toCalled(
      await ask(
        { type: "execute_script", sequence, ...present("variables", variables) },
        WireCall,
        timeoutMs,
      ),
    ),
  async call({ action, data, target }, timeoutMs) {
    const [domain, service] = action.split(".");
    if (!domain || !service) {
      throw new AppError("invalid", "automation_config.no_action", `${action} is no action`);
    }
    const command = {
      type: "call_service",
      domain,
      service,
      ...present("service_data", data),
      ...present("target", target),
    };
    return toCalled(await ask(command, WireCall, timeoutMs));
  },
});

const toVerdict = ({ valid, error }: { valid: boolean; error?: string | null | undefined }) => ({
  valid,
  ...present("error", error),
});

const toCalled = ({ context, response }: z.output<typeof WireCall>): Called => ({
  contextId: context.id,
  ...present("response", response),
});
