import type { TopicView } from "#lib/surroundings-api.ts";

/** A value that holds through its slot. */
export interface Step {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

export const priceSteps = ({ facts }: TopicView<"price">): Step[] =>
  facts?.slots.map(({ start, end, price }) => ({ start, end, value: price })) ?? [];

export const carbonSteps = ({ facts }: TopicView<"carbon">): Step[] =>
  facts?.slots.map(({ start, end, gramsPerKwh }) => ({ start, end, value: gramsPerKwh })) ?? [];

export const stepAt = (steps: readonly Step[], at: number): Step | undefined =>
  steps.find(({ start, end }) => start <= at && at < end);
