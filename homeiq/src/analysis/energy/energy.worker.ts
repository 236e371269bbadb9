import { forecastLoad, measureForecast } from "#analysis/load-forecast/load-forecast.ts";
import {
  findBestStart,
  findCycles,
  savingsSince,
  usualCycle,
  type ValueSlot,
} from "#analysis/load-shifting/load-shifting.ts";
import { createLocalDays } from "#analysis/local-days/local-days.ts";
import { present } from "#foundation/absent.ts";
import { serveThread } from "#store/serve-thread.ts";
import type { SlotValue } from "./attribution.ts";
import { analyseEnergy } from "./energy.ts";
import type { EnergyHandlers } from "./energy-thread.ts";
import { measureSteps } from "./steps.ts";

/** Works out energy on a thread of its own. */
serveThread(
  {
    measure: ({ meter, switchings }) => measureSteps(meter, switchings),
    analyse: ({ prices, carbon, ...question }) =>
      analyseEnergy({
        ...question,
        ...(prices ? { priceAt: valueAt(prices) } : {}),
        ...(carbon ? { gramsAt: valueAt(carbon) } : {}),
      }),
    forecast: (question) => ({
      ...forecastLoad(question),
      ...present("errors", measureForecast(question)),
    }),
    bestStart({ power, ...question }) {
      const cycles = findCycles(power);
      const usual = usualCycle(cycles);
      if (!usual) return { verdict: "no_runs", runs: 0 };
      const best = findBestStart({ ...question, profileKwh: usual.profileKwh });
      const runs = cycles.length;
      return best
        ? { verdict: "found", runs, kwh: usual.kwh, best }
        : { verdict: "no_start", runs };
    },
    savings: ({ power, timeZone, ...question }) =>
      savingsSince({ ...question, cycles: findCycles(power), days: createLocalDays(timeZone) }),
  } satisfies EnergyHandlers,
  () => undefined,
);

/** Slots come in order; each moment lies in at most one. */
function valueAt(slots: readonly ValueSlot[]): SlotValue {
  return (at) => {
    let low = 0;
    let high = slots.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((slots[middle] as ValueSlot).end <= at) low = middle + 1;
      else high = middle;
    }
    const slot = slots[low];
    return slot && slot.start <= at ? { value: slot.value, until: slot.end } : undefined;
  };
}
