import type { Job } from "#foundation/jobs.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Automations } from "./automations.ts";

/** Each hour, judges the new automations. */
export const probationJob = ({ judge }: Pick<Automations["probation"], "judge">): Job => ({
  name: "automations.probation",
  cron: "7 * * * *",
  timeoutMs: 5 * MINUTE_MS,
  run: judge,
});

/** Finishes what was cut in two, and notices what was edited in Home Assistant without a word. */
export const lookJob = ({ resume, look }: Pick<Automations, "resume" | "look">): Job => ({
  name: "automations.look",
  cron: "*/10 * * * *",
  timeoutMs: 5 * MINUTE_MS,
  async run(signal) {
    await resume();
    await look(signal);
  },
});
