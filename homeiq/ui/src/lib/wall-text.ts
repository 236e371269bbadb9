import type { Zone } from "./zone.ts";

const two = (value: number) => String(value).padStart(2, "0");

/** A moment as a field for date and time holds it, on the house's clock. */
export function toWallText(at: number, zone: Zone): string {
  const { year, month, day, hour, minute } = zone.toWall(at);
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** The moment that such a field means; `undefined` while it is not filled. */
export function fromWallText(text: string, zone: Zone): number | undefined {
  const found = /^(\d{4,6})-(\d\d)-(\d\d)T(\d\d):(\d\d)/u.exec(text);
  if (!found) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = found.slice(1).map(Number);
  return zone.fromWall({ year, month, day, hour, minute });
}
