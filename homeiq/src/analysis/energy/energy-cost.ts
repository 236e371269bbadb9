import { type Energy, weigh } from "#enrichment/curve/curve.ts";
import { present } from "#foundation/absent.ts";
import { AppError } from "#foundation/errors.ts";
import { DAY_MS } from "#foundation/time.ts";
import type { ValueSlot } from "../load-shifting/load-shifting.ts";
import type { EnergyHistory } from "./read-devices.ts";

/** What a counter of energy rose by, and what that cost. */
export interface EnergyCost {
  readonly entityId: string;
  readonly kwh: number;
  /** From when on it is known, to five minutes or an hour; absent when nothing is. */
  readonly since?: number;
  /** Of what has a known price; absent without a source of prices. */
  readonly cost?: number;
  readonly unpricedKwh?: number;
  /** Grams, of what the carbon of the grid is known for; absent without a source of it. */
  readonly co2Grams?: number;
  readonly unknownCarbonKwh?: number;
}

export interface CostQuestion {
  /** A counter in Wh, kWh or MWh. */
  readonly entityId: string;
  readonly from: number;
  readonly to: number;
}

interface Curves {
  readonly prices: readonly ValueSlot[] | undefined;
  readonly carbon: readonly ValueSlot[] | undefined;
}

const KWH: Readonly<Record<string, number>> = { Wh: 0.001, kWh: 1, MWh: 1_000 };
const FINE_MS = 31 * DAY_MS; // longer, and hours are enough

/** Throws `not_found` `energy.no_counter` when the entity counts no energy. */
export async function costOf(
  { entityId, from, to }: CostQuestion,
  history: Pick<EnergyHistory, "statistics">,
  { prices, carbon }: Curves,
): Promise<EnergyCost> {
  const period = to - from > FINE_MS ? "hour" : "5minute";
  const [found] = await history.statistics({
    ...{ entityIds: [entityId], from, to, period, timeZone: "UTC" },
  });
  const factor = KWH[found?.unit ?? ""];
  if (!found || factor === undefined) {
    throw new AppError("not_found", "energy.no_counter", `${entityId} counts no energy`);
  }
  const energies = found.rows.flatMap(({ start, end, sum }): Energy[] =>
    sum === undefined ? [] : [{ start, end, kwh: sum * factor }],
  );
  const paid = prices && weigh(prices, energies);
  const emitted = carbon && weigh(carbon, energies);
  return {
    entityId,
    kwh: energies.reduce((total, { kwh }) => total + kwh, 0),
    ...present("since", energies[0]?.start),
    ...present("cost", paid?.amount),
    ...present("unpricedKwh", paid?.unknownKwh),
    ...present("co2Grams", emitted?.amount),
    ...present("unknownCarbonKwh", emitted?.unknownKwh),
  };
}
