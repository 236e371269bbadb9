import { AppError } from "#foundation/errors.ts";
import { SECOND_MS } from "#foundation/time.ts";

/** What is known of an answer that was not a success. */
interface Refusal {
  readonly status: number;
  readonly body: string;
  readonly retryAfter?: string | null | undefined;
}

/** Why a server took only a part of what was sent, without a word of the data itself. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/field type conflict/i, "field type conflict"],
  [/beyond retention policy/i, "older than the retention allows"],
  [/max-values-per-tag|max-series/i, "too many series"],
  [/unable to parse|parse error|invalid field|missing fields|bad timestamp/i, "unable to parse"],
];

/**
 * An answer of InfluxDB that is not a success, as our error.
 *
 * `unconfigured` when only the user can help, `invalid` (`influxdb.points_refused`, `influxdb.too_large`) when
 * the points are at fault, `unavailable` with `retryAfterMs` when a later try may work.
 */
export function toInfluxError({ status, body, retryAfter }: Refusal): AppError {
  const text = messageIn(body);
  if (status === 401) {
    return new AppError(
      "unconfigured",
      "influxdb.refused",
      "InfluxDB refused the credentials. Check influxdb_username and influxdb_password (InfluxDB 1) or influxdb_token (InfluxDB 2 and 3).",
      { facts: { status } },
    );
  }
  if (status === 403) {
    return new AppError(
      "unconfigured",
      "influxdb.forbidden",
      "InfluxDB knows this user or token, but does not let it use the database. Give it the right to read and to write there.",
      { facts: { status } },
    );
  }
  if (/(database|bucket|organization|retention policy).{0,200}not found/i.test(text))
    return noDatabase();
  if (status === 404 || status === 405) {
    return new AppError(
      "unconfigured",
      "influxdb.not_influxdb",
      "What answers at influxdb_url does not understand InfluxDB's requests. Check the address and the port.",
      { facts: { status } },
    );
  }
  if (status === 413) {
    return new AppError(
      "invalid",
      "influxdb.too_large",
      "The request was larger than InfluxDB takes",
    );
  }
  if (status === 400 || status === 422) {
    return new AppError("invalid", "influxdb.points_refused", "InfluxDB refused some points", {
      facts: { reason: reasonIn(text), ...droppedIn(text) },
    });
  }
  const retryAfterMs = waitIn(retryAfter);
  return new AppError(
    "unavailable",
    "influxdb.unavailable",
    `InfluxDB answered ${status}: it cannot work now`,
    { facts: { status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } },
  );
}

export const noDatabase = () =>
  new AppError(
    "unconfigured",
    "influxdb.no_database",
    "InfluxDB has no such database or bucket, and HomeIQ may not make it. Create the one that influxdb_database names, and check influxdb_org.",
  );

/** Nobody answered: no route, refused, too late, or cut off. */
export function toUnreachable(host: string, cause: unknown): AppError {
  const code = codeOf(cause);
  const why = cause instanceof Error && cause.name === "TimeoutError" ? "no answer in time" : code;
  return new AppError(
    "unavailable",
    "influxdb.unreachable",
    `InfluxDB cannot be reached at ${host}${why ? ` (${why})` : ""}`,
    { facts: { host }, cause },
  );
}

function codeOf(thrown: unknown): string | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ("code" in error && typeof error.code === "string") return error.code;
  }
  return undefined;
}

function messageIn(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null) return body;
    const { error, message, data } = parsed as Record<string, unknown>; // any JSON object
    return [error, message, data].filter(Boolean).map(toText).join(" ");
  } catch {
    return body; // a text, or a proxy's page
  }
}

const toText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

const reasonIn = (text: string) =>
  REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? "unknown";

function droppedIn(text: string): { dropped?: number } {
  const dropped = /dropped=(\d+)/.exec(text)?.[1];
  return dropped === undefined ? {} : { dropped: Number(dropped) };
}

/** `Retry-After` as milliseconds: seconds or a date. */
function waitIn(header: string | null | undefined): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * SECOND_MS);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
