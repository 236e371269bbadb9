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
  let values = "";
  for (const name in fields) {
    const text = toValue(fields[name]);
    if (text !== undefined) values += `${values === "" ? "" : ","}${escapeKey(name)}=${text}`;
  }
  if (values === "") return undefined;
  let line = escapeMeasurement(measurement);
  for (const name of namesOf(tags)) {
    const text = escapeTag(tags[name] ?? "");
    if (text !== "") line += `,${escapeKey(name)}=${text}`;
  }
  return `${line} ${values} ${atNs}`;
}

/** Sorted, as InfluxDB wants them. */
const namesOf = (tags: Point["tags"]) => Object.keys(tags).sort();

function toValue(value: FieldValue | undefined): string | undefined {
  if (typeof value === "string") return toText(value);
  if (typeof value === "boolean") return String(value);
  if (value === undefined || !Number.isFinite(value)) return undefined;
  return String(value);
}

// Most texts hold nothing of the kind: a look first costs a tenth of replacing nothing.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it stands between lines
const IN_TEXT = /["\\\u0000]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that end a line
const IN_KEY = /[,= \\\u0000\n\r]/;

function toText(value: string): string {
  if (!IN_TEXT.test(value)) return `"${value}"`;
  return `"${value.replaceAll(LINE_END, "\ufffd").replace(/["\\]/g, "\\$&")}"`;
}

const escapeMeasurement = (text: string) =>
  IN_KEY.test(text) ? oneLine(text).replace(/[, ]/g, "\\$&") : text;
const escapeKey = (text: string) => escapeTag(text);
// A backslash stands for itself unless a comma, an equals sign or a space follows: the last one of a text
// would escape what ends it, and there is no way to write it.
const escapeTag = (text: string) =>
  IN_KEY.test(text) ? oneLine(text).replace(/\\+$/, "").replace(/[,= ]/g, "\\$&") : text;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that end a line
const oneLine = (text: string) => text.replace(/[\u0000\n\r]+/g, " ").trim();
