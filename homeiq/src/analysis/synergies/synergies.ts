import type { ValueSlot } from "#analysis/load-shifting/load-shifting.ts";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import type { Topic } from "#foundation/topic.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Db } from "#store/database.ts";
import type { Files } from "#store/files.ts";
import { findIn, type Standing } from "./finding.ts";
import { keepSynergies, readRun, readSynergies, readSynergy } from "./synergies.store.ts";
import {
  type Estimate,
  SYNERGY_TYPES,
  type Synergy,
  type SynergyNeed,
  type SynergyType,
} from "./synergy.ts";

export type { DraftWords } from "./draft.ts";
export type { Standing } from "./finding.ts";
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

/** What is measured of energy, where something measures it. */
export interface EnergyMeasured {
  /** What a kWh cost and how much CO2 it made; `undefined` without a source. */
  prices(from: number, to: number): Promise<readonly ValueSlot[] | undefined>;
  carbon(from: number, to: number): Promise<readonly ValueSlot[] | undefined>;
  /** The entity that shows what the house takes from the grid, where something shows what its panels give. */
  gridMeter(): string | undefined;
  /** What devices draw while they are on, by entity. */
  watts(signal: AbortSignal): Promise<ReadonlyMap<string, Estimate>>;
}

interface Deps {
  readonly db: Db;
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeZone: () => string;
  readonly home: () => Promise<HomeSnapshot>;
  readonly standing: () => Promise<Standing>;
  readonly energy: EnergyMeasured;
  /** When the first change was recorded; absent: none. Milliseconds since the epoch. */
  readonly oldestAt: () => Promise<number | undefined>;
  /** Something else is known than before. */
  readonly changed: Topic<void>;
}

const MOST_DAYS = 28; // what was before is another season, and other people

export function createSynergies(deps: Deps): Synergies {
  const { db, clock, log, energy } = deps;
  let running = false;

  async function look(signal: AbortSignal): Promise<SynergyRun> {
    const startedAt = clock.now();
    const before = performance.now();
    const to = Math.floor(startedAt / HOUR_MS) * HOUR_MS;
    const from = Math.min(to, Math.max((await deps.oldestAt()) ?? to, to - MOST_DAYS * DAY_MS));
    const measured = {
      ...present("prices", await energy.prices(from, to)),
      ...present("carbon", await energy.carbon(from, to)),
      ...present("gridMeter", energy.gridMeter()),
      watts: await energy.watts(signal),
    };
    const { synergies, automated, missing } = await findIn(
      deps.files,
      {
        ...{ from, to, timeZone: deps.timeZone(), measured },
        ...{ standing: await deps.standing(), home: await deps.home() },
      },
      signal,
    );
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
