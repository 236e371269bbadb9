import { kinds, parts } from "#analysis/templates/templates.ts";
import { present } from "#foundation/absent.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import type { Candidate, FoundOfType, Question } from "./candidate.ts";
import { ASK_FORECAST } from "./forecast-draft.ts";
import { weatherHabits } from "./habits.ts";
import { heatingOut } from "./heating-out.ts";
import { callFor, type HomeLook } from "./home-look.ts";
import { stretchesOf } from "./past.ts";
import { inside, lengthOf } from "./stretches.ts";
import type { Deed } from "./synergy.ts";
import { OUTDOORS, warmRooms } from "./warm-rooms.ts";
import { openOf, toCandidate } from "./weather-candidate.ts";

const LEAST_TIMES = 2;
const WET_MS = 5 * MINUTE_MS;

/** What the weather makes matter: rain, sun, cold, and what people do in it. */
export function findWeather(question: Question): FoundOfType {
  const { look } = question.around;
  const { steps, hours } = question.past;
  const rain = look.find(kinds.RAINS).find(({ entityId }) => steps.has(entityId));
  const found = [
    ...weatherHabits(question),
    ...(rain ? openInRain(rain, question) : []),
    ...warmRooms(question),
    ...heatingOut(question),
  ];
  const isKnown = hours.has(OUTDOORS) || look.find(kinds.WEATHER).length > 0;
  const needs = [...(isKnown ? [] : ["weather" as const]), ...(rain ? [] : ["rain" as const])];
  return { found, needs };
}

function openInRain(rain: HomeEntity, question: Question): Candidate[] {
  const { around, past } = question;
  const { look, home } = around;
  const rains = stretchesOf(past, rain.entityId, (state) => isRaining(rain, state));
  const openIn = (ids: readonly string[]) => {
    const opened = ids.map((id) => openOf(id, question));
    return rains.flatMap((one) => {
      const all = opened.map((some) => inside(some, one));
      const wet = all.filter((some) => lengthOf(some) >= WET_MS);
      const longest = wet.sort((a, b) => lengthOf(b) - lengthOf(a))[0];
      return longest ? [longest] : [];
    });
  };
  const known = (entities: readonly HomeEntity[]) =>
    entities.map(({ entityId }) => entityId).filter((id) => past.steps.has(id));
  const windows = known(look.find(kinds.OPENING)).filter((id) => openIn([id]).length > 0);
  const awnings = known(look.find(kinds.AWNING));
  const asked: { watched: readonly string[]; action?: Deed }[] = [
    ...(windows.length > 0 ? [{ watched: windows }] : []),
    ...awnings.map((entityId) => ({ watched: [entityId], action: { entityId, to: "closed" } })),
  ];
  return asked.flatMap(({ watched, action }): Candidate[] => {
    const times = openIn(watched);
    if (times.length < LEAST_TIMES || (action && !callFor(action, home))) return [];
    return [
      toCandidate(question, {
        facts: {
          ...{ what: "open_in_rain", weatherId: rain.entityId },
          ...present("forecastId", forecasterOf(around)),
          ...present("action", action),
        },
        // All windows are one: one more of them is no other synergy.
        about: action ? watched : ["windows"],
        ...{ watched, times, of: rains.length, from: "weather" },
      }),
    ];
  });
}

const HOURLY = 2; // of `WeatherEntityFeature` of Home Assistant

/** What can be asked for the next hours. */
function forecasterOf({ look, home }: HomeLook): string | undefined {
  if (!home.actions.has(ASK_FORECAST)) return undefined;
  return look
    .find(kinds.WEATHER)
    .find(({ attributes }) => (Number(attributes.supported_features) & HOURLY) !== 0)?.entityId;
}

function isRaining({ domain }: HomeEntity, state: string): boolean {
  if (domain === "weather") return parts.RAINING.includes(state);
  return domain === "binary_sensor" ? state === "on" : Number(state) > 0;
}
