import { DAY_MS } from "#foundation/time.ts";

const PHASES: readonly (readonly [number, string])[] = [
  [0.5, "new_moon"],
  [6.5, "waxing_crescent"],
  [7.5, "first_quarter"],
  [13.5, "waxing_gibbous"],
  [14.5, "full_moon"],
  [20.5, "waning_gibbous"],
  [21.5, "last_quarter"],
  [27.5, "waning_crescent"],
];
const FULL = 14;
const EPOCH_JULIAN_DAY = 2_440_587.5; // 1970-01-01

/** The moon of a day, days since 1970-01-01: its phase as Home Assistant names it (`components/moon`, 2026.11). */
export function moonOf(day: number): { readonly phase: string; readonly isWaxing: boolean } {
  const age = ageOf(day);
  const [, phase = "new_moon"] = PHASES.find(([until]) => age < until) ?? [];
  return { phase, isWaxing: age < FULL };
}

/** 0 to 28, the full moon at 14 (`astral/moon.py`). */
function ageOf(day: number): number {
  const julian = day + EPOCH_JULIAN_DAY;
  const drift = (julian - 2_382_148) ** 2 / (41_048_480 * (DAY_MS / 1000));
  const t = (julian + drift - 2_451_545) / 36_525;
  const d = turn(297.85 + 445_267.1115 * t - 0.00163 * t * t + t ** 3 / 545_868);
  const m = turn(357.53 + 35_999.0503 * t);
  const m1 = turn(134.96 + 477_198.8676 * t + 0.008997 * t * t + t ** 3 / 69_699);
  const elongation = d + 6.29 * sin(m1) - 2.1 * sin(m) + 1.27 * sin(2 * d - m1) + 0.66 * sin(2 * d);
  const age = ((toEven(turn(elongation)) + 6.43) / 360) * 28;
  return age >= 28 ? age - 28 : age;
}

const turn = (degrees: number) => ((degrees % 360) + 360) % 360;
const sin = (degrees: number) => Math.sin((degrees * Math.PI) / 180);

/** As Python rounds: a half goes to the even one. */
function toEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
