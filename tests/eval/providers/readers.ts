import { readOpenMeteo } from "#src/enrichment/open-meteo/open-meteo.ts";
import { readOpenWeatherMap } from "#src/enrichment/openweathermap/openweathermap.ts";
import type { Reply } from "#src/foundation/http.ts";

export interface Reader {
  /** The folder of the data set, or its beginning. */
  readonly folder: string;
  /** Name of the provider. */
  readonly name: string;
  /** Absent: every file of the folder. */
  readonly files?: RegExp;
  read(reply: Reply): unknown;
}

/** One line per vendor and kind of answer. Where several fit a file, one of them must make sense of it. */
export const READERS: readonly Reader[] = [
  { folder: "open_meteo", name: "open-meteo", read: (reply) => readOpenMeteo(reply) },
  { folder: "openweathermap", name: "openweathermap", read: readOpenWeatherMap },
];
