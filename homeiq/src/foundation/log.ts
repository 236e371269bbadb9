import { type DestinationStream, type Logger, type LoggerOptions, pino } from "pino";
import { maskSecrets } from "./secrets.ts";

export type Log = Logger;

/** Names of fields that may hold a secret wherever they stand; pino blanks them before a line is written. */
const SECRET_FIELDS = ["token", "access_token", "password", "authorization", "apiKey", "api_key"];

/** Lines of JSON on stdout. Secrets are blanked by name, one and two levels deep, and by form in errors. */
export function createLog(level: string, into: DestinationStream = pino.destination(1)): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: {
      paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor: "[hidden]",
    },
    serializers: { err: toSafeError },
  };
  return pino(options, into);
}

/** What others said when they failed may cite what they were asked. */
function toSafeError(error: Error) {
  const told = pino.stdSerializers.err(error);
  return { ...told, message: maskSecrets(told.message), stack: maskSecrets(told.stack) };
}
