import { kinds } from "#analysis/templates/templates.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Candidate, Question } from "./candidate.ts";
import { callFor } from "./home-look.ts";
import { stretchesOf } from "./past.ts";
import { inside, lengthOf, type Stretch, union } from "./stretches.ts";
import { openOf, toCandidate } from "./weather-candidate.ts";

const LEAST_TIMES = 2;
const AIRED_MS = 10 * MINUTE_MS; // airing for some minutes with the heating on is what people do
const HEATS = new Set(["heat", "cool", "heat_cool", "auto"]);

interface Windows {
  readonly ids: readonly string[];
  /** When any of them was. */
  readonly opened: readonly Stretch[];
}

/** Heaters that were on while a window of their room was open. */
export function heatingOut(question: Question): Candidate[] {
  const windows = windowsByArea(question);
  return question.around.look.find(kinds.SWITCHED_HEATER).flatMap(({ entityId, areaId }) => {
    const own = areaId === undefined ? undefined : windows.get(areaId);
    return own ? (outOf(entityId, own, question) ?? []) : [];
  });
}

function outOf(
  entityId: string,
  { ids, opened }: Windows,
  question: Question,
): Candidate | undefined {
  const { around, past } = question;
  const action = { entityId, to: "off" };
  if (!past.steps.has(entityId) || !callFor(action, around.home)) return undefined;
  const heats = stretchesOf(past, entityId, (state) => HEATS.has(state));
  const times = opened.flatMap((one) => {
    const some = inside(heats, one);
    return lengthOf(some) >= AIRED_MS ? [some] : [];
  });
  if (times.length < LEAST_TIMES) return undefined;
  return toCandidate(question, {
    facts: { what: "heating_out", action },
    about: ["heating_out", entityId],
    ...{ watched: ids, times, of: opened.length, from: ids[0] as string },
  });
}

function windowsByArea(question: Question): ReadonlyMap<string, Windows> {
  const { look } = question.around;
  const known = look
    .find(kinds.OPENING)
    .filter(({ entityId }) => question.past.steps.has(entityId));
  const windows = new Map<string, Windows>();
  for (const [areaId, some] of Map.groupBy(known, (one) => one.areaId)) {
    if (areaId === undefined) continue;
    const ids = some.map(({ entityId }) => entityId);
    windows.set(areaId, { ids, opened: union(...ids.map((id) => openOf(id, question))) });
  }
  return windows;
}
