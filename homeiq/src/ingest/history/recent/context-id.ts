// Home Assistant's context ids are ULIDs: ten letters of time and sixteen of chance. The time is nearly always
// the moment of the change, so that only its distance is kept beside the chance: 18 characters instead of 26.

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const TIME_LETTERS = 10;
const CHANCE_LETTERS = 16;
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RAW = "="; // stands before an id that is no ULID

/** Moment in a ULID, milliseconds since the epoch; `undefined` for any other id. */
export function timeOfUlid(id: string): number | undefined {
  if (!ULID.test(id)) return undefined;
  let time = 0;
  for (let n = 0; n < TIME_LETTERS; n += 1) {
    time = time * 32 + LETTERS.indexOf(id.charAt(n));
  }
  return time;
}

function lettersOf(time: number): string {
  let rest = time;
  let text = "";
  for (let n = 0; n < TIME_LETTERS; n += 1) {
    text = LETTERS.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** The part of the id that its moment does not hold. */
export const chanceOf = (id: string): string =>
  timeOfUlid(id) === undefined ? `${RAW}${id}` : id.slice(TIME_LETTERS);

/** The id of which `chance` is the part beside the moment. */
export const contextIdOf = (time: number, chance: string): string =>
  chance.startsWith(RAW) ? chance.slice(1) : lettersOf(time) + chance;

/** A context id, packed beside the moment of its change. */
export function packContextId(id: string, at: number): string {
  const time = timeOfUlid(id);
  if (time === undefined) return `${RAW}${id}`;
  const away = at - time;
  return `${id.slice(TIME_LETTERS)}${away === 0 ? "" : away.toString(36)}`;
}

/** Both parts of a packed id: an id is put together only for a reader. */
export function splitContextId(packed: string, at: number): { chance: string; time: number } {
  if (packed.startsWith(RAW)) return { chance: packed, time: at };
  const away =
    packed.length > CHANCE_LETTERS ? Number.parseInt(packed.slice(CHANCE_LETTERS), 36) : 0;
  return { chance: packed.slice(0, CHANCE_LETTERS), time: at - away };
}

export function unpackContextId(packed: string, at: number): string {
  const { chance, time } = splitContextId(packed, at);
  return contextIdOf(time, chance);
}
