import type { Zone } from "#lib/zone.ts";

const DAY_MS = 86_400_000;
const DAY_MINUTES = 1_440;

/** Something that happened, or could have and did not. */
export interface Moment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly is: "seen" | "missed";
}

export interface Dot extends Moment {
  /** Days after the first row. */
  readonly row: number;
  /** Where in its day, 0 to 1, on the clock of the house. */
  readonly share: number;
}

/** One row for each day of the house from the first to the last moment, at most so many of the newest. */
export function toDots(
  moments: readonly Moment[],
  { zone, mostDays }: { readonly zone: Zone; readonly mostDays: number },
): { readonly dots: readonly Dot[]; readonly days: readonly number[] } {
  const placed = moments.map((one) => {
    const { year, month, day, hour, minute } = zone.toWall(one.at);
    const date = Math.round(Date.UTC(year, month - 1, day) / DAY_MS);
    return { one, date, share: (hour * 60 + minute) / DAY_MINUTES };
  });
  const last = Math.max(...placed.map(({ date }) => date));
  const first = Math.max(last - mostDays + 1, Math.min(...placed.map(({ date }) => date)));
  if (!Number.isFinite(last)) return { dots: [], days: [] };
  return {
    dots: placed
      .filter(({ date }) => date >= first)
      .map(({ one, date, share }) => ({ ...one, row: date - first, share })),
    days: Array.from({ length: last - first + 1 }, (_, row) => (first + row) * DAY_MS),
  };
}
