const SIMPLE: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "\n": "",
};
const ESCAPE =
  /\\(?:([0-7]{1,3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([xuU])|([\s\S]))/g;

/** The text that a literal between quotes stands for in Python; `undefined` when an escape is cut off. */
export function unescaped(text: string): string | undefined {
  if (!text.includes("\\")) return text;
  let broken = false;
  const result = text.replace(ESCAPE, (whole, octal, x, u, long, cut, simple) => {
    const hex = x ?? u ?? long;
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    if (hex !== undefined) {
      const code = Number.parseInt(hex, 16);
      if (code <= 0x10ffff) return String.fromCodePoint(code);
    }
    if (hex !== undefined || cut !== undefined) {
      broken = true;
      return whole;
    }
    return SIMPLE[simple] ?? whole;
  });
  return broken ? undefined : result;
}
