/** Names of keys whose value is a secret wherever they stand. */
export const SECRET_KEYS =
  /^(password|passwd|token|access_token|api_?key|secret|pin|code|authorization)$/i;

/** What a secret looks like in a text, and what to call it. The first group is what may stay. */
export const SECRET_FORMS: readonly (readonly [RegExp, string])[] = [
  [/()\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}/, "an access token"],
  [
    /()\b(?:sk-[A-Za-z0-9_-]{16,}|ghp_[A-Za-z0-9]{20,}|xox[bp]-[\w-]{10,}|AIza[\w-]{30,})/,
    "an API key",
  ],
  [/(https?:\/\/)[^\s/:@]+:[^\s/@]+(?=@)/, "a password in an address"],
  [/([?&](?:token|api_?key|password|secret)=)[^&\s{'"]{6,}/i, "a key in an address"],
];

/** Only in what others say: in a text of a person these words need not mean a secret. */
const SAID_FORMS: readonly RegExp[] = [
  /(\b(?:bearer|basic) )[\w.~+/=-]{8,}/i,
  /(['"](?:password|passwd|token|access_token|api_?key|secret|pin|code|authorization)['"]\s*:\s*)(?:'[^']*'|"[^"]*"|[^\s,}]+)/i,
  /(\b(?:password|passwd|token|api_?key|secret)=)[^\s,;&]+/i,
];
const SHORTEST = 4; // a shorter one would blank half of the text, and is a number of something more likely
const HIDDEN = "[hidden]";

/** Every value in a document that is a secret by its key. Templates and references such as `!secret` are none. */
export function secretsIn(document: unknown): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown, isSecret: boolean): void => {
    if (typeof value === "object" && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        visit(inner, Array.isArray(value) ? isSecret : SECRET_KEYS.test(key));
      }
      return;
    }
    if (isSecret && isPlain(value)) found.add(String(value));
  };
  visit(document, false);
  return [...found].sort((one, other) => other.length - one.length);
}

const isPlain = (value: unknown): boolean =>
  (typeof value === "string" || typeof value === "number") &&
  String(value).length >= SHORTEST &&
  !/\{[{%]|^!/.test(String(value));

/** The text without secrets: neither the known ones, nor what looks like one. */
export function maskSecrets(text: string, known: readonly string[] = []): string {
  let masked = text;
  for (const secret of known) masked = masked.replaceAll(secret, HIDDEN);
  for (const form of [...SECRET_FORMS.map(([one]) => one), ...SAID_FORMS]) {
    masked = masked.replace(new RegExp(form, `${form.flags}g`), `$1${HIDDEN}`);
  }
  return masked;
}
