import type { FactsByTopic, OutsideTopic, Provider } from "#enrichment/provider.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { throttle } from "#foundation/throttle.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Topic } from "#foundation/topic.ts";
import type { Store } from "#store/database.ts";
import { askedOfLate, NOTHING_ASKED } from "./counters.ts";
import { createHide } from "./hide.ts";
import { type KeptAnswer, readAnswers, toWrite } from "./refresh.store.ts";
import { type Failure, type Outcome, startWatch, type Watch } from "./watch.ts";

export type { Failure } from "./watch.ts";

/** A provider, and whether it is the one that is used for its topic. */
export interface Candidate {
  readonly provider: Provider<unknown>;
  readonly isActive: boolean;
}

/** The last good answer of the provider that is used. */
export interface Latest<Facts> {
  readonly name: string;
  readonly at: number;
  readonly ageMs: number;
  /** Older than the provider says it is good for. */
  readonly isStale: boolean;
  readonly facts: Facts;
}

export interface ProviderStatus {
  readonly name: string;
  readonly topic: OutsideTopic;
  readonly isActive: boolean;
  readonly state: "ok" | "stale" | "waiting" | "unconfigured" | "unavailable";
  readonly maxAgeMs: number;
  /** Of the last good answer. */
  readonly at?: number;
  readonly ageMs?: number;
  readonly nextAt?: number;
  readonly failure?: Failure;
  /** Failed so often that it is only probed now and then. */
  readonly isProbed: boolean;
  readonly asked: number;
  readonly ok: number;
  /** By `kind code`. */
  readonly failed: Readonly<Record<string, number>>;
  readonly quota?: { readonly used: number; readonly mostPerDay: number };
}

export interface TestResult extends Outcome {
  readonly name: string;
  readonly topic: OutsideTopic;
}

/** Asks every provider in time, and remembers what it last said. Nobody ever waits for it. */
export interface Refresh extends AsyncDisposable {
  /** From now on these, in place of those before; what is known under the same name stays known. */
  use(candidates: readonly Candidate[]): void;
  /** Absent for a topic that is off. */
  latest<T extends OutsideTopic>(topic: T): Latest<FactsByTopic[T]> | undefined;
  status(): readonly ProviderStatus[];
  /** Takes what a provider says without being asked, such as a meter that reports by itself. */
  push(name: string, facts: unknown): void;
  /** A secret that a provider got by itself: blanked from now on in whatever is told. */
  hide(secret: string): void;
  /** Asks now and says what came back, also from one that is not used. Throws `not_found`. */
  test(name: string): Promise<TestResult>;
}

interface Deps {
  readonly store: Pick<Store, "db" | "writer">;
  readonly clock: Clock;
  readonly log: Log;
  /** Says which topic has a new answer or a new failure. */
  readonly changed: Topic<OutsideTopic>;
  /** Blanked in whatever is told. */
  readonly secrets?: readonly string[];
  readonly random?: () => number;
}

const KEEP_EVERY_MS = MINUTE_MS; // a meter answers each second; a crash may cost a minute of it

export function startRefresh(deps: Deps): Refresh {
  const { store, clock, log, changed, random = Math.random } = deps;
  const hide = createHide(deps.secrets ?? []);
  const kept = new Map(readAnswers(store.db).map((one) => [one.name, one]));
  const active = new Map<OutsideTopic, string>();
  const unsaved = new Set<string>();
  let watches = new Map<string, Watch>();
  let leaving: Promise<unknown> = Promise.resolve();
  let saving: Promise<void> = Promise.resolve();
  let isSettled = false;
  let isOver = false;

  function remember(watch: Watch): void {
    const { name, topic, maxAgeMs } = watch;
    const answer = watch.answer();
    kept.set(name, {
      ...{ name, topic, maxAgeMs, counters: watch.counters() },
      ...(answer ? { answer } : {}),
    });
    unsaved.add(name);
  }

  /** Resolves when all that was known is on the disk, also what an earlier call is still writing. */
  function save(): Promise<void> {
    saving = saving.then(saveNow);
    return saving;
  }

  async function saveNow(): Promise<void> {
    const rows = [...unsaved].flatMap((name) => kept.get(name) ?? []);
    unsaved.clear();
    if (rows.length === 0) return;
    await store.writer.write(rows.map(toWrite)).catch((error: unknown) => {
      for (const { name } of rows) unsaved.add(name);
      log.error({ err: error }, "Answers of providers could not be kept");
    });
  }
  const saveSoon = throttle(clock, KEEP_EVERY_MS, () => void (isOver ? undefined : save()));

  function begin({ provider, isActive }: Candidate): Watch {
    const { name, topic, maxAgeMs, mostPerDay } = provider;
    const watch: Watch = startWatch({
      ...{ provider, isActive, clock, log, random, hide },
      kept: kept.get(name) ?? { counters: NOTHING_ASKED },
      onCounted() {
        remember(watch);
        // What a quota counts must survive a crash; what is asked each second can wait.
        if (mostPerDay !== undefined || maxAgeMs >= KEEP_EVERY_MS) void save();
        else saveSoon();
      },
      onOutcome: () => changed.publish(topic),
    });
    return watch;
  }

  return {
    use(candidates) {
      isSettled = true;
      const before = [...watches.values()];
      leaving = Promise.all([leaving, ...before.map((one) => one[Symbol.asyncDispose]())]);
      active.clear();
      for (const { provider, isActive } of candidates) {
        if (isActive) active.set(provider.topic, provider.name);
      }
      watches = new Map(candidates.map((one) => [one.provider.name, begin(one)]));
      for (const topic of active.keys()) changed.publish(topic);
    },
    latest(topic) {
      // Before the house is known there is no provider yet, and what was said before still counts.
      const name = active.get(topic) ?? (isSettled ? undefined : newestOf(kept.values(), topic));
      const found = name === undefined ? undefined : kept.get(name);
      if (name === undefined || !found?.answer) return undefined;
      const ageMs = clock.now() - found.answer.at;
      return {
        ...{ name, at: found.answer.at, ageMs, isStale: ageMs > found.maxAgeMs },
        // Kept under a topic is only what a provider of that topic said.
        facts: found.answer.facts as FactsByTopic[typeof topic],
      };
    },
    status: () =>
      [...watches.values()].map((watch) =>
        toStatus(watch, active.get(watch.topic) === watch.name, clock.now()),
      ),
    hide: hide.add,
    push: (name, facts) => watches.get(name)?.take(facts),
    async test(name) {
      const watch = watches.get(name);
      if (!watch) {
        throw new AppError("not_found", "surroundings.unknown", `There is no provider "${name}"`);
      }
      return { name, topic: watch.topic, ...(await watch.ask()) };
    },
    async [Symbol.asyncDispose]() {
      isOver = true;
      await Promise.all([
        leaving,
        ...[...watches.values()].map((one) => one[Symbol.asyncDispose]()),
      ]);
      await save();
    },
  };
}

function newestOf(kept: Iterable<KeptAnswer>, topic: OutsideTopic): string | undefined {
  return [...kept]
    .filter((one) => one.topic === topic && one.answer)
    .sort((one, other) => (other.answer?.at ?? 0) - (one.answer?.at ?? 0))[0]?.name;
}

function toStatus(watch: Watch, isActive: boolean, now: number): ProviderStatus {
  const answer = watch.answer();
  const failure = watch.failure();
  const nextAt = watch.nextAt();
  const { asked, ok, failed } = watch.counters();
  const { name, topic, maxAgeMs, mostPerDay } = watch;
  return {
    ...{ name, topic, isActive, maxAgeMs, asked, ok, failed, isProbed: watch.isOpen() },
    state: stateOf(watch, now),
    ...(answer ? { at: answer.at, ageMs: now - answer.at } : {}),
    ...(nextAt === undefined ? {} : { nextAt }),
    ...(failure ? { failure } : {}),
    ...(mostPerDay === undefined
      ? {}
      : { quota: { used: askedOfLate(watch.counters(), now), mostPerDay } }),
  };
}

function stateOf(watch: Watch, now: number): ProviderStatus["state"] {
  const answer = watch.answer();
  if (watch.failure()?.kind === "unconfigured") return "unconfigured";
  if (answer) return now - answer.at > watch.maxAgeMs ? "stale" : "ok";
  return watch.failure() ? "unavailable" : "waiting";
}
