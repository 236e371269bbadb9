import type { Report } from "#lib/energy-api.ts";

interface Sum {
  readonly kwh: number;
  /** Absent unless it is known of every part. */
  readonly cost?: number;
  readonly co2Grams?: number;
}

export interface CauseSum extends Sum {
  readonly cause: string;
  /** The automation, script or scene. */
  readonly by?: string;
}

export interface DaySum extends Sum {
  /** `2026-11-27` of the house. */
  readonly day: string;
}

type Part = {
  readonly kwh: { readonly value: number };
  readonly cost?: number;
  readonly co2Grams?: number;
};

/** What people and automations switched on used, the most first. */
export function sumByCause({ devices }: Report): CauseSum[] {
  const parts = devices.flatMap(({ spent }) => spent?.byCause ?? []);
  return [...Map.groupBy(parts, ({ cause, by }) => `${cause} ${by ?? ""}`).values()]
    .flatMap((some): CauseSum[] => {
      const [one] = some;
      if (!one) return [];
      return [{ cause: one.cause, ...(one.by ? { by: one.by } : {}), ...sumOf(some) }];
    })
    .filter(({ kwh }) => kwh > 0)
    .toSorted((one, other) => other.kwh - one.kwh);
}

/** The oldest first. */
export function sumByDay({ devices }: Report): DaySum[] {
  const parts = devices.flatMap(({ spent }) => spent?.byDay ?? []);
  return [...Map.groupBy(parts, ({ day }) => day)]
    .map(([day, some]) => ({ day, ...sumOf(some) }))
    .toSorted((one, other) => (one.day < other.day ? -1 : 1));
}

function sumOf(parts: readonly Part[]): Sum {
  const all = (pick: (part: Part) => number | undefined) => {
    const known = parts.flatMap((part) => pick(part) ?? []);
    return known.length === parts.length ? known.reduce((sum, one) => sum + one, 0) : undefined;
  };
  const [cost, co2Grams] = [all((part) => part.cost), all((part) => part.co2Grams)];
  return {
    kwh: parts.reduce((sum, part) => sum + part.kwh.value, 0),
    ...(cost === undefined ? {} : { cost }),
    ...(co2Grams === undefined ? {} : { co2Grams }),
  };
}
