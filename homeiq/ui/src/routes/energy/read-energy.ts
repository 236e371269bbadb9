import { ApiError, api, read } from "#lib/api.ts";
import { type LoadForecast, type Report, readForecast, readReport } from "#lib/energy-api.ts";
import type { Format } from "#lib/format.ts";
import { readTopic, type TopicView } from "#lib/surroundings-api.ts";
import { carbonSteps, priceSteps } from "./curves.ts";
import { daysFrom } from "./days.ts";
import { readToday, type Today } from "./today.ts";

export interface PowerSensor {
  readonly entityId: string;
  readonly name: string;
}

export interface EnergyNow {
  readonly report: Report;
  /** Absent without a meter. */
  readonly forecast: LoadForecast | undefined;
  readonly meter: TopicView<"meter">;
  readonly today: Today;
  readonly currency: string | undefined;
  /** What the best start can be found by. */
  readonly curves: readonly ("price" | "carbon")[];
  readonly sensors: readonly PowerSensor[];
  nameOf(entityId: string): string;
}

/** Everything that is known of the energy of this house in the last days. */
export async function readEnergy(days: number, format: Format): Promise<EnergyNow> {
  const [report, forecast, meter, price, carbon, entities] = await Promise.all([
    readReport(days),
    readForecast().catch(withoutMeter),
    readTopic("meter"),
    readTopic("price"),
    readTopic("carbon"),
    read(api.entities.$get({ query: { limit: "5000" } })),
  ]);
  const now = Date.now();
  const { from } = daysFrom(now, 1, format);
  const today = await readToday({ from, to: now }, meter.entityIds);
  const names = new Map(entities.entities.map((one) => [one.entityId, one.name]));
  const curves = [
    ...(priceSteps(price).some(({ end }) => end > now) ? (["price"] as const) : []),
    ...(carbonSteps(carbon).some(({ end }) => end > now) ? (["carbon"] as const) : []),
  ];
  return {
    ...{ report, forecast, meter, today, curves },
    currency: price.facts?.currency,
    sensors: entities.entities.filter(
      ({ entityId, unit }) => entityId.startsWith("sensor.") && (unit === "W" || unit === "kW"),
    ),
    nameOf: (entityId) => names.get(entityId) ?? entityId,
  };
}

function withoutMeter(error: unknown): undefined {
  if (error instanceof ApiError && error.code === "energy.no_meter") return undefined;
  throw error;
}
