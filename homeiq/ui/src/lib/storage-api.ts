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

export interface InfluxStatus {
  readonly state: "off" | "connecting" | "sending" | "waiting" | "needs_you";
  readonly app?: { readonly slug: string; readonly name: string; readonly started: boolean };
  readonly host?: string;
  readonly database?: string;
  readonly server?: { readonly product: string; readonly version: string; readonly reads: string };
  readonly outbox?: {
    readonly changes: number;
    readonly bytes: number;
    readonly limitBytes: number;
    readonly full: boolean;
    readonly oldestAt?: number;
  };
  readonly missing: readonly { readonly from: number; readonly to: number }[];
  readonly sent: number;
  readonly refused: number;
  readonly lastSentAt?: number;
  readonly lastError?: { readonly code: string; readonly message: string; readonly at: number };
  readonly nextTryAt?: number;
}

const get = <T>(path: string) => read<T>(fetch(apiUrl(path)));

export const readStorage = () => read(api.storage.$get());
export const replaceRetention = ({ classes, ...tiers }: Retention) =>
  read(api.storage.retention.$put({ json: { ...tiers, classes: [...classes] } }));
/** From now on this entity is not recorded; what is stored stays. */
export const excludeEntity = (entityId: string) =>
  read(api.storage.exclude.$post({ json: { entityId } }));

export const readBackfill = () => get<BackfillStatus>("backfill");
export const orderBackfill = (order: "start" | "pause") =>
  read<BackfillStatus>(fetch(apiUrl(`backfill/${order}`), { method: "POST" }));

/** Tries to reach InfluxDB at once. */
export const retryInflux = () =>
  read<InfluxStatus>(fetch(apiUrl("influxdb/retry"), { method: "POST" }));
export const readInflux = () => get<InfluxStatus>("influxdb");
