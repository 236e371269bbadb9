import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { ByteReader, ByteWriter, readNumbers, writeNumbers } from "#store/packed-numbers.ts";
import { atOf, type Chunk } from "../chunk/chunk.ts";
import { startOfKey } from "../chunk-key.ts";

/** A sealed chunk as the table has it: another one in its place ends later or holds more. */
export interface ChunkMark {
  readonly key: number;
  readonly until: number;
  readonly count: number;
}

/** Moments as milliseconds since their chunk began, states and metas as what stands for them. */
interface Columns {
  readonly at: { readonly [n: number]: number };
  readonly text: { readonly [n: number]: number };
  readonly meta: { readonly [n: number]: number };
}

interface Run extends ChunkMark {
  readonly columns: Columns;
  readonly first: number;
  readonly end: number;
}

const VERSION = 1;
const MOST_MOVES = 2_000_000; // about 6 MB packed; what is more is unpacked anew each time

/**
 * The moves of sealed chunks, kept from one look through the past to the next: unpacking them takes most of the time,
 * and of three months all but one day is as it was the night before.
 *
 * @param packed What `pack` gave after the look before; of another version or damaged: as if there were none.
 */
export function createMovesMemory(packed?: Uint8Array) {
  const { runs: before, texts } = read(packed);
  const indexes = new Map(texts.map((text, index) => [text, index]));
  const fresh = { at: [] as number[], text: [] as number[], meta: [] as number[] };
  const used = new Map<number, Run>();

  function remember(mark: ChunkMark, chunk: Chunk, moves: (meta: number) => boolean): Run {
    const first = fresh.at.length;
    const start = startOfKey(mark.key);
    const { keys, index } = chunk.metas;
    const isMove = keys.map(moves);
    for (let n = 0; n < chunk.count; n += 1) {
      const meta = index[n] as number;
      if (!isMove[meta]) continue;
      fresh.at.push(atOf(chunk.ids[n] as number) - start);
      fresh.text.push(indexOf(chunk.states.text(n)));
      fresh.meta.push(keys[meta] as number);
    }
    return { ...mark, columns: fresh, first, end: fresh.at.length };
  }

  function indexOf(text: string): number {
    const known = indexes.get(text);
    if (known !== undefined) return known;
    indexes.set(text, texts.length);
    return texts.push(text) - 1;
  }

  return {
    /** Each move in the chunk, oldest first; `unpack` is asked only for one that was not seen as it is now. */
    visit(
      mark: ChunkMark,
      { unpack, moves }: { unpack(): Chunk; moves(meta: number): boolean },
      take: (at: number, text: string, meta: number) => void,
    ): void {
      const known = used.get(mark.key) ?? before.get(mark.key);
      const isSame = known?.until === mark.until && known.count === mark.count;
      const run = isSame ? known : remember(mark, unpack(), moves);
      used.set(mark.key, run);
      const start = startOfKey(mark.key);
      const { at, text, meta } = run.columns;
      for (let n = run.first; n < run.end; n += 1) {
        take(start + (at[n] as number), texts[text[n] as number] as string, meta[n] as number);
      }
    },

    /** What was visited, and nothing else, for the next look. */
    pack(): Uint8Array {
      const runs: Run[] = [];
      let moves = 0;
      for (const run of used.values()) {
        const more = moves + run.end - run.first;
        if (more > MOST_MOVES) continue;
        moves = more;
        runs.push(run);
      }
      return write(runs, moves, texts);
    },
  };
}

function write(runs: readonly Run[], moves: number, texts: readonly string[]): Uint8Array {
  const columns = {
    at: new Float64Array(moves),
    text: new Float64Array(moves),
    meta: new Float64Array(moves),
  };
  let rows = 0;
  for (const { columns: of, first, end } of runs) {
    for (let n = first; n < end; n += 1) {
      columns.at[rows] = of.at[n] as number;
      columns.text[rows] = of.text[n] as number;
      columns.meta[rows] = of.meta[n] as number;
      rows += 1;
    }
  }
  const writer = new ByteWriter(2 ** 20);
  const said = renumber(columns.text, texts);
  writer.varint(said.length);
  for (const text of said) writer.text(text);
  writer.varint(runs.length);
  writeNumbers(
    writer,
    runs.map(({ key }) => key),
  );
  writeNumbers(
    writer,
    runs.map(({ key, until }) => until - startOfKey(key)),
  );
  writeNumbers(
    writer,
    runs.map(({ count }) => count),
  );
  writeNumbers(
    writer,
    runs.map(({ first, end }) => end - first),
  );
  writer.varint(moves);
  for (const column of [columns.at, columns.text, columns.meta]) writeNumbers(writer, column);
  return Buffer.concat([Uint8Array.of(VERSION), zstdCompressSync(writer.finish())]);
}

/** The texts that still stand for something, by new numbers, which the column gets: what was said once is not kept for ever. */
function renumber(column: Float64Array, texts: readonly string[]): string[] {
  const said: string[] = [];
  const numbers = new Int32Array(texts.length).fill(-1);
  column.forEach((text, n) => {
    if (numbers[text] === -1) numbers[text] = said.push(texts[text] as string) - 1;
    column[n] = numbers[text] as number;
  });
  return said;
}

function read(packed?: Uint8Array): { runs: Map<number, Run>; texts: string[] } {
  if (packed?.[0] !== VERSION) return { runs: new Map(), texts: [] };
  try {
    const reader = new ByteReader(zstdDecompressSync(packed.subarray(1)));
    const texts = Array.from({ length: reader.varint() }, () => reader.text());
    const count = reader.varint();
    const [keys, untils, counts, lengths] = Array.from({ length: 4 }, () =>
      readNumbers(reader, count),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
    const moves = reader.varint();
    const [at, text, meta] = Array.from({ length: 3 }, () => readNumbers(reader, moves)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const runs = new Map<number, Run>();
    let first = 0;
    keys.forEach((key, n) => {
      const until = startOfKey(key) + (untils[n] as number);
      const end = first + (lengths[n] as number);
      runs.set(key, {
        ...{ key, until, count: counts[n] as number },
        ...{ columns: { at, text, meta }, first, end },
      });
      first = end;
    });
    return { runs, texts };
  } catch {
    return { runs: new Map(), texts: [] }; // it is all still there to be read anew
  }
}
