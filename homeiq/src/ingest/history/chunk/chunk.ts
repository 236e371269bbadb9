import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { AppError } from "#foundation/errors.ts";
import { ByteReader, ByteWriter, readNumbers, writeNumbers } from "#store/packed-numbers.ts";
import { atOf, idOf, orderOf } from "./change-id.ts";
import { lazy, sparse } from "./columns.ts";
import { NO_STATE, readStates, readTexts, type States, writeStates, writeTexts } from "./states.ts";

export { atOf, END_OF_TIME, FIRST_ORDER, idOf, LAST_ORDER, orderOf } from "./change-id.ts";
export { NO_STATE, type States } from "./states.ts";

/** One change as the store keeps it; the entity is said outside. */
export interface StoredChange {
  readonly id: number;
  /** `NO_STATE` when the entity vanished. */
  readonly state: string;
  /** `NO_STATE` when the entity had just appeared. */
  readonly oldState: string;
  /** How long the old state had lasted, milliseconds; -1 when that is not known. */
  readonly heldMs: number;
  /** Key of kind, cause and unit in `change_meta`. */
  readonly meta: number;
  /** Key of the context in `context`; 0 when nothing else belongs to it. */
  readonly context: number;
  /** Changed attributes as JSON; "" for none. */
  readonly attributes: string;
  /** Whether the text of the state moved: those are what `heldMs` counts between. */
  readonly moved: boolean;
}

const VERSION = 1;
const ZSTD = 1;
const LEAST_WORTH_BYTES = 120; // below, the frame around costs more than is won
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 6 } };

/**
 * Changes of one entity, oldest first, as bytes.
 *
 * What follows from the row before is not kept: the old state is its state, the duration is the distance
 * to the last row that moved. Only what differs from that is written down.
 */
export function encodeChunk(changes: readonly StoredChange[]): Uint8Array {
  const writer = new ByteWriter(64 + changes.length * 8);
  const ats = changes.map(({ id }) => atOf(id));
  writer.varint(changes.length);
  section(writer, (part) => {
    writeNumbers(part, ats);
    writeNumbers(
      part,
      changes.map(({ id }) => orderOf(id)),
    );
  });
  section(writer, (part) =>
    writeStates(
      part,
      changes.map(({ state }) => state),
    ),
  );
  section(writer, (part) => writeKeys(part, changes));
  section(writer, (part) => writeExceptions(part, changes, ats));
  section(writer, (part) => writeContexts(part, changes));
  section(writer, (part) => writeAttributes(part, changes));

  const body = writer.finish();
  if (body.length >= LEAST_WORTH_BYTES) {
    const packed = zstdCompressSync(body, LEVEL);
    if (packed.length < body.length) return concat(VERSION * 16 + ZSTD, packed);
  }
  return concat(VERSION * 16, body);
}

function concat(head: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 1);
  bytes[0] = head;
  bytes.set(body, 1);
  return bytes;
}

function section(writer: ByteWriter, fill: (part: ByteWriter) => void): void {
  const part = new ByteWriter(256);
  fill(part);
  const bytes = part.finish();
  writer.varint(bytes.length);
  const room = writer.reserve(bytes.length);
  room.bytes.set(bytes, room.at);
}

/** Few distinct keys, most chunks have one to three. */
function writeKeys(part: ByteWriter, changes: readonly StoredChange[]): void {
  const known = new Map<number, number>();
  const index = changes.map(({ meta }) => {
    const at = known.get(meta) ?? known.size;
    known.set(meta, at);
    return at;
  });
  part.varint(known.size);
  for (const key of known.keys()) part.varint(key);
  writeNumbers(part, index);
  // Which of the rows moved: all that did not are few.
  writeRows(
    part,
    changes.flatMap(({ moved }, n) => (moved ? [] : [n])),
  );
}

function writeExceptions(
  part: ByteWriter,
  changes: readonly StoredChange[],
  ats: readonly number[],
): void {
  const oldRows: number[] = [];
  const heldRows: number[] = [];
  let before = "";
  let movedAt = Number.NaN;
  changes.forEach((change, n) => {
    if (n === 0 || change.oldState !== before) oldRows.push(n);
    if (change.heldMs !== expectedHeldMs(change.moved, ats[n] as number, movedAt)) heldRows.push(n);
    before = change.state;
    if (change.moved) movedAt = ats[n] as number;
  });
  writeRows(part, oldRows);
  writeTexts(
    part,
    oldRows.map((n) => (changes[n] as StoredChange).oldState),
  );
  writeRows(part, heldRows);
  writeNumbers(
    part,
    heldRows.map((n) => (changes[n] as StoredChange).heldMs),
  );
}

const expectedHeldMs = (moved: boolean, at: number, movedAt: number) =>
  moved && !Number.isNaN(movedAt) ? at - movedAt : -1;

function writeContexts(part: ByteWriter, changes: readonly StoredChange[]): void {
  const rows = changes.flatMap(({ context }, n) => (context === 0 ? [] : [n]));
  writeRows(part, rows);
  // A context begins with its first change, or shortly before: the distance is a small number.
  writeNumbers(
    part,
    rows.map((n) => atOf(contextOf(changes, n)) - atOf((changes[n] as StoredChange).id)),
  );
  writeNumbers(
    part,
    rows.map((n) => orderOf(contextOf(changes, n))),
  );
}

const contextOf = (changes: readonly StoredChange[], n: number) =>
  (changes[n] as StoredChange).context;

function writeAttributes(part: ByteWriter, changes: readonly StoredChange[]): void {
  const rows = changes.flatMap(({ attributes }, n) => (attributes === "" ? [] : [n]));
  writeRows(part, rows);
  writeTexts(
    part,
    rows.map((n) => (changes[n] as StoredChange).attributes),
  );
}

function writeRows(part: ByteWriter, rows: readonly number[]): void {
  part.varint(rows.length);
  if (rows.length > 0) writeNumbers(part, rows);
}

function readRows(part: ByteReader): Float64Array {
  const count = part.varint();
  return count > 0 ? readNumbers(part, count) : new Float64Array(0);
}

/** A sealed chunk; each column is unpacked when it is first asked for. */
export interface Chunk {
  readonly count: number;
  readonly ids: Float64Array;
  readonly states: States;
  readonly metas: { readonly keys: readonly number[]; readonly index: ArrayLike<number> };
  /** 1 where the text of the state moved. */
  readonly moved: Uint8Array;
  change(n: number): StoredChange;
}

/** Throws `internal` when the bytes were not made by `encodeChunk`. */
export function decodeChunk(bytes: Uint8Array): Chunk {
  const head = bytes[0] ?? 0;
  if (head >> 4 !== VERSION) {
    throw new AppError("internal", "history.chunk_version", "A sealed part has an unknown form");
  }
  const rest = bytes.subarray(1);
  const body = new ByteReader((head & 15) === ZSTD ? zstdDecompressSync(rest) : rest);
  const count = body.varint();
  const parts = Array.from({ length: 6 }, () => body.take(body.varint()));
  const part = (n: number) => new ByteReader(parts[n] as Uint8Array);

  const ids = lazy(() => {
    const reader = part(0);
    const values = readNumbers(reader, count);
    const orders = readNumbers(reader, count);
    for (let n = 0; n < count; n += 1) values[n] = idOf(values[n] as number, orders[n] as number);
    return values;
  });
  const states = lazy(() => readStates(part(1), count));
  const keys = lazy(() => {
    const reader = part(2);
    const known = Array.from({ length: reader.varint() }, () => reader.varint());
    const index = Uint16Array.from(readNumbers(reader, count));
    const moved = new Uint8Array(count).fill(1);
    for (const row of readRows(reader)) moved[row] = 0;
    return { metas: { keys: known, index }, moved };
  });
  const exceptions = lazy(() => {
    const reader = part(3);
    const oldRows = readRows(reader);
    const old = readTexts(reader, oldRows.length);
    const heldRows = readRows(reader);
    const held = readNumbers(reader, heldRows.length);
    const oldStates = new Map<number, string>();
    oldRows.forEach((row, n) => {
      oldStates.set(row, old.texts[old.index[n] as number] as string);
    });
    const durations = new Map<number, number>();
    heldRows.forEach((row, n) => {
      durations.set(row, held[n] as number);
    });
    return { oldStates, durations };
  });
  const contexts = lazy(() => {
    const reader = part(4);
    const rows = readRows(reader);
    const away = readNumbers(reader, rows.length);
    const orders = readNumbers(reader, rows.length);
    const keys = away; // in place
    rows.forEach((row, n) => {
      const at = atOf(ids()[row] as number) + (away[n] as number);
      keys[n] = idOf(at, orders[n] as number);
    });
    return sparse(rows, (n) => keys[n] as number);
  });
  const attributes = lazy(() => {
    const reader = part(5);
    const rows = readRows(reader);
    const { texts, index } = readTexts(reader, rows.length);
    return sparse(rows, (n) => texts[index[n] as number] as string);
  });

  return {
    count,
    get ids() {
      return ids();
    },
    get states() {
      return states();
    },
    get metas() {
      return keys().metas;
    },
    get moved() {
      return keys().moved;
    },
    change(n) {
      const { metas, moved } = keys();
      const { oldStates, durations } = exceptions();
      const id = ids()[n] as number;
      const isMove = moved[n] === 1;
      return {
        id,
        state: states().text(n),
        oldState: oldStates.get(n) ?? (n > 0 ? states().text(n - 1) : NO_STATE),
        heldMs: durations.get(n) ?? (isMove ? sinceLastMove(ids(), moved, n) : -1),
        meta: metas.keys[metas.index[n] as number] as number,
        context: contexts()(n) ?? 0,
        attributes: attributes()(n) ?? "",
        moved: isMove,
      };
    },
  };
}

/** Milliseconds from the last row that moved to row `n`; -1 when there is none. Mostly it is the one before. */
function sinceLastMove(ids: Float64Array, moved: Uint8Array, n: number): number {
  for (let row = n - 1; row >= 0; row -= 1) {
    if (moved[row] === 1) return atOf(ids[n] as number) - atOf(ids[row] as number);
  }
  return -1;
}
