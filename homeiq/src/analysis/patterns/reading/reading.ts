import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { PastEntity, PastReader } from "#ingest/history/reader/past-reader.ts";
import type { Act } from "../acts/acts.ts";
import { createHouseDays } from "../house-days/house-days.ts";
import type { Change, Household, Signal } from "../pattern.ts";
import { isByPeople, personOf } from "./by-people.ts";
import { withoutEchoes } from "./echoes.ts";
import { LOST, type Role, roleOf } from "./roles.ts";

/** What is known of a house beside its history. Plain values: it goes over to a thread. */
export interface HouseFacts {
  /** What is looked through, milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly latitude?: number;
  readonly longitude?: number;
  /** Entities that are `on` on holidays, and those that are `off` on them. */
  readonly onHolidays: readonly string[];
  readonly offHolidays: readonly string[];
  /** When nothing was recorded, and what happened is not known from elsewhere. */
  readonly unrecorded: readonly { readonly from: number; readonly to: number }[];
  /** Entities that stand for several others, and those. */
  readonly groups: readonly (readonly [entityId: string, members: readonly string[]])[];
}

export interface ReadHousehold {
  readonly household: Household;
  /** What sensors saw is looked at from here on: in a house full of them, more would say nothing else. */
  readonly tracesFrom: number;
  /** Looked at: changes, and entities that say something of people. */
  readonly changes: number;
  readonly entities: number;
}

const QUIET_MS = 5 * MINUTE_MS; // a motion sensor that sees somebody again within it tells nothing new
const MOST_TRACE_CHANGES = 400_000; // six weeks of 140 sensors; half of them tell that somebody is there
const AWAKE = { from: 2 * 60, until: 20 * 60 }; // minutes since 04:00
const MOST_MISSING_MS = 2 * HOUR_MS; // of a waking day
const MOST_STEPS = 20_000; // of one signal; a year of hourly values is 8,760

/** Everything in the past of a house that tells what its people do. */
export function readHousehold(past: PastReader, facts: HouseFacts): ReadHousehold {
  const areas = new Map<string, string>();
  const devices = new Map<string, string>();
  const acts: Act[] = [];
  const traces: Act[] = [];
  const changes: Change[] = [];
  const signals: Signal[] = [];
  let [seen, entities] = [0, 0];
  const all = past.entities();
  const tracesFrom = tracesFromOf(all, facts);
  for (const entity of all) {
    const { entityId, domain, deviceClass, areaId, deviceId } = entity;
    const role = roleOf(entityId, domain, deviceClass);
    if (!role) continue;
    if (deviceId !== undefined) devices.set(entityId, deviceId);
    if (areaId !== undefined) areas.set(entityId, areaId);
    const before = acts.length + traces.length + signals.length;
    if (role.is === "operated")
      seen += readOperated(past, { entity, facts, role }, { acts, changes });
    else if (role.is === "trace")
      seen += readTrace(past, { entity, facts: { ...facts, from: tracesFrom }, role }, traces);
    else seen += readSignal(past, { entity, facts, role }, signals);
    if (acts.length + traces.length + signals.length > before) entities += 1;
  }
  const { from, to, timeZone, latitude, longitude } = facts;
  const holidays = holidaysOf(past, all, facts);
  return {
    household: {
      ...{ from, to, timeZone },
      acts: withoutEchoes(inOrder(onWholeDays(acts, facts)), {
        groups: new Map(facts.groups),
        deviceOf: (entityId) => devices.get(entityId),
      }),
      traces: inOrder(traces),
      changes: inOrder(changes),
      signals,
      areaOf: (entityId) => areas.get(entityId),
      isHoliday: (day) => holidays.has(day),
      ...(latitude === undefined || longitude === undefined ? {} : { latitude, longitude }),
    },
    ...{ changes: seen, entities, tracesFrom },
  };
}

/**
 * Without days of which a good part was not recorded: on them nothing was missed that nobody could see.
 *
 * A day without acts is not one that was lived, so it counts neither for a habit nor against it.
 */
function onWholeDays(acts: Act[], facts: HouseFacts): Act[] {
  const days = createHouseDays(facts);
  const missing = new Map<number, number>();
  for (const { from, to } of facts.unrecorded) {
    for (let at = Math.max(from, facts.from); at < Math.min(to, facts.to); at += HOUR_MS / 2) {
      const { day, minute } = days.placeOf(at);
      if (minute >= AWAKE.from && minute < AWAKE.until) {
        missing.set(day, (missing.get(day) ?? 0) + HOUR_MS / 2);
      }
    }
  }
  const partly = new Set([...missing].filter(([, ms]) => ms > MOST_MISSING_MS).map(([day]) => day));
  return partly.size === 0 ? acts : acts.filter(({ at }) => !partly.has(days.placeOf(at).day));
}

/** By how often the sensors change, so that the newest are taken. */
function tracesFromOf(entities: readonly PastEntity[], { from, to }: HouseFacts): number {
  const perDay = entities
    .filter((one) => roleOf(one.entityId, one.domain, one.deviceClass)?.is === "trace")
    .reduce((sum, one) => sum + one.perDay, 0);
  return perDay === 0 ? from : Math.max(from, to - (MOST_TRACE_CHANGES / perDay) * DAY_MS);
}

interface Reading<R extends Role["is"]> {
  readonly entity: PastEntity;
  readonly facts: HouseFacts;
  readonly role: Extract<Role, { is: R }>;
}

function readOperated(
  past: PastReader,
  { entity, facts, role }: Reading<"operated">,
  { acts, changes }: { readonly acts: Act[]; readonly changes: Change[] },
): number {
  const { entityId, key } = entity;
  let seen = 0;
  let last: string | undefined;
  past.visit(key, facts, (at, state, meta) => {
    seen += 1;
    const to = role.toAct(state);
    if (role.keepsChanges && LOST.has(state))
      changes.push({ at, entityId, to: state, byPeople: false });
    // What comes back is what it was: nobody did it.
    if (LOST.has(state)) return;
    const isNew = to !== undefined && (to !== last || to === "pressed");
    if (to !== undefined) last = to;
    const byPeople = isNew && isByPeople(meta);
    if (byPeople) {
      const person = personOf(meta);
      acts.push(person === undefined ? { at, entityId, to } : { at, entityId, to, person });
    }
    if (role.keepsChanges && (to !== undefined || !Number.isFinite(+state))) {
      changes.push({ at, entityId, to: to ?? state, byPeople });
    }
  });
  return seen;
}

function readTrace(
  past: PastReader,
  { entity, facts, role }: Reading<"trace">,
  traces: Act[],
): number {
  const { entityId, key } = entity;
  let seen = 0;
  let last: string | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  const opens = role.states.has("off");
  past.visit(key, facts, (at, to) => {
    seen += 1;
    const was = last;
    last = to;
    if (was === undefined || LOST.has(was) || was === to) return;
    if (!opens && was === "on") lastAt = at; // quiet counts from when the sensor sees nobody any more
    if (!role.states.has(to)) return;
    if (opens || at - lastAt >= QUIET_MS) traces.push({ at, entityId, to });
  });
  return seen;
}

function readSignal(
  past: PastReader,
  { entity, facts, role }: Reading<"signal">,
  signals: Signal[],
): number {
  const steps: { at: number; value: string | number | undefined }[] = [];
  let seen = 0;
  // What held when it began was said before.
  past.visit(entity.key, { from: facts.from - DAY_MS, to: facts.to }, (at, state) => {
    seen += 1;
    steps.push({ at, value: readValue(state) });
  });
  const every = Math.ceil(steps.length / MOST_STEPS);
  const kept = every > 1 ? steps.filter((_, n) => n % every === 0) : steps;
  if (kept.length > 0) signals.push({ id: entity.entityId, of: role.of, steps: kept });
  return seen;
}

function readValue(state: string): string | number | undefined {
  if (LOST.has(state)) return undefined;
  const number = state === "" ? Number.NaN : Number(state);
  return Number.isFinite(number) ? number : state;
}

/** Days since 1970-01-01 of which Home Assistant said that they are holidays. */
function holidaysOf(
  past: PastReader,
  entities: readonly PastEntity[],
  facts: HouseFacts,
): ReadonlySet<number> {
  const days = createHouseDays(facts);
  const holidays = new Set<number>();
  const mark = (named: readonly string[], whenOn: boolean) => {
    for (const { key } of entities.filter(({ entityId }) => named.includes(entityId))) {
      let since: number | undefined;
      const end = (until: number) => {
        if (since === undefined) return;
        for (let at = since + DAY_MS / 2; at < until; at += DAY_MS) {
          const { day } = days.placeOf(at);
          if (whenOn || !days.dayOf(day).free) holidays.add(day);
        }
        since = undefined;
      };
      past.visit(key, facts, (at, state) => {
        end(at);
        if (state === (whenOn ? "on" : "off")) since = at;
      });
      end(facts.to);
    }
  };
  mark(facts.onHolidays, true);
  mark(facts.offHolidays, false);
  return holidays;
}

/** Sorts in place; of the same moment the entity that was read first comes first. */
const inOrder = <T extends { readonly at: number }>(some: T[]): T[] =>
  some.sort((one, other) => one.at - other.at);
