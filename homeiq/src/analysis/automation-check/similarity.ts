import { editDistance } from "#home/automation/automation.ts";

/** Words of names and ids compared as people mix them up: spelling, order, language of the kind of thing. */

const SAME_KIND: readonly (readonly string[])[] = [
  ["light", "lights", "lamp", "lamps", "lampe", "lampen", "licht", "leuchte"],
  ["switch", "schalter", "schakelaar"],
  ["plug", "socket", "outlet", "steckdose", "stopcontact"],
  ["motion", "bewegung", "beweging", "pir", "bewegungsmelder"],
  ["temperature", "temp", "temperatur", "temperatuur"],
  ["humidity", "feuchte", "luftfeuchtigkeit", "luchtvochtigheid"],
  ["window", "fenster", "raam"],
  ["door", "tur", "deur"],
  ["cover", "blind", "shutter", "rollladen", "rolladen", "rollo", "rolluik", "jalousie"],
  ["heating", "thermostat", "heizung", "verwarming", "radiator", "thermostaat"],
  ["power", "leistung", "vermogen"],
  ["battery", "batterie", "batterij"],
  ["sensor", "melder"],
];
/** Words that say what kind of thing it is, by domain: they come and go when something is renamed. */
const KINDS = new Map(SAME_KIND.flatMap((words, kind) => words.map((word) => [word, kind])));
const DOMAIN_KINDS: Readonly<Record<string, readonly number[]>> = {
  light: [0],
  switch: [1, 2],
  cover: [8],
  climate: [9],
  binary_sensor: [12],
  sensor: [12],
};

/** Without accents and case; `ae`, `oe` and `ue` as the letters they stand for, so that both spellings meet. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll("æ", "a")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([aou])e/g, "$1");
}

/** Folded words; a number at the end of a word is one of its own. */
export function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((word) => /^(\p{L}{2,})(\d{1,3})$/u.exec(word)?.slice(1) ?? [word])
    .filter((word) => word !== "")
    .map((word) => (/^\d+$/.test(word) ? String(Number(word)) : word));
}

export interface Likeness {
  /** 0 to 1. */
  readonly score: number;
  /** Every word that tells things apart has its counterpart: what is left can only be a slip of the pen. */
  readonly slip: boolean;
}

const SLIP_FROM_LENGTH = 5; // "ost" and "ofen" are letters away from other words
const KIND_WEIGHT = 0.2;
const ADDRESS_FROM_LENGTH = 6;

/** How alike two lists of words are, in any order. `domain` says which words of kind add nothing. */
export function likeness(
  one: readonly string[],
  other: readonly string[],
  domain: string,
): Likeness {
  const [left, right] = [one.join(""), other.join("")];
  if (left === right) return { score: 1, slip: true };
  const numbersDiffer = numbersOf(one) !== numbersOf(other);
  const aligned = align(one, other, domain);
  const score = numbersDiffer ? aligned.score * 0.9 : aligned.score;
  // Word by word where the words are as many: one letter makes "car" another word than "bar".
  const joined = one.length === other.length ? 0 : likeJoined(left, right);
  if (joined > score && !numbersDiffer) return { score: joined, slip: true };
  return { score, slip: aligned.slip && !numbersDiffer };
}

/** Written together or apart, or one slip in a long text. */
function likeJoined(left: string, right: string): number {
  const longest = Math.max(left.length, right.length);
  if (longest < 8 || Math.abs(left.length - right.length) > 2 || isPlural(left, right)) return 0;
  const distance = editDistance(left, right);
  return distance <= 1 ? 1 - distance / longest : 0;
}

function align(one: readonly string[], other: readonly string[], domain: string): Likeness {
  const free = [...other];
  let [matched, total, slip] = [0, 0, true];
  for (const word of one) {
    const weight = weightOf(word, domain);
    total += weight;
    const best = bestOf(word, free);
    if (!best) {
      if (weight === 1) slip = false;
      continue;
    }
    free.splice(free.indexOf(best.word), 1);
    const both = weight + weightOf(best.word, domain);
    total += both - weight;
    matched += both * best.score;
    if (!best.slip) slip = false;
  }
  for (const word of free) {
    const weight = weightOf(word, domain);
    total += weight;
    if (weight === 1) slip = false;
  }
  return { score: total === 0 ? 0 : matched / total, slip };
}

function bestOf(word: string, words: readonly string[]) {
  let best: { word: string; score: number; slip: boolean } | undefined;
  for (const candidate of words) {
    const like = likeWord(word, candidate);
    if (like && like.score > (best?.score ?? 0)) best = { word: candidate, ...like };
  }
  return best;
}

function likeWord(one: string, other: string): Likeness | undefined {
  if (one === other) return { score: 1, slip: true };
  if (one.length === 1 || other.length === 1) return undefined;
  if (/\d/.test(one + other)) return likeAddress(one, other);
  const kind = KINDS.get(one);
  if (kind !== undefined && kind === KINDS.get(other)) return { score: 0.95, slip: true };
  const [shortest, longest] = [one, other].map((word) => word.length).sort((a, b) => a - b);
  if (shortest === undefined || longest === undefined || shortest < 3) return undefined;
  if (isPlural(one, other)) return { score: 0.85, slip: false };
  const distance = editDistance(one, other);
  const score = 1 - distance / longest;
  if (distance === 1 || (distance === 2 && longest >= 8)) {
    return { score, slip: longest >= SLIP_FROM_LENGTH };
  }
  if (one.startsWith(other) || other.startsWith(one)) return { score: 0.7, slip: false };
  return score >= 0.7 ? { score, slip: false } : undefined;
}

/** A radio module's address is long: one slip in it is told from another module, though only to ask. */
function likeAddress(one: string, other: string): Likeness | undefined {
  if (Math.min(one.length, other.length) < ADDRESS_FROM_LENGTH) return undefined;
  return editDistance(one, other) === 1 ? { score: 0.9, slip: false } : undefined;
}

/** One lamp and its group differ by an ending: that is no slip. */
function isPlural(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.startsWith(short) && /^(s|n|en|e|er)$/.test(long.slice(short.length));
}

function weightOf(word: string, domain: string): number {
  if (word === fold(domain)) return KIND_WEIGHT;
  const kind = KINDS.get(word);
  return kind !== undefined && DOMAIN_KINDS[domain]?.includes(kind) ? KIND_WEIGHT : 1;
}

const numbersOf = (words: readonly string[]) =>
  words
    .filter((word) => word.length === 1 || (/\d/.test(word) && word.length < ADDRESS_FROM_LENGTH))
    .sort()
    .join(" ");
