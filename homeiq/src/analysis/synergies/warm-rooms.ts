import { inUnit, kinds, unitOf } from "#analysis/templates/templates.ts";
import { present } from "#foundation/absent.ts";
import { HOUR_MS } from "#foundation/time.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import type { Candidate, Question } from "./candidate.ts";
import { WARM_C } from "./comfort.ts";
import { callFor } from "./home-look.ts";
import { awayOf, type HourValue, stretchesOf } from "./past.ts";
import {
  common,
  firstOfDays,
  lengthOf,
  type Stretch,
  splitByHour,
  toStretches,
  without,
} from "./stretches.ts";
import type { Deed, WeatherFacts } from "./synergy.ts";
import { toCandidate } from "./weather-candidate.ts";

const LEAST = { days: 3, hours: 3 };
const COOLER_C = 2;
const SUNNY = new Set(["sunny", "partlycloudy"]);
export const OUTDOORS = "homeiq.outdoor_temperature";

interface Room {
  readonly sensor: HomeEntity;
  readonly areaId: string;
  readonly unit: string;
  readonly limit: number;
  readonly values: readonly HourValue[];
  readonly warm: readonly HourValue[];
}

/** Rooms that were too warm while a blind could have been down, or the windows open. */
export function warmRooms(question: Question): Candidate[] {
  const { around, past } = question;
  const { look, home } = around;
  const found = look.find(kinds.ROOM_TEMPERATURE).flatMap((sensor): Room[] => {
    const { areaId, entityId } = sensor;
    const unit = unitOf(sensor, home.temperatureUnit) ?? "";
    const limit = inUnit(WARM_C, "°C", unit);
    const values = past.hours.get(entityId) ?? [];
    if (areaId === undefined || limit === undefined) return [];
    const warm = values.filter(({ value }) => value > limit);
    return warm.length > 0 ? [{ sensor, areaId, unit, limit, values, warm }] : [];
  });
  return [...shaded(found, question), ...airedOut(found, question)];
}

/** Those in which a blind was open while the sun shone. */
function shaded(rooms: readonly Room[], question: Question): Candidate[] {
  const { around, past } = question;
  const { look, home } = around;
  const sky = look.find(kinds.WEATHER).find(({ entityId }) => past.steps.has(entityId));
  if (!sky) return [];
  const sun = stretchesOf(past, sky.entityId, (state) => SUNNY.has(state));
  const blinds = Map.groupBy(look.find(kinds.BLIND), ({ areaId }) => areaId);
  return rooms.flatMap((room) =>
    (blinds.get(room.areaId) ?? []).flatMap(({ entityId }) => {
      const action: Deed = { entityId, to: "closed" };
      if (!callFor(action, home)) return [];
      const open = stretchesOf(past, entityId, (state) => state === "open");
      const times = common(common(toStretches(room.warm), sun), open);
      const watched = [room.sensor.entityId];
      return ofDays(
        { what: "shade", room, watched, times, weatherId: sky.entityId, action },
        question,
      );
    }),
  );
}

/** Those in which all windows were shut while it was cooler outside and somebody was at home. */
function airedOut(rooms: readonly Room[], question: Question): Candidate[] {
  const { around, past } = question;
  const { look, home } = around;
  const outside = outdoors(question);
  if (!outside) return [];
  const people = look.find(kinds.PERSON).map(({ entityId }) => entityId);
  const atHome = without({ from: past.from, until: past.to }, awayOf(past, people));
  const windows = shutByArea(question);
  return rooms.flatMap((room) => {
    const own = windows.get(room.areaId);
    if (!own || room.unit !== home.temperatureUnit) return [];
    const cooler = room.warm.filter(({ start, value }) => {
      const out = outside.at(start);
      return out !== undefined && out <= value - outside.less;
    });
    const times = common(common(toStretches(cooler), atHome), own.shut);
    const watched = [room.sensor.entityId, ...own.ids];
    return ofDays({ what: "air_out", room, watched, times, weatherId: outside.entityId }, question);
  });
}

function shutByArea({ around, past }: Question) {
  const known = around.look.find(kinds.OPENING).filter(({ entityId }) => past.steps.has(entityId));
  return new Map(
    [...Map.groupBy(known, ({ areaId }) => areaId)].map(([areaId, some]) => {
      const ids = some.map(({ entityId }) => entityId);
      const shut = ids.map((id) => stretchesOf(past, id, (state) => state === "off"));
      return [areaId, { ids, shut: shut.reduce(common) }] as const;
    }),
  );
}

interface Outdoors {
  /** An entity of Home Assistant, for automations. */
  readonly entityId: string;
  /** In the unit of the home. */
  at(start: number): number | undefined;
  /** How much is clearly cooler, in the unit of the home. */
  readonly less: number;
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
    less: isF ? COOLER_C * 1.8 : COOLER_C,
  };
}

interface Warm extends Pick<WeatherFacts, "what" | "watched" | "weatherId" | "action"> {
  readonly room: Room;
  readonly times: readonly Stretch[];
}

/** By days: what is too warm is so for hours. */
function ofDays({ room, times, watched, action, ...rest }: Warm, question: Question): Candidate[] {
  const { wallTime } = question.local;
  const begins = firstOfDays(times, wallTime);
  if (begins.length < LEAST.days || lengthOf(times) < LEAST.hours * HOUR_MS) return [];
  const byDay = Map.groupBy(splitByHour(times), ({ from }) => wallTime(from).day);
  return [
    toCandidate(question, {
      facts: {
        ...rest,
        ...present("action", action),
        when: { above: room.limit, unit: room.unit },
      },
      about: [rest.what, room.sensor.entityId, action?.entityId ?? ""],
      ...{ watched, times: [...byDay.values()], from: "weather" },
      of: firstOfDays(toStretches(room.values), wallTime).length,
    }),
  ];
}
