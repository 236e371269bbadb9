import { roundHalfEven } from "../python/python.ts";

const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;
const [[, YEAR], [, MONTH]] = UNITS;

/** "2 hours": a length of time in the largest units, `precision` of them (0: all). As Home Assistant 2026.11. */
export function lengthInWords(seconds: number, precision: number): string {
  const whole = roundHalfEven(seconds, 0);
  if (whole === 0) return "0 seconds";
  let rest = roundedAt(whole, precision);
  const words: string[] = [];
  for (const [unit, size] of UNITS) {
    if (rest < size) continue;
    const isLast = words.length + 1 === precision;
    const count = isLast ? roundHalfEven(rest / size, 0) : Math.floor(rest / size);
    words.push(`${count} ${unit}${count === 1 ? "" : "s"}`);
    if (isLast) break;
    rest -= count * size;
  }
  return words.join(" ");
}

/** Rounded at the last unit that is shown, so that it carries into the larger ones. */
function roundedAt(seconds: number, precision: number): number {
  let rest = seconds;
  let shown = 0;
  for (const [, size] of UNITS) {
    if (rest < size) continue;
    shown++;
    if (shown !== precision) {
      rest %= size;
      continue;
    }
    const months = Math.floor((seconds % YEAR) / MONTH);
    const rounded = seconds + roundHalfEven(rest / size, 0) * size - rest;
    const roundedMonths = Math.floor((rounded % YEAR) / MONTH);
    const endsYear = roundedMonths >= 12 && (months < 12 || size === MONTH);
    return endsYear ? rounded + YEAR - (rounded % YEAR) : rounded;
  }
  return seconds;
}
