import { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import type { InfluxSettings } from "#store/influx/influx.ts";

/** The user's InfluxDB, if there is one. All of it is optional; an empty text is as good as none. */
export const influxOptions = z.object({
  influxdb_url: z.string().optional(),
  influxdb_token: z.string().optional(),
  influxdb_username: z.string().optional(),
  influxdb_password: z.string().optional(),
  influxdb_database: z.string().optional(),
  influxdb_org: z.string().optional(),
});

/** The settings of a server, save for the address when only the installed app can tell it. */
export type InfluxChoice = Omit<InfluxSettings, "url"> & { readonly url?: string };

const DATABASE = "home_assistant_events"; // the predecessor's bucket

/**
 * What the user chose; `undefined` when nothing of InfluxDB is set.
 *
 * Credentials may stand in the address; they are taken out of it. Throws `unconfigured` for an address that is
 * not http or https, without repeating it: it may hold a password.
 */
export function toInfluxChoice(options: z.infer<typeof influxOptions>): InfluxChoice | undefined {
  const given = (text: string | undefined) => (text?.trim() ? text.trim() : undefined);
  const address = given(options.influxdb_url);
  const url = address === undefined ? undefined : parse(address);
  const token = given(options.influxdb_token);
  const username =
    given(options.influxdb_username) ?? given(decodeURIComponent(url?.username ?? ""));
  const password = options.influxdb_password || given(decodeURIComponent(url?.password ?? ""));
  const org = given(options.influxdb_org);
  const database = given(options.influxdb_database);
  if (!url && !token && !username && !database) return undefined;
  return {
    database: database ?? DATABASE,
    ...(url ? { url: `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, "")}` } : {}),
    ...(token ? { token } : {}),
    ...(username ? { username } : {}),
    ...(password ? { password } : {}),
    ...(org ? { org } : {}),
  };
}

function parse(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new AppError(
    "unconfigured",
    "influxdb.bad_address",
    "influxdb_url must look like http://a0d7b954-influxdb:8086",
  );
}
