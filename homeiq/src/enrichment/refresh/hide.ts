/** What stands in place of a secret. */
const HIDDEN = "[hidden]";

const SHORTEST = 4; // a shorter one would blank half of a text and is no key of any vendor

/**
 * Blanks the user's keys wherever they stand in a text or in facts.
 *
 * Providers never put them there; what the platform itself throws may (a header it cannot send, for one).
 */
export function createHide(secrets: readonly string[]) {
  const known = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, encodeURIComponent(secret)]);
  const hideText = (text: string) =>
    known.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text);
  return {
    text: hideText,
    facts: (facts: Readonly<Record<string, unknown>>): Record<string, unknown> =>
      Object.fromEntries(
        Object.entries(facts).map(([key, value]) => [
          key,
          typeof value === "string" ? hideText(value) : value,
        ]),
      ),
  };
}

export type Hide = ReturnType<typeof createHide>;
