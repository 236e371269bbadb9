import type { LocalDays } from "#analysis/local-days/local-days.ts";
import { HOUR_MS } from "#foundation/time.ts";
import { type Cycle, costOfRun, type PowerSamples, usualCycle, type ValueSlot } from "./cycles.ts";
import { type ApplianceDay, type Savings, verifySavings } from "./savings.ts";

export interface ShiftQuestion {
  readonly cycles: readonly Cycle[];
  /** When shifting began. */
  readonly since: number;
  readonly slots: readonly ValueSlot[];
  readonly days: LocalDays;
  /** The house's meter in means. */
  readonly house?: PowerSamples;
  /** °C outside. */
  readonly temperatures?: readonly ValueSlot[];
}

const FREE_FROM = 5; // Saturday

/** What shifting an appliance saved since a moment; runs without a known price are left out. */
export function savingsSince(question: ShiftQuestion): Savings {
  const { cycles, since, slots, days } = question;
  const { day: first } = days.wallTime(since);
  const all = toDays(question);
  const usual = usualCycle(cycles)?.profileKwh ?? [];
  const usualKwh = usual.reduce((sum, kwh) => sum + kwh, 0);
  return verifySavings({
    before: all.filter(({ day }) => day < first),
    after: all.filter(({ day }) => day >= first),
    costAt(day, msOfDay, kwh) {
      const start = days.momentsOf(day, msOfDay)[0];
      if (start === undefined || usualKwh <= 0) return undefined;
      return costOfRun(
        usual.map((step) => (step * kwh) / usualKwh),
        start,
        slots,
      );
    },
  });
}

function toDays({ cycles, slots, days, house, temperatures = [] }: ShiftQuestion): ApplianceDay[] {
  const kwhOf = house ? energyByDay(house, days) : new Map<number, number>();
  const warm = Map.groupBy(temperatures, ({ start }) => days.wallTime(start).day);
  return [...Map.groupBy(cycles, ({ start }) => days.wallTime(start).day)].flatMap(
    ([day, some]) => {
      const runs = some.flatMap(({ start, kwh, profileKwh }) => {
        const cost = costOfRun(profileKwh, start, slots);
        return cost === undefined ? [] : [{ msOfDay: days.wallTime(start).msOfDay, kwh, cost }];
      });
      if (runs.length < some.length) return [];
      const { weekday } = days.wallTime(some[0]?.start ?? 0);
      const ownKwh = some.reduce((sum, { kwh }) => sum + kwh, 0);
      const degrees = warm.get(day);
      return [
        {
          ...{ day, weekday, isFree: weekday >= FREE_FROM, runs },
          otherKwh: house ? Math.max(0, (kwhOf.get(day) ?? 0) - ownKwh) : 0,
          ...(degrees ? { meanTemperatureC: meanOf(degrees) } : {}),
        },
      ];
    },
  );
}

function energyByDay({ at, powerW }: PowerSamples, days: LocalDays): Map<number, number> {
  const sums = new Map<number, number>();
  for (let row = 0; row < at.length; row += 1) {
    const start = at[row] as number;
    const hours = Math.min(HOUR_MS, (at[row + 1] ?? start) - start) / HOUR_MS;
    const { day } = days.wallTime(start);
    sums.set(day, (sums.get(day) ?? 0) + ((powerW[row] as number) * hours) / 1_000);
  }
  return sums;
}

const meanOf = (slots: readonly ValueSlot[]) =>
  slots.reduce((sum, { value }) => sum + value, 0) / slots.length;
