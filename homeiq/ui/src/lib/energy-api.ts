import type { EnergyCost, EnergyReport } from "../../../src/analysis/energy/energy.ts";
import type {
  Forecast,
  ForecastErrors,
  SolarSlot,
} from "../../../src/analysis/load-forecast/load-forecast.ts";
import type { BestStart, Savings } from "../../../src/analysis/load-shifting/load-shifting.ts";
import { apiUrl, read } from "./api.ts";

export type {
  EnergyOfDevice,
  Estimate,
  Evidence,
} from "../../../src/analysis/energy/energy.ts";
export type { ForecastSlot } from "../../../src/analysis/load-forecast/load-forecast.ts";

export type Report = EnergyReport & { readonly meter?: string };
export type LoadForecast = Forecast & {
  readonly meter: string;
  /** By Home Assistant's own forecast; empty without one. */
  readonly solar: readonly SolarSlot[];
  readonly errors?: ForecastErrors;
};
export type FoundStart =
  | {
      readonly verdict: "found";
      readonly runs: number;
      readonly kwh: number;
      readonly best: BestStart;
    }
  | { readonly verdict: "no_runs" | "no_start"; readonly runs: number };
export interface StartWish {
  readonly entityId: string;
  readonly deadline: number;
  readonly by: "price" | "carbon";
}
export type { EnergyCost, ForecastErrors, Savings, SolarSlot };

export const readReport = (days: number) =>
  read<Report>(fetch(apiUrl("energy/devices", { days: String(days) })));
/** Answers 503 `energy.no_meter` without a meter. */
export const readForecast = () => read<LoadForecast>(fetch(apiUrl("energy/forecast")));
export const readCost = (query: { entityId: string; from: number; to: number }) =>
  read<EnergyCost>(
    fetch(apiUrl("energy/cost", { ...query, from: String(query.from), to: String(query.to) })),
  );
export const readSavings = ({ entityId, since }: { entityId: string; since: number }) =>
  read<Savings>(fetch(apiUrl("energy/savings", { entityId, since: String(since) })));
export const findBestStart = (wish: StartWish) =>
  read<FoundStart>(
    fetch(apiUrl("energy/best-start"), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(wish),
    }),
  );
