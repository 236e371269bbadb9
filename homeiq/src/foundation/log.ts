import { type Logger, pino } from "pino";

export type Log = Logger;

/** Names of fields that may hold a secret wherever they stand; pino blanks them before a line is written. */
const SECRET_FIELDS = ["token", "access_token", "password", "authorization", "apiKey", "api_key"];

/** Lines of JSON on stdout. Secrets are blanked by name, one and two levels deep. */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor: "[hidden]",
    },
  });
}
