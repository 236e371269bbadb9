import { findAt } from "#enrichment/curve/curve.ts";
import type {
  AirFacts,
  CarbonFacts,
  FactsByTopic,
  MeterFacts,
  OutsideTopic,
  PriceFacts,
  Reading,
  WeatherFacts,
} from "#enrichment/provider.ts";
import { present } from "#foundation/absent.ts";

/** Values of facts that hold at `now`; sports and calendars have none that are numbers. */
const READERS: {
  readonly [T in OutsideTopic]?: (facts: FactsByTopic[T], now: number) => readonly Maybe[];
} = {
  weather: readingsOfWeather,
  price: readingsOfPrice,
  carbon: readingsOfCarbon,
  air: readingsOfAir,
  meter: readingsOfMeter,
};

type Maybe = Omit<Reading, "value"> & { readonly value: number | undefined };

export function toReadings<T extends OutsideTopic>(
  topic: T,
  facts: FactsByTopic[T],
  now: number,
): Reading[] {
  const read = READERS[topic];
  return (read?.(facts, now) ?? []).filter((one): one is Reading => Number.isFinite(one.value));
}

function readingsOfWeather({ now: weather }: WeatherFacts): readonly Maybe[] {
  const { at } = weather;
  return [
    { series: "outdoor_temperature", at, value: weather.temperatureC, unit: "°C" },
    { series: "outdoor_humidity", at, value: weather.humidityPercent, unit: "%" },
    { series: "air_pressure", at, value: weather.pressureHpa, unit: "hPa" },
    { series: "cloud_cover", at, value: weather.cloudPercent, unit: "%" },
    { series: "wind_speed", at, value: weather.windMs, unit: "m/s" },
    { series: "precipitation", at, value: weather.precipitationMm, unit: "mm" },
    { series: "uv_index", at, value: weather.uvIndex, unit: "" },
  ];
}

function readingsOfPrice({ slots, currency }: PriceFacts, now: number): readonly Maybe[] {
  const slot = findAt(slots, now);
  if (!slot) return [];
  const unit = `${currency}/kWh`;
  return [{ series: "electricity_price", at: slot.start, value: slot.price, unit }];
}

function readingsOfCarbon(facts: CarbonFacts, now: number): readonly Maybe[] {
  const slot = findAt(facts.slots, now);
  const at = slot?.start ?? facts.at;
  const grams = slot?.gramsPerKwh ?? facts.gramsPerKwh;
  return [
    { series: "carbon_intensity", at, value: grams, unit: "g/kWh" },
    { series: "carbon_percentile", at: facts.at, value: facts.percent, unit: "%" },
    { series: "fossil_share", at: facts.at, value: facts.fossilPercent, unit: "%" },
  ];
}

function readingsOfAir({ at, aqi, parts }: AirFacts): readonly Maybe[] {
  return [
    { series: "air_quality_index", at, value: aqi, unit: "AQI" },
    ...parts.map(({ pollutant, microgramsPerM3 }) => ({
      ...{ series: pollutant, at, value: microgramsPerM3, unit: "µg/m³" },
    })),
  ];
}

function readingsOfMeter(facts: MeterFacts): readonly Maybe[] {
  const { at, powerW, solarPowerW, batteryPowerW, shownBy = {} } = facts;
  return [
    {
      ...{ series: "house_power", at, value: powerW, unit: "W" },
      ...present("shownBy", shownBy.powerW),
    },
    {
      ...{ series: "solar_power", at, value: solarPowerW, unit: "W" },
      ...present("shownBy", shownBy.solarPowerW),
    },
    {
      ...{ series: "battery_power", at, value: batteryPowerW, unit: "W" },
      ...present("shownBy", shownBy.batteryPowerW),
    },
    { series: "energy_import", at, value: facts.importKwh, unit: "kWh" },
    { series: "energy_export", at, value: facts.exportKwh, unit: "kWh" },
    { series: "gas_volume", at: facts.gasAt ?? at, value: facts.gasM3, unit: "m³" },
  ];
}
