import type { Step } from "#lib/best-window.ts";
import type { TopicView } from "#lib/surroundings-api.ts";

export const priceSteps = ({ facts }: TopicView<"price">): Step[] =>
  facts?.slots.map(({ start, end, price }) => ({ start, end, value: price })) ?? [];

export const carbonSteps = ({ facts }: TopicView<"carbon">): Step[] =>
  facts?.slots.map(({ start, end, gramsPerKwh }) => ({ start, end, value: gramsPerKwh })) ?? [];
