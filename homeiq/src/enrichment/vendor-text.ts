import type { Reply } from "#foundation/http.ts";

const MOST_CHARACTERS = 300;
const LEAST_KEY = 8; // a shorter one may be a word of the answer itself, and is nobody's real key

/** A vendor's own words, fit for a message: one line, not long. */
export function toVendorText(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}…` : line;
}

/** Some vendors say the key again in their errors; no message of ours may. */
export function hideKeys(reply: Reply, keys: readonly string[]): Reply {
  const text = keys
    .filter((key) => key.length >= LEAST_KEY)
    .reduce((shown, key) => shown.replaceAll(key, "***"), reply.text);
  return { ...reply, text };
}
