import { readable } from "#lib/components/event-text.ts";
import { number, span } from "#lib/format.ts";
import { t } from "#lib/i18n/translate.ts";
import type { TimeInState } from "./bands.ts";
import type { Extent } from "./numbers.ts";

const LARGE = 1000;

/** Enough digits to tell values apart, not more. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= LARGE) return number(value, 0);
  return number(value, size < 10 ? 2 : 1);
}

export const withUnit = (value: number, unit: string) =>
  unit === "" ? figure(value) : `${figure(value)} ${unit}`;

interface Seen {
  readonly name: string;
  readonly extent: Extent | undefined;
}

/** What numeric entities of one unit did, as a sentence. */
export function numericTitle(seen: readonly Seen[], unit: string): string {
  const known = seen.flatMap(({ name, extent }) => (extent ? [{ name, ...extent }] : []));
  const [first] = known;
  if (!first) return t("explore.numeric.none", { names: seen.map(({ name }) => name).join(", ") });
  if (seen.length === 1) {
    if (first.low === first.high) {
      return t("explore.numeric.flat", { name: first.name, value: withUnit(first.low, unit) });
    }
    return t("explore.numeric.one", {
      name: first.name,
      low: figure(first.low),
      high: withUnit(first.high, unit),
      mean: withUnit(first.mean, unit),
    });
  }
  const highest = known.reduce((one, other) => (other.high > one.high ? other : one));
  const lowest = known.reduce((one, other) => (other.low < one.low ? other : one));
  const values = { low: figure(lowest.low), high: withUnit(highest.high, unit) };
  return t("explore.numeric.many", { ...values, highest: highest.name });
}

export interface InStates {
  readonly name: string;
  readonly times: readonly TimeInState[];
}

/** What entities with states did, as a sentence about the one that was active longest. */
export function statesTitle(entities: readonly InStates[]): string {
  const active = entities.flatMap(({ name, times }) => {
    const longest = times.find(({ look }) => look === "active");
    return longest ? [{ name, ...longest }] : [];
  });
  if (active.length === 0) return restTitle(entities);
  const most = active.reduce((one, other) => (other.ms > one.ms ? other : one));
  return t(entities.length === 1 ? "explore.states.one" : "explore.states.many", {
    name: most.name,
    state: readable(most.state),
    time: span(most.ms),
    n: most.times,
  });
}

function restTitle(entities: readonly InStates[]): string {
  const [first] = entities;
  const longest = first?.times[0];
  if (!first || !longest) return t("explore.states.none");
  if (entities.length > 1) return t("explore.states.quiet", { n: entities.length });
  return t("explore.states.rest", { name: first.name, state: readable(longest.state) });
}
