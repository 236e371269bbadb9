import type { Facts } from "#src/ai/agent/noticing/noticing.ts";
import { notice } from "#src/ai/agent/noticing/noticing.ts";
import type { Noticed } from "#src/ai/agent/proposals/proposals.ts";
import { createSay } from "#src/ai/agent/say.ts";
import { createTexts } from "#src/ai/texts/texts.ts";
import type { WeatherFacts } from "#src/enrichment/provider.ts";
import type { EntityState } from "#src/home/states/states.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const timeZone = "Europe/Berlin";
/** 16:00 in Berlin. */
export const AFTERNOON = Date.parse("2026-11-03T15:00:00Z");

/** English, with entities called as their ids. */
export const say = createSay(createTexts({ language: "en", timeZone }), {
  ...{ language: "en", timeZone, temperatureUnit: "°C" },
  nameOf: (entityId) => (entityId.split(".")[1] ?? "").replaceAll("_", " "),
});

/** States by entity id, with attributes and since when. */
export type GivenStates = Readonly<
  Record<string, string | readonly [state: string, attributes: object, agoMs?: number]>
>;

function states(now: number, given: GivenStates): Map<string, EntityState> {
  return new Map(
    Object.entries(given).map(([entityId, one]) => {
      const [state, attributes, ago = HOUR] = typeof one === "string" ? [one, {}] : one;
      const at = now - ago;
      const times = { lastChangedAt: at, lastUpdatedAt: at, context: { id: "" } };
      return [entityId, { entityId, state, attributes: { ...attributes }, ...times }];
    }),
  );
}

/** What is known at a moment; nothing but what is given. */
export const facts = (given: GivenStates, more: Partial<Facts> = {}): Facts => {
  const now = more.now ?? AFTERNOON;
  return {
    ...{ now, timeZone, states: states(now, given), isService: () => true },
    ...{ night: { from: "22:00", to: "07:00" }, trips: [], bestRuns: [], batteries: [] },
    ...{ laundry: [], usualReturns: {}, forgotten: new Set<string>(), newSuggestions: [], ...more },
  };
};

/** What is noticed of one kind. */
export const found = (kind: Noticed["kind"], known: Facts): Noticed[] =>
  notice(known, say).filter((one) => one.kind === kind);

export const weather = (
  hours: WeatherFacts["hours"],
  now: Partial<WeatherFacts["now"]> = {},
): WeatherFacts => ({ now: { at: AFTERNOON, temperatureC: 8, ...now }, hours, days: [] });

/** One hour of a curve, so many hours from the afternoon. */
export const hour = <T extends object>(inHours: number, more: T) => ({
  ...{ start: AFTERNOON + inHours * HOUR, end: AFTERNOON + (inHours + 1) * HOUR, ...more },
});
