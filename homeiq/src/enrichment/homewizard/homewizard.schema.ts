import { z } from "zod";

// https://api-documentation.homewizard.com; fields that one meter has and another has not are absent or null.

const number = z.number().nullish();
/** Version 1 sends `230125220957`, version 2 `2024-06-28T14:00:00`: both the meter's own clock, without a zone. */
const time = z.union([z.string(), z.number()]).nullish();

export const WireExternal = z.object({
  type: z.string(),
  timestamp: time,
  value: number,
  unit: z.string().nullish(),
});

export const WireData = z.looseObject({
  smr_version: number,
  wifi_strength: number,
  active_tariff: number,
  total_power_import_kwh: number,
  total_power_import_t1_kwh: number,
  total_power_import_t2_kwh: number,
  total_power_import_t3_kwh: number,
  total_power_import_t4_kwh: number,
  total_power_export_kwh: number,
  total_power_export_t1_kwh: number,
  total_power_export_t2_kwh: number,
  total_power_export_t3_kwh: number,
  total_power_export_t4_kwh: number,
  active_power_w: number,
  active_power_l1_w: number,
  active_power_l2_w: number,
  active_power_l3_w: number,
  active_voltage_v: number,
  active_voltage_l1_v: number,
  active_voltage_l2_v: number,
  active_voltage_l3_v: number,
  total_gas_m3: number,
  gas_timestamp: time,
  external: z.array(WireExternal).nullish(),
});

export const WireMeasurement = z.looseObject({
  protocol_version: number,
  timestamp: z.string().nullish(),
  tariff: number,
  energy_import_kwh: number,
  energy_import_t1_kwh: number,
  energy_import_t2_kwh: number,
  energy_import_t3_kwh: number,
  energy_import_t4_kwh: number,
  energy_export_kwh: number,
  energy_export_t1_kwh: number,
  energy_export_t2_kwh: number,
  energy_export_t3_kwh: number,
  energy_export_t4_kwh: number,
  power_w: number,
  power_l1_w: number,
  power_l2_w: number,
  power_l3_w: number,
  voltage_v: number,
  voltage_l1_v: number,
  voltage_l2_v: number,
  voltage_l3_v: number,
  external: z.array(WireExternal).nullish(),
});

export const WireDevice = z.object({
  product_type: z.string(),
  product_name: z.string().nullish(),
  firmware_version: z.string().nullish(),
  api_version: z.string(),
});
