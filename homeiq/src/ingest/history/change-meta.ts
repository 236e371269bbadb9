import { present } from "#foundation/absent.ts";
import type { Cause, ChangeKind } from "#ingest/normalize/normalize.ts";
import type { Db } from "#store/database.ts";
import { changeMeta } from "./history.table.ts";
import { createPendingRows, type PendingRows } from "./pending-rows.ts";

/** Where a change came from; absent in a `RecordedChange` means heard as it happened. */
export type ChangeSource = "live" | "recorder" | "influxdb" | "csv";

/** What many changes have in common. */
export interface ChangeMeta {
  readonly kind: ChangeKind;
  readonly cause: Cause;
  readonly unit?: string;
  readonly source?: Exclude<ChangeSource, "live">;
}

/** Gives every distinct meta a small number, for ever. */
export interface ChangeMetas {
  keyOf(meta: ChangeMeta): number;
  /** Rows that must be written before a change that names their key. */
  readonly pending: PendingRows;
}

const INSERT = "insert or ignore into change_meta (key, text) values (?, ?)";

export function createChangeMetas(db: Db): ChangeMetas {
  const keys = new Map<string, number>();
  let lastKey = 0;
  for (const { key, text } of db.select().from(changeMeta).all()) {
    keys.set(text, key);
    lastKey = Math.max(lastKey, key);
  }
  const pending = createPendingRows(INSERT);
  return {
    keyOf(meta) {
      const text = textOf(meta);
      const known = keys.get(text);
      if (known !== undefined) return known;
      lastKey += 1;
      keys.set(text, lastKey);
      pending.add([lastKey, text]);
      return lastKey;
    },
    pending,
  };
}

/** The same meta always as the same text. */
export function textOf({ kind, cause, unit, source }: ChangeMeta): string {
  return JSON.stringify([
    kind,
    cause.kind,
    Math.round(cause.confidence * 100), // more steps would make more metas than changes
    cause.by ?? null,
    cause.byName ?? null,
    cause.rootKind ?? null,
    cause.override ? 1 : 0,
    unit ?? null,
    source ?? null,
  ]);
}

/** What `textOf` wrote; it is ours, so it is not checked again. */
export function metaOf(text: string): ChangeMeta {
  const [kind, causeKind, percent, by, byName, rootKind, override, unit, source] = JSON.parse(text);
  return {
    kind,
    cause: {
      kind: causeKind,
      confidence: percent / 100,
      ...present("by", by),
      ...present("byName", byName),
      ...(override ? { override: true as const } : {}),
      ...present("rootKind", rootKind),
    },
    ...present("unit", unit),
    ...present("source", source),
  };
}
