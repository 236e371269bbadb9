import type { CauseKind, ChangeKind } from "#ingest/normalize/normalize.ts";
import type { Piece } from "./piece.ts";
import type { Source } from "./source.ts";

/** Which changes; every filter is optional. Entities are given by their keys. */
export interface Wanted {
  /** Absent is every entity. */
  readonly keys?: readonly number[];
  readonly causes?: readonly CauseKind[];
  readonly kinds?: readonly ChangeKind[];
  /** In the state, in whatever case. */
  readonly text?: string;
  /** Entities whose name has the text: all of their changes match. */
  readonly textKeys?: readonly number[];
}

/** Whether row `n` of a piece is wanted. */
export function createMatcher(source: Source, wanted: Wanted) {
  const causes = wanted.causes && new Set(wanted.causes);
  const kinds = wanted.kinds && new Set(wanted.kinds);
  const named = new Set(wanted.textKeys);
  const text = wanted.text?.toLowerCase();
  const metas = new Map<number, boolean>();

  function isMetaWanted(meta: number): boolean {
    const known = metas.get(meta);
    if (known !== undefined) return known;
    const { kind, cause } = source.metaFor(meta);
    const isWanted = (!causes || causes.has(cause.kind)) && (!kinds || kinds.has(kind));
    metas.set(meta, isWanted);
    return isWanted;
  }

  return (entityKey: number, piece: Piece, n: number): boolean => {
    if ((causes || kinds) && !isMetaWanted(piece.meta(n))) return false;
    if (text === undefined || named.has(entityKey)) return true;
    return piece.text(n).toLowerCase().includes(text);
  };
}
