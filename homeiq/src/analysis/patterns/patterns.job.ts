import type { Job } from "#foundation/jobs.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Patterns } from "./patterns.ts";

/** Each night, while the house is quiet. */
export const detectJob = ({ patterns }: { patterns: Pick<Patterns, "detect"> }): Job => ({
  name: "patterns.detect",
  cron: "0 3 * * *",
  timeoutMs: 10 * MINUTE_MS,
  async run(signal) {
    await patterns.detect(signal);
  },
});
