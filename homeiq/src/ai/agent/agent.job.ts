import type { Job } from "#foundation/jobs.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { RunningAgent } from "./agent.ts";

/** Each night after what looks for habits: how batteries fall, and what came to suggest. */
export const agentJob = ({ nightly }: Pick<RunningAgent, "nightly">): Job => ({
  name: "agent.look",
  cron: "30 3 * * *",
  timeoutMs: 10 * MINUTE_MS,
  run: nightly,
});
