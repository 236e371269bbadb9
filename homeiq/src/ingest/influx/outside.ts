import type { RecordedChange } from "#ingest/history/history.ts";
import { toLine } from "#store/influx/influx.ts";

/** Measurement and field of each value of outside; the names are the predecessor's where it had one. */
const FIELDS: Readonly<Record<string, readonly [measurement: string, field: string]>> = {
  outdoor_temperature: ["weather_data", "temperature"],
  outdoor_humidity: ["weather_data", "humidity"],
  air_pressure: ["weather_data", "pressure"],
  cloud_cover: ["weather_data", "cloudiness"],
  wind_speed: ["weather_data", "wind_speed"],
  precipitation: ["weather_data", "precipitation"],
  uv_index: ["weather_data", "uv_index"],
  electricity_price: ["electricity_pricing", "current_price"],
  carbon_intensity: ["carbon_intensity", "carbon_intensity_gco2_kwh"],
  carbon_percentile: ["carbon_intensity", "percentile"],
  fossil_share: ["carbon_intensity", "fossil_percent"],
  air_quality_index: ["air_quality", "aqi"],
  pm2_5: ["air_quality", "pm25"],
  pm10: ["air_quality", "pm10"],
  o3: ["air_quality", "ozone"],
  no2: ["air_quality", "no2"],
  so2: ["air_quality", "so2"],
  co: ["air_quality", "co"],
  house_power: ["smart_meter", "total_power_w"],
  solar_power: ["smart_meter", "solar_power_w"],
  battery_power: ["smart_meter", "battery_power_w"],
  energy_import: ["smart_meter", "import_kwh"],
  energy_export: ["smart_meter", "export_kwh"],
  gas_volume: ["smart_meter", "gas_m3"],
};

const OWN = "homeiq.";
const NS_PER_MS = 1_000_000n;

/**
 * A value of outside in the measurement of its topic; `undefined` for changes of the house.
 *
 * Values of one topic and moment share a series and a time, so that they are one point with several fields.
 */
export function toOutsidePoint(change: RecordedChange): string | undefined {
  if (!change.entityId.startsWith(OWN) || change.value === undefined) return undefined;
  const [measurement, field] = FIELDS[change.entityId.slice(OWN.length)] ?? [];
  if (measurement === undefined || field === undefined) return undefined;
  const isPrice = measurement === "electricity_pricing";
  return toLine({
    measurement,
    tags: {
      provider: change.cause.by,
      currency: isPrice ? change.unit?.split("/")[0] : undefined,
    },
    fields: { [field]: change.value },
    atNs: BigInt(change.at) * NS_PER_MS,
  });
}
