import { type EnergyCost, readCost } from "#lib/energy-api.ts";

const IMPORT = "homeiq.energy_import";
const EXPORT = "homeiq.energy_export";

export interface Today {
  readonly importKwh?: number;
  /** The counter was seen first at this moment of today; absent when it was there at midnight. */
  readonly since?: number;
  readonly exportKwh?: number;
  /** Of what came from the grid; absent unless the price of all of it is known. */
  readonly cost?: number;
}

/** What the counters of the meter went up by since midnight. */
export async function readToday(
  range: { readonly from: number; readonly to: number },
  recorded: readonly string[],
): Promise<Today> {
  const ask = (entityId: string) =>
    recorded.includes(entityId) ? readCost({ ...range, entityId }) : undefined;
  const [drawn, given] = await Promise.all([ask(IMPORT), ask(EXPORT)]);
  return {
    ...(drawn ? { importKwh: drawn.kwh, ...wholeCost(drawn), ...lateSince(drawn, range) } : {}),
    ...(given ? { exportKwh: given.kwh } : {}),
  };
}

const wholeCost = ({ cost, unpricedKwh }: EnergyCost) =>
  cost === undefined || unpricedKwh !== 0 ? {} : { cost };

const LATE_MS = 3_600_000; // a counter speaks seldom, and at night more so

const lateSince = (
  { since }: EnergyCost,
  { from, to }: { readonly from: number; readonly to: number },
) => ((since ?? to) > from + LATE_MS ? { since: since ?? to } : {});
