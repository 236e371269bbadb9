/**
 * What the font has: Latin, Greek, Cyrillic, punctuation, arrows and signs. It is Inter 4.1 (OFL, see `fonts/OFL.txt`),
 * cut down to these with fontTools, hinting and substitutions left out, tabular figures in place of the others.
 */
const MISSING =
  /[^\u0020-\u007e\u00a0-\u024f\u02b0-\u02ff\u0370-\u052f\u1e00-\u1fff\u2010-\u205f\u2070-\u20cf\u2100-\u214f\u2190-\u22ff\u25a0-\u25ff]/gu;
const PICTURE = /\p{Extended_Pictographic}|\p{Emoji_Component}(?<![0-9#*])|\p{Cc}|\p{Cf}/u;

/** A text as the font can write it: pictures go away, other scripts become a square. */
export function cleanText(text: string): string {
  if (text.search(MISSING) < 0) return text;
  return text
    .replace(/[\t\r\n]+/g, " ")
    .replace(MISSING, (character) => (PICTURE.test(character) ? "" : "□"))
    .replace(/ {2,}/g, " ")
    .trim();
}
