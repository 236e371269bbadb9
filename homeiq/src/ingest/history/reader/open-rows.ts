import { idOf } from "../chunk/chunk.ts";
import { type RecentRow, selectFrom } from "../recent/recent.ts";
import { type Hit, type Piece, pieceOfRows } from "./piece.ts";
import type { Source } from "./source.ts";

/**
 * Rows that are not sealed, newest first, until there are enough: a burst may leave hundreds of thousands, and a
 * page wants fifty. When there are fewer than `enough`, all of them were looked at.
 */
export function walkOpenRows(
  source: Source,
  span: { readonly oldest: number; readonly border: number; readonly enough: number },
  isWanted: (entityKey: number, piece: Piece, n: number) => boolean,
): Hit[] {
  const { oldest, border, enough } = span;
  const low = idOf(Math.max(oldest, source.sealedThrough()), 0);
  const hits: Hit[] = [];
  if (border <= low) return hits;
  const late = source.recent
    .allLate()
    .filter(([id]) => id >= low && id < border)
    .sort((one, other) => other[0] - one[0]);
  const rows = source
    .prepare(selectFrom("change", "where id >= ? and id < ? order by id desc"))
    .raw(true)
    .iterate(low, border) as IterableIterator<RecentRow>;
  let nextLate = 0;
  const take = (row: RecentRow) => {
    const piece = pieceOfRows([row], source.movesAt);
    if (isWanted(row[1], piece, 0)) hits.push({ entityKey: row[1], piece, n: 0, id: row[0] });
  };
  for (const row of rows) {
    if (!source.recent.knows(row[1], row[0])) continue; // all questions see the same rows
    for (let one = late[nextLate]; one && one[0] > row[0]; one = late[nextLate]) {
      take(one);
      nextLate += 1;
    }
    take(row);
    if (hits.length >= enough) return hits;
  }
  for (const row of late.slice(nextLate)) take(row);
  return hits;
}
