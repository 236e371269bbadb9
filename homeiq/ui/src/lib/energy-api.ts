import type { InferResponseType } from "hono/client";
import { api, read } from "./api.ts";

const at = api.energy;

export type Report = InferResponseType<typeof at.devices.$get>;
export type EnergyOfDevice = Report["devices"][number];
type Power = NonNullable<EnergyOfDevice["power"]>;
export type Evidence = Power["evidence"][number];
/** Between `low` and `high`, most likely `value`. */
export type Estimate = NonNullable<Power["watts"]>;
export type LoadForecast = InferResponseType<typeof at.forecast.$get>;
export type ForecastSlot = Extract<LoadForecast, { verdict: "forecast" }>["slots"][number];
export type FoundStart = InferResponseType<(typeof at)["best-start"]["$post"]>;

export const readReport = (days: number) =>
  read(at.devices.$get({ query: { days: String(days) } }));
/** Answers 503 `energy.no_meter` without a meter. */
export const readForecast = () => read(at.forecast.$get());
export const findBestStart = (json: {
  readonly entityId: string;
  readonly deadline: number;
  readonly by: "price" | "carbon";
}) => read(at["best-start"].$post({ json }));
