import { measureStepsJob } from "#analysis/energy/energy.job.ts";
import { createEnergyAnalysis } from "#analysis/energy/energy.ts";
import type { ValueSlot } from "#analysis/load-shifting/load-shifting.ts";
import type { Clock } from "#foundation/clock.ts";
import type { Job } from "#foundation/jobs.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { History } from "#ingest/history/history.ts";
import type { Db } from "#store/database.ts";

type Slots = (from: number, to: number) => Promise<readonly ValueSlot[] | undefined>;

interface Parts {
  readonly db: Db;
  readonly clock: Clock;
  readonly history: Pick<History, "scan" | "series" | "statistics" | "stateAt" | "entities">;
  readonly registry: Pick<Registry, "config">;
  /** The power sensor of the whole house: the chosen one, or Home Assistant's. */
  readonly meter: () => string | undefined;
  readonly prices: Slots;
  readonly carbon: Slots;
  readonly temperatures: Slots;
  readonly askSolar: () => Promise<unknown>;
}

/** What the energy goes to, and when to use it. */
export function composeEnergy({ registry, ...parts }: Parts) {
  const energy = createEnergyAnalysis({
    ...parts,
    timeZone: () => registry.config()?.time_zone ?? "UTC",
  });
  const jobs: readonly Job[] = [measureStepsJob({ energy })];
  return { faces: { energy }, jobs, [Symbol.asyncDispose]: () => energy[Symbol.asyncDispose]() };
}
