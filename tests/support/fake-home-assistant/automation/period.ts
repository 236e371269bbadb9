/** Reads a time period: seconds, `HH:MM[:SS]`, or an object of parts. Milliseconds. */
export function periodMs(value: unknown): number | undefined {
  if (typeof value === "number") return value * 1000;
  if (typeof value === "string") {
    if (/^-?\d+(\.\d+)?$/u.test(value)) return Number(value) * 1000;
    const match = /^([+-]?)(\d+):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?$/u.exec(value);
    if (match === null) return undefined;
    const [, sign, hours, minutes, seconds = "0"] = match;
    const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    return sign === "-" ? -ms : ms;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const units: Readonly<Record<string, number>> = {
    days: 86_400_000,
    hours: 3_600_000,
    minutes: 60_000,
    seconds: 1000,
    milliseconds: 1,
  };
  let ms = 0;
  for (const [key, amount] of Object.entries(value)) {
    const unit = units[key];
    if (unit === undefined || !Number.isFinite(Number(amount))) return undefined;
    ms += Number(amount) * unit;
  }
  return ms;
}

/** Minutes since midnight of `HH:MM[:SS]`. */
export function minuteOf(value: unknown): number | undefined {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/u.exec(String(value));
  if (match === null) return undefined;
  const [, hours, minutes, seconds = "0"] = match.map(String);
  const [hour, minute] = [Number(hours), Number(minutes)];
  if (hour > 23 || minute > 59) return undefined;
  return hour * 60 + minute + Number(seconds === "undefined" ? 0 : seconds) / 60;
}
