import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import { atOf, END_OF_TIME, idOf, LAST_ORDER } from "../chunk/chunk.ts";
import { chanceOf, type RecentRow, timeOfUlid } from "../recent/recent.ts";
import { candidates, contextOf, type FoundChange, toFound } from "./events.ts";
import { pieceOfRows } from "./piece.ts";
import type { Source } from "./source.ts";

/** A context, what changed in it, and the contexts it led to. */
export interface FoundTrace {
  readonly contextId: string;
  readonly parentId?: string;
  readonly userId?: string;
  readonly changes: readonly FoundChange[];
  readonly children: readonly FoundTrace[];
}

const DEEPEST = 10;
const BEFORE_MS = MINUTE_MS; // a change may carry a moment shortly before its context's
const AFTER_MS = 6 * HOUR_MS; // a script may wait that long
const MOST_CHANGES = 1_000;

/** `undefined` when nothing is known of the context. */
export function readTrace(source: Source, contextId: string): FoundTrace | undefined {
  const time = timeOfUlid(contextId);
  const found = trace(source, contextId, time, new Set());
  const isKnown = found.changes.length > 0 || found.children.length > 0 || found.parentId;
  return isKnown ? found : undefined;
}

function trace(
  source: Source,
  contextId: string,
  time: number | undefined,
  seen: Set<string>,
): FoundTrace {
  seen.add(contextId);
  const key = keyOf(source, contextId, time);
  const changes = changesIn(source, contextId, time, key);
  const children =
    seen.size > DEEPEST // every step down adds one
      ? []
      : childIds(source, contextId, time, key).filter((id) => !seen.has(id));
  const own = changes.find(({ parentId, userId }) => parentId || userId);
  return {
    contextId,
    ...(own?.parentId ? { parentId: own.parentId } : {}),
    ...(own?.userId ? { userId: own.userId } : {}),
    changes,
    children: children.map((id) => trace(source, id, timeOfUlid(id), new Set(seen))),
  };
}

/** Key of a sealed context; 0 when it is not sealed or was not worth keeping. */
function keyOf(source: Source, contextId: string, time: number | undefined): number {
  const chance = chanceOf(contextId);
  const row =
    time === undefined
      ? source.prepare("select key from context where id = ? limit 1").raw(true).get(chance)
      : source
          .prepare("select key from context where key >= ? and key <= ? and id = ?")
          .raw(true)
          .get(idOf(time, 0), idOf(time, LAST_ORDER), chance);
  return (row as [number] | undefined)?.[0] ?? 0;
}

function changesIn(
  source: Source,
  contextId: string,
  time: number | undefined,
  key: number,
): FoundChange[] {
  const around = time ?? (key > 0 ? atOf(key) : undefined);
  const [from, to] =
    around === undefined
      ? [source.sealedThrough(), END_OF_TIME]
      : [around - BEFORE_MS, around + AFTER_MS];
  const keys = key > 0 ? entitiesOf(source, key) : undefined;
  const open = source.recent.entityKeys();
  const wanted = keys ? [...new Set([...keys, ...open])] : open;
  return candidates(source, { keys: wanted })
    .flatMap(({ key: entityKey }) =>
      source.piecesOf(entityKey, from, to).flatMap((piece) =>
        Array.from({ length: piece.count }, (_, n) => ({ entityKey, piece, n })).filter(({ n }) => {
          const row = piece.row(n);
          return row.contextKey > 0 ? row.contextKey === key : row.contextId === contextId;
        }),
      ),
    )
    .slice(0, MOST_CHANGES)
    .map((hit) => toFound(source, [hit])[0] as FoundChange)
    .sort((one, other) => one.id - other.id);
}

function entitiesOf(source: Source, key: number): number[] {
  const row = source.prepare("select entities from context where key = ?").get(key) as
    | { entities: string }
    | undefined;
  return row ? JSON.parse(row.entities) : [];
}

/** Contexts that name this one as their parent: sealed ones, and those of recent rows. */
function childIds(
  source: Source,
  contextId: string,
  time: number | undefined,
  key: number,
): string[] {
  const from = time ?? (key > 0 ? atOf(key) : 0);
  const sealed =
    key > 0
      ? (source
          .prepare(
            "select key from context where parent_key = ? and key >= ? and key < ? order by key",
          )
          .raw(true)
          .all(key, idOf(from - BEFORE_MS, 0), idOf(from + 24 * HOUR_MS, 0)) as [number][])
      : [];
  const open = source
    .prepare("select id, entity, extra from recent.change where extra like ? order by id limit 500")
    .raw(true)
    .all(`%"${contextId.replace(/[%_]/g, "")}"%`) as [number, number, string][];
  const recentIds = open.flatMap(([id, entityKey, extra]) => {
    const [parentId] = JSON.parse(extra) as string[];
    if (parentId !== contextId) return [];
    const at = atOf(id);
    return source
      .rowsOf(entityKey, at, at + 1, 0)
      .flatMap((row) => (row[0] === id ? contextIdAt(source, row) : []));
  });
  const ids = [...sealed.map(([one]) => idOfContext(source, one)), ...recentIds];
  return [...new Set(ids)].filter((id) => id !== "");
}

const idOfContext = (source: Source, key: number) => contextOf(source, key).contextId;

const contextIdAt = (source: Source, row: RecentRow) =>
  pieceOfRows([row], source.movesAt).row(0).contextId;
