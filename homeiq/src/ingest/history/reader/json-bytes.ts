const ZERO = 48;
const MINUS = 45;
const POINT = 46;
const MILLION = 1_000_000;
const DECIMALS = 3; // that are written by hand; more are rare and left to the language
const SCALE = 10 ** DECIMALS;
const LARGEST = 2 ** 31 / SCALE;
const MOST_BYTES_OF_NUMBER = 32;
const SHORT = 48;

/**
 * JSON as bytes. Tens of thousands of numbers as one text would first be built, then encoded: this writes the
 * digits where they belong. Measured on 43,200 points: 3 ms instead of 14.
 */
export class JsonBytes {
  #bytes = new Uint8Array(64 * 1024);
  #length = 0;
  #millions = -1;
  readonly #head = new Uint8Array(16);
  #headLength = 0;

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
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

  /** A whole number of 0 or more. Moments differ in their last digits: the first ones are kept ready. */
  moment(at: number): void {
    this.#reserve(MOST_BYTES_OF_NUMBER);
    const millions = Math.floor(at / MILLION);
    if (millions !== this.#millions) {
      this.#millions = millions;
      const text = String(millions);
      this.#headLength = text.length;
      for (let n = 0; n < text.length; n += 1) this.#head[n] = text.charCodeAt(n);
    }
    const bytes = this.#bytes;
    let end = this.#length;
    if (millions > 0) {
      for (let n = 0; n < this.#headLength; n += 1) bytes[end + n] = this.#head[n] as number;
      end += this.#headLength;
    }
    let rest = at - millions * MILLION;
    if (millions === 0) {
      this.#length = end;
      this.#whole(rest);
      return;
    }
    for (let n = 5; n >= 0; n -= 1) {
      const tens = (rest / 10) | 0;
      bytes[end + n] = ZERO + rest - tens * 10;
      rest = tens;
    }
    this.#length = end + 6;
  }

  /** Any number; what is none becomes `null`. */
  number(value: number): void {
    this.#reserve(MOST_BYTES_OF_NUMBER);
    if (!Number.isFinite(value)) {
      this.raw("null");
      return;
    }
    const scaled = Math.round(value * SCALE);
    if (!(Math.abs(value) < LARGEST) || scaled / SCALE !== value) {
      this.raw(String(value));
      return;
    }
    let rest = scaled;
    if (rest < 0) {
      this.#bytes[this.#length] = MINUS;
      this.#length += 1;
      rest = -rest;
    }
    const whole = (rest / SCALE) | 0;
    this.#whole(whole);
    this.#fraction(rest - whole * SCALE);
  }

  #whole(value: number): void {
    let digits = 1;
    for (let limit = 10; value >= limit; limit *= 10) digits += 1;
    let rest = value;
    for (let n = digits - 1; n >= 0; n -= 1) {
      const tens = (rest / 10) | 0;
      this.#bytes[this.#length + n] = ZERO + rest - tens * 10;
      rest = tens;
    }
    this.#length += digits;
  }

  /** Thousandths, without the zeros at their end. */
  #fraction(thousandths: number): void {
    if (thousandths === 0) return;
    const bytes = this.#bytes;
    let end = this.#length;
    bytes[end] = POINT;
    bytes[end + 1] = ZERO + ((thousandths / 100) | 0);
    bytes[end + 2] = ZERO + (((thousandths / 10) | 0) % 10);
    bytes[end + 3] = ZERO + (thousandths % 10);
    end += 3;
    while (bytes[end] === ZERO) end -= 1;
    this.#length = end + 1;
  }

  /** What was written, in memory of its own. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

const encoder = new TextEncoder();
