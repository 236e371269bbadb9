import type { InferRequestType, InferResponseType } from "hono/client";
import { api, apiUrl, type Gap, read } from "./api.ts";

export type StorageReport = InferResponseType<typeof api.storage.$get>;
/** `null` keeps for ever. */
export type Retention = StorageReport["retention"];

export type BackfillStatus = InferResponseType<typeof api.backfill.$get>;
/** A missed time, and what came back when it was asked for again. */
export type GapState = Gap["state"];
export type InfluxStatus = InferResponseType<typeof api.influxdb.$get>;

export const readStorage = () => read(api.storage.$get());
export const replaceRetention = ({ classes, ...tiers }: Retention) =>
  read(api.storage.retention.$put({ json: { ...tiers, classes: [...classes] } }));
/** From now on this entity is not recorded; what is stored stays. */
export const excludeEntity = (entityId: string) =>
  read(api.storage.exclude.$post({ json: { entityId } }));

export const readBackfill = () => read(api.backfill.$get());
export const orderBackfill = (order: "start" | "pause") => read(api.backfill[order].$post());

/** Tries to reach InfluxDB at once. */
export const retryInflux = () => read(api.influxdb.retry.$post());
export const readInflux = () => read(api.influxdb.$get());

export type ImportList = InferResponseType<typeof api.imports.$get>;
export type ImportStatus = ImportList["imports"][number];
export type ImportSource = InferRequestType<typeof api.imports.$post>["json"];
export type ImportPreview = InferResponseType<typeof api.imports.preview.$post>;

export const readImports = () => read(api.imports.$get());
/** What an import would bring; nothing is kept yet. */
export const previewImport = (json: ImportSource) => read(api.imports.preview.$post({ json }));
export const startImport = (json: ImportSource) => read(api.imports.$post({ json }));
export const cancelImport = (id: number) =>
  read(api.imports[":id"].cancel.$post({ param: { id: String(id) } }));
/** Sends a file as it is: the body is nothing else, so that it may be of any size. Answers the name it has there. */
export async function keepImportFile(file: File): Promise<string> {
  const name = plainName(file.name);
  const url = apiUrl(`imports/files/${encodeURIComponent(name)}`);
  await read<unknown>(fetch(url, { method: "POST", body: file }));
  return name;
}

/** Portals put brackets and letters into names that the folder does not take. */
const plainName = (name: string) =>
  name
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^A-Za-z0-9_. -]/gu, "_")
    .replace(/^[^A-Za-z0-9_]/u, "_")
    .slice(-120);
