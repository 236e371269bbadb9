import type { InferResponseType } from "hono/client";
import { api, apiUrl, type Gap, read } from "./api.ts";

export type StorageReport = InferResponseType<typeof api.storage.$get>;
/** `null` keeps for ever. */
export type Retention = StorageReport["retention"];

export interface BackfillStatus {
  readonly state: "idle" | "running" | "paused" | "done" | "failed";
  readonly step: {
    readonly code: string;
    readonly text: string;
    readonly from?: number;
    readonly to?: number;
  };
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** `from` is the oldest that Home Assistant has; all from `doneFrom` on is in. */
  readonly history?: { readonly from?: number; readonly to: number; readonly doneFrom: number };
  readonly statistics?: { readonly doneFrom: number };
  readonly entities: number;
  readonly changesAdded: number;
  readonly statisticsAdded: number;
  readonly gapsWaiting: number;
  readonly historyDoneAt?: number;
  readonly problem?: { readonly code: string; readonly message: string; readonly advice: string };
}

export type GapState = "open" | "filling" | "filled" | "partly" | "lost";

/** A missed time, and what came back when it was asked for again. */
export type FilledGap = Gap & {
  readonly state?: GapState;
  readonly filled?: {
    readonly at: number;
    readonly changes: number;
    readonly entitiesWithout: number;
  };
};

export type InfluxStatus = InferResponseType<typeof api.influxdb.$get>;

const get = <T>(path: string) => read<T>(fetch(apiUrl(path)));

const post = <T>(path: string, body?: unknown) =>
  read<T>(
    fetch(apiUrl(path), {
      method: "POST",
      ...(body === undefined
        ? {}
        : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
    }),
  );

export const readStorage = () => read(api.storage.$get());
export const replaceRetention = ({ classes, ...tiers }: Retention) =>
  read(api.storage.retention.$put({ json: { ...tiers, classes: [...classes] } }));
/** From now on this entity is not recorded; what is stored stays. */
export const excludeEntity = (entityId: string) =>
  read(api.storage.exclude.$post({ json: { entityId } }));

export const readBackfill = () => get<BackfillStatus>("backfill");
export const orderBackfill = (order: "start" | "pause") =>
  post<BackfillStatus>(`backfill/${order}`);

/** Tries to reach InfluxDB at once. */
export const retryInflux = () => read(api.influxdb.retry.$post());
export const readInflux = () => read(api.influxdb.$get());

export type ImportSource =
  | {
      readonly kind: "influxdb";
      readonly url: string;
      readonly database: string;
      readonly username?: string;
      readonly password?: string;
      readonly token?: string;
    }
  | { readonly kind: "recorder" | "csv"; readonly file: string };

interface Problems {
  readonly count: number;
  readonly first: readonly string[];
}

export interface ImportStatus {
  readonly id: number;
  readonly label: string;
  readonly state: "running" | "done" | "cancelled" | "interrupted" | "failed";
  readonly startedAt: number;
  readonly progress?: number;
  readonly step?: string;
  readonly changesAdded: number;
  readonly changesKnown: number;
  readonly statisticsAdded: number;
  readonly problems: Problems;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface ImportPreview {
  readonly entities: { readonly total: number; readonly filtered: number };
  readonly changes?: number;
  readonly statistics?: number;
  readonly from?: number;
  readonly to?: number;
  readonly problems: Problems;
}

export interface ImportList {
  readonly imports: readonly ImportStatus[];
  /** What waits in the folder of imports. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

export const readImports = () => get<ImportList>("imports");
/** What an import would bring; nothing is kept yet. */
export const previewImport = (source: ImportSource) =>
  post<ImportPreview>("imports/preview", source);
export const startImport = (source: ImportSource) => post<ImportStatus>("imports", source);
export const cancelImport = (id: number) => post<unknown>(`imports/${id}/cancel`);
export const keepImportFile = (file: File) =>
  read<unknown>(
    fetch(apiUrl(`imports/files/${encodeURIComponent(file.name)}`), { method: "PUT", body: file }),
  );
