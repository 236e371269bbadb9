import type { Page } from "playwright-core";

const COMPOUND = 18; // characters from which on a compound is long enough
const LONGER = 1.4;
const TAIL = "ungsverhältnis";

/** A text as it might be in a language of long words: about 40 % longer, its words joined to compounds. */
export function inLongWords(text: string): string {
  return text
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith("{") ? part : part.replace(/[^{}]+/g, compounds)))
    .join("");
}

function compounds(text: string): string {
  const [, before = "", words = "", after = ""] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  const joined: string[] = [];
  let compound = "";
  for (const word of words.split(/\s+/).filter(Boolean)) {
    compound += compound === "" ? word : word.toLowerCase();
    if (compound.length < COMPOUND) continue;
    joined.push(compound);
    compound = "";
  }
  if (compound !== "") joined.push(compound);
  const missing = Math.ceil(words.length * LONGER) - joined.join(" ").length;
  const longer = joined.map((one, index) => {
    const share = Math.ceil(missing / joined.length);
    return index < missing ? one + TAIL.slice(0, Math.min(share, TAIL.length)) : one;
  });
  return `${before}${longer.join(" ")}${after}`;
}

/**
 * Puts every text of the catalogue into long words, in the scripts on their way to this page; answers how many
 * texts it has met so far. The app itself knows nothing of it.
 */
export async function translateToLongWords(
  page: Page,
  texts: Readonly<Record<string, string>>,
): Promise<() => number> {
  const seen = new Set<string>();
  await page.route("**/*.js", async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(
      /"([\w.-]+)":("(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*')/g,
      (whole, key: string) => {
        const text = texts[key];
        if (text === undefined) return whole;
        seen.add(key);
        return `"${key}":${JSON.stringify(inLongWords(text))}`;
      },
    );
    await route.fulfill({ contentType: "text/javascript", body });
  });
  return () => seen.size;
}
