export type Raw = Readonly<Record<string, unknown>>;

/**
 * A few automations and what happens around them. `§` stands for the scenario's own prefix, so that all can be
 * played in one house at once.
 */
export interface Scenario {
  readonly name: string;
  /** Their mode, triggers, conditions and actions; the house adds ids. `at` is the clock time a second into it. */
  readonly automations: readonly Raw[] | ((clock: (seconds: number) => string) => readonly Raw[]);
  readonly initial?: Readonly<Record<string, string | readonly [string, Raw]>>;
  /** What a scene does is done by calls of Home Assistant's own, so that only runs can be compared. */
  readonly onlyRuns?: true;
  /** `[seconds, entity id, state, attributes]`. */
  readonly steps?: readonly (readonly [number, string, string, Raw?])[];
}

/** Seconds after which nothing more happens in any of them. */
export const LASTS_SECONDS = 16;

/** A call that only shows that it was made. */
export const note = (name: string): Raw => ({
  action: "input_boolean.turn_on",
  target: { entity_id: `input_boolean.§out_${name}` },
});

export const set = (name: string, action = "turn_on"): Raw => ({
  action: `input_boolean.${action}`,
  target: { entity_id: `input_boolean.§${name}` },
});

/** One automation that notes that it ran. */
export const one = (trigger: Raw, rest: Raw = {}): readonly Raw[] => [
  { triggers: [trigger], actions: [note("ran")], ...rest },
];

export const GO: Raw = { trigger: "state", entity_id: "sensor.§go", to: null };
export const go = (...seconds: number[]) =>
  seconds.map((second, n) => [second, "sensor.§go", String(n + 1)] as const);
export const READY = { "sensor.§go": "0" } as const;

/** An automation that is started by `go`. */
export const started = (
  name: string,
  raw: Raw,
  rest: Partial<Pick<Scenario, "initial" | "steps">> = {},
): Scenario => ({
  name,
  automations: [{ triggers: [GO], actions: [note("ran")], ...raw }],
  initial: { ...READY, ...rest.initial },
  steps: rest.steps ?? go(1),
});
