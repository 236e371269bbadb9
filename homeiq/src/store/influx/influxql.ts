import { AppError } from "#foundation/errors.ts";
import { noDatabase } from "./influx-errors.ts";
import type { InfluxHttp } from "./influx-http.ts";

/** A row by the names of its columns. `time` is in milliseconds; a column without a value is `null`. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

interface WireSeries {
  readonly tags?: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
  readonly values?: readonly (readonly (string | number | boolean | null)[])[];
}

interface WireAnswer {
  readonly error?: string;
  readonly results?: readonly {
    readonly error?: string;
    readonly series?: readonly WireSeries[];
  }[];
}

export interface Influxql {
  readonly http: InfluxHttp;
  readonly database?: string;
  readonly statement: string;
  readonly signal: AbortSignal;
  /** A statement that changes something must be a POST. */
  readonly method?: "GET" | "POST";
}

/**
 * Rows of an InfluxQL statement, in the order the server has them.
 *
 * Throws `unconfigured` without the database or the rights, `unavailable`, or `internal` for a statement that
 * the server does not understand.
 */
export async function* queryInfluxql(query: Influxql): AsyncGenerator<Row> {
  const { http, database, statement, signal, method = "GET" } = query;
  const answer = await http.request({
    path: "/query",
    method,
    query: {
      ...(database === undefined ? {} : { db: database }),
      q: statement,
      epoch: "ms",
      chunked: "true",
    },
    signal,
  });
  for await (const line of linesOf(answer)) yield* rowsOf(JSON.parse(line) as WireAnswer); // as documented
}

/** Runs a statement for its effect. */
export async function runInfluxql(query: Influxql): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of queryInfluxql(query)) rows.push(row);
  return rows;
}

/** A database, measurement, field or tag, in quotes. */
export const quoteName = (name: string) =>
  `"${name.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
/** A text, in quotes. */
export const quoteText = (text: string) =>
  `'${text.replace(/['\\]/g, "\\$&").replaceAll("\n", "\\n")}'`;

function* rowsOf({ error, results = [] }: WireAnswer): Generator<Row> {
  const failed = error ?? results.find((one) => one.error)?.error;
  if (failed !== undefined) throw toQueryError(failed);
  for (const { series = [] } of results) {
    for (const { tags = {}, columns, values = [] } of series) {
      for (const value of values) {
        const row: Record<string, string | number | boolean | null> = { ...tags };
        columns.forEach((column, n) => {
          row[column] = value[n] ?? null;
        });
        yield row;
      }
    }
  }
}

function toQueryError(message: string): AppError {
  if (/(database|retention policy) not found/i.test(message)) return noDatabase();
  if (/not authorized|requires admin/i.test(message)) {
    return new AppError(
      "unconfigured",
      "influxdb.forbidden",
      "InfluxDB does not let this user do that",
    );
  }
  if (/timeout|max-select|interrupted|shutdown|engine is closed/i.test(message)) {
    return new AppError("unavailable", "influxdb.query_ended", "InfluxDB gave up the query");
  }
  return new AppError(
    "internal",
    "influxdb.query",
    `InfluxDB did not understand a query: ${message}`,
  );
}

/** A chunked answer is one JSON document a line. */
async function* linesOf(answer: Response): AsyncGenerator<string> {
  if (!answer.body) return;
  let rest = "";
  for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") yield line;
  }
  if (rest.trim() !== "") yield rest;
}
