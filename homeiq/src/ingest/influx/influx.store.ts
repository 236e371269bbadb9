import { zstdDecompressSync } from "node:zlib";
import type { Write } from "#store/database.ts";
import { LINE_END } from "#store/influx/influx.ts";
import { createTables, influxTables } from "./influx.table.ts";

/** The file that the outbox is in. */
export interface OutboxFile {
  /** "main", or the name under which the file is attached. */
  readonly schema: string;
  /** All statements in one transaction, durable when this resolves. */
  write(statements: readonly Write[]): Promise<void>;
  /** Rows as arrays, in the order of the selected columns. */
  read(sql: string): Promise<unknown[][]>;
}

export type MissingReason = "before" | "off" | "outbox_full" | "past";

/** A time whose changes are in our own store, and not yet in InfluxDB. `to` is exclusive. */
export interface Missing {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly reason: MissingReason;
  /** Absent when nobody counted. */
  readonly changes?: number;
}

/** What is to be sent next, as it was recorded. */
export interface Packet {
  readonly lines: readonly string[];
  readonly changes: number;
  readonly bytes: number;
  /** Everything up to this one is in the packet. */
  readonly lastSeq: number;
  /** Another bucket than that of history. */
  readonly bucket?: string;
  /** Rows that could not be read, and are gone when the packet is removed. */
  readonly broken: number;
}

export interface OutboxSize {
  readonly changes: number;
  readonly bytes: number;
}

const ROWS_AT_ONCE = 64;
const LINES_PER_REQUEST = 5_000; // what InfluxData recommends for a batch
const BYTES_PER_REQUEST = 4_000_000; // InfluxDB 1 takes 25 MB; a small machine should not hold more
const REFUSED_KEPT = 1_000;

export type InfluxStore = ReturnType<typeof createInfluxStore>;

/** Every query on the outbox and what belongs to it. */
export function createInfluxStore({ schema, read, write }: OutboxFile) {
  const table = influxTables(schema);
  const run = (sql: string, ...rows: unknown[][]) => ({ sql, rows });
  let lastMissingId = 0;
  const learnLastMissingId = async () => {
    const [row] = await read(`select coalesce(max(id), 0) from ${table.missing}`);
    lastMissingId = Number(row?.[0] ?? 0);
  };

  return {
    newMissingId(): number {
      lastMissingId += 1;
      return lastMissingId;
    },

    /** Whether this installation ever had an InfluxDB. */
    async exists(): Promise<boolean> {
      const rows = await read(`select 1 from ${schema}.sqlite_master where name = 'influx_outbox'`);
      return rows.length > 0;
    },

    /** Makes the tables; a server that was not the last one has nothing of what is in our store. */
    async open(target: string, now: number): Promise<OutboxSize> {
      await write(createTables(table).map((sql) => run(sql, [])));
      const [known] = await read(`select target from ${table.target} where id = 1`);
      await write([
        ...(known?.[0] === target
          ? []
          : [
              run(`delete from ${table.missing}`, []),
              run(`insert into ${table.missing} (from_at, to_at, reason) values (0, ?, 'before')`, [
                now,
              ]),
              run(`insert or replace into ${table.target} (id, target) values (1, ?)`, [target]),
            ]),
        run(`update ${table.missing} set to_at = ? where to_at is null`, [now]),
      ]);
      const [size] = await read(
        `select coalesce(sum(changes), 0), coalesce(sum(length(lines)), 0) from ${table.outbox}`,
      );
      const [changes = 0, bytes = 0] = (size ?? []).map(Number);
      await learnLastMissingId();
      return { changes, bytes };
    },

    /** InfluxDB is switched off: from the oldest unsent change on, it has a hole until it is back. */
    async close(now: number): Promise<void> {
      await write([
        run(
          `insert into ${table.missing} (from_at, reason)
           select coalesce((select min(at) from ${table.outbox}), ?), 'off'
           where not exists (select 1 from ${table.missing} where to_at is null)`,
          [now],
        ),
        run(`delete from ${table.outbox}`, []),
      ]);
      await learnLastMissingId();
    },

    toInsert: (at: number, changes: number, lines: Uint8Array, bucket?: string): Write =>
      run(`insert into ${table.outbox} (at, changes, lines, bucket) values (?, ?, ?, ?)`, [
        at,
        changes,
        lines,
        bucket ?? null,
      ]),

    /** Changes that found no room, as a part of the hole `id`. */
    toMissing: (id: number, from: number, to: number, changes: number): Write =>
      run(
        `insert into ${table.missing} (id, from_at, to_at, reason, changes)
         values (?, ?, ?, 'outbox_full', ?) on conflict (id) do update set
         from_at = min(from_at, excluded.from_at), to_at = max(to_at, excluded.to_at),
         changes = changes + excluded.changes`,
        [id, from, to, changes],
      ),

    async nextPacket(): Promise<Packet | undefined> {
      const rows = await read(
        `select seq, changes, lines, bucket from ${table.outbox} order by seq limit ${ROWS_AT_ONCE}`,
      );
      return rows.length === 0 ? undefined : toPacket(rows as OutboxRow[]); // as selected
    },
    remove: ({ lastSeq }: Packet) =>
      write([run(`delete from ${table.outbox} where seq <= ?`, [lastSeq])]),

    async oldestAt(): Promise<number | undefined> {
      const [row] = await read(`select at from ${table.outbox} order by seq limit 1`);
      return row ? Number(row[0]) : undefined;
    },

    /** Newest first: that is what a person looks at. */
    async missing(): Promise<Missing[]> {
      const rows = await read(
        `select id, from_at, to_at, reason, changes from ${table.missing}
         where to_at is not null order by from_at desc`,
      );
      return rows.map(([id, from, to, reason, changes]) => ({
        id: Number(id),
        from: Number(from),
        to: Number(to),
        reason: reason as MissingReason, // written by this file only
        ...(changes === null ? {} : { changes: Number(changes) }),
      }));
    },
    /** A hole that is not to be filled yet: it ends by `endMissing`, or at the next start. */
    beginMissing: (id: number, from: number) =>
      write([
        run(`insert into ${table.missing} (id, from_at, reason) values (?, ?, 'past')`, [id, from]),
      ]),
    endMissing: (id: number, to: number) =>
      write([run(`update ${table.missing} set to_at = ? where id = ?`, [to, id])]),
    advanceMissing: (id: number, from: number) =>
      write([run(`update ${table.missing} set from_at = ? where id = ?`, [from, id])]),
    removeMissing: (id: number) => write([run(`delete from ${table.missing} where id = ?`, [id])]),

    keepRefused: (at: number, refused: readonly { reason: string; line: string }[]) =>
      write([
        run(
          `insert into ${table.refused} (at, reason, line) values (?, ?, ?)`,
          ...refused.map(({ reason, line }) => [at, reason, line]),
        ),
        run(
          `delete from ${table.refused} where id <= (select max(id) from ${table.refused}) - ${REFUSED_KEPT}`,
          [],
        ),
      ]),
  };
}

type OutboxRow = [seq: number, changes: number, lines: Uint8Array, bucket: string | null];

/** As many rows of one bucket as make one good request, at least one. */
function toPacket(rows: readonly OutboxRow[]): Packet {
  const lines: string[] = [];
  let changes = 0;
  let bytes = 0;
  let size = 0;
  let broken = 0;
  let lastSeq = 0;
  const bucket = rows[0]?.[3] ?? null;
  for (const [seq, count, packed, itsBucket] of rows) {
    if (itsBucket !== bucket || lines.length >= LINES_PER_REQUEST || size >= BYTES_PER_REQUEST)
      break;
    const text = unpack(packed);
    if (text === undefined) broken += count;
    else {
      size += text.length;
      for (const line of text.split(LINE_END)) lines.push(line);
    }
    changes += count;
    bytes += packed.length;
    lastSeq = seq;
  }
  return { lines, changes, bytes, lastSeq, broken, ...(bucket === null ? {} : { bucket }) };
}

function unpack(packed: Uint8Array): string | undefined {
  try {
    return zstdDecompressSync(packed).toString("utf8");
  } catch {
    return undefined; // a damaged disk; it is counted, and the rest goes on
  }
}
