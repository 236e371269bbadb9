import { DAY_MS } from "#foundation/time.ts";
import { connect, type Files } from "#store/files.ts";
import type { ChangeMeta } from "../change-meta.ts";
import { atOf } from "../chunk/chunk.ts";
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
  visit(key: number, span: Span, take: Take): void;
  /** Each change of one entity, also those of its attributes alone; in the same order. */
  visitAll(key: number, span: Span, take: TakeAll): void;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** What it became at a moment in milliseconds since the epoch, and how. */
export type Take = (at: number, state: string, meta: ChangeMeta) => void;

export interface PastMoment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly state: string;
  /** Those that became others, with their new values; `null` is one that went away. */
  readonly changedAttributes: Readonly<Record<string, unknown>>;
  readonly meta: ChangeMeta;
}
export type TakeAll = (moment: PastMoment) => void;

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

/** On the thread that calls it, with a connection of its own. */
export function openPast(files: Files): PastReader {
  const database = connect(files, { readonly: true });
  const source = openSource(database);
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
        for (const piece of source.piecesOf(key, from, to)) {
          for (let n = 0; n < piece.count; n += 1) {
            const meta = piece.meta(n);
            if (source.movesAt(meta)) take(atOf(piece.id(n)), piece.text(n), source.metaFor(meta));
          }
        }
      });
      source.forgetBefore(Number.POSITIVE_INFINITY);
    },
    visitAll(key, { from, to }, take) {
      source.inOneView(() => {
        for (const piece of source.piecesOf(key, from, to)) {
          for (let n = 0; n < piece.count; n += 1) {
            const { id, state, attributes, meta } = piece.row(n);
            const changedAttributes = attributes === "" ? {} : JSON.parse(attributes); // ours
            take({ at: atOf(id), state, changedAttributes, meta: source.metaFor(meta) });
          }
        }
      });
      source.forgetBefore(Number.POSITIVE_INFINITY);
    },
    [Symbol.dispose]: () => database.close(),
  };
}

const perDayOf = ({ count, oldestAt, newestAt }: ReturnType<Source["entities"]>[number]) =>
  count / Math.max(1, (newestAt - oldestAt) / DAY_MS);
