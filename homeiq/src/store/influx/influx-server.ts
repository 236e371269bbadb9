import { AppError } from "#foundation/errors.ts";
import { toInfluxError } from "./influx-errors.ts";
import type { InfluxHttp } from "./influx-http.ts";

/** What answers at the address. */
export interface InfluxServer {
  readonly product: "influxdb" | "victoria-metrics";
  readonly version: string;
  readonly major: 1 | 2 | 3;
  /** How history can be read there; "none" where we only write. */
  readonly reads: "influxql" | "flux" | "none";
}

/**
 * Asks which server this is: `/ping` names the version in a header (1 and 2) or in its body (3), `/health` in JSON.
 *
 * Throws `unconfigured` for credentials that are refused and for what is no InfluxDB, `unavailable` otherwise.
 */
export async function detectServer(http: InfluxHttp, signal: AbortSignal): Promise<InfluxServer> {
  const ping = await http.ask({ path: "/ping", signal });
  const body = await ping.text();
  if (!ping.ok && ping.status !== 404) throw toInfluxError({ status: ping.status, body });
  const named = ping.headers.get("x-influxdb-version") ?? versionIn(body);
  if (named) {
    // VictoriaMetrics calls itself 1.8.0 for the sake of old clients; its own header gives it away.
    if (ping.headers.has("x-server-hostname")) return victoriaMetrics();
    return toServer(named);
  }
  const health = await http.ask({ path: "/health", signal });
  const text = await health.text();
  if (health.ok && health.headers.has("x-server-hostname")) return victoriaMetrics();
  const version = health.ok ? versionIn(text) : undefined;
  if (version) return toServer(version);
  if (health.status === 401 || health.status === 403 || health.status >= 500) {
    throw toInfluxError({ status: health.status, body: text });
  }
  throw notInflux();
}

function toServer(named: string): InfluxServer {
  const version = named.replace(/^v/i, "");
  const major = Number(/^\d+/.exec(version)?.[0]);
  if (major === 1) return { product: "influxdb", version, major, reads: "influxql" };
  if (major === 2) return { product: "influxdb", version, major, reads: "flux" };
  if (major === 3) return { product: "influxdb", version, major, reads: "none" };
  throw notInflux();
}

// It takes line protocol and answers PromQL only.
const victoriaMetrics = (): InfluxServer => ({
  product: "victoria-metrics",
  version: "unknown",
  major: 1,
  reads: "none",
});

const notInflux = () =>
  new AppError(
    "unconfigured",
    "influxdb.not_influxdb",
    "What answers at influxdb_url is not InfluxDB 1.6 to 3. Check the address and the port.",
  );

function versionIn(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null || !("version" in parsed)) return undefined;
    return typeof parsed.version === "string" ? parsed.version : undefined;
  } catch {
    return undefined; // "OK" and the like name no version
  }
}
