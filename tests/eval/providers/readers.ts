import { readAirNow } from "#src/enrichment/airnow/airnow.ts";
import { readAwattar } from "#src/enrichment/awattar/awattar.ts";
import { readDsmrP1 } from "#src/enrichment/dsmr-p1/dsmr-p1.ts";
import { readEasyEnergy } from "#src/enrichment/easy-energy/easy-energy.ts";
import { readElectricityMaps } from "#src/enrichment/electricity-maps/electricity-maps.ts";
import { readEnergyZero } from "#src/enrichment/energy-zero/energy-zero.ts";
import { readEspn } from "#src/enrichment/espn/espn.ts";
import { readGbCarbonIntensity } from "#src/enrichment/gb-carbon-intensity/gb-carbon-intensity.ts";
import { readGlow } from "#src/enrichment/glow/glow.ts";
import { readHomewizard, readHomewizardDevice } from "#src/enrichment/homewizard/homewizard.ts";
import { readMeterExport } from "#src/enrichment/meter-export/meter-export.ts";
import { readNordPool } from "#src/enrichment/nord-pool/nord-pool.ts";
import { readOctopusAgile } from "#src/enrichment/octopus-agile/octopus-agile.ts";
import { readOpenMeteo } from "#src/enrichment/open-meteo/open-meteo.ts";
import { readOpenWeatherMap } from "#src/enrichment/openweathermap/openweathermap.ts";
import {
  readP1Monitor,
  readP1MonitorPhases,
  readP1MonitorSettings,
} from "#src/enrichment/p1-monitor/p1-monitor.ts";
import { readWattTime, readWattTimeRegion } from "#src/enrichment/watttime/watttime.ts";
import type { Reply } from "#src/foundation/http.ts";

export interface Reader {
  /** The folder of the data set, or its beginning. */
  readonly folder: string;
  /** Name of the provider. */
  readonly name: string;
  /** Absent: every file of the folder. */
  readonly files?: RegExp;
  /** The bytes are the body before it was read as text: not every file is UTF-8. */
  read(reply: Reply, bytes: Uint8Array): unknown;
}

const WHEN = { timeZone: "Europe/Amsterdam", receivedAt: Date.UTC(2026, 0, 1) };

/** One line per vendor and kind of answer. Where several fit a file, one of them must make sense of it. */
export const READERS: readonly Reader[] = [
  { folder: "open_meteo", name: "open-meteo", read: (reply) => readOpenMeteo(reply) },
  { folder: "openweathermap", name: "openweathermap", read: readOpenWeatherMap },
  { folder: "awattar", name: "awattar", read: readAwattar },
  { folder: "smard-15min", name: "awattar", read: readAwattar },
  { folder: "nordpool", name: "nord-pool", read: (reply) => readNordPool(reply) },
  { folder: "octopus-agile", name: "octopus-agile", read: (reply) => readOctopusAgile(reply) },
  { folder: "energyzero", name: "energy-zero", read: readEnergyZero },
  { folder: "easyenergy", name: "easy-energy", read: readEasyEnergy },
  { folder: "carbonintensity-gb", name: "gb", read: (reply) => readGbCarbonIntensity(reply) },
  { folder: "electricitymaps", name: "electricity-maps", read: readElectricityMaps },
  { folder: "watttime", name: "watttime", read: readWattTime },
  { folder: "watttime", name: "watttime region", read: readWattTimeRegion },
  { folder: "airnow", name: "airnow", read: (reply) => readAirNow(reply) },
  { folder: "espn", name: "espn", read: (reply) => readEspn(reply) },
  { folder: "dsmr-p1", name: "dsmr-p1", read: (_, bytes) => readDsmrP1(bytes, WHEN) },
  { folder: "homewizard-p1", name: "homewizard", read: (reply) => readHomewizard(reply, WHEN) },
  { folder: "homewizard-p1", name: "homewizard device", read: readHomewizardDevice },
  { folder: "p1_monitor", name: "p1-monitor", read: (reply) => readP1Monitor(reply) },
  { folder: "p1_monitor", name: "p1-monitor phases", read: readP1MonitorPhases },
  { folder: "p1_monitor", name: "p1-monitor settings", read: readP1MonitorSettings },
  { folder: "smets2-glow", name: "glow", read: ({ text }) => readGlow(text) },
  {
    folder: "smart-meter-csv-at",
    name: "meter-export",
    read: (_, bytes) => readMeterExport(bytes, "Europe/Vienna"),
  },
];
