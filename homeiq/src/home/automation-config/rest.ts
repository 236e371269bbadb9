import { AppError } from "#foundation/errors.ts";
import { maskSecrets, secretsIn } from "#foundation/secrets.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { JsonMap } from "#home/automation/automation.ts";
import type { Endpoint } from "#home/connection/connection.ts";
import { WireConfiguration, WireRefusal } from "./automation-config.schema.ts";

/** What Home Assistant stores in files of its own: `automations.yaml` and the like. */
export const DOMAINS = ["automation", "script", "scene"] as const;
export type Domain = (typeof DOMAINS)[number];

/** One configuration: the id of an automation or a scene, the key of a script. */
export interface Key {
  readonly domain: Domain;
  readonly id: string;
}

export interface ConfigFiles {
  /** `undefined` when the file has none with this id. */
  read(key: Key): Promise<JsonMap | undefined>;
  /** Creates it, or replaces all of it. Throws `invalid` with Home Assistant's own reason. */
  write(key: Key, config: JsonMap): Promise<void>;
  /** False when there was none. */
  remove(key: Key): Promise<boolean>;
}

const ANSWER_WITHIN_MS = 20 * SECOND_MS;
const AWAY = new Set([502, 503, 504]); // the Supervisor's proxy says so while Home Assistant is down

/**
 * Home Assistant's files over its REST interface, direct or through the Supervisor's proxy.
 *
 * Throws `unavailable` while it is away: then nobody knows whether a write arrived. `forbidden` when the
 * token is not an administrator's.
 */
export function createConfigFiles(endpoint: Endpoint | undefined): ConfigFiles {
  async function ask(
    method: "GET" | "POST" | "DELETE",
    { domain, id }: Key,
    body?: JsonMap,
  ): Promise<Response> {
    if (!endpoint) {
      throw new AppError("unconfigured", "automation_config.no_address", "No Home Assistant");
    }
    const url = `${endpoint.displayUrl}/api/config/${domain}/config/${encodeURIComponent(id)}`;
    const answer = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${endpoint.token}`,
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).catch((error: unknown) => {
      throw away(error);
    });
    if (AWAY.has(answer.status)) throw away(answer.status);
    if (answer.status === 401 || answer.status === 403) {
      throw new AppError(
        "forbidden",
        "automation_config.not_admin",
        "Home Assistant does not let this token change automations: it must be an administrator's",
        { facts: { domain, id } },
      );
    }
    return answer;
  }

  return {
    async read(key) {
      const answer = await ask("GET", key);
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw await unexpected(answer, key);
      const parsed = WireConfiguration.safeParse(await readJson(answer));
      if (parsed.success) return parsed.data;
      throw new AppError("internal", "automation_config.unexpected", "Not a configuration", {
        cause: parsed.error,
      });
    },

    async write(key, config) {
      const answer = await ask("POST", key, config);
      if (answer.status === 400) throw refused(await reasonOf(answer, config), key);
      if (!answer.ok) throw await unexpected(answer, key, config);
    },

    async remove(key) {
      const answer = await ask("DELETE", key);
      if (answer.status === 400 || answer.status === 404) {
        const reason = await reasonOf(answer);
        if (/not found/i.test(reason)) return false; // it answers 400 for what is not there
        throw refused(reason, key);
      }
      if (!answer.ok) throw await unexpected(answer, key);
      return true;
    },
  };
}

const away = (cause: unknown) =>
  new AppError("unavailable", "automation_config.away", "Home Assistant is away", { cause });

const refused = (reason: string, { domain, id }: Key) =>
  new AppError("invalid", "automation_config.refused", `Home Assistant refused it: ${reason}`, {
    facts: { reason, domain, id },
  });

async function unexpected(
  answer: Response,
  { domain, id }: Key,
  sent?: JsonMap,
): Promise<AppError> {
  const reason = await reasonOf(answer, sent);
  return new AppError(
    answer.status >= 500 ? "unavailable" : "internal",
    "automation_config.unexpected",
    `Home Assistant answered ${answer.status}: ${reason}`,
    { facts: { status: answer.status, reason, domain, id } },
  );
}

/** The words of Home Assistant, without the prefix that every one of them has and without secrets of what it cites. */
async function reasonOf(answer: Response, sent?: JsonMap): Promise<string> {
  return maskSecrets(wordsIn(await answer.text().catch(() => "")), secretsIn(sent));
}

function wordsIn(text: string): string {
  try {
    const { message } = WireRefusal.parse(JSON.parse(text));
    return message.replace(/^(Message|Key) malformed: /, "");
  } catch {
    return text; // the proxy answers plain text: those are the words
  }
}

const readJson = (answer: Response): Promise<unknown> =>
  answer.json().catch((error: unknown) => {
    throw away(error); // cut off in the middle
  });
