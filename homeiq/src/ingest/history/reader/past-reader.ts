import { DAY_MS } from "#foundation/time.ts";
import { connect, type Files } from "#store/files.ts";
import type { ChangeMeta } from "../change-meta.ts";
import { atOf } from "../chunk/chunk.ts";
import { createMovesMemory } from "./moves-memory.ts";
import { type Piece, pieceOfRows } from "./piece.ts";
import { openSource, type Source } from "./source.ts";

/** An entity of the history, as it is described today. */
export interface PastEntity {
  readonly key: number;
  readonly entityId: string;
  readonly domain: string;
  readonly deviceClass?: string;
  readonly areaId?: string;
  readonly deviceId?: string;
  /** Sealed changes a day, about, of any kind; 0 while there are none. */
  readonly perDay: number;
}

/** The recorded past, entity by entity, for a thread that looks through months of it by itself. */
export interface PastReader extends Disposable {
  entities(): PastEntity[];
  /**
   * Each time the state of one entity became another, oldest first; `from` inclusive, `to` exclusive.
   *
   * Holds one chunk at a time, so that years take no more memory than days.
   */
  visit(key: number, span: { readonly from: number; readonly to: number }, take: Take): void;
  /** What was visited, packed: the next reader that is given it unpacks only what is new since. */
  remember(): Uint8Array;
}

/** What it became at a moment in milliseconds since the epoch, and how. */
export type Take = (at: number, state: string, meta: ChangeMeta) => void;

interface EntityRow {
  readonly key: number;
  readonly entityId: string;
  readonly domain: string;
  readonly deviceClass: string | null;
  readonly areaId: string | null;
  readonly deviceId: string | null;
}

const ENTITIES = `select key, entity_id as entityId, domain, device_class as deviceClass,
  area_id as areaId, device_id as deviceId from recorded_entity order by key`;

/**
 * On the thread that calls it, with a connection of its own.
 *
 * @param remembered What `remember` gave when the past was read before.
 */
export function openPast(files: Files, remembered?: Uint8Array): PastReader {
  const database = connect(files, { readonly: true });
  const source = openSource(database);
  const memory = createMovesMemory(remembered);

  function visitPiece(piece: Piece, take: Take): void {
    for (let n = 0; n < piece.count; n += 1) {
      const meta = piece.meta(n);
      if (source.movesAt(meta)) take(atOf(piece.id(n)), piece.text(n), source.metaFor(meta));
    }
  }

  return {
    entities() {
      const perDay = new Map(source.entities().map((one) => [one.key, perDayOf(one)]));
      const rows = source.prepare(ENTITIES).all() as EntityRow[];
      return rows.map(({ deviceClass, areaId, deviceId, ...entity }) => ({
        ...entity,
        perDay: perDay.get(entity.key) ?? 0,
        ...(deviceClass === null ? {} : { deviceClass }),
        ...(areaId === null ? {} : { areaId }),
        ...(deviceId === null ? {} : { deviceId }),
      }));
    },
    visit(key, { from, to }, take) {
      source.inOneView(() => {
        if (source.recent.late(key).length > 0) {
          // Among what is sealed already: only the source can put it in order.
          for (const piece of source.piecesOf(key, from, to)) visitPiece(piece, take);
          return;
        }
        for (const row of source.chunksOf(key, from, to)) {
          const [chunk, until, count] = row;
          const unpack = () => source.unpack(row);
          memory.visit(
            { key: chunk, until, count },
            { unpack, moves: source.movesAt },
            (at, state, meta) => {
              if (at >= from && at < to) take(at, state, source.metaFor(meta));
            },
          );
        }
        const open = source.rowsOf(key, from, to, source.sealedThrough());
        if (open.length > 0) visitPiece(pieceOfRows(open, source.movesAt), take);
      });
      source.forgetBefore(Number.POSITIVE_INFINITY);
    },
    remember: () => memory.pack(),
    [Symbol.dispose]: () => database.close(),
  };
}

const perDayOf = ({ count, oldestAt, newestAt }: ReturnType<Source["entities"]>[number]) =>
  count / Math.max(1, (newestAt - oldestAt) / DAY_MS);
