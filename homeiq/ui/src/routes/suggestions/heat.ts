import { hourText, weekdays } from "#lib/format.ts";
import { t } from "#lib/i18n/translate.ts";

/** How often something happened in one hour of the week. */
export interface HeatCell {
  /** 0 is Monday. */
  readonly day: number;
  readonly hour: number;
  readonly n: number;
  /** From 0 to 1; the root, so that a rare hour is still seen beside a usual one. */
  readonly share: number;
}

const HOURS = 24;

/** Whether anything happened at all: what did not come was in no hour. */
export const hasHeat = (heat: readonly number[]): boolean => heat.some((n) => n > 0);

/** Of the 168 hours of a week those in which anything happened. */
export function toHeatCells(heat: readonly number[]): HeatCell[] {
  const most = Math.max(1, ...heat);
  return heat.flatMap((n, index) =>
    n > 0
      ? [{ day: Math.floor(index / HOURS), hour: index % HOURS, n, share: Math.sqrt(n / most) }]
      : [],
  );
}

const inWords = ({ day, hour }: Pick<HeatCell, "day" | "hour">) => ({
  day: weekdays("long")[day] ?? "",
  from: hourText(hour),
  to: hourText(hour + 1),
});

export const heatText = (cell: Pick<HeatCell, "day" | "hour" | "n">) =>
  t("patterns.heat.cell", { ...inWords(cell), n: cell.n });

/** What the picture shows, as a sentence: its hour, and its weekday when most of it is on one. */
export function heatTitle(heat: readonly number[]): string {
  const cells = toHeatCells(heat);
  const sumOf = (some: readonly HeatCell[]) => some.reduce((sum, { n }) => sum + n, 0);
  const total = sumOf(cells);
  const top = cells.toSorted((one, other) => other.n - one.n)[0];
  if (!top) return "";
  if (top.n * 2 > total) return t("patterns.heat", { ...inWords(top), n: top.n, total });
  const [hour, n] = [...Map.groupBy(cells, (cell) => cell.hour)]
    .map(([at, some]) => [at, sumOf(some)] as const)
    .toSorted(([, one], [, other]) => other - one)[0] ?? [top.hour, top.n];
  const { from, to } = inWords({ day: top.day, hour });
  return t("patterns.heat.hourly", { from, to, n, total });
}

export const heatTable = (heat: readonly number[]) => ({
  head: [t("table.weekday"), t("patterns.heat.hour"), t("patterns.heat.times")],
  rows: toHeatCells(heat).map((cell) => {
    const { day, from, to } = inWords(cell);
    return [day, `${from} – ${to}`, String(cell.n)];
  }),
});
