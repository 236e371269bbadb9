import type { z } from "zod";
import { AppError, toAppError } from "./errors.ts";

/** What a server said, before anybody looked into it. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  /** What a `Retry-After` header asks for. */
  readonly retryAfterMs?: number;
}

interface Asking {
  readonly signal: AbortSignal;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const MOST_BYTES = 16 * 1024 * 1024; // a year of hours is one; more is a mistake or an attack

/**
 * Asks a server once. Any status is an answer.
 *
 * Throws `unavailable` `http.unreachable` when there is none. No error holds more of the address than its host
 * and path: keys stand in the query.
 */
export async function askServer(url: URL, { signal, ...asking }: Asking): Promise<Reply> {
  const shown = url.host + url.pathname;
  try {
    const answer = await fetch(url, { ...asking, signal });
    const text = await readAtMost(answer, shown);
    const retryAfterMs = toRetryAfterMs(answer.headers.get("retry-after"));
    return { status: answer.status, text, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    const reason = signal.aborted ? "no answer in time" : reasonOf(thrown);
    throw new AppError("unavailable", "http.unreachable", `${shown} cannot be reached: ${reason}`, {
      facts: { host: url.host, reason },
    });
  }
}

async function readAtMost(answer: Response, shown: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body ?? []) {
    length += part.length;
    if (length > MOST_BYTES) {
      throw new AppError("internal", "http.too_long", `${shown} answered with more than 16 MB`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** `fetch failed` says nothing; what is below it does. */
function reasonOf(thrown: unknown): string {
  const { cause } = thrown as { cause?: { code?: unknown } };
  return typeof cause?.code === "string" ? cause.code : toAppError(thrown).message;
}

function toRetryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - Date.now();
  return ms >= 0 ? ms : undefined;
}

/** Throws what a bad status means; a good one passes. See `readJson`. */
export function refuseBadStatus({ status, retryAfterMs }: Reply): void {
  if (status >= 200 && status < 300) return;
  if (status === 401 || status === 403) {
    throw new AppError("unconfigured", "http.refused", "The key was refused", {
      facts: { status },
    });
  }
  if (status === 429) {
    throw new AppError("unavailable", "http.too_many", "Asked too often", {
      facts: { status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
    });
  }
  const isServers = status >= 500 || status === 408;
  throw new AppError(
    isServers ? "unavailable" : "internal",
    isServers ? "http.server" : "http.unexpected_status",
    `The answer was ${status}`,
    { facts: { status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } },
  );
}

/**
 * The body of a reply in the shape that was expected.
 *
 * Throws `unconfigured` `http.refused` (401, 403), `unavailable` `http.too_many` (429, `facts.retryAfterMs` when the
 * server said it) or `http.server` (5xx), and `internal` for all else: `http.unexpected_status`, `http.not_json` (a
 * page, or a body that was cut off), `http.unexpected_shape` (`facts.at` is the first field that is not as expected).
 */
export function readJson<S extends z.ZodType>(reply: Reply, schema: S): z.output<S> {
  refuseBadStatus(reply);
  return readShape(parseJson(reply.text), schema);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const looksLikePage = /^\s*</.test(text);
    const what = looksLikePage ? "a page instead of data" : "something that is not whole JSON";
    throw new AppError("internal", "http.not_json", `The answer is ${what}`, {
      facts: { begins: looksLikePage ? "<" : text.slice(0, 1), length: text.length },
    });
  }
}

/** The value in the shape that was expected; throws `internal` `http.unexpected_shape`. */
export function readShape<S extends z.ZodType>(value: unknown, schema: S): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const at = issue?.path.join(".") || "the whole";
  throw new AppError(
    "internal",
    "http.unexpected_shape",
    `The answer has another shape than expected at ${at}: ${issue?.message}`,
    { facts: { at } },
  );
}
