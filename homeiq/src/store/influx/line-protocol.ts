/** What a field may hold. Each field has one type for ever: InfluxDB refuses a second one. */
export type FieldValue = string | number | boolean;

export interface Point {
  readonly measurement: string;
  /** Indexed, so their values must be few. One that is absent or empty is left out. */
  readonly tags: Readonly<Record<string, string | undefined>>;
  /** Numbers are written as floats; one that is not finite is left out like one that is absent. */
  readonly fields: Readonly<Record<string, FieldValue | undefined>>;
  /** Nanoseconds since the epoch. */
  readonly atNs: bigint;
}

/** Stands between lines where a line break may be part of a text. No line holds it. */
export const LINE_END = "\u0000";

/**
 * One point as line protocol; the same point always as the same text. `undefined` when no field has a value.
 *
 * Source of the rules of escaping: https://docs.influxdata.com/influxdb/v1/write_protocols/line_protocol_reference/
 */
export function toLine({ measurement, tags, fields, atNs }: Point): string | undefined {
  const values = Object.entries(fields).flatMap(([name, value]) => {
    const text = toValue(value);
    return text === undefined ? [] : [`${escapeKey(name)}=${text}`];
  });
  if (values.length === 0) return undefined;
  const named = Object.entries(tags)
    .flatMap(([name, value]) => {
      const text = escapeTag(value ?? "");
      return text === "" ? [] : [`,${escapeKey(name)}=${text}`];
    })
    .sort();
  return `${escapeMeasurement(measurement)}${named.join("")} ${values.join(",")} ${atNs}`;
}

function toValue(value: FieldValue | undefined): string | undefined {
  if (typeof value === "string") return `"${withoutNul(value).replace(/["\\]/g, "\\$&")}"`;
  if (typeof value === "boolean") return String(value);
  if (value === undefined || !Number.isFinite(value)) return undefined;
  return String(value);
}

const escapeMeasurement = (text: string) => oneLine(text).replace(/[, ]/g, "\\$&");
const escapeKey = (text: string) => escapeTag(text);
// A backslash stands for itself unless a comma, an equals sign or a space follows: the last one of a text
// would escape what ends it, and there is no way to write it.
const escapeTag = (text: string) => oneLine(text).replace(/\\+$/, "").replace(/[,= ]/g, "\\$&");

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that end a line
const oneLine = (text: string) => text.replace(/[\u0000\n\r]+/g, " ").trim();
const withoutNul = (text: string) => text.replaceAll(LINE_END, "\ufffd");
