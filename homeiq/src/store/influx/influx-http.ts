import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { SECOND_MS } from "#foundation/time.ts";
import { toInfluxError, toUnreachable } from "./influx-errors.ts";

/** Where InfluxDB is and what opens it. Never logged. */
export interface InfluxSettings {
  /** `http` or `https`, without credentials. */
  readonly url: string;
  /** Of InfluxDB 2 and 3; for 1.8 it may be `user:password`, and asks for the newer write API there. */
  readonly token?: string;
  readonly username?: string;
  readonly password?: string;
  readonly org?: string;
  /** The database of InfluxDB 1 and 3, the bucket of 2. */
  readonly database: string;
}

export interface InfluxRequest {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface InfluxHttp {
  /** Throws as `toInfluxError` says for anything but a success. */
  request(request: InfluxRequest): Promise<Response>;
  /** The answer whatever its status; throws only when nobody answered. */
  ask(request: InfluxRequest): Promise<Response>;
}

export const ANSWER_WITHIN_MS = 30 * SECOND_MS;
const GZIP_FROM_BYTES = 1_000;

const compress = promisify(gzip);

/** HTTP to InfluxDB with the credentials in a header, where no log of a server or proxy shows them. */
export function createInfluxHttp(settings: InfluxSettings): InfluxHttp {
  const base = settings.url.replace(/\/+$/, "");
  const { host } = new URL(base);
  const authorization = authorizationOf(settings);

  async function ask({ path, query, method = "GET", headers, body, signal }: InfluxRequest) {
    const url = new URL(`${base}${path}`);
    for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
    const zipped = body !== undefined && body.length >= GZIP_FROM_BYTES;
    try {
      return await fetch(url, {
        method,
        headers: {
          ...(authorization ? { authorization } : {}),
          ...(zipped ? { "content-encoding": "gzip" } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: zipped ? await compress(body) : body }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
    } catch (error) {
      signal.throwIfAborted();
      throw toUnreachable(host, error);
    }
  }

  return {
    ask,
    async request(request) {
      const answer = await ask(request);
      if (answer.ok) return answer;
      throw toInfluxError({
        status: answer.status,
        body: await answer.text().catch(() => ""), // cut off: the status says enough
        retryAfter: answer.headers.get("retry-after"),
      });
    },
  };
}

function authorizationOf({ token, username, password }: InfluxSettings): string | undefined {
  if (token !== undefined) return `Token ${token}`;
  if (username === undefined) return undefined;
  return `Basic ${Buffer.from(`${username}:${password ?? ""}`).toString("base64")}`;
}
