import { connect, type Files } from "#store/files.ts";
import type { ChangeMeta } from "../change-meta.ts";
import { atOf } from "../chunk/chunk.ts";
import { openSource } from "./source.ts";

/** An entity of the history, as it is described today. */
export interface PastEntity {
  readonly key: number;
  readonly entityId: string;
  readonly domain: string;
  readonly deviceClass?: string;
  readonly areaId?: string;
  readonly deviceId?: string;
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

/** On the thread that calls it, with a connection of its own. */
export function openPast(files: Files): PastReader {
  const database = connect(files, { readonly: true });
  const source = openSource(database);
  return {
    entities: () =>
      (
        source
          .prepare(
            `select key, entity_id as entityId, domain, device_class as deviceClass,
             area_id as areaId, device_id as deviceId
             from recorded_entity order by key`,
          )
          .all() as EntityRow[]
      ).map(({ deviceClass, areaId, deviceId, ...entity }) => ({
        ...entity,
        ...(deviceClass === null ? {} : { deviceClass }),
        ...(areaId === null ? {} : { areaId }),
        ...(deviceId === null ? {} : { deviceId }),
      })),
    visit(key, { from, to }, take) {
      source.inOneView(() => {
        for (const piece of source.piecesOf(key, from, to)) {
          for (let n = 0; n < piece.count; n += 1) {
            const meta = piece.meta(n);
            if (source.movesAt(meta)) take(atOf(piece.id(n)), piece.text(n), source.metaFor(meta));
          }
        }
      });
      source.forgetBefore(Number.POSITIVE_INFINITY);
    },
    [Symbol.dispose]: () => database.close(),
  };
}
