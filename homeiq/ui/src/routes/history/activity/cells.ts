import { hourText, weekdays } from "#lib/format.ts";
import type { Activity } from "#lib/history-api.ts";
import { t } from "#lib/i18n/translate.ts";

export interface Cell {
  readonly key: string;
  /** 0 is Monday. */
  readonly day: number;
  readonly hour: number;
  readonly count: number;
  /** From 0 to 1; the root, so that a quiet morning is still seen beside a busy evening. */
  readonly share: number;
}

export function toCells(byHour: Activity["byHour"]): Cell[] {
  const most = Math.max(1, ...byHour.flat());
  return byHour.flatMap((hours, day) =>
    hours.map((count, hour) => ({
      key: `${day} ${hour}`,
      day,
      hour,
      count,
      share: Math.sqrt(count / most),
    })),
  );
}

export const busiest = (cells: readonly Cell[]): Cell | undefined =>
  cells.reduce<Cell | undefined>(
    (most, cell) => (cell.count > (most?.count ?? 0) ? cell : most),
    undefined,
  );

export const cellText = ({ day, hour, count }: Cell) =>
  t("activity.cell", {
    day: weekdays("long")[day] ?? "",
    from: hourText(hour),
    to: hourText(hour + 1),
    n: count,
  });
