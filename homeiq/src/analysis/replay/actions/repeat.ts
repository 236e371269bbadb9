import type { RepeatAction } from "#home/automation/automation.ts";
import { isFailure } from "../stage/stage.ts";
import { SETTLE, type Steps } from "./fiber.ts";
import { type Ending, FINISHED, holds, type RunInner, type Running, rendered } from "./running.ts";

const MOST_TURNS = 10_000; // Home Assistant ends a loop there as well (REPEAT_TERMINATE_ITERATIONS)

interface Within {
  readonly path: string;
  readonly runInner: RunInner;
}

export function* runRepeat(
  action: RepeatAction,
  outer: Running,
  { path, runInner }: Within,
): Steps<Ending> {
  const running = { ...outer, scopes: outer.scopes.enter() };
  const { until } = action;
  const turn = (index: number, more: Readonly<Record<string, unknown>> = {}) => {
    running.scopes.define("repeat", { first: index === 1, index, ...more });
    return runInner(action.sequence, running, `${path}/repeat/sequence`);
  };

  if ("count" in until) {
    const count = Math.trunc(Number(rendered(until.count, running)));
    if (!Number.isFinite(count)) return { kind: "aborted", why: "how often is no number" };
    return yield* eachTurn(count, (n) => turn(n, { last: n === count }));
  }
  if ("forEach" in until) {
    const items = itemsOf(until.forEach, running);
    if (!items) return { kind: "aborted", why: "what to go through is no list" };
    return yield* eachTurn(items.length, (n) =>
      turn(n, { last: n === items.length, item: items[n - 1] }),
    );
  }
  for (let n = 1; n <= MOST_TURNS; n += 1) {
    if ("while" in until) {
      running.scopes.define("repeat", { first: n === 1, index: n });
      if (!holds(until.while, running, `${path}/repeat/while`)) return FINISHED;
      if (n > 1) yield SETTLE;
    }
    const ending = yield* turn(n);
    if (ending.kind !== "finished") return ending;
    if ("until" in until) {
      if (holds(until.until, running, `${path}/repeat/until`)) return FINISHED;
      yield SETTLE;
    }
  }
  return { kind: "aborted", why: `it went round ${MOST_TURNS} times` };
}

function* eachTurn(count: number, turn: (n: number) => Steps<Ending>): Steps<Ending> {
  for (let n = 1; n <= count; n += 1) {
    const ending = yield* turn(n);
    if (ending.kind !== "finished") return ending;
  }
  return FINISHED;
}

function itemsOf(
  forEach: Extract<RepeatAction["until"], { forEach: unknown }>["forEach"],
  { stage, scopes }: Running,
): readonly unknown[] | undefined {
  try {
    const items = stage.texts.deep(forEach, scopes.all());
    return Array.isArray(items) && !isFailure(items) ? items : undefined;
  } catch {
    return undefined; // the caller says that there is no list
  }
}
