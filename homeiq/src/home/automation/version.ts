/** Whether a version of Home Assistant, such as `2026.11.0b1`, is known and older than `year.month`. */
export function isBefore(version: string | undefined, other: string): boolean {
  if (version === undefined) return false;
  const [year = 0, month = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  const [otherYear = 0, otherMonth = 0] = other.split(".").map(Number);
  return year < otherYear || (year === otherYear && month < otherMonth);
}
