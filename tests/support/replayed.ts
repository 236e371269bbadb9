import { type Cannot, type ReplayOptions, type Run, replay } from "#src/analysis/replay/replay.ts";
import { automation, scripted } from "./past-world.ts";

type Raw = Readonly<Record<string, unknown>>;
export type Script = Parameters<typeof scripted>[0];

/** An action that changes nothing, so that a run is only seen. */
export const DONE = [{ action: "notify.notify", data: {} }];

/** A trigger on a helper, and the moments at which it is moved. Seconds after the start. */
export const PRESS = { trigger: "state", entity_id: "input_boolean.go", to: null };
export const go = (...seconds: number[]) =>
  seconds.map((second, n) => [second, "input_boolean.go", n % 2 === 0 ? "on" : "off"] as const);

/** Seconds after the start at which it was triggered. */
export function firedAt(triggers: unknown, script: Script, rest: Raw = {}): number[] {
  const past = scripted(script);
  const { runs } = replay([automation({ triggers, actions: DONE, ...rest })], past);
  return runs.map(({ at }) => (at - past.start) / 1000);
}

/** Why history cannot tell something of it, in order. */
export function whyNot(raw: Raw, script: Script = {}): readonly Cannot[] {
  return replay([automation(raw)], scripted(script)).cannot;
}

const withGo = (script: Script): Script => ({
  ...script,
  initial: { "input_boolean.go": "off", ...script.initial },
  changes: script.changes ?? go(10),
});

/** Whether an automation with this condition runs when it is triggered. */
export function holds(condition: unknown, script: Script = {}): boolean {
  const one = automation({ triggers: PRESS, conditions: [condition], actions: [] });
  return replay([one], scripted(withGo(script))).runs[0]?.outcome === "ran";
}

export interface PlayedRuns {
  readonly runs: readonly Run[];
  /** `[seconds after the start, "light.turn_on light.a"]`. */
  readonly calls: readonly (readonly [number, string])[];
  readonly cannot: readonly Cannot[];
  readonly outcomes: readonly Run["outcome"][];
}

/** What automations did that are started by `PRESS`, unless they say another trigger. */
export function play(
  raws: readonly Raw[],
  script: Script = {},
  options: ReplayOptions = {},
): PlayedRuns {
  const past = scripted(withGo(script));
  const automations = raws.map((raw) => automation({ triggers: PRESS, ...raw }));
  const { runs, cannot } = replay(automations, past, options);
  const calls = runs
    .flatMap((run) => run.calls)
    .toSorted((one, other) => one.at - other.at)
    .map(
      ({ at, action, entityIds }) =>
        [(at - past.start) / 1000, `${action} ${entityIds.join(",")}`] as const,
    );
  return { runs, calls, cannot, outcomes: runs.map(({ outcome }) => outcome) };
}
