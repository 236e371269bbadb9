import type { ParallelAction } from "#home/automation/automation.ts";
import { type Fiber, type Steps, startFiber } from "./fiber.ts";
import { type Ending, FINISHED, type RunInner, type Running } from "./running.ts";

/** All branches at once; each runs to its end, then the first that did not finish decides. */
export function* runParallel(
  { branches }: ParallelAction,
  running: Running,
  { path, runInner }: { readonly path: string; readonly runInner: RunInner },
): Steps<Ending> {
  if (branches.length === 0) return FINISHED;
  const endings = (yield {
    kind: "until",
    arm(resume) {
      const ends: Ending[] = [];
      let left = branches.length;
      const fibers: Fiber[] = branches.map((actions, n) =>
        startFiber({
          stage: running.stage,
          steps: runInner(actions, running, `${path}/parallel/${n}/sequence`),
          onDone(ending) {
            ends[n] = ending;
            left -= 1;
            if (left === 0) resume(ends);
          },
        }),
      );
      return () => {
        for (const fiber of fibers) fiber.cancel();
      };
    },
  }) as readonly Ending[];
  return endings.find(({ kind }) => kind !== "finished") ?? FINISHED;
}
