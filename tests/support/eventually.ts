import { setTimeout as pause } from "node:timers/promises";

const DEADLINE_MS = 15_000;

/** Asks again and again until the answer is there; fails with what was awaited when it never is. */
export async function eventually<T>(
  awaited: string,
  ask: () => T | undefined | Promise<T | undefined>,
  deadlineMs = DEADLINE_MS,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`It never came true: ${awaited}`);
    await pause(25);
  }
}
