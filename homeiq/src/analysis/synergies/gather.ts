import { type Cycle, findCycles, type ValueSlot } from "#analysis/load-shifting/load-shifting.ts";
import { kinds, lookThrough } from "#analysis/templates/templates.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Series } from "#ingest/history/history.ts";
import type { PastSeries } from "#ingest/history/reader/past-reader.ts";
import { CAUSE_KINDS } from "#ingest/normalize/state-change.ts";
import { patientPowers } from "./energy.ts";
import { quietHours } from "./night.ts";
import type { HourValue, Past, Step } from "./past.ts";
import type { Estimate } from "./synergy.ts";

/** What is known of energy without a look at the history. Plain values: it goes over to a thread. */
export interface MeasuredElsewhere {
  /** What a kWh cost and how much CO2 it made; absent without a source. */
  readonly prices?: readonly ValueSlot[];
  readonly carbon?: readonly ValueSlot[];
  /** The entity that shows what the house takes from the grid, where something shows what its panels give. */
  readonly gridMeter?: string;
  /** What devices draw while they are on, by entity. */
  readonly watts: ReadonlyMap<string, Estimate>;
}

/** What is asked of the house's past. */
export interface Gathering {
  readonly history: PastSeries;
  readonly home: HomeSnapshot;
  readonly from: number;
  readonly to: number;
  /** Since when calendars are asked: their days are few. */
  readonly calendarsFrom: number;
  readonly timeZone: string;
  readonly measured: MeasuredElsewhere;
}

// What a very large house has is not all looked at; those that are, are always the same.
const MOST = { stateful: 400, measuring: 120, powers: 20 };
const MOST_STEPS = 4_000; // of one entity; what changes more often says nothing of people
const AT_ONCE = 20;
const BY_PEOPLE = new Set(
  ["person_dashboard", "person_voice", "physical"].map((kind) =>
    CAUSE_KINDS.indexOf(kind as (typeof CAUSE_KINDS)[number]),
  ),
);
const OUTDOORS = "homeiq.outdoor_temperature";
const SLOT_MS = 5 * MINUTE_MS;

/** The last weeks of what synergies are looked for in, by bounded questions only. */
export async function gatherPast(asked: Gathering): Promise<Past> {
  const { from, to, timeZone, history, measured } = asked;
  const activity = await history.activity({ from, to, timeZone, by: "people" });
  const steps = await readSteps(asked);
  const hours = await readHours(asked);
  const cycles = await readCycles(asked);
  const { prices, carbon, watts } = measured;
  const grid = await readGrid(asked);
  const night = quietHours(activity.byHour);
  return {
    ...{ from, to, timeZone, steps, hours, cycles },
    ...(prices && prices.length > 0 && { prices }),
    ...(carbon && carbon.length > 0 && { carbon }),
    ...(grid && grid.length > 0 && { grid }),
    ...(night && { night }),
    watts,
  };
}

/** People first, then what is watched, then what is switched. */
const STATEFUL = [
  kinds.PERSON,
  ...[kinds.LOCK, kinds.GARAGE_DOOR, kinds.OPENING, kinds.WAY_IN, kinds.RAINS, kinds.WEATHER],
  ...[kinds.TEAM, kinds.SWITCHED_HEATER, kinds.HEATER, kinds.BLIND, kinds.AWNING],
  ...[kinds.VENTILATOR, kinds.DEHUMIDIFIER, kinds.HUMIDIFIER, kinds.PLAYER, kinds.HOT_PLUG],
  ...[kinds.LIGHT, kinds.PLUG],
];
const MEASURING = [kinds.ROOM_TEMPERATURE, kinds.OUTDOOR_TEMPERATURE, kinds.CO2, kinds.HUMIDITY];

const calendarsOf = ({ entities }: HomeSnapshot) =>
  [...entities.values()].flatMap(({ domain, entityId }) => (domain === "calendar" ? entityId : []));

/** Those that were ever recorded. */
function recorded({ home, history }: Gathering, of: typeof STATEFUL, most: number): string[] {
  const look = lookThrough(home);
  const ids = new Set(of.flatMap((kind) => look.find(kind).map(({ entityId }) => entityId)));
  return [...ids].filter((id) => history.entities.find(id) !== undefined).slice(0, most);
}

async function readSteps(asked: Gathering): Promise<Map<string, readonly Step[]>> {
  const { home, history, from, to, calendarsFrom } = asked;
  const steps = new Map<string, readonly Step[]>();
  const calendars = calendarsOf(home).filter((id) => history.entities.find(id) !== undefined);
  const questions = [
    { ids: recorded(asked, STATEFUL, MOST.stateful), since: from },
    { ids: calendars.slice(0, AT_ONCE), since: calendarsFrom },
  ];
  for (const { ids, since } of questions) {
    for (let place = 0; place < ids.length; place += AT_ONCE) {
      const entityIds = ids.slice(place, place + AT_ONCE);
      for (const series of await history.series({ entityIds, from: since, to })) {
        if (series.at.length <= MOST_STEPS) steps.set(series.entityId, toSteps(series, since));
      }
    }
  }
  return steps;
}

function toSteps({ before, at, value, state, states, cause }: Series, from: number): Step[] {
  const steps: Step[] = before ? [{ at: from, state: before.state, byPeople: false }] : [];
  for (let row = 0; row < at.length; row += 1) {
    const named = state[row] as number;
    const text = named < 0 ? String(value[row]) : (states[named] as string);
    // An attribute that changes is no step.
    if (steps.at(-1)?.state === text) continue;
    steps.push({
      at: at[row] as number,
      state: text,
      byPeople: BY_PEOPLE.has(cause[row] as number),
    });
  }
  return steps;
}

async function readHours(asked: Gathering): Promise<Map<string, readonly HourValue[]>> {
  const { history, from, to, timeZone } = asked;
  const measuring = recorded(asked, MEASURING, MOST.measuring);
  // A weather entity says the temperature in an attribute, of which no statistics are kept.
  const ids = measuring.filter((id) => id.startsWith("sensor."));
  if (history.entities.find(OUTDOORS)) ids.push(OUTDOORS);
  const hours = new Map<string, readonly HourValue[]>();
  for (let place = 0; place < ids.length; place += AT_ONCE) {
    const entityIds = ids.slice(place, place + AT_ONCE);
    const found = await history.statistics({ entityIds, from, to, period: "hour", timeZone });
    for (const { entityId, rows } of found) {
      const values = rows.flatMap(({ start, end, timeWeightedMean, mean }) => {
        const value = timeWeightedMean ?? mean;
        return value === undefined ? [] : [{ start, end, value }];
      });
      if (values.length > 0) hours.set(entityId, values);
    }
  }
  return hours;
}

/** One sensor at a time: fine values of power are many. */
async function readCycles({
  home,
  history,
  from,
  to,
}: Gathering): Promise<Map<string, readonly Cycle[]>> {
  const cycles = new Map<string, readonly Cycle[]>();
  const look = { look: lookThrough(home), home };
  const sensors = patientPowers(look).filter(
    ({ entityId }) => history.entities.find(entityId) !== undefined,
  );
  for (const { entityId, attributes } of sensors.slice(0, MOST.powers)) {
    const [series] = await history.series({ entityIds: [entityId], from, to });
    if (!series) continue;
    const factor = attributes.unit_of_measurement === "kW" ? 1_000 : 1;
    const powerW = series.value.map((value) => value * factor);
    const found = findCycles({ at: series.at, powerW });
    if (found.length > 0) cycles.set(entityId, found);
  }
  return cycles;
}

/** Means of five minutes. */
async function readGrid(asked: Gathering): Promise<readonly ValueSlot[] | undefined> {
  const { history, home, from, to, measured } = asked;
  const meter = measured.gridMeter;
  if (meter === undefined || !history.entities.find(meter)) return undefined;
  const period = { entityIds: [meter], from, to, period: "5minute" as const };
  const [found] = await history.statistics({ ...period, timeZone: asked.timeZone });
  const unit = found?.unit ?? home.entities.get(meter)?.attributes.unit_of_measurement;
  const factor = unit === "kW" ? 1_000 : 1;
  return (found?.rows ?? []).flatMap(({ start, timeWeightedMean, mean }) => {
    const value = timeWeightedMean ?? mean;
    return value === undefined ? [] : [{ start, end: start + SLOT_MS, value: value * factor }];
  });
}
