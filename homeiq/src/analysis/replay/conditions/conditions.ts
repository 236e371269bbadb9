import type {
  Condition,
  GroupCondition,
  PurposeCondition,
  StateCondition,
} from "#home/automation/automation.ts";
import {
  conditionPurpose,
  deviceCondition,
  isPurposeMet,
  purposeProblem,
} from "../purposes/purposes.ts";
import { isEqual, isFailure, isInZone, isTruthy, saysTrue } from "../stage/stage.ts";

import { checkSun, checkTime } from "./clock.ts";
import { isInRange, rangeWords, valueWords } from "./numbers.ts";
import type { Scope, Verdict } from "./verdict.ts";

export { clockOf, momentIn } from "./clock.ts";
export { followConditions } from "./follow.ts";
export { boundOf, isInRange, rangeWords, valueIn, valueWords } from "./numbers.ts";
export type { Noted, Scope, Verdict } from "./verdict.ts";

/** Whether all hold, as the conditions of an automation or an `if`: what cannot be said does not hold. */
export function allHold(conditions: readonly Condition[], scope: Scope, path: string): boolean {
  let hasFailed = false;
  for (const [n, condition] of conditions.entries()) {
    const verdict = checkCondition(condition, scope, `${path}/${n}`);
    if (verdict === false) return false;
    if (isFailure(verdict)) hasFailed = true;
  }
  return !hasFailed;
}

export function checkCondition(condition: Condition, scope: Scope, path: string): Verdict {
  if (!isEnabled(condition, scope)) return noted(scope, path, null, () => "it is disabled");
  switch (condition.kind) {
    case "and":
    case "or":
    case "not":
      return noted(scope, path, checkGroup(condition, scope, path), () => condition.kind);
    case "state":
      return checkState(condition, scope, path);
    case "numeric_state": {
      const ids = condition.entityIds.map((id) => scope.stage.house.toEntityId(id));
      const verdict = ofAll(ids, (id) => isInRange(condition, scope.stage.world.state(id), scope));
      return noted(scope, path, verdict, () =>
        ids
          .map((entityId) => {
            const state = scope.stage.world.state(entityId);
            const value = valueWords(condition, { entityId, state, where: scope });
            return `${value}, it must be ${rangeWords(condition, scope.stage)}`;
          })
          .join("; "),
      );
    }
    case "template": {
      const value = scope.stage.texts.render(condition.valueTemplate, scope.variables);
      const verdict = isFailure(value) ? value : saysTrue(value);
      return noted(scope, path, verdict, () =>
        isFailure(value) ? value.error : `the template says ${JSON.stringify(value)}`,
      );
    }
    case "time":
    case "sun": {
      const { verdict, words } =
        condition.kind === "time" ? checkTime(condition, scope) : checkSun(condition, scope);
      return noted(scope, path, verdict, () => words);
    }
    case "zone": {
      const ids = condition.entityIds.map((id) => scope.stage.house.toEntityId(id));
      const verdict = ofAll(ids, (id) => {
        const state = scope.stage.world.state(id);
        if (!state) return { error: `${id} is unknown` };
        return condition.zones.some((zone) => isInZone(state, zone, scope.stage.world));
      });
      const where = () => ids.map((id) => `${id} is ${scope.stage.world.state(id)?.state}`);
      return noted(
        scope,
        path,
        verdict,
        () => `${where().join(", ")}, it must be in ${condition.zones.join(" or ")}`,
      );
    }
    case "trigger":
      return noted(scope, path, condition.ids.includes(scope.triggerId ?? ""), () =>
        scope.triggerId === undefined
          ? "no trigger fired"
          : `the trigger was ${scope.triggerId}, it must be ${condition.ids.join(" or ")}`,
      );
    case "device": {
      const found = deviceCondition(condition, scope.stage);
      return isFailure(found)
        ? noted(scope, path, found, () => found.error)
        : checkCondition(found, scope, path);
    }
    case "purpose": {
      const problem = purposeProblem(condition.key, "condition", scope.stage);
      const verdict =
        problem === undefined ? isPurposeMet(condition, scope.stage) : { error: problem };
      return noted(scope, path, verdict, () => problem ?? purposeWords(condition, scope));
    }
  }
}

function purposeWords(condition: PurposeCondition, { stage }: Scope): string {
  const purpose = conditionPurpose(condition, stage);
  const are = (purpose?.entityIds ?? []).map((id) => {
    const state = stage.world.state(id);
    return `${id} is ${String((state && purpose?.seenIn(state)) ?? "unknown")}`;
  });
  return [...are, `it asks for ${condition.key}`].join(", ");
}

function isEnabled({ enabled }: Condition, { stage, variables }: Scope): boolean {
  if (typeof enabled !== "object") return enabled !== false;
  const value = stage.texts.render(enabled.template, variables);
  return !isFailure(value) && isTruthy(value);
}

function noted(scope: Scope, path: string, verdict: Verdict, words: () => string): Verdict {
  scope.note?.({ path, verdict, words: words() });
  return verdict;
}

/** Like Python's: a false one decides at once, a failure only when none is false. */
function ofAll(ids: readonly string[], check: (id: string) => Verdict): Verdict {
  let failure: Verdict = true;
  for (const id of ids) {
    const verdict = check(id);
    if (verdict === false) return false;
    if (isFailure(verdict)) failure = verdict;
  }
  return failure;
}

function checkGroup({ kind, conditions }: GroupCondition, scope: Scope, path: string): Verdict {
  const decides = kind !== "and";
  let failure: Verdict = kind !== "or";
  for (const [n, condition] of conditions.entries()) {
    const verdict = checkCondition(condition, scope, `${path}/conditions/${n}`);
    if (verdict === decides) return kind === "or";
    if (isFailure(verdict)) failure = verdict;
  }
  return failure;
}

const INPUT = /^input_(?:boolean|number|select|text|datetime|button)\.[a-z0-9_]+$/;

function checkState(condition: StateCondition, scope: Scope, path: string): Verdict {
  const { stage } = scope;
  const ids = condition.entityIds.map((id) => stage.house.toEntityId(id));
  const period = condition.for && stage.texts.period(condition.for, scope.variables);
  const wanted = condition.states.map((state) =>
    typeof state === "string" && INPUT.test(state)
      ? (stage.world.state(state)?.state ?? state)
      : state,
  );
  const check = (id: string): Verdict => {
    const state = stage.world.state(id);
    if (!state) return { error: `${id} is unknown` };
    const { attribute } = condition;
    if (attribute !== undefined && !(attribute in state.attributes)) return false;
    const value = attribute === undefined ? state.state : state.attributes[attribute];
    if (!wanted.some((one) => isEqual(one, value))) return false;
    if (isFailure(period)) return period;
    return period === undefined || stage.world.now - state.lastChangedAt > period;
  };
  const verdict = condition.match === "any" ? ofAny(ids, check) : ofAll(ids, check);
  return noted(scope, path, verdict, () => {
    const seen = ids.map((id) => {
      const state = stage.world.state(id);
      const { attribute } = condition;
      const value = attribute === undefined ? state?.state : state?.attributes[attribute];
      const held =
        typeof period === "number" && state
          ? ` for ${Math.round((stage.world.now - state.lastChangedAt) / 1000)} s`
          : "";
      return `${attribute === undefined ? id : `${attribute} of ${id}`} was ${String(value ?? "unknown")}${held}`;
    });
    const time = typeof period === "number" ? ` for ${period / 1000} s` : "";
    return `${seen.join(", ")}, it must be ${wanted.map(String).join(" or ")}${time}`;
  });
}

function ofAny(ids: readonly string[], check: (id: string) => Verdict): Verdict {
  let failure: Verdict = false;
  for (const id of ids) {
    const verdict = check(id);
    if (verdict === true) return true;
    if (isFailure(verdict)) failure = verdict;
  }
  return failure;
}
