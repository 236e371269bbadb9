import { setImmediate } from "node:timers/promises";
import type { KnownPattern } from "#analysis/patterns/patterns.ts";
import type { Existing } from "#analysis/templates/templates.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import type { Topic } from "#foundation/topic.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Db } from "#store/database.ts";
import type { Gathering, SynergyHistory } from "./gather.ts";
import { keepSynergies, readRun, readSynergies, readSynergy } from "./synergies.store.ts";
import { SYNERGY_TYPES, type Synergy, type SynergyNeed, type SynergyType } from "./synergy.ts";

export type { DraftWords } from "./draft.ts";
export { readSynergies } from "./synergies.store.ts";
export * from "./synergy.ts";

export const SYNERGY_STATUSES = ["active", "gone"] as const;
/** `gone`: the last run did not find it any more, or an automation does it now. */
export type SynergyStatus = (typeof SYNERGY_STATUSES)[number];

/** A synergy with what became of it from run to run. */
export interface KnownSynergy {
  readonly synergy: Synergy;
  readonly status: SynergyStatus;
  /** Milliseconds since the epoch. */
  readonly firstFoundAt: number;
  readonly lastFoundAt: number;
}

export interface SynergyFilter {
  readonly types?: readonly SynergyType[];
  readonly statuses?: readonly SynergyStatus[];
  readonly entityId?: string;
  readonly areaId?: string;
}

/** What a run looked at, and what it could not. */
export interface SynergyRun {
  readonly startedAt: number;
  readonly durationMs: number;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly found: number;
  /** Of those that were found and left out because an automation does them. */
  readonly automated: number;
  readonly missing: readonly { readonly type: SynergyType; readonly needs: SynergyNeed }[];
}

export interface SynergyStats {
  readonly active: number;
  readonly gone: number;
  /** Of those active, all types. */
  readonly byType: Readonly<Record<SynergyType, number>>;
  readonly lastRun?: SynergyRun;
}

/** What things of the home could do together. */
export interface Synergies {
  /** The best first. */
  list(filter?: SynergyFilter): readonly KnownSynergy[];
  /** Throws `not_found` `synergies.unknown`. */
  get(id: string): KnownSynergy;
  stats(): SynergyStats;
  isRunning(): boolean;
  /** Looks for them now. Throws `conflict` `synergies.running` while it is looked for. */
  find(signal: AbortSignal): Promise<SynergyRun>;
}

/** The automation that joins them. Read when it is needed: it brings all templates along. */
export const loadDraftOf = async () => (await import("./draft.ts")).draftOf;

interface Deps extends Pick<Gathering, "prices" | "carbon" | "gridMeter" | "watts"> {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly history: SynergyHistory;
  readonly timeZone: () => string;
  readonly home: () => Promise<HomeSnapshot>;
  /** What stands in Home Assistant. */
  readonly existing: () => Promise<Existing>;
  readonly patterns: () => readonly KnownPattern[];
  /** What patterns were looked for in; absent before the first run. */
  readonly patternSpan: () => { readonly from: number; readonly to: number } | undefined;
  /** When the first change was recorded; absent: none. Milliseconds since the epoch. */
  readonly oldestAt: () => Promise<number | undefined>;
  /** Something else is known than before. */
  readonly changed: Topic<void>;
}

const MOST_DAYS = 28; // what was before is another season, and other people

export function createSynergies(deps: Deps): Synergies {
  const { db, clock, log, history } = deps;
  let running = false;

  async function look(signal: AbortSignal): Promise<SynergyRun> {
    // What is needed at night only is read then.
    const { gatherPast } = await import("./gather.ts");
    const { findInSteps } = await import("./find-synergies.ts");
    const startedAt = clock.now();
    const before = performance.now();
    const to = Math.floor(startedAt / HOUR_MS) * HOUR_MS;
    const from = Math.min(to, Math.max((await deps.oldestAt()) ?? to, to - MOST_DAYS * DAY_MS));
    const home = await deps.home();
    const patternSpan = deps.patternSpan();
    const past = await gatherPast({
      ...{ history, home, from, to, signal, timeZone: deps.timeZone() },
      calendarsFrom: Math.min(from, patternSpan?.from ?? from),
      prices: (...span) => deps.prices(...span),
      carbon: (...span) => deps.carbon(...span),
      gridMeter: () => deps.gridMeter(),
      watts: (until) => deps.watts(until),
    });
    signal.throwIfAborted();
    const steps = findInSteps({
      ...{ home, past, patterns: deps.patterns(), existing: await deps.existing() },
      ...(patternSpan && { patternSpan }),
    });
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      signal.throwIfAborted();
      await setImmediate(); // who opens a page meanwhile is not kept waiting
    }
    const { synergies, automated, missing } = step.value;
    const durationMs = Math.round(performance.now() - before);
    const found = synergies.length;
    const run = { startedAt, durationMs, from, to, found, automated, missing };
    keepSynergies(db, run, synergies);
    log.info({ durationMs, found, automated }, "Looked for synergies");
    deps.changed.publish();
    return run;
  }

  function found(id: string): KnownSynergy {
    const known = readSynergy(db, id);
    if (known) return known;
    throw new AppError("not_found", "synergies.unknown", `There is no synergy ${id}`, {
      facts: { id },
    });
  }

  return {
    list: (filter) => readSynergies(db, filter),
    get: found,
    stats() {
      const all = readSynergies(db);
      const active = all.filter(({ status }) => status === "active");
      const byType = Object.fromEntries(SYNERGY_TYPES.map((type) => [type, 0]));
      for (const { synergy } of active) {
        byType[synergy.facts.type] = (byType[synergy.facts.type] ?? 0) + 1;
      }
      const lastRun = readRun(db);
      return {
        ...{ active: active.length, gone: all.length - active.length },
        byType: byType as Record<SynergyType, number>, // each type has a zero
        ...(lastRun && { lastRun }),
      };
    },
    isRunning: () => running,
    async find(signal) {
      if (running) {
        throw new AppError(
          "conflict",
          "synergies.running",
          "Synergies are being looked for already",
        );
      }
      running = true;
      try {
        return await look(signal);
      } finally {
        running = false;
      }
    },
  };
}
