import { AppError, toAppError } from "#foundation/errors.ts";
import { noDatabase } from "./influx-errors.ts";
import type { InfluxHttp } from "./influx-http.ts";
import type { InfluxServer } from "./influx-server.ts";
import { quoteName, runInfluxql } from "./influxql.ts";

/** Makes the database of InfluxDB 1 unless it is there. Throws `unconfigured` when that is not allowed. */
export async function ensureDatabase(
  http: InfluxHttp,
  database: string,
  signal: AbortSignal,
): Promise<void> {
  const rows = await runInfluxql({ http, statement: "SHOW DATABASES", signal });
  if (rows.some(({ name }) => name === database)) return;
  try {
    const statement = `CREATE DATABASE ${quoteName(database)}`;
    await runInfluxql({ http, statement, signal, method: "POST" });
  } catch (error) {
    if (toAppError(error).code === "influxdb.forbidden") throw noDatabase();
    throw error;
  }
}

/** Lines to `/write` of InfluxDB 1, with timestamps in nanoseconds. */
export async function writeV1(
  http: InfluxHttp,
  database: string,
  lines: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const query = { db: database, precision: "ns" };
  await http.request({ path: "/write", method: "POST", query, body: lines.join("\n"), signal });
}

/** Lines to `/api/v3/write_lp`. The database is made by the first write. */
export async function writeV3(
  http: InfluxHttp,
  { database, token }: { readonly database: string; readonly token: string | undefined },
  lines: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  await http.request({
    path: "/api/v3/write_lp",
    method: "POST",
    query: { db: database, precision: "nanosecond", accept_partial: "true" },
    ...(token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    body: lines.join("\n"),
    signal,
  });
}

/** Whether InfluxDB 2 answers InfluxQL for this bucket, by a mapping of its own or of the user. */
export async function answersInfluxql(
  http: InfluxHttp,
  database: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await runInfluxql({ http, database, statement: "SHOW MEASUREMENTS LIMIT 1", signal });
    return true;
  } catch (error) {
    if (error instanceof AppError && error.kind !== "unavailable") return false;
    throw error;
  }
}

/** From 1.8 on, InfluxDB 1 has the write API of 2; who gives a token asks for it. */
export const hasNewWriteApi = ({ major, product, version }: InfluxServer): boolean =>
  major === 2 || product === "victoria-metrics" || /^1\.([89]|\d\d)/.test(version);
