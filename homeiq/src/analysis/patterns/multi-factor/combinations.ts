import type { FactorUnits } from "./units.ts";

/** Some factors, and the units in which all of them were so. */
export interface Together {
  readonly name: string;
  readonly factors: readonly FactorUnits[];
  readonly isSo: Uint8Array;
  /** In how many units all were so. */
  readonly units: number;
  /** The names of those without one of them. */
  readonly parts: readonly string[];
}

/** Worked out once for all acts. */
export interface Combinations {
  /** With one factor more: each combination once, and never two of one kind, as no unit is morning and evening. */
  grownFrom(from: Together | undefined): readonly Together[];
  /** In which units all of some factors were so. */
  isSoFor(factors: readonly FactorUnits[]): Uint8Array;
}

export function createCombinations(factors: readonly FactorUnits[]): Combinations {
  const known = new Map<string, readonly Together[]>();
  return {
    isSoFor(some) {
      const [first, ...rest] = some.map(({ isSo }) => isSo) as [Uint8Array, ...Uint8Array[]];
      return first.map((so, unit) => rest.reduce((both, one) => both & (one[unit] as number), so));
    },
    grownFrom(from) {
      const name = from?.name ?? "";
      const own =
        known.get(name) ??
        factors.flatMap((factor, place) => {
          const last = from?.factors.at(-1);
          if (last && factors.indexOf(last) >= place) return [];
          if (from?.factors.some((one) => one.factor.of === factor.factor.of)) return [];
          return [togetherOf(from, factor)];
        });
      known.set(name, own);
      return own;
    },
  };
}

function togetherOf(from: Together | undefined, factor: FactorUnits): Together {
  const factors = [...(from?.factors ?? []), factor];
  const isSo = from ? from.isSo.map((so, unit) => so & (factor.isSo[unit] as number)) : factor.isSo;
  const parts = factors.map((_, left) => nameOf(factors.filter((_, place) => place !== left)));
  const units = isSo.reduce((sum, one) => sum + one, 0);
  return { name: nameOf(factors), factors, isSo, units, parts };
}

const nameOf = (factors: readonly FactorUnits[]) =>
  factors.map(({ factor }) => `${factor.of}=${factor.is}`).join("|");
