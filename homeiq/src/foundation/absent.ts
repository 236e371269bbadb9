// Absent is a missing field in our code, so that `undefined` is never a value; these keep that rule.

/** One field, or none when there is no value. `null`, as SQL and the wire have it, is no value too. */
export function present<K extends string, V>(
  key: K,
  value: V | null | undefined,
): { [P in K]?: V } {
  return (value === undefined || value === null ? {} : { [key]: value }) as { [P in K]?: V };
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the fields that are `undefined`. */
export const dropAbsent = <T extends object>(fields: T) =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Present<T>;
