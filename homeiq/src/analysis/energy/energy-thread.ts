import type {
  Forecast,
  ForecastErrors,
  ForecastQuestion,
} from "#analysis/load-forecast/load-forecast.ts";
import type {
  BestStart,
  PowerSamples,
  Savings,
  StartQuestion,
  savingsSince,
  ValueSlot,
} from "#analysis/load-shifting/load-shifting.ts";
import type { Clock } from "#foundation/clock.ts";
import { SECOND_MS } from "#foundation/time.ts";
import { createIdleThread } from "#store/idle-thread.ts";
import type { Thread } from "#store/thread.ts";
import type { Switching } from "./devices.ts";
import type { EnergyQuestion, EnergyReport } from "./energy.ts";
import type { PowerSeries } from "./series.ts";
import type { Step } from "./steps.ts";

/** As `EnergyQuestion`, with what can go to another thread. */
export interface SentQuestion extends Omit<EnergyQuestion, "priceAt" | "gramsAt"> {
  readonly prices?: readonly ValueSlot[];
  readonly carbon?: readonly ValueSlot[];
}

export interface SentStart extends Omit<StartQuestion, "profileKwh"> {
  /** The appliance's own power, in which its runs are looked for. */
  readonly power: PowerSamples;
}

export interface SentSavings extends Omit<Parameters<typeof savingsSince>[0], "cycles" | "days"> {
  readonly power: PowerSamples;
  readonly timeZone: string;
}

export type FoundStart =
  | {
      readonly verdict: "found";
      readonly runs: number;
      readonly kwh: number;
      readonly best: BestStart;
    }
  | { readonly verdict: "no_runs" | "no_start"; readonly runs: number };

/** What `energy.worker.ts` answers. */
export type EnergyHandlers = {
  measure(question: { meter: PowerSeries; switchings: readonly Switching[] }): Step[];
  analyse(question: SentQuestion): EnergyReport;
  forecast(question: Omit<ForecastQuestion, "isHoliday">): Forecast & { errors?: ForecastErrors };
  bestStart(question: SentStart): FoundStart;
  savings(question: SentSavings): Savings;
};

export type EnergyThread = Thread<EnergyHandlers>;

const IDLE_MS = 30 * SECOND_MS; // less than until the next minute's steps
const HEAP_MB = 384; // two weeks of a meter by the second and of thirty own sensors

export const createEnergyThread = (clock: Clock): EnergyThread =>
  createIdleThread<EnergyHandlers>({
    ...{ file: "energy.worker", beside: import.meta.url, data: undefined },
    ...{ oldSpaceMb: HEAP_MB, startsAnew: true },
    ...{ clock, idleMs: IDLE_MS },
  });
