import type { Clock } from "#foundation/clock.ts";
import type { AppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import type { BadFrame, Session } from "#home/connection/connection.ts";
import type { Refusal, States, StateTransition } from "#home/states/states.ts";
import type { EntityFilter, Filtered } from "#ingest/filter/filter.ts";
import type { GapReason, Gaps } from "#ingest/gaps/gaps.ts";
import type { History } from "#ingest/history/history.ts";
import { type Causes, createNormalizer, type Note } from "#ingest/normalize/normalize.ts";
import { createRestartEchoes, looksLikeRestart } from "./restart.ts";

/** Every way in which something that arrived did not become a stored change as it was. */
export type RefusalReason = Refusal | BadFrame | Note | "cause_event_invalid" | "internal_error";

export interface IntakeCounters {
  /** State changes that arrived, of any kind. */
  readonly received: number;
  /** Left out by the household's filter. */
  readonly filtered: number;
  /** Changed nothing that is kept, such as a media position. */
  readonly noise: number;
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
  readonly ratePerMinute: number;
}

export interface Intake {
  /** Subscribes to causes first and states last, so that no effect is seen without its cause. */
  onSession(session: Session): Promise<void>;
  onLost(lost: { at: number; error: AppError }): void;
  onAlive(): void;
  count(reason: RefusalReason): void;
  counters(): IntakeCounters;
  ready(): boolean;
}

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly states: States;
  readonly causes: Causes;
  readonly filter: EntityFilter;
  readonly history: History;
  readonly gaps: Gaps;
  toFiltered(entityId: string): Filtered;
  /** The registries, which must be known before the first state is described. */
  followRegistry(session: Session): Promise<void>;
  /** Something in the current states changed. */
  onStates(): void;
  /** All states are known, with their attributes: what the store remembers of them has none. */
  onSnapshot(): void;
}

/** From what Home Assistant sends to what history keeps. */
export function createIntake(deps: Deps): Intake {
  const { clock, log, states, causes, filter, history, gaps } = deps;
  const echoes = createRestartEchoes(clock);
  const refused: Partial<Record<RefusalReason, number>> = {};
  const rate = createRate(clock);
  let received = 0;
  let filtered = 0;
  let noise = 0;
  let ready = false;

  const count = (reason: RefusalReason) => {
    refused[reason] = (refused[reason] ?? 0) + 1;
  };
  const normalize = createNormalizer({
    clock,
    causes,
    isRestartEcho: (transition) => echoes.isEcho(transition),
    onNote: count,
  });

  function take(transition: StateTransition): void {
    received += 1;
    const change = normalize(transition);
    if (!change) {
      noise += 1;
      return;
    }
    if (!filter.judge(deps.toFiltered(change.entityId)).kept) {
      filtered += 1;
      return;
    }
    history.record(change);
  }

  /** One change that our own rules stumble over must not take the rest of its message with it. */
  function takeSafely(transition: StateTransition): void {
    try {
      take(transition);
    } catch (error) {
      count("internal_error");
      log.error({ err: error, entityId: transition.entityId }, "A change could not be taken in");
    }
  }

  function takeMessage(event: unknown): void {
    const transitions = states.apply(event);
    rate.add(transitions.length);
    const isSnapshot = transitions.some(({ snapshot }) => snapshot);
    if (isSnapshot) beginSnapshot(transitions);
    for (const transition of transitions) takeSafely(transition);
    if (isSnapshot) deps.onSnapshot();
    deps.onStates();
  }

  /** A snapshot tells what happened while we were away, and whether Home Assistant itself was. */
  function beginSnapshot(transitions: readonly StateTransition[]): void {
    if (looksLikeRestart(transitions)) {
      echoes.started();
      if (ready) gaps.close(clock.now(), "home_assistant_restart");
      log.info("Home Assistant was restarted");
    }
    gaps.close(clock.now());
    ready = true;
  }

  return {
    async onSession(session) {
      const followed = deps.followRegistry(session);
      const causeEvents: [string, (event: unknown) => void][] = [
        ["automation_triggered", causes.automationTriggered],
        ["script_started", causes.scriptStarted],
        ["call_service", causes.callService],
        ["homeassistant_started", () => echoes.started()],
      ];
      await Promise.all([
        followed,
        ...causeEvents.map(([event_type, listener]) =>
          session.subscribe({ type: "subscribe_events", event_type }, listener),
        ),
      ]);
      states.expectSnapshot();
      causes.connected();
      await session.subscribe({ type: "subscribe_entities" }, takeMessage);
    },
    onLost({ at, error }) {
      gaps.open(at, reasonOf(error), error.code);
    },
    onAlive: () => gaps.alive(),
    count,
    counters: () => ({ received, filtered, noise, refused, ratePerMinute: rate.perMinute() }),
    ready: () => ready,
  };
}

function reasonOf({ code }: AppError): GapReason {
  if (code === "connection.stopped") return "not_running"; // it is us who go
  return code === "connection.timeout" ? "no_answer" : "connection_lost";
}

/** Counts per second over the last minute. */
function createRate(clock: Clock) {
  const seconds = new Array<{ second: number; n: number }>(60).fill({ second: 0, n: 0 });
  const now = () => Math.floor(clock.now() / 1000);
  return {
    add(n: number): void {
      const second = now();
      const slot = seconds[second % 60];
      seconds[second % 60] = { second, n: (slot?.second === second ? slot.n : 0) + n };
    },
    perMinute: () => seconds.reduce((sum, { second, n }) => sum + (now() - second < 60 ? n : 0), 0),
  };
}
