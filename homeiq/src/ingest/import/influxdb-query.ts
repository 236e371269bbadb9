import { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import { MINUTE_MS } from "#foundation/time.ts";

const TIMEOUT_MS = MINUTE_MS;

const Series = z.object({
  name: z.string().optional(),
  columns: z.array(z.string()),
  values: z.array(z.array(z.unknown())).default([]),
});
const Answer = z.object({
  error: z.string().optional(),
  results: z
    .array(z.object({ error: z.string().optional(), series: z.array(Series).optional() }))
    .default([]),
});

export type InfluxSeries = z.output<typeof Series>;

/** Where the server is and who asks. */
export interface InfluxAccess {
  readonly url: string;
  readonly database: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
}

/**
 * Asks one InfluxQL question over `/query`, which versions 1 and 2 both have. Moments are microseconds.
 *
 * Throws `unavailable` when the server does not answer, `unconfigured` when it refuses us, `invalid` for
 * what it says is wrong. Credentials go in a header, never in the address.
 */
export function createInfluxQuery(access: InfluxAccess) {
  const headers: Record<string, string> = {
    "content-type": "application/x-www-form-urlencoded",
    ...authorization(access),
  };
  const url = new URL("query", access.url.endsWith("/") ? access.url : `${access.url}/`);

  return async function ask(question: string, signal: AbortSignal): Promise<InfluxSeries[]> {
    const body = new URLSearchParams({ db: access.database, q: question, epoch: "u" });
    const answer = await fetch(url, {
      method: "POST",
      ...{ headers, body },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new AppError("unavailable", "imports.influxdb_away", "InfluxDB does not answer", {
        cause: error,
      });
    });
    if (answer.status === 401 || answer.status === 403) {
      throw new AppError(
        "unconfigured",
        "imports.influxdb_refused",
        "InfluxDB refuses the user and password, or the token",
      );
    }
    if (answer.status >= 500) {
      throw new AppError(
        "unavailable",
        "imports.influxdb_away",
        `InfluxDB has a fault (${answer.status})`,
      );
    }
    const parsed = Answer.safeParse(await answer.json().catch(() => undefined));
    if (!parsed.success) {
      throw new AppError(
        "invalid",
        "imports.influxdb_unknown",
        "What answers there is no InfluxDB",
      );
    }
    const { error, results } = parsed.data;
    const wrong = error ?? results.find((result) => result.error)?.error;
    if (wrong)
      throw new AppError("invalid", "imports.influxdb_question", `InfluxDB says: ${wrong}`);
    return results.flatMap(({ series }) => series ?? []);
  };
}

function authorization({ username, password, token }: InfluxAccess): Record<string, string> {
  if (token) return { authorization: `Token ${token}` };
  if (!username) return {};
  const pair = Buffer.from(`${username}:${password ?? ""}`).toString("base64");
  return { authorization: `Basic ${pair}` };
}

/** A name as InfluxQL wants it: in double quotes. */
export const quoteName = (name: string) =>
  `"${name.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;

/** A text as InfluxQL wants it: in single quotes. */
export const quoteText = (text: string) =>
  `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`;
