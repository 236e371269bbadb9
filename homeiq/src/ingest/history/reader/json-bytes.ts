const ZERO = 48;
const MINUS = 45;
const POINT = 46;
const WORD = 8;
const GROUP = 1_000;
const MILLION = 1_000_000;
const SCALE = 1_000; // three decimals are written by hand; more are rare and left to the language
const LARGEST = 2 ** 31 / SCALE;
const SHORT = 48;
const LEAST_OF_THIRTEEN = 1e12;
const MOST_OF_THIRTEEN = 1e13;

/** No number takes more, nor writes more behind itself. */
export const MOST_BYTES_OF_NUMBER = 32;

/** "000" to "999", each in one word: a division and a write per digit is what writing numbers costs. */
const DIGITS = Uint32Array.from({ length: GROUP }, (_, value) => {
  const [hundreds, tens, ones] = [Math.floor(value / 100), Math.floor(value / 10) % 10, value % 10];
  return (ZERO + hundreds) | ((ZERO + tens) << 8) | ((ZERO + ones) << 16);
});

/**
 * JSON as bytes. Tens of thousands of numbers as one text would first be built, then encoded: this writes the
 * digits where they belong. Measured on 43,200 points: 3 ms instead of 14.
 */
export class JsonBytes {
  #bytes: Uint8Array;
  #view: DataView;
  #length = 0;

  /** @param expected bytes of the whole, about: growing copies what is there */
  constructor(expected = 64 * 1024) {
    this.#bytes = new Uint8Array(expected);
    this.#view = new DataView(this.#bytes.buffer);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  /** Makes room for `most` bytes; the functions below may then write from `length` on, and say where they ended. */
  room(most: number): DataView {
    this.#reserve(most);
    return this.#view;
  }

  get length(): number {
    return this.#length;
  }

  endAt(length: number): void {
    this.#length = length;
  }

  /** A character of ASCII. */
  char(code: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = code;
    this.#length += 1;
  }

  /** Text that is JSON already. */
  raw(text: string): void {
    this.#reserve(text.length * 3);
    if (text.length <= SHORT && this.#ascii(text)) return;
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(this.#length));
    this.#length += written;
  }

  /** Names of fields and the like: the encoder's call costs more than they do. */
  #ascii(text: string): boolean {
    const start = this.#length;
    for (let n = 0; n < text.length; n += 1) {
      const code = text.charCodeAt(n);
      if (code > 127) return false; // what was written is written over
      this.#bytes[start + n] = code;
    }
    this.#length = start + text.length;
    return true;
  }

  /** A whole number of 0 or more, such as a moment. */
  moment(at: number): void {
    this.#reserve(MOST_BYTES_OF_NUMBER);
    this.#length = putMoment(this.#view, this.#length, at);
  }

  /** Any number; what is none becomes `null`. */
  number(value: number): void {
    this.#reserve(MOST_BYTES_OF_NUMBER);
    this.#length = putNumber(this.#view, this.#length, value);
  }

  /** What was written; nothing else may use its memory, which can be up to a third longer. */
  finish(): Uint8Array {
    const isTight = this.#length > this.#bytes.length * 0.75;
    return isTight ? this.#bytes.subarray(0, this.#length) : this.#bytes.slice(0, this.#length);
  }
}

const encoder = new TextEncoder();

/** Text that is written again and again, as words of eight bytes. */
export interface Words {
  readonly words: Float64Array;
  /** In bytes. */
  readonly length: number;
}

/** @param text of ASCII */
export function toWords(text: string): Words {
  const bytes = new Uint8Array(Math.ceil(text.length / WORD) * WORD);
  encoder.encodeInto(text, bytes);
  const view = new DataView(bytes.buffer);
  const words = new Float64Array(bytes.length / WORD);
  for (let n = 0; n < words.length; n += 1) words[n] = view.getFloat64(n * WORD, true);
  return { words, length: text.length };
}

// The functions below write from `start` and answer where the next byte goes. They write in words, so up to seven
// bytes behind that are no longer what they were: there must be room for them. A call per byte took twice as long.

export function putWords(view: DataView, start: number, { words, length }: Words): number {
  for (let n = 0; n < words.length; n += 1) {
    view.setFloat64(start + n * WORD, words[n] as number, true); // ASCII is never one of the NaNs, which may change
  }
  return start + length;
}

/** A whole number of 0 or more. Moments since 2001 have thirteen digits: four groups and one. */
export function putMoment(view: DataView, start: number, at: number): number {
  if (at < LEAST_OF_THIRTEEN || at >= MOST_OF_THIRTEEN) return putWhole(view, start, at);
  const millions = Math.floor(at / MILLION); // below 2^31, as is the rest
  const rest = (at - millions * MILLION) | 0;
  const high = (millions / GROUP) | 0;
  const first = (high / GROUP) | 0;
  const thousands = (rest / GROUP) | 0;
  view.setUint8(start, ZERO + first);
  putGroup(view, start + 1, high - first * GROUP);
  putGroup(view, start + 4, millions - high * GROUP);
  putGroup(view, start + 7, thousands);
  putGroup(view, start + 10, rest - thousands * GROUP);
  return start + 13;
}

/** Any number; what is none becomes `null`. */
export function putNumber(view: DataView, start: number, value: number): number {
  if (value === (value | 0) && value >= 0) return putWhole(view, start, value);
  const scaled = Math.round(value * SCALE);
  if (!(Math.abs(value) < LARGEST) || scaled / SCALE !== value) {
    return putText(view, start, Number.isFinite(value) ? String(value) : "null");
  }
  let at = start;
  let rest = scaled;
  if (rest < 0) {
    view.setUint8(at, MINUS);
    at += 1;
    rest = -rest;
  }
  const whole = (rest / SCALE) | 0;
  at = putWhole(view, at, whole);
  const fraction = rest - whole * SCALE;
  if (fraction === 0) return at;
  view.setUint8(at, POINT);
  putGroup(view, at + 1, fraction);
  if (fraction % 10 !== 0) return at + 4;
  return fraction % 100 === 0 ? at + 2 : at + 3;
}

/** Three digits, zeros and all. */
function putGroup(view: DataView, start: number, value: number): void {
  view.setUint32(start, DIGITS[value] as number, true);
}

function putWhole(view: DataView, start: number, value: number): number {
  if (value >= GROUP) {
    const thousands = Math.floor(value / GROUP);
    const end = putWhole(view, start, thousands);
    putGroup(view, end, value - thousands * GROUP);
    return end + 3;
  }
  const digits = DIGITS[value] as number;
  const zeros = Number(value < 100) + Number(value < 10);
  view.setUint32(start, digits >>> (zeros * 8), true);
  return start + 3 - zeros;
}

function putText(view: DataView, start: number, text: string): number {
  for (let n = 0; n < text.length; n += 1) view.setUint8(start + n, text.charCodeAt(n));
  return start + text.length;
}
