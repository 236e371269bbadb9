import type { OutsideTopic, Provider } from "#enrichment/provider.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { SECOND_MS } from "#foundation/time.ts";
import { askedOfLate, countAsked, countFailed, countOk, lessAskedAt } from "./counters.ts";
import type { Hide } from "./hide.ts";
import { FAILURES_THAT_OPEN, untilNext, untilRetry } from "./pause.ts";
import type { KeptAnswer } from "./refresh.store.ts";
import type { Counters } from "./refresh.table.ts";

const TIMEOUT_MS = 10 * SECOND_MS;
const FIRST_WITHIN_MS = 2 * SECOND_MS; // all providers at the same moment would be a burst

export interface Failure {
  readonly kind: AppError["kind"];
  readonly code: string;
  readonly message: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly at: number;
}

/** What one try came to. */
export interface Outcome {
  readonly ms: number;
  readonly facts?: unknown;
  readonly failure?: Failure;
}

/** One provider, asked again and again by itself. */
export interface Watch extends AsyncDisposable {
  readonly name: string;
  readonly topic: OutsideTopic;
  readonly maxAgeMs: number;
  readonly mostPerDay?: number;
  answer(): KeptAnswer["answer"];
  failure(): Failure | undefined;
  counters(): Counters;
  nextAt(): number | undefined;
  /** So many failures in a row that it is only probed. */
  isOpen(): boolean;
  /** Asks now, or waits for the question that is under way. */
  ask(): Promise<Outcome>;
  /** Takes what the provider says without being asked. */
  take(facts: unknown): void;
}

interface Deps {
  readonly provider: Provider<unknown>;
  /** Asked by itself; others only when somebody tests them. */
  readonly isActive: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly hide: Hide;
  readonly kept: Pick<KeptAnswer, "answer" | "counters">;
  /** Counters or the answer are other ones than before. */
  onCounted(): void;
  /** A new answer or a new failure. */
  onOutcome(): void;
}

export function startWatch({ provider, isActive, clock, log, random, hide, ...deps }: Deps): Watch {
  const stopping = new AbortController();
  let { answer, counters } = deps.kept;
  let failure: Failure | undefined;
  let failuresInRow = 0;
  let nextAt: number | undefined;
  let cancel = () => {};
  let asking: Promise<Outcome> | undefined;

  function schedule(delayMs: number): void {
    cancel();
    if (!isActive || stopping.signal.aborted) return;
    nextAt = clock.now() + delayMs;
    cancel = clock.after(delayMs, () => {
      nextAt = undefined;
      if (isUsedUp()) schedule(lessAskedAt(counters, clock.now()) - clock.now());
      else void ask(); // never rejects
    });
  }

  const isUsedUp = () =>
    provider.mostPerDay !== undefined && askedOfLate(counters, clock.now()) >= provider.mostPerDay;

  function ask(): Promise<Outcome> {
    asking ??= askOnce().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  async function askOnce(): Promise<Outcome> {
    const startedAt = clock.now();
    if (isUsedUp()) return { ms: 0, failure: toFailure(usedUp(provider), startedAt) };
    cancel();
    nextAt = undefined;
    counters = countAsked(counters, startedAt);
    deps.onCounted();
    try {
      const facts = await withinTime(provider, stopping.signal, clock);
      onAnswer(facts);
      return { ms: clock.now() - startedAt, facts };
    } catch (thrown) {
      const error = toAppError(thrown);
      if (!stopping.signal.aborted) onFailure(error);
      return { ms: clock.now() - startedAt, failure: toFailure(error, clock.now()) };
    }
  }

  function onAnswer(facts: unknown): void {
    counters = countOk(counters);
    take(facts);
  }

  function take(facts: unknown): void {
    if (stopping.signal.aborted) return;
    if (failure) log.info({ provider: provider.name }, "A provider answers again");
    answer = { at: clock.now(), facts };
    failure = undefined;
    failuresInRow = 0;
    schedule(untilNext(provider, random));
    deps.onCounted();
    deps.onOutcome();
  }

  function onFailure(error: AppError): void {
    counters = countFailed(counters, error);
    const isNew = failure?.code !== error.code;
    failure = toFailure(error, clock.now());
    failuresInRow += 1;
    if (isNew) tell(error, failure);
    // Only the user can help with a key: asking on could lock an account.
    if (error.kind !== "unconfigured") schedule(untilRetry(error, failuresInRow, random));
    deps.onCounted();
    deps.onOutcome();
  }

  /** Once per outage and reason. A cause is not logged: it may hold what was sent. */
  function tell({ kind, code, stack }: AppError, { message }: Failure): void {
    const said = { provider: provider.name, kind, code };
    if (kind === "internal") log.error({ ...said, stack: hide.text(stack ?? "") }, message);
    else log.warn(said, message);
  }

  function toFailure({ kind, code, message, facts }: AppError, at: number): Failure {
    const shown = hide.facts(facts);
    return {
      ...{ kind, code, message: hide.text(message), at },
      ...(Object.keys(shown).length > 0 ? { facts: shown } : {}),
    };
  }

  // At once also when the last answer is young: options or the place may be others than those it was asked with.
  schedule(Math.round(FIRST_WITHIN_MS * random()));

  return {
    ...{ name: provider.name, topic: provider.topic, maxAgeMs: provider.maxAgeMs },
    ...(provider.mostPerDay === undefined ? {} : { mostPerDay: provider.mostPerDay }),
    answer: () => answer,
    failure: () => failure,
    counters: () => counters,
    nextAt: () => nextAt,
    isOpen: () => failuresInRow >= FAILURES_THAT_OPEN,
    ask,
    take,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      cancel();
      await asking;
      dispose(provider);
    },
  };
}

/** Some hold a connection of their own. */
function dispose(provider: Provider<unknown> & Partial<Disposable>): void {
  provider[Symbol.dispose]?.();
}

/** Also ends for a provider that does not listen to its signal. */
async function withinTime(
  provider: Provider<unknown>,
  stopping: AbortSignal,
  clock: Clock,
): Promise<unknown> {
  const ending = new AbortController();
  const signal = AbortSignal.any([stopping, ending.signal]);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(inTime()), { once: true });
  });
  late.catch(() => {}); // heard by the race; an answer in time leaves nothing to hear
  const cancel = clock.after(TIMEOUT_MS, () => ending.abort());
  try {
    signal.throwIfAborted();
    return await Promise.race([provider.fetch(signal), late]);
  } finally {
    cancel();
  }
}

const inTime = () =>
  new AppError("unavailable", "surroundings.timeout", "There was no answer in time", {
    facts: { timeoutMs: TIMEOUT_MS },
  });

const usedUp = ({ name, mostPerDay }: Provider<unknown>) =>
  new AppError("unavailable", "surroundings.quota", `${name} was asked ${mostPerDay} times today`, {
    facts: { mostPerDay },
  });
