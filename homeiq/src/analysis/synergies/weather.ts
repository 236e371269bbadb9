import { inUnit, kinds, parts, unitOf } from "#analysis/templates/templates.ts";
import { present } from "#foundation/absent.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { type Candidate, type FoundOfType, measuredAt, type Question } from "./candidate.ts";
import { WARM_C } from "./comfort.ts";
import { weatherHabits } from "./habits.ts";
import { callFor } from "./home-look.ts";
import { awayOf, daysOf, stretchesOf } from "./past.ts";
import {
  common,
  firstOfDays,
  hoursByDay,
  lengthOf,
  type Stretch,
  splitByHour,
  toStretches,
  union,
  without,
} from "./stretches.ts";
import type { Deed, WeatherFacts } from "./synergy.ts";

const MINUTE_MS = 60_000;
const LEAST = { times: 2, days: 3, hours: 3 };
const WET_MS = 5 * MINUTE_MS;
const AIRED_MS = 10 * MINUTE_MS; // airing for some minutes with the heating on is what people do
const COOLER_C = 2;
const SUNNY = new Set(["sunny", "partlycloudy"]);
const OUTDOORS = "homeiq.outdoor_temperature";

/** What the weather makes matter: rain, sun, cold, and what people do in it. */
export function findWeather(question: Question): FoundOfType {
  const { look } = question.around;
  const { steps, hours } = question.past;
  const rain = look.find(kinds.RAINS).find(({ entityId }) => steps.has(entityId));
  const found = [
    ...weatherHabits(question),
    ...(rain ? openInRain(rain, question) : []),
    ...rooms(question),
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
  const openIn = (ids: readonly string[]) =>
    rains.flatMap((one) => {
      const all = ids.map((id) => common(openOf(id, question), [one]));
      const wet = all.filter((some) => lengthOf(some) >= WET_MS);
      const longest = wet.sort((a, b) => lengthOf(b) - lengthOf(a))[0];
      return longest ? [longest] : [];
    });
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
    if (times.length < LEAST.times || (action && !callFor(action, home))) return [];
    return [
      toCandidate(question, {
        facts: { what: "open_in_rain", weatherId: rain.entityId, ...present("action", action) },
        // All windows are one: one more of them is no other synergy.
        about: action ? watched : ["windows"],
        ...{ watched, times, of: rains.length, from: "weather" },
      }),
    ];
  });
}

function isRaining({ domain }: HomeEntity, state: string): boolean {
  if (domain === "weather") return parts.RAINING.includes(state);
  return domain === "binary_sensor" ? state === "on" : Number(state) > 0;
}

const openOf = (entityId: string, { past }: Question): Stretch[] =>
  stretchesOf(past, entityId, (state) => state === "on" || state === "open");

/** Rooms that were too warm while a blind could have been down, or the windows open. */
function rooms(question: Question): Candidate[] {
  const { around, past } = question;
  const { look, home } = around;
  const outside = outdoors(question);
  const sky = look.find(kinds.WEATHER).find(({ entityId }) => past.steps.has(entityId));
  const sun = sky ? stretchesOf(past, sky.entityId, (state) => SUNNY.has(state)) : [];
  const people = look.find(kinds.PERSON).map(({ entityId }) => entityId);
  const present = without({ from: past.from, until: past.to }, awayOf(past, people));
  const inArea = (kind: Parameters<typeof look.find>[0], areaId: string) =>
    look.find(kind).filter((one) => one.areaId === areaId && past.steps.has(one.entityId));
  return look.find(kinds.ROOM_TEMPERATURE).flatMap((sensor): Candidate[] => {
    const { areaId, entityId } = sensor;
    const unit = unitOf(sensor, home.temperatureUnit) ?? "";
    const limit = inUnit(WARM_C, "°C", unit);
    const values = past.hours.get(entityId) ?? [];
    if (areaId === undefined || limit === undefined || values.length === 0) return [];
    const warm = values.filter(({ value }) => value > limit);
    const when = { above: limit, unit };
    const blinds = inArea(kinds.BLIND, areaId).map(
      (one): Deed => ({
        ...{ entityId: one.entityId, to: "closed" },
      }),
    );
    const shaded = blinds.filter((deed) => callFor(deed, home));
    const shade = shaded.flatMap((action) => {
      const open = stretchesOf(past, action.entityId, (state) => state === "open");
      const times = common(common(toStretches(warm), sun), open);
      const facts = {
        what: "shade" as const,
        when,
        ...(sky && { weatherId: sky.entityId }),
        action,
      };
      return ofDays(question, { facts, watched: [entityId], times, values, from: "weather" });
    });
    const windows = inArea(kinds.OPENING, areaId).map((one) => one.entityId);
    if (!outside || windows.length === 0) return shade;
    const cooler = warm.filter(({ start, value }) => {
      const out = outside.at(start);
      return out !== undefined && out <= value - outside.lessBy(unit);
    });
    const shut = windows.map((id) => stretchesOf(past, id, (state) => state === "off"));
    const times = common(common(toStretches(cooler), present), shut.reduce(common));
    const facts = { what: "air_out" as const, when, weatherId: outside.entityId };
    const watched = [entityId, ...windows];
    return [...shade, ...ofDays(question, { facts, watched, times, values, from: "weather" })];
  });
}

interface Outdoors {
  /** An entity of Home Assistant, for automations. */
  readonly entityId: string;
  /** In the unit of the home. */
  at(start: number): number | undefined;
  /** How much is clearly cooler, in a unit. */
  lessBy(unit: string): number;
}

function outdoors({ around, past }: Question): Outdoors | undefined {
  const entity = around.look.find(kinds.OUTDOOR_TEMPERATURE)[0];
  if (!entity) return undefined;
  const own = past.hours.get(entity.entityId);
  const values = own ?? past.hours.get(OUTDOORS);
  if (!values) return undefined;
  const unit = own ? unitOf(entity, around.home.temperatureUnit) : "°C";
  const byHour = new Map(values.map(({ start, value }) => [start, value]));
  const isF = around.home.temperatureUnit === "°F";
  const toHome = (value: number) => (isF && unit === "°C" ? value * 1.8 + 32 : value);
  return {
    entityId: entity.entityId,
    at(start) {
      const value = byHour.get(start);
      return value === undefined ? undefined : toHome(value);
    },
    lessBy: (of) => (of === "°F" ? COOLER_C * 1.8 : COOLER_C),
  };
}

/** Heaters that were heating while a window of their room was open. */
function heatingOut(question: Question): Candidate[] {
  const { around, past } = question;
  const { look, home } = around;
  const windows = Map.groupBy(
    look.find(kinds.OPENING).filter(({ entityId }) => past.steps.has(entityId)),
    ({ areaId }) => areaId,
  );
  return look.find(kinds.SWITCHED_HEATER).flatMap((heater): Candidate[] => {
    const { entityId, areaId } = heater;
    const action = { entityId, to: "off" };
    const watched = areaId === undefined ? [] : (windows.get(areaId) ?? []);
    if (watched.length === 0 || !past.steps.has(entityId) || !callFor(action, home)) return [];
    const heats = stretchesOf(past, entityId, (state) => HEATS.has(state));
    const opened = union(...watched.map((one) => openOf(one.entityId, question)));
    const times = opened.flatMap((one) => {
      const some = common(heats, [one]);
      return lengthOf(some) >= AIRED_MS ? [some] : [];
    });
    if (times.length < LEAST.times) return [];
    const ids = watched.map((one) => one.entityId);
    return [
      toCandidate(question, {
        facts: { what: "heating_out", action },
        about: ["heating_out", entityId],
        ...{ watched: ids, times, of: opened.length, from: ids[0] as string },
      }),
    ];
  });
}
const HEATS = new Set(["heat", "cool", "heat_cool", "auto"]);

interface Warm {
  readonly facts: Omit<WeatherFacts, "type" | "watched">;
  readonly watched: readonly string[];
  readonly times: readonly Stretch[];
  readonly values: readonly { readonly start: number; readonly end: number }[];
  readonly from: string;
}

/** By days: what is too warm is so for hours. */
function ofDays(question: Question, { values, times, ...warm }: Warm): Candidate[] {
  const { wallTime } = question.local;
  const begins = firstOfDays(times, wallTime);
  if (begins.length < LEAST.days || lengthOf(times) / (60 * MINUTE_MS) < LEAST.hours) return [];
  const days = firstOfDays(toStretches(values), wallTime).length;
  const pieces = begins.map((from) => {
    const { day } = wallTime(from);
    return splitByHour(times).filter((one) => wallTime(one.from).day === day);
  });
  const about = [warm.facts.what, ...warm.watched.slice(0, 1), warm.facts.action?.entityId ?? ""];
  return [toCandidate(question, { ...warm, about, times: pieces, of: days })];
}

interface Found {
  readonly facts: Omit<WeatherFacts, "type" | "watched">;
  readonly about: readonly string[];
  readonly watched: readonly string[];
  readonly times: readonly (readonly Stretch[])[];
  readonly of: number;
  readonly from: string;
}

function toCandidate({ past, local }: Question, found: Found): Candidate {
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
