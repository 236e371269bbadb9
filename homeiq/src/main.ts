import { fileURLToPath } from "node:url";
import { systemClock } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import { createLog } from "#foundation/log.ts";
import { readOptions } from "#foundation/options.ts";
import { directEndpoint, type Endpoint, supervisorEndpoint } from "#home/connection/connection.ts";
import { compose } from "./compose.ts";
import { optionsSchema } from "./compose-settings.ts";
import { readVersion } from "./version.ts";

const LAST_RESORT_MS = 4_500; // the promise is to end within 5 s

const { env } = process;
const asApp = env.SUPERVISOR_TOKEN !== undefined;
const bootLog = createLog("info");

function findEndpoint(): Endpoint | undefined {
  if (env.SUPERVISOR_TOKEN) return supervisorEndpoint(env.SUPERVISOR_TOKEN);
  if (env.HA_URL && env.HA_TOKEN) return directEndpoint(env.HA_URL, env.HA_TOKEN);
  return undefined;
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new AppError("unconfigured", "server.port", "HOMEIQ_PORT must be a number from 0 to 65535");
}

async function main(): Promise<void> {
  const options = readOptions(env.HOMEIQ_OPTIONS ?? "/data/options.json", optionsSchema);
  const log = createLog(options.log_level ?? "info");
  const version = readVersion();
  log.info({ version, node: process.version, arch: process.arch, asApp }, "HomeIQ starts");
  const app = await compose({
    clock: systemClock,
    log,
    version,
    endpoint: findEndpoint(),
    options,
    databaseFile: `${env.HOMEIQ_DATA ?? (asApp ? "/data" : "data")}/homeiq.db`,
    pagesFolder: fileURLToPath(new URL("../ui/build", import.meta.url)),
    hostname: asApp ? "0.0.0.0" : "127.0.0.1",
    port: readPort(env.HOMEIQ_PORT ?? "8099"),
  });
  log.info({ port: app.port }, "HomeIQ answers");

  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "HomeIQ stops");
    // A disk that does not answer must not turn a stop into an error that the user is told to report.
    setTimeout(() => process.exit(0), LAST_RESORT_MS).unref();
    app[Symbol.asyncDispose]().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "Stopping did not go well");
        process.exit(0);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

process.on("unhandledRejection", (reason) => {
  bootLog.error({ err: reason }, "A promise was lost");
});

main().catch((error: unknown) => {
  const { code, message } = toAppError(error);
  bootLog.fatal({ code, ...(error instanceof AppError ? {} : { err: error }) }, message);
  process.exit(1);
});
