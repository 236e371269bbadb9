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
import { startThread, type Thread } from "#store/thread.ts";
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

export interface EnergyThread extends AsyncDisposable {
  ask: Thread<EnergyHandlers>["ask"];
}

const IDLE_MS = 30 * SECOND_MS; // less than until the next minute's steps
const HEAP_MB = 384; // two weeks of a meter by the second and of thirty own sensors

/** A thread that is there only while it is needed. */
export function createEnergyThread(clock: Clock): EnergyThread {
  let thread: Thread<EnergyHandlers> | undefined;
  let asked = 0;
  let cancelEnd = () => {};

  async function end(): Promise<void> {
    const ending = thread;
    thread = undefined;
    await ending?.[Symbol.asyncDispose]();
  }

  return {
    async ask(name, input, transfer) {
      cancelEnd();
      thread ??= startThread<EnergyHandlers>({
        ...{ file: "energy.worker", beside: import.meta.url, data: undefined },
        ...{ oldSpaceMb: HEAP_MB, startsAnew: true },
      });
      asked += 1;
      try {
        return await thread.ask(name, input, transfer);
      } finally {
        asked -= 1;
        if (asked === 0) cancelEnd = clock.after(IDLE_MS, () => void end());
      }
    },
    async [Symbol.asyncDispose]() {
      cancelEnd();
      await end();
    },
  };
}
