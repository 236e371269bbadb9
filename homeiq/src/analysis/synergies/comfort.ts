import { inUnit, kinds, type Look, unitOf } from "#analysis/templates/templates.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { type Candidate, type FoundOfType, measuredAt, type Question } from "./candidate.ts";
import { callFor, modesOf } from "./home-look.ts";
import { awayOf, daysOf, type HourValue, nightsOf, stretchesOf } from "./past.ts";
import {
  common,
  firstOfDays,
  hoursByDay,
  lengthOf,
  type Stretch,
  splitByHour,
  toStretches,
  without,
  withoutAll,
} from "./stretches.ts";
import type { Deed, Quantity } from "./synergy.ts";

const HOUR_MS = 3_600_000;
const LEAST = { days: 3, hours: 4 };

interface Band {
  readonly quantity: Quantity;
  readonly beyond: "above" | "below";
  readonly limit: number;
  readonly unit: "°C" | "%" | "ppm";
  readonly sensors: (look: Look) => readonly HomeEntity[];
  /** What could help, the better ones first, and what it would be brought to. */
  readonly helpers: (look: Look) => readonly Deed[];
  /** People want bedrooms cool at night. */
  readonly byDayOnly?: true;
}

const on = (entities: readonly HomeEntity[]): Deed[] =>
  entities.map(({ entityId }) => ({ entityId, to: "on" }));
const mode = (entities: readonly HomeEntity[], wanted: readonly string[]): Deed[] =>
  entities.flatMap((entity) => {
    const to = wanted.find((one) => modesOf(entity).includes(one));
    return to === undefined ? [] : [{ entityId: entity.entityId, to }];
  });

/** A room warmer than this is too warm: WHO, "Housing and health guidelines", 2018, and EN 16798-1, category II. */
export const WARM_C = 26;

/**
 * Sources: temperature WHO, "Housing and health guidelines", 2018 (at least 18 °C) and EN 16798-1, category II (at most
 * 26 °C); humidity US EPA, "Care for your air" (30 to 60 %); CO2 Umweltbundesamt, 2008 (1,000 ppm).
 */
const BANDS: readonly Band[] = [
  {
    ...{ quantity: "temperature", beyond: "below", limit: 18, unit: "°C", byDayOnly: true },
    sensors: (look) => look.find(kinds.ROOM_TEMPERATURE),
    helpers: (look) => mode(look.find(kinds.HEATER), ["heat", "auto", "heat_cool"]),
  },
  {
    ...{ quantity: "temperature", beyond: "above", limit: WARM_C, unit: "°C" },
    sensors: (look) => look.find(kinds.ROOM_TEMPERATURE),
    helpers: (look) => [
      ...mode(look.find(kinds.SWITCHED_HEATER), ["cool", "heat_cool"]),
      ...on(look.find(kinds.VENTILATOR).filter(({ domain }) => domain === "fan")),
    ],
  },
  {
    ...{ quantity: "humidity", beyond: "above", limit: 60, unit: "%" },
    sensors: (look) => look.find(kinds.HUMIDITY),
    helpers: (look) => [...on(look.find(kinds.DEHUMIDIFIER)), ...on(look.find(kinds.VENTILATOR))],
  },
  {
    ...{ quantity: "humidity", beyond: "below", limit: 30, unit: "%" },
    sensors: (look) => look.find(kinds.HUMIDITY),
    helpers: (look) => on(look.find(kinds.HUMIDIFIER)),
  },
  {
    ...{ quantity: "co2", beyond: "above", limit: 1_000, unit: "ppm" },
    sensors: (look) => look.find(kinds.CO2),
    helpers: (look) => on(look.find(kinds.VENTILATOR)),
  },
];

/** Rooms that were out of a comfortable band while something in them could have helped and was off. */
export function findComfort(question: Question): FoundOfType {
  const { around, past } = question;
  const people = around.look.find(kinds.PERSON).map(({ entityId }) => entityId);
  const home = without({ from: past.from, until: past.to }, awayOf(past, people));
  const byDay = nightsOf(past).length > 0 ? withoutAll(home, nightsOf(past)) : home;
  let sensors = 0;
  let helpers = 0;
  const found = BANDS.flatMap((band): Candidate[] => {
    const inAreas = Map.groupBy(
      band.helpers(around.look).filter((deed) => callFor(deed, around.home)),
      ({ entityId }) => around.home.entities.get(entityId)?.areaId,
    );
    return band.sensors(around.look).flatMap((sensor) => {
      const values = past.hours.get(sensor.entityId) ?? [];
      if (values.length === 0 || sensor.areaId === undefined) return [];
      sensors += 1;
      const some = (inAreas.get(sensor.areaId) ?? []).filter(({ entityId }) =>
        past.steps.has(entityId),
      );
      helpers += some.length;
      const [helper] = some;
      const when = band.byDayOnly ? byDay : home;
      return (helper && outOf({ band, sensor, helper, values, when }, question)) ?? [];
    });
  });
  if (sensors === 0) return { found, needs: ["room_sensor"] };
  return { found, ...(helpers === 0 && { needs: ["helper"] }) };
}

interface Room {
  readonly band: Band;
  readonly sensor: HomeEntity;
  readonly helper: Deed;
  readonly values: readonly HourValue[];
  readonly when: readonly Stretch[];
}

function outOf(
  { band, sensor, helper, values, when }: Room,
  { past, local, around }: Question,
): Candidate | undefined {
  const { quantity, beyond, limit: ours } = band;
  const unit = unitOf(sensor, around.home.temperatureUnit);
  const limit = unit === undefined ? undefined : inUnit(ours, band.unit, unit);
  if (unit === undefined || limit === undefined) return undefined;
  const isOut = ({ value }: HourValue) => (beyond === "above" ? value > limit : value < limit);
  const looked = common(toStretches(values), when);
  const out = values.filter(isOut);
  const outHome = common(toStretches(out), when);
  const off = stretchesOf(past, helper.entityId, (state) => state === "off");
  const alone = common(outHome, off);
  const hours = hoursByDay(splitByHour(alone), local);
  const helped = [...hours].filter(([, n]) => n >= 0.5);
  const hoursNotHelped = lengthOf(alone) / HOUR_MS;
  if (helped.length < LEAST.days || hoursNotHelped < LEAST.hours) return undefined;
  const touched = new Set(splitByHour(looked).map(({ from }) => local.wallTime(from).day)).size;
  const days = Math.min(touched, daysOf(past)); // the first and the last are parts of days
  const begins = firstOfDays(alone, local.wallTime);
  const ends = out.map(({ value }) => value);
  return {
    facts: {
      ...{ type: "comfort", quantity, beyond, limit, unit, sensorId: sensor.entityId },
      action: helper,
      hours: lengthOf(looked) / HOUR_MS,
      ...{ hoursOut: lengthOf(outHome) / HOUR_MS, hoursNotHelped },
      worst: beyond === "above" ? Math.max(...ends) : Math.min(...ends),
    },
    about: [quantity, beyond, sensor.entityId, helper.entityId],
    entityIds: [helper.entityId, sensor.entityId],
    edges: [{ from: sensor.entityId, to: helper.entityId, joins: "sets_off" }],
    measured: measuredAt(begins, { span: past, entityId: sensor.entityId, of: days }),
    spared: [{ kind: "hours", days, amounts: hours }],
  };
}
