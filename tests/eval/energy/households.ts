import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readMeterExport } from "#src/enrichment/meter-export/meter-export.ts";

export interface Household {
  readonly name: string;
  readonly slotMs: number;
  readonly slots: readonly { readonly start: number; readonly kwh: number }[];
}

/**
 * Quarter-hour exports of Austrian households as the product reads them; `undefined` when the folder is not there.
 * Times on the wall are read as UTC, where the forecast is asked too.
 */
export function readHouseholds(folder: string): readonly Household[] | undefined {
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder)
    .filter((file) => /\.csv$/i.test(file))
    .toSorted()
    .map((name) => {
      const { slots, stepMs } = readMeterExport(readFileSync(join(folder, name)), "UTC");
      return { name, slotMs: stepMs, slots };
    });
}
