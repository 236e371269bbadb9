import { meanBetween, type Step } from "#lib/best-window.ts";
import { readStatistics } from "#lib/history-api.ts";

const IMPORT = "homeiq.energy_import";
const EXPORT = "homeiq.energy_export";

interface Hour {
  readonly start: number;
  readonly end: number;
  readonly kwh: number;
}

export interface Today {
  readonly importKwh?: number;
  readonly exportKwh?: number;
  /** Of what came from the grid; absent unless the price of all of it is known. */
  readonly cost?: number;
}

/** What the counters of the meter went up by since midnight. */
export async function readToday(
  range: { readonly from: number; readonly to: number },
  { recorded, prices }: { readonly recorded: readonly string[]; readonly prices: readonly Step[] },
): Promise<Today> {
  const entityIds = [IMPORT, EXPORT].filter((one) => recorded.includes(one));
  if (entityIds.length === 0) return {};
  const query = { ...range, entityIds, period: "hour" as const };
  const { entities } = await readStatistics(query, new AbortController().signal);
  const hoursOf = (entityId: string): Hour[] =>
    entities
      .find((one) => one.entityId === entityId)
      ?.rows.flatMap(({ start, end, min, max }) =>
        min === undefined || max === undefined ? [] : [{ start, end, kwh: max - min }],
      ) ?? [];
  const [drawn, given] = [hoursOf(IMPORT), hoursOf(EXPORT)];
  const paid = costOf(drawn, prices);
  return {
    ...(drawn.length === 0 ? {} : { importKwh: sumOf(drawn) }),
    ...(given.length === 0 ? {} : { exportKwh: sumOf(given) }),
    ...(paid === undefined ? {} : { cost: paid }),
  };
}

const sumOf = (hours: readonly Hour[]) => hours.reduce((sum, { kwh }) => sum + kwh, 0);

function costOf(hours: readonly Hour[], prices: readonly Step[]): number | undefined {
  if (hours.length === 0) return undefined;
  let cost = 0;
  for (const { start, end, kwh } of hours) {
    const price = kwh === 0 ? 0 : meanBetween(prices, { from: start, to: end });
    if (price === undefined) return undefined;
    cost += kwh * price;
  }
  return cost;
}
