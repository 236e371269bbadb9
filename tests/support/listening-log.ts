import { inspect } from "node:util";
import { createLog } from "#src/foundation/log.ts";

/** A log whose every line is heard, with all that is given to it. */
export function listeningLog() {
  const lines: string[] = [];
  const log = createLog("trace");
  for (const level of ["trace", "debug", "info", "warn", "error", "fatal"] as const) {
    log[level] = (...said: unknown[]) => void lines.push(inspect(said, { depth: 8 }));
  }
  return { log, lines };
}
