import { present } from "#foundation/absent.ts";
import type { Cause, ChangeKind } from "#ingest/normalize/normalize.ts";

// Without a table or a query: the threads that read and keep have no use for the packages behind those.

/** Where a change came from; absent in a `RecordedChange` means heard as it happened. */
export type ChangeSource = "live" | "recorder" | "influxdb" | "csv";

/** What many changes have in common. */
export interface ChangeMeta {
  readonly kind: ChangeKind;
  readonly cause: Cause;
  readonly unit?: string;
  readonly source?: Exclude<ChangeSource, "live">;
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
