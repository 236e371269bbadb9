import { SECOND_MS } from "#foundation/time.ts";
import type { CallEffect } from "./actions/actions.ts";
import type { BackTest } from "./back-test.ts";

/** One action of one of several automations. */
export interface InterleavedStep {
  readonly at: number;
  /** Its index in what was played. */
  readonly automation: number;
  /** What had started the run. */
  readonly trigger: string;
  readonly action: string;
  readonly effects: readonly CallEffect[];
}

/** A time at which several automations acted together. */
export interface Meeting {
  /** In the order in which they happened. */
  readonly steps: readonly InterleavedStep[];
  /** Entities that were brought to different states. */
  readonly contrary: readonly string[];
}

export interface Interleaving {
  readonly count: number;
  /** Those that disagree first, then newest first; twenty at most. */
  readonly meetings: readonly Meeting[];
}

const TOGETHER_MS = 10 * SECOND_MS; // within ten seconds people see one flicker, not two actions
const MOST_MEETINGS = 20;

/** When automations that were played together acted within seconds of each other, and in which order. */
export function interleavingOf(results: readonly BackTest[]): Interleaving {
  const steps = results
    .flatMap(({ runs }, automation) =>
      runs.flatMap(({ run }) =>
        run.calls.map(({ at, order, action, effects }) => ({
          ...{ at, order, automation, action, effects },
          trigger: run.trigger.description,
        })),
      ),
    )
    .toSorted((one, other) => one.at - other.at || one.order - other.order);
  const groups: (typeof steps)[] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    const before = last?.at(-1);
    if (last && before && step.at - before.at <= TOGETHER_MS) last.push(step);
    else groups.push([step]);
  }
  const meetings = groups
    .filter((group) => new Set(group.map(({ automation }) => automation)).size > 1)
    .map((group): Meeting => {
      const plain = group.map(({ order: _order, ...step }) => step);
      return { steps: plain, contrary: contraryIn(plain) };
    })
    .toReversed()
    .toSorted((one, other) => Number(isContrary(other)) - Number(isContrary(one)));
  return { count: meetings.length, meetings: meetings.slice(0, MOST_MEETINGS) };
}

const isContrary = ({ contrary }: Meeting) => contrary.length > 0;

function contraryIn(steps: readonly InterleavedStep[]): string[] {
  const byEntity = Map.groupBy(
    steps.flatMap(({ automation, effects }) => effects.map((one) => ({ ...one, automation }))),
    ({ entityId }) => entityId,
  );
  return [...byEntity].flatMap(([entityId, all]) => {
    const differ = all.some((one) =>
      all.some((other) => one.to !== other.to && one.automation !== other.automation),
    );
    return differ ? [entityId] : [];
  });
}
