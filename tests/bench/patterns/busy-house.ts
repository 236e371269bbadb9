import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { present } from "#src/foundation/absent.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "#src/foundation/time.ts";
import { textOf } from "#src/ingest/history/change-meta.ts";
import { idOf, NO_STATE, type StoredChange } from "#src/ingest/history/chunk/chunk.ts";
import { openChunks } from "#src/ingest/history/keeper/chunks.ts";
import type { Cause } from "#src/ingest/normalize/normalize.ts";
import { connect, type Files, flush } from "#src/store/files.ts";
import { seeded } from "#support/made-changes.ts";
import { makeHome } from "../../eval/patterns/homes.ts";

const ENTITIES = 1_500;
const AREAS = 30;
const HOMES = 6; // whose people and habits are put into one house
const MOTION = { count: 90, perDay: 55, lastsMs: 4 * MINUTE_MS };
const DOORS = { count: 50, perDay: 6, lastsMs: 20 * SECOND_MS };

/** Keys of what all changes of a kind have in common. */
const SENSED = 1;
const PRESSED = 2;
const AUTOMATED = 3;

interface Moment {
  readonly at: number;
  readonly state: string;
  readonly meta: number;
}

interface MadeEntity {
  readonly id: string;
  readonly deviceClass?: string;
  readonly moments: readonly Moment[];
}

export interface BusyHouse {
  readonly changes: number;
  readonly entities: readonly Pick<MadeEntity, "id" | "deviceClass">[];
  readonly from: number;
  readonly to: number;
}

interface Wish {
  readonly days: number;
  /** In all. */
  readonly changes: number;
  /** When its past ends; absent: on a day of 2026 that is always the same. */
  readonly until?: number;
}

/** A house of 1,500 entities whose people have habits, written as the keeper writes it. */
export function fillBusyHouse(files: Files, { days, changes, until }: Wish): BusyHouse {
  const random = seeded(41);
  const homes = Array.from({ length: HOMES }, (_, seed) => makeHome(seed, { days }).household);
  const [first] = homes as [(typeof homes)[number]];
  const later = until === undefined ? 0 : Math.floor((until - first.to) / DAY_MS) * DAY_MS;
  const [from, to] = [first.from + later, first.to + later];
  const acts = homes.flatMap(({ acts: own }, n) =>
    own.map((act) => ({ ...act, at: act.at + later, entityId: `${act.entityId}_${n}` })),
  );
  const metas = [causeOf("integration", 0.95), causeOf("physical", 0.7)];
  metas.push(causeOf("automation", 0.98, "automation.evening"));
  const persons = [...new Set(acts.flatMap(({ person }) => person ?? []))];
  metas.push(...persons.map((person) => causeOf("person_dashboard", 0.95, person)));
  const metaOf = ({ person }: Act) =>
    person === undefined ? PRESSED : AUTOMATED + 1 + persons.indexOf(person);

  const anyTime = () => from + Math.floor(random() * (to - from));
  const times = (perDay: number) => Array.from({ length: Math.round(perDay * days) }, anyTime);
  const onFor = (at: number, ms: number): Moment[] => [
    { at, state: "on", meta: SENSED },
    { at: at + Math.floor(ms * (0.5 + random())), state: "off", meta: SENSED },
  ];

  const entities: MadeEntity[] = [];
  for (const [id, own] of Map.groupBy(acts, ({ entityId }) => entityId)) {
    entities.push({
      id,
      moments: own.map((act) => ({ ...act, state: act.to, meta: metaOf(act) })),
    });
  }
  // People are seen where they do something, and elsewhere.
  for (let n = 0; n < MOTION.count; n += 1) {
    const near = acts.filter((_, place) => place % MOTION.count === n).map(({ at }) => at);
    const seen = [...near.map((at) => at - 30 * SECOND_MS), ...times(MOTION.perDay)];
    const moments = seen.flatMap((at) => onFor(at, MOTION.lastsMs));
    entities.push({ id: `binary_sensor.motion_${n}`, deviceClass: "motion", moments });
  }
  for (let n = 0; n < DOORS.count; n += 1) {
    const moments = times(DOORS.perDay).flatMap((at) => onFor(at, DOORS.lastsMs));
    entities.push({ id: `binary_sensor.door_${n}`, deviceClass: "door", moments });
  }
  for (const n of [0, 1]) {
    const moments = times(4).map((at, place) => ({
      ...{ at, state: place % 2 === 0 ? "home" : "not_home", meta: SENSED },
    }));
    entities.push({ id: `person.p${n}`, moments });
  }
  const hours = Array.from({ length: days * 24 }, (_, n) => n);
  const warm = (n: number) => (12 + 8 * Math.sin((n / 24) * 2 * Math.PI) + random()).toFixed(1);
  entities.push({
    id: "homeiq.outdoor_temperature",
    moments: hours.map((n) => ({ at: from + n * HOUR_MS, state: warm(n), meta: SENSED })),
  });

  const made = entities.reduce((sum, { moments }) => sum + moments.length, 0);
  const sensors = ENTITIES - entities.length;
  const perDay = Math.max(1, (changes - made) / sensors / days);
  for (let n = 0; n < sensors; n += 1) {
    const value = () => (20 + random() * 5).toFixed(2);
    const moments = times(perDay).map((at) => ({ at, state: value(), meta: SENSED }));
    entities.push({ id: `sensor.value_${n}`, moments });
  }
  return { ...write(files, { entities, metas, from, to }), from, to };
}

const causeOf = (kind: Cause["kind"], confidence: number, who?: string) =>
  textOf({ kind: "state", cause: { kind, confidence, ...(who ? { by: who } : {}) } });

interface Past {
  readonly entities: readonly MadeEntity[];
  readonly metas: readonly string[];
  readonly from: number;
  readonly to: number;
}

function write(files: Files, { entities, metas, from, to }: Past) {
  const database = connect(files);
  const chunks = openChunks(database);
  let changes = 0;
  const insertMeta = database.prepare("insert into change_meta (key, text) values (?, ?)");
  const insertEntity = database.prepare(
    `insert into recorded_entity
     (key, entity_id, name, domain, category, device_class, area_id, first_seen_at, removed)
     values (?, ?, ?, ?, 'general', ?, ?, ?, 0)`,
  );
  database
    .transaction(() => {
      for (const [n, text] of metas.entries()) insertMeta.run(n + 1, text);
      for (const [n, { id, deviceClass = null, moments }] of entities.entries()) {
        const domain = id.slice(0, id.indexOf("."));
        insertEntity.run(n + 1, id, id, domain, deviceClass, `area_${n % AREAS}`, from);
        const days = Map.groupBy(toStored(moments, from, to), ({ id: one }) => dayOf(one));
        for (const [day, rows] of days) {
          chunks.write(chunks.make(n + 1, { start: day, until: day + DAY_MS }, rows));
          changes += rows.length;
        }
      }
    })
    .immediate();
  database
    .prepare("update archive set sealed_through = ?, compacted_through = ? where id = 1")
    .run(Math.ceil(to / DAY_MS) * DAY_MS, Math.ceil(to / DAY_MS) * DAY_MS);
  flush(database);
  database.close();
  return {
    changes,
    entities: entities.map(({ id, deviceClass }) => ({
      id,
      ...present("deviceClass", deviceClass),
    })),
  };
}

const dayOf = (id: number) => Math.floor(id / idOf(DAY_MS, 0)) * DAY_MS;

/** In order. What a person turns on that is on already was turned off by an automation before. */
function toStored(moments: readonly Moment[], from: number, to: number): StoredChange[] {
  const stored: StoredChange[] = [];
  let [before, beforeAt] = [NO_STATE, 0];
  const add = ({ at, state, meta }: Moment) => {
    stored.push({
      ...{ id: idOf(at, 0), state, oldState: before, meta, moved: true },
      heldMs: beforeAt === 0 ? -1 : at - beforeAt,
      ...{ context: 0, attributes: "" },
    });
    [before, beforeAt] = [state, at];
  };
  for (const { at, state, meta } of [...moments].sort((one, other) => one.at - other.at)) {
    if (at - beforeAt < 2 || at < from || at >= to) continue;
    if (state === before && meta === SENSED) continue;
    if (state === before) {
      const between = Math.floor((beforeAt + at) / 2);
      add({ at: between, state: state === "on" ? "off" : "on", meta: AUTOMATED });
    }
    add({ at, state, meta });
  }
  return stored;
}
