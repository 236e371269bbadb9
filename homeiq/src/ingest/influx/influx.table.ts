/** The tables are in the file of recent rows, so that a change and its place in the outbox are one transaction. */
export interface InfluxTables {
  /** Waiting for the server, oldest first: `lines` is line protocol, compressed; `bucket` is null for history. */
  readonly outbox: string;
  /** Times whose changes the server has not got, while our own store has them. Open when `to_at` is null. */
  readonly missing: string;
  /** Points that the server refused for good, the newest thousand. */
  readonly refused: string;
  /** One row: which server and database all this is about. */
  readonly target: string;
}

/** Names as the connection knows them: `schema` is "main", or what the file is attached as. */
export const influxTables = (schema: string): InfluxTables => ({
  outbox: `${schema}.influx_outbox`,
  missing: `${schema}.influx_missing`,
  refused: `${schema}.influx_refused`,
  target: `${schema}.influx_target`,
});

/** Makes the tables where they are not there yet. */
export const createTables = ({ outbox, missing, refused, target }: InfluxTables): string[] => [
  `create table if not exists ${outbox} (seq integer primary key, at integer not null,
    changes integer not null, lines blob not null, bucket text)`,
  `create table if not exists ${missing} (id integer primary key, from_at integer not null,
    to_at integer, reason text not null, changes integer)`,
  `create table if not exists ${refused} (id integer primary key, at integer not null,
    reason text not null, line text not null)`,
  `create table if not exists ${target} (id integer primary key, target text not null)`,
];
