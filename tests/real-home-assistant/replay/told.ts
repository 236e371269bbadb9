import { one, type Raw, type Scenario } from "./scenario.ts";

export type Said = string | readonly [string, Raw];
export type Step = readonly [string, Raw?];

export const attributesOf = (said: Said): Raw => (typeof said === "string" ? {} : said[1]);

interface Told {
  readonly first: Said;
  /** One a second; attributes that are not said are those of the first. */
  readonly steps: readonly Step[];
  readonly options?: Raw;
}

/** One entity that goes through its states, and a trigger on it. */
export const told = (key: string, entity: string, { first, steps, options }: Told): Scenario => ({
  name: `${key} of ${entity}${options ? `, ${JSON.stringify(options)}` : ""}`,
  automations: one({
    ...{ trigger: key, target: { entity_id: `${entity}.§e` } },
    ...(options ? { options } : {}),
  }),
  initial: { [`${entity}.§e`]: first },
  steps: steps.map(([state, attributes], n) => [
    n + 1,
    `${entity}.§e`,
    state,
    { ...attributesOf(first), ...attributes },
  ]),
});

export const percent = (type: string, number: number): Raw => ({
  threshold: { type, value: { active_choice: "number", number } },
});

export const degrees = (type: string, number: number, unit_of_measurement: string): Raw => ({
  threshold: { type, value: { active_choice: "number", number, unit_of_measurement } },
});
