import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { DAY_MS } from "#src/foundation/time.ts";

/** When people do something on most days, by the labels that they kept. */
export interface Regular {
  readonly activity: string;
  /** Minutes since midnight of the median of its first start on a day. */
  readonly minute: number;
  /** Median absolute deviation of that, minutes. */
  readonly deviation: number;
}

export interface LabelledHome {
  readonly name: string;
  /** What sensors saw begin, in order of time; the local time is taken as UTC. */
  readonly acts: readonly Act[];
  readonly from: number;
  readonly to: number;
  readonly regular: readonly Regular[];
}

const Home = z.object({
  label_regularity: z
    .record(
      z.string(),
      z.object({
        days_with: z.number(),
        of_days: z.number(),
        median_first_start: z.string().regex(/^\d\d:\d\d$/),
        mad_first_start_min: z.number(),
      }),
    )
    .optional(),
});

const REGULAR_SHARE = 0.5; // on most days

/** Of a folder as `../shared/data/activity` is laid out; only those with labels. */
export function readLabelledHomes(folder: string): LabelledHome[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isDirectory() && existsSync(join(folder, one.name, "home.json")))
    .flatMap(({ name }): LabelledHome[] => {
      const home = Home.parse(JSON.parse(readFileSync(join(folder, name, "home.json"), "utf8")));
      if (!home.label_regularity) return [];
      const acts = readActs(join(folder, name, "events.csv.gz"));
      const [first, last] = [acts[0]?.at ?? 0, acts.at(-1)?.at ?? 0];
      const regular = Object.entries(home.label_regularity)
        .filter(([, { days_with, of_days }]) => days_with / of_days > REGULAR_SHARE)
        .map(([activity, { median_first_start, mad_first_start_min: deviation }]) => {
          const [hours = 0, minutes = 0] = median_first_start.split(":").map(Number);
          return { activity, deviation, minute: hours * 60 + minutes };
        });
      return [{ name, acts, regular, from: first - DAY_MS, to: last + DAY_MS }];
    });
}

function readActs(file: string): Act[] {
  const [, ...rows] = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  return rows.flatMap((row) => {
    const [at = "", entityId = "", to = ""] = row.split(",");
    return to === "on" ? [{ at: Date.parse(`${at}Z`), entityId, to }] : [];
  });
}
