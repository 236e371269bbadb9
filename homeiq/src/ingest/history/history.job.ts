import type { Job } from "#foundation/jobs.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { History } from "./history.ts";

/** Each hour, moves what has settled into chunks; after midnight UTC also finishes the day. */
export const sealJob = ({ history }: { history: Pick<History, "seal"> }): Job => ({
  name: "history.seal",
  cron: "8 * * * *", // a few minutes after the hour, when devices that report late have done so
  timeoutMs: 30 * MINUTE_MS,
  async run() {
    await history.seal();
  },
});

/** Each night, deletes what is older than the household wants it kept. */
export const retainJob = ({ history }: { history: Pick<History, "retain"> }): Job => ({
  name: "history.retain",
  cron: "40 4 * * *",
  timeoutMs: 30 * MINUTE_MS,
  async run() {
    await history.retain();
  },
});
