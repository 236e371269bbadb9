import { DatabaseSync } from "node:sqlite";

const MINUTE_S = 60;
/** Where the files begin: 2026-03-01 12:00 UTC, seconds. */
export const FILE_START_S = Date.UTC(2026, 2, 1, 12) / 1000;

/** Sixteen bytes that are a context: `01JM…` as text. */
export const CONTEXT = Buffer.from("0195f0a1b2c3d4e5f60718293a4b5c6d", "hex");
export const RUN = Buffer.from("0195f0a1b2c3d4e5f60718293a4b5c6e", "hex");
export const ANNA = Buffer.from("00112233445566778899aabbccddeeff", "hex");

/**
 * A recorder's file as Home Assistant of today writes it (schema 53), with a lamp that Anna switches, a lamp
 * that an automation switches, a temperature, an update of only an attribute, and a day of statistics.
 */
export function writeCurrentFile(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`
    create table states_meta (metadata_id integer primary key, entity_id text);
    create table state_attributes (attributes_id integer primary key, hash bigint, shared_attrs text);
    create table states (state_id integer primary key, entity_id text, state text, attributes text,
      event_id integer, last_changed datetime, last_changed_ts real, last_reported_ts real,
      last_updated datetime, last_updated_ts real, old_state_id integer, attributes_id integer,
      context_id text, context_user_id text, context_parent_id text, origin_idx integer,
      context_id_bin blob, context_user_id_bin blob, context_parent_id_bin blob, metadata_id integer);
    create table event_types (event_type_id integer primary key, event_type text);
    create table event_data (data_id integer primary key, hash bigint, shared_data text);
    create table events (event_id integer primary key, event_type text, event_data text, origin text,
      origin_idx integer, time_fired datetime, time_fired_ts real, context_id text, context_user_id text,
      context_parent_id text, data_id integer, context_id_bin blob, context_user_id_bin blob,
      context_parent_id_bin blob, event_type_id integer);
    create table statistics_meta (id integer primary key, statistic_id text, source text,
      unit_of_measurement text, unit_class text, has_mean boolean, has_sum boolean, name text, mean_type integer);
    create table statistics (id integer primary key, created datetime, created_ts real, metadata_id integer,
      start datetime, start_ts real, mean real, mean_weight real, min real, max real, last_reset datetime,
      last_reset_ts real, state real, sum real);
    insert into states_meta values (1, 'light.hall'), (2, 'light.porch'), (3, 'sensor.hall_temperature');
    insert into state_attributes values (1, 1, '{"friendly_name":"Hall"}'),
      (2, 2, '{"unit_of_measurement":"°C"}');
    insert into event_types values (1, 'call_service'), (2, 'automation_triggered');
    insert into event_data values
      (1, 1, '{"domain":"light","service":"turn_on","service_data":{"entity_id":["light.hall"]}}'),
      (2, 2, '{"name":"Porch at dusk","entity_id":"automation.porch_at_dusk","source":"sun"}');`);
  const state = database.prepare(
    `insert into states (metadata_id, state, last_changed_ts, last_updated_ts, attributes_id,
      context_id_bin, context_user_id_bin) values (?, ?, ?, ?, ?, ?, ?)`,
  );
  const at = (minutes: number) => FILE_START_S + minutes * MINUTE_S + 0.123456;
  state.run(1, "off", null, at(0), 1, null, null);
  state.run(1, "on", null, at(1), 1, CONTEXT, ANNA);
  state.run(1, "on", at(1), at(2), 1, null, null); // only its brightness
  state.run(2, "off", null, at(0), 1, null, null);
  state.run(2, "on", null, at(5), 1, RUN, null);
  for (let minute = 0; minute < 60; minute += 1) {
    state.run(3, String(20 + minute / 10), null, at(minute), 2, null, null);
  }
  const event = database.prepare(
    `insert into events (event_type_id, data_id, time_fired_ts, context_id_bin, context_user_id_bin)
      values (?, ?, ?, ?, ?)`,
  );
  event.run(1, 1, at(1), CONTEXT, ANNA);
  event.run(2, 2, at(5), RUN, null);
  database.exec(
    "insert into statistics_meta values (1, 'sensor.hall_temperature', 'recorder', '°C', 'temperature', 1, 0, null, 1), (2, 'energy:grid', 'energy', 'kWh', 'energy', 0, 1, null, 0)",
  );
  const hour = database.prepare(
    "insert into statistics (metadata_id, start_ts, mean, min, max) values (?, ?, ?, ?, ?)",
  );
  for (let back = 0; back < 24; back += 1) hour.run(1, FILE_START_S - back * 3600, 21, 20, 22);
  hour.run(2, FILE_START_S, null, null, null);
  database.close();
}

/** The same kind of house as Home Assistant of 2021 wrote it (schema 16): all as text in `states`. */
export function writeOldFile(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`
    create table states (state_id integer primary key, domain text, entity_id text, state text,
      attributes text, event_id integer, last_changed datetime, last_updated datetime, created datetime,
      old_state_id integer);
    create table events (event_id integer primary key, event_type text, event_data text, origin text,
      time_fired datetime, created datetime, context_id text, context_user_id text, context_parent_id text);
    create table statistics_meta (id integer primary key, statistic_id text, source text,
      unit_of_measurement text, has_mean boolean, has_sum boolean);
    create table statistics (id integer primary key, created datetime, start datetime, mean real, min real,
      max real, last_reset datetime, state real, sum real, metadata_id integer);
    insert into states values
      (1, 'light', 'light.hall', 'off', '{}', 1, '2021-08-01 18:00:00.250000', '2021-08-01 18:00:00.250000', null, null),
      (2, 'light', 'light.hall', 'on', '{}', 2, '2021-08-01 18:00:01.500000', '2021-08-01 18:00:01.500000', null, 1),
      (3, 'light', 'light.hall', 'on', '{"brightness":10}', 3, '2021-08-01 18:00:01.500000', '2021-08-01 18:00:09.000000', null, 2),
      (4, 'sensor', 'sensor.meter', '12.5', '{"unit_of_measurement":"kWh"}', 4, '2021-08-01 18:00:00', '2021-08-01 18:00:00', null, null);
    insert into statistics_meta values (1, 'sensor.meter', 'recorder', 'kWh', 0, 1);
    insert into statistics values
      (1, null, '2021-08-01 16:00:00.000000', null, null, null, null, 12.5, 3.5, 1),
      (2, null, '2021-08-01 17:00:00.000000', null, null, null, null, 14, 5, 1);`);
  database.close();
}
