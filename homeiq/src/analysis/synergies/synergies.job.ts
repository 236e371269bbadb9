import type { Job } from "#foundation/jobs.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Synergies } from "./synergies.ts";

/** Each night, after the patterns of the night were found. */
export const findSynergiesJob = ({ synergies }: { synergies: Pick<Synergies, "find"> }): Job => ({
  name: "synergies.find",
  cron: "20 3 * * *",
  timeoutMs: 10 * MINUTE_MS,
  async run(signal) {
    await synergies.find(signal);
  },
});
