import { afterEach, expect, test } from "vitest";
import { systemClock } from "#src/foundation/clock.ts";
import { type Job, type Jobs, startJobs } from "#src/foundation/jobs.ts";
import { createLog } from "#src/foundation/log.ts";

let jobs: Jobs | undefined;
afterEach(async () => jobs?.[Symbol.asyncDispose]());

function start(...list: (Partial<Job> & Pick<Job, "run">)[]): Jobs {
  jobs = startJobs({
    jobs: list.map((job) => ({
      name: "history.tidy",
      cron: "0 3 * * *",
      timeoutMs: 60_000,
      ...job,
    })),
    clock: systemClock,
    log: createLog("silent"),
    timeZone: "Europe/Berlin",
  });
  return jobs;
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));

test("a run that is asked for answers how it went", async () => {
  const status = await start({ run: async () => {} }).run("history.tidy");
  expect(status).toMatchObject({ name: "history.tidy", state: "succeeded" });
  expect(status.lastDurationMs).toBeGreaterThanOrEqual(0);
});

test("a failed run says why, and the next one may succeed", async () => {
  let fails = true;
  const running = start({
    run: async () => {
      if (fails) throw new Error("the disk is full");
    },
  });
  expect(await running.run("history.tidy")).toMatchObject({ state: "failed" });
  fails = false;
  expect(await running.run("history.tidy")).toMatchObject({ state: "succeeded" });
});

test("a job never runs twice at once", async () => {
  let end = () => {};
  const running = start({
    run: () =>
      new Promise((resolve) => {
        end = resolve;
      }),
  });
  const first = running.run("history.tidy");
  await expect(running.run("history.tidy")).rejects.toMatchObject({ code: "jobs.running" });
  end();
  expect(await first).toMatchObject({ state: "succeeded" });
});

test("a run that takes too long is aborted", async () => {
  const running = start({ timeoutMs: 20, run: untilAborted });
  expect((await running.run("history.tidy")).lastDurationMs).toBeLessThan(5_000);
});

test("stopping ends the run that is under way", async () => {
  const running = start({ run: untilAborted });
  const run = running.run("history.tidy");
  await running[Symbol.asyncDispose]();
  await run;
  expect(running.list()).toMatchObject([{ name: "history.tidy" }]);
});

test("the schedule counts in the house's time zone, also when it becomes known later", () => {
  const running = start({ run: async () => {} });
  const hourIn = (timeZone: string) =>
    new Intl.DateTimeFormat("en-GB", { hour: "2-digit", timeZone }).format(
      running.list()[0]?.nextRunAt,
    );
  expect(hourIn("Europe/Berlin")).toBe("03");
  running.useTimeZone("Asia/Tokyo");
  expect(hourIn("Asia/Tokyo")).toBe("03");
});

test("an unknown job is a clear error", async () => {
  await expect(start().run("nope")).rejects.toMatchObject({ code: "jobs.unknown" });
});
