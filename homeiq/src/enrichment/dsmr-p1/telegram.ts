import { AppError } from "#foundation/errors.ts";
import { crc16 } from "./crc16.ts";

/** The lines of one telegram: what stands in the brackets after each OBIS code, `1-0:1.8.1`. */
export interface Telegram {
  readonly header: string;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

const HEADER = /^\/[\x20-\x7e]{4,}$/;
const END = /\n!([0-9A-F]{4})?(?:\r?\n)?$/; // the standard writes the checksum in capitals
const LINE = /^(\d{1,3}-\d{1,3}:\d{1,3}\.\d{1,3}\.\d{1,3})(?:[.*]\d{1,3})?((?:\([^()]*\))+)$/;
const VALUE = /\(([^()]*)\)/g;
const ONLY_WITH_CHECKSUM = ["1-3:0.2.8", "0-0:96.1.4", "0-0:1.0.0"]; // version and time came with version 4
const ALWAYS = ["1-0:1.7.0", "1-0:1.8.1"]; // what is left of a newer one after damage hardly has both

/**
 * Reads one telegram, from its `/` to the end of the line of its `!`, one byte a character, line ends as received.
 *
 * Throws `internal`: `dsmr_p1.not_a_telegram`, `dsmr_p1.cut_off`, `dsmr_p1.checksum`. Only versions before 4 come
 * without a checksum; of those each line must be as the standard writes it, once.
 */
export function readTelegram(text: string): Telegram {
  if (!text.startsWith("/"))
    throw refused("dsmr_p1.not_a_telegram", "The text does not begin with /");
  const end = END.exec(text);
  if (!end) throw refused("dsmr_p1.cut_off", "The telegram has no end");
  const [, checksum] = end;
  const isChecked = checksum !== undefined;
  if (isChecked && crc16(text.slice(0, end.index + 2)) !== Number.parseInt(checksum, 16)) {
    throw refused("dsmr_p1.checksum", "The checksum does not fit");
  }
  const [header = "", ...lines] = text.slice(0, end.index + 1).split(/\r?\n/);
  if (!isChecked && !HEADER.test(header))
    throw refused("dsmr_p1.not_a_telegram", "The header is broken");
  const values = readLines(joinLines(lines), isChecked);
  if (!isChecked && !isOld(values)) throw refused("dsmr_p1.checksum", "The checksum is missing");
  return { header, values };
}

const isOld = (values: Telegram["values"]) =>
  ALWAYS.every((code) => values.has(code)) && !ONLY_WITH_CHECKSUM.some((code) => values.has(code));

/** Version 2.2 writes the value of gas on a line of its own. */
function joinLines(lines: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const line of lines) {
    if (line.startsWith("(") && joined.length > 0) joined.push((joined.pop() ?? "") + line);
    else if (line !== "") joined.push(line);
  }
  return joined;
}

function readLines(lines: readonly string[], isChecked: boolean): Telegram["values"] {
  const values = new Map<string, readonly string[]>();
  for (const line of lines) {
    const [, code, brackets] = LINE.exec(line) ?? [];
    const isWell = code !== undefined && brackets !== undefined && !values.has(code);
    if (isWell)
      values.set(
        code,
        [...brackets.matchAll(VALUE)].map(([, value = ""]) => value),
      );
    else if (!isChecked) throw refused("dsmr_p1.not_a_telegram", "A line is broken");
  }
  return values;
}

const refused = (code: string, message: string) => new AppError("internal", code, message);
