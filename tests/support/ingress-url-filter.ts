const UNQUOTE_ROUNDS = 5; // the Supervisor unquotes until nothing changes; nobody quotes deeper in earnest

// What the Supervisor takes for an attack, by its documented list. Written from the list, not from its code.
const REFUSED = [
  /\.\.\//, // leaves the folder
  /<.*script.*>/i,
  /union.*select.*\(/i,
  /concat[^(]*\(/i,
  /[a-z0-9_]=\/[a-z0-9_.]\//i, // ?file=/a/
  /proc\/self\/environ/i,
  /\0|%00/,
];

/** Whether the Supervisor answers 400 to this path with query, however often it is percent-encoded. */
export function isRefusedByIngress(pathAndQuery: string): boolean {
  const unquoted = unquote(pathAndQuery, UNQUOTE_ROUNDS);
  return REFUSED.some((pattern) => pattern.test(unquoted));
}

function unquote(text: string, rounds: number): string {
  if (rounds === 0) return text;
  let once: string;
  try {
    once = decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text; // a lone percent sign: it stays as it is
  }
  return once === text ? text : unquote(once, rounds - 1);
}
