import { type Candidate, measuredAt, type Question } from "./candidate.ts";
import { daysOf, stretchesOf } from "./past.ts";
import { hoursByDay, type Stretch } from "./stretches.ts";
import type { WeatherFacts } from "./synergy.ts";

/** What the weather made matter, before it is a candidate. */
export interface Found {
  readonly facts: Omit<WeatherFacts, "type" | "watched">;
  readonly about: readonly string[];
  readonly watched: readonly string[];
  readonly times: readonly (readonly Stretch[])[];
  readonly of: number;
  readonly from: string;
}

export function toCandidate({ past, local }: Question, found: Found): Candidate {
  const { facts, about, watched, times, of, from } = found;
  const acts = facts.action?.entityId;
  const to = acts ?? (watched[0] as string);
  const weather = facts.weatherId === undefined ? [] : [facts.weatherId];
  return {
    facts: { type: "weather", ...facts, watched },
    about,
    entityIds: [...new Set([...(acts === undefined ? [] : [acts]), ...watched, ...weather])],
    edges: [{ from, to, joins: from === "weather" ? "when" : "sets_off" }],
    measured: measuredAt(
      times.flatMap(([first]) => first?.from ?? []),
      { span: past, entityId: watched[0] as string, of },
    ),
    spared: [{ kind: "hours", days: daysOf(past), amounts: hoursByDay(times.flat(), local) }],
  };
}

/** When a window, a door, a blind or an awning was open. */
export const openOf = (entityId: string, { past }: Question): Stretch[] =>
  stretchesOf(past, entityId, (state) => state === "on" || state === "open");
