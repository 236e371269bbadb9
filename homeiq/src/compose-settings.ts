import type { z } from "zod";
import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { foundationOptions } from "#foundation/options.ts";
import type { Endpoint } from "#home/connection/connection.ts";
import { influxOptions } from "#ingest/influx/influx.options.ts";
import { automationsOptions, type Patience } from "./compose-automations.ts";
import { enrichmentOptions } from "./compose-enrichment.ts";

/** Every option of the app, as the Supervisor's file must hold them. */
export const optionsSchema = foundationOptions.extend({
  ...influxOptions.shape,
  ...enrichmentOptions.shape,
  ...automationsOptions.shape,
});

/** What `main.ts` found out about this start. */
export interface Settings {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** Absent when nobody said where Home Assistant is. */
  readonly endpoint: Endpoint | undefined;
  readonly options?: z.infer<typeof optionsSchema>;
  readonly databaseFile: string;
  readonly pagesFolder: string;
  readonly hostname: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How long a deployment waits for Home Assistant; as long as is good for people unless a test says so. */
  readonly patience?: Patience;
  /** Where vendors answer, by name, when it is not at home; for tests. */
  readonly vendorUrls?: Readonly<Record<string, string>>;
}
