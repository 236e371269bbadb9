import type { Random } from "../model/random.ts";
import type { DeviceEntry } from "../model/registry-entries.ts";
import type { House, Reading, ReadingKind } from "./house.ts";
import type { HouseholdBuilder } from "./plan.ts";

const SENSOR: Readonly<Record<string, { unit: string; deviceClass?: string; state: string }>> = {
  temperature: { unit: "°C", deviceClass: "temperature", state: "20.8" },
  outdoor_temperature: { unit: "°C", deviceClass: "temperature", state: "14.2" },
  chip_temperature: { unit: "°C", deviceClass: "temperature", state: "41.3" },
  fridge_temperature: { unit: "°C", deviceClass: "temperature", state: "5" },
  freezer_temperature: { unit: "°C", deviceClass: "temperature", state: "-18" },
  humidity: { unit: "%", deviceClass: "humidity", state: "48.0" },
  illuminance: { unit: "lx", deviceClass: "illuminance", state: "120" },
  co2: { unit: "ppm", deviceClass: "carbon_dioxide", state: "620" },
  power: { unit: "W", deviceClass: "power", state: "0.0" },
  house_power: { unit: "W", deviceClass: "power", state: "310" },
  solar_power: { unit: "W", deviceClass: "power", state: "0" },
  energy: { unit: "kWh", deviceClass: "energy", state: "112.41" },
  house_energy: { unit: "kWh", deviceClass: "energy", state: "4821.07" },
  solar_energy: { unit: "kWh", deviceClass: "energy", state: "3102.55" },
  voltage: { unit: "V", deviceClass: "voltage", state: "231.4" },
  battery: { unit: "%", deviceClass: "battery", state: "100" },
  signal: { unit: "dBm", deviceClass: "signal_strength", state: "-61" },
  pressure: { unit: "hPa", deviceClass: "atmospheric_pressure", state: "1013.2" },
  wind: { unit: "km/h", deviceClass: "wind_speed", state: "9.4" },
  throughput: { unit: "MB/s", deviceClass: "data_rate", state: "0.4" },
};
const DIAGNOSTIC = new Set<ReadingKind>(["battery", "signal", "chip_temperature", "voltage"]);

/** Adds numeric sensors and tells the house how they move. */
export function createSensorMaker(builder: HouseholdBuilder, house: House) {
  return (
    device: DeviceEntry,
    name: string,
    values: Pick<Reading, "kind" | "scale" | "periodMs" | "decimals" | "room" | "source">,
    state?: string,
  ): string => {
    const { kind } = values;
    const facts = SENSOR[kind] ?? { unit: "", state: "0" };
    const isTotal = kind.includes("energy");
    const entityId = builder.entity(device, {
      domain: "sensor",
      name,
      state: state ?? facts.state,
      fixed: {
        state_class: isTotal ? "total_increasing" : "measurement",
        unit_of_measurement: facts.unit,
      },
      ...(facts.deviceClass === undefined ? {} : { deviceClass: facts.deviceClass }),
      ...(DIAGNOSTIC.has(kind) ? { category: "diagnostic" as const } : {}),
    });
    house.readings.push({ entityId, ...values });
    return entityId;
  };
}

/** Adds a battery; one in twelve is low already. */
export function createBatteryMaker(
  sensor: ReturnType<typeof createSensorMaker>,
  random: Pick<Random, "int">,
) {
  return (device: DeviceEntry) =>
    sensor(
      device,
      "Battery",
      { kind: "battery", scale: random.int(2, 9) / 10, periodMs: 14_400_000, decimals: 0 },
      String(random.int(0, 11) === 0 ? random.int(4, 14) : random.int(31, 100)),
    );
}
