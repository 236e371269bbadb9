import type { Job } from "#foundation/jobs.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { EnergyAnalysis } from "./energy.ts";

/** Each minute, looks for the meter's step at what was switched; a past that waits is done a day at a time. */
export const measureStepsJob = ({
  energy,
}: {
  energy: Pick<EnergyAnalysis, "measureNext">;
}): Job => ({
  name: "energy.measure-steps",
  cron: "* * * * *",
  timeoutMs: 5 * MINUTE_MS,
  async run(signal) {
    await energy.measureNext(signal);
  },
});
