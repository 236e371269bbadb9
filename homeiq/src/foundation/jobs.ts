import { Cron } from "croner";
import type { Clock } from "./clock.ts";
import { AppError, toAppError } from "./errors.ts";
import type { Log } from "./log.ts";

/** Work that the process does by itself. */
export interface Job {
  /** `<capability>.<verb>`. Unique, and the name shown on the System page. */
  readonly name: string;
  /** Cron pattern, in the house's time zone. */
  readonly cron: string;
  /** A run longer than this is aborted and counts as failed. Milliseconds. */
  readonly timeoutMs: number;
  /** Does the work once. Returns soon after `signal` aborts, and leaves the store whole. */
  run(signal: AbortSignal): Promise<void>;
}

export interface JobStatus {
  readonly name: string;
  readonly cron: string;
  readonly timeoutMs: number;
  readonly state: "waiting" | "running" | "succeeded" | "failed" | "stopped";
  readonly lastRunAt?: number;
  readonly lastDurationMs?: number;
  readonly lastError?: string;
  readonly nextRunAt?: number;
}

export interface Jobs extends AsyncDisposable {
  list(): JobStatus[];
  /** Starts a run now and answers when it ended. `not_found`, or `conflict` while it is running. */
  run(name: string): Promise<JobStatus>;
  /** Cron patterns count in this zone from now on; the house's zone is known only once connected. */
  useTimeZone(timeZone: string): void;
}

interface Running {
  readonly job: Job;
  schedule: Cron;
  status: Omit<JobStatus, "name" | "cron" | "timeoutMs" | "nextRunAt">;
  current: Promise<void> | undefined;
}

/** Runs each job on its schedule, never twice at once, and remembers how the last run went. */
export function startJobs({
  jobs,
  clock,
  log,
  timeZone,
}: {
  jobs: readonly Job[];
  clock: Clock;
  log: Log;
  timeZone: string;
}): Jobs {
  const stopping = new AbortController();
  let zone = timeZone;

  const schedule = (entry: () => Running | undefined, cron: string) =>
    new Cron(cron, { timezone: zone, unref: true, catch: true }, () => {
      const job = entry();
      if (job && !job.current) void start(job);
    });

  const entries = new Map<string, Running>();
  for (const job of jobs) {
    entries.set(job.name, {
      job,
      schedule: schedule(() => entries.get(job.name), job.cron),
      status: { state: "waiting" },
      current: undefined,
    });
  }

  function start(entry: Running): Promise<void> {
    const startedAt = clock.now();
    entry.status = { state: "running", lastRunAt: startedAt };
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(entry.job.timeoutMs)]);
    const finish = (rest: Partial<Running["status"]> & { state: JobStatus["state"] }) => {
      entry.status = { lastRunAt: startedAt, lastDurationMs: clock.now() - startedAt, ...rest };
      entry.current = undefined;
    };
    entry.current = Promise.resolve()
      .then(() => {
        signal.throwIfAborted(); // who listens for an abort that has happened would wait for ever
        return entry.job.run(signal);
      })
      .then(() => finish({ state: "succeeded" }))
      .catch((error: unknown) => {
        if (stopping.signal.aborted) return finish({ state: "stopped" });
        const failure = toAppError(error);
        log.error({ err: error, job: entry.job.name }, "A job failed");
        finish({ state: "failed", lastError: failure.message });
      });
    return entry.current;
  }

  const toStatus = ({ job, schedule, status }: Running): JobStatus => {
    const nextRunAt = schedule.nextRun()?.getTime();
    return {
      name: job.name,
      cron: job.cron,
      timeoutMs: job.timeoutMs,
      ...status,
      ...(nextRunAt === undefined ? {} : { nextRunAt }),
    };
  };

  return {
    list: () => [...entries.values()].map(toStatus),

    async run(name) {
      const entry = entries.get(name);
      if (!entry) throw new AppError("not_found", "jobs.unknown", `There is no job "${name}"`);
      if (entry.current) throw new AppError("conflict", "jobs.running", `"${name}" is running`);
      await start(entry);
      return toStatus(entry);
    },

    useTimeZone(next) {
      if (next === zone) return;
      zone = next;
      for (const entry of entries.values()) {
        entry.schedule.stop();
        entry.schedule = schedule(() => entry, entry.job.cron);
      }
    },

    async [Symbol.asyncDispose]() {
      for (const entry of entries.values()) entry.schedule.stop();
      stopping.abort();
      await Promise.all([...entries.values()].map((entry) => entry.current));
    },
  };
}
