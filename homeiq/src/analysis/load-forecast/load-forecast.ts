export {
  type Forecast,
  type ForecastQuestion,
  type ForecastSlot,
  forecastLoad,
} from "./forecast.ts";
export { type ForecastErrors, measureForecast } from "./forecast-errors.ts";
export type { LoadSlot } from "./profile.ts";
export { readSolarForecast, type SolarSlot } from "./solar-forecast.ts";
