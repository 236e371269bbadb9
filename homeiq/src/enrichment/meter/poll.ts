import type { MeterFacts, Provider } from "#enrichment/provider.ts";
import { backoffMs } from "#foundation/backoff.ts";
import type { Clock } from "#foundation/clock.ts";
import { type AppError, toAppError } from "#foundation/errors.ts";
import { SECOND_MS } from "#foundation/time.ts";

const ANSWER_WITHIN_MS = 5 * SECOND_MS;
const REFUSED_AGAIN_MS = 300 * SECOND_MS; // only the user can help; it is looked at now and then

interface Deps {
  readonly provider: Provider<MeterFacts>;
  /** 1 to 10 s. */
  readonly everyMs: number;
  readonly clock: Clock;
  readonly random?: () => number;
  readonly onFacts: (facts: MeterFacts) => void;
  readonly onProblem: (problem: AppError) => void;
}

/**
 * Asks a meter on the local network again and again, never twice at once. Failures back off; what it said before is
 * not said again, so a gap in the facts is a gap in the meter's answers.
 */
export function pollMeter(deps: Deps): Disposable {
  const { provider, everyMs, clock, random = Math.random, onFacts, onProblem } = deps;
  const stopping = new AbortController();
  let cancel = () => {};
  let attempt = 0;
  let lastAt: number | undefined;

  async function ask(): Promise<number> {
    try {
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
      const facts = await provider.fetch(signal);
      attempt = 0;
      if (facts.at !== lastAt && !stopping.signal.aborted) onFacts(facts);
      lastAt = facts.at;
      return everyMs;
    } catch (error) {
      const problem = toAppError(error);
      attempt += 1;
      if (!stopping.signal.aborted) onProblem(problem);
      if (problem.kind === "unconfigured") return REFUSED_AGAIN_MS;
      return Math.max(everyMs, askedToWaitMs(problem), backoffMs(attempt, random));
    }
  }

  async function run(): Promise<void> {
    const waitMs = await ask();
    if (stopping.signal.aborted) return;
    cancel = clock.after(waitMs, () => void run()); // it never rejects: `ask` answers in every case
  }
  void run(); // as above

  return {
    [Symbol.dispose]() {
      stopping.abort();
      cancel();
    },
  };
}

const askedToWaitMs = ({ facts }: AppError) =>
  typeof facts.retryAfterMs === "number" ? facts.retryAfterMs : 0;
