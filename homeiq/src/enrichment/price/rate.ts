import { z } from "zod";
import { MINUTE_MS } from "#foundation/time.ts";
import { localTimeOf } from "../curve/curve.ts";
import type { Slot } from "../provider.ts";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const TIME = /^([01]?\d|2[0-3]):(00|15|30|45)$|^24:00$/;

/** `06:00`, on a quarter of an hour; `24:00` is the end of the day. */
export const isTimeOfDay = (text: string) => TIME.test(text);

const TimeOfDay = z
  .string()
  .regex(TIME, "A time of day on a quarter of an hour, such as 06:00 or 22:15");

/**
 * What a kWh costs at some hours. `from` is inclusive, `to` exclusive; when `to` is not later than `from` the hours
 * go over midnight, and each part counts by its own day of the week. Without `days` it is every day.
 */
export const Rate = z.object({
  from: TimeOfDay,
  to: TimeOfDay,
  days: z.array(z.enum(DAYS)).min(1).optional(),
  price: z.number(),
});
export type Rate = z.infer<typeof Rate>;

/** The first rate that holds at the moment, on the wall clock of the house. */
export function findRate<R extends Omit<Rate, "price">>(
  rates: readonly R[],
  { at, timeZone }: { readonly at: number; readonly timeZone: string },
): R | undefined {
  const { minute, weekday } = localTimeOf(at, timeZone);
  const today = DAYS[weekday - 1];
  return rates.find(({ from, to, days }) => {
    if (days && !days.some((day) => day === today)) return false;
    const [start, end] = [toMinute(from), toMinute(to)];
    return start < end ? start <= minute && minute < end : minute >= start || minute < end;
  });
}

const QUARTER_MS = 15 * MINUTE_MS; // every rate changes on one, in every time zone

/** The slot in as many parts as have a rate of their own. */
export function splitAtRates(
  { start, end }: Slot,
  { rates, timeZone }: { readonly rates: readonly Rate[]; readonly timeZone: string },
): Slot[] {
  if (rates.length === 0) return [{ start, end }];
  const parts: (Slot & { readonly rate: Rate | undefined })[] = [];
  for (let at = start; at < end; at = Math.floor(at / QUARTER_MS) * QUARTER_MS + QUARTER_MS) {
    const rate = findRate(rates, { at, timeZone });
    if (parts.length === 0 || parts.at(-1)?.rate !== rate) parts.push({ start: at, end, rate });
  }
  return parts.map((part, index) => ({ start: part.start, end: parts[index + 1]?.start ?? end }));
}

function toMinute(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return hours * 60 + minutes;
}
