/** What stands in place of a secret. */
const HIDDEN = "[hidden]";

const SHORTEST = 4; // a shorter one would blank half of a text and is no key of any vendor

const MOST_LATER = 20; // a provider may log in every half hour for years

/**
 * Blanks the user's keys wherever they stand in a text or in facts, and what providers got for them.
 *
 * Providers never put them there; what the platform itself throws may (a header it cannot send, for one).
 */
export function createHide(secrets: readonly string[]) {
  const known = secrets.flatMap(formsOf);
  const later: string[] = [];
  const hideText = (text: string) =>
    [...known, ...later.flatMap(formsOf)].reduce(
      (shown, secret) => shown.replaceAll(secret, HIDDEN),
      text,
    );
  return {
    /** From now on this one too, such as the token of a login. */
    add(secret: string): void {
      if (later.includes(secret)) return;
      later.push(secret);
      if (later.length > MOST_LATER) later.shift();
    },
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

/** As it is, and as it stands in an address. */
const formsOf = (secret: string) =>
  secret.length < SHORTEST ? [] : [secret, encodeURIComponent(secret)];

export type Hide = ReturnType<typeof createHide>;
