import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";
import { momentOfWall, wallAt } from "#foundation/wall-time.ts";

/** In the house's time; over midnight when `from` is later than `to`. Two equal times are no quiet hours. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** When the quiet hours end that hold at this moment, by the house's clock; `undefined` when none do. */
export function quietUntil(
  quiet: QuietHours | undefined,
  { at, timeZone }: { readonly at: number; readonly timeZone: string },
): number | undefined {
  if (!quiet || quiet.from === quiet.to) return undefined;
  const wall = wallAt(timeZone, at);
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  const [minute, from, to] = [
    Math.floor((wall - midnight) / MINUTE_MS),
    minutesOf(quiet.from),
    minutesOf(quiet.to),
  ];
  const isOver = from < to ? minute < from || minute >= to : minute < from && minute >= to;
  if (isOver) return undefined;
  const endsTomorrow = from > to && minute >= from;
  const end = momentOfWall(timeZone, midnight + (endsTomorrow ? DAY_MS : 0) + to * MINUTE_MS);
  // In the hour that is repeated the clock shows the end a second time.
  return end > at ? end : at + MINUTE_MS;
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
