// A phrase is a text in which entities are marked, so that it can be put together by the catalogue as any text
// is, and shown with each entity as a link.

const START = "\u0001";
const END = "\u0002";

/** An entity within a phrase. */
export const entity = (entityId: string): string => `${START}${entityId}${END}`;

export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "entity"; readonly entityId: string };

/** What a phrase is made of, in order. */
export function partsOf(phrase: string): Part[] {
  return phrase.split(START).flatMap((piece, index): Part[] => {
    if (index === 0) return piece === "" ? [] : [{ kind: "text", text: piece }];
    const end = piece.indexOf(END);
    const rest = piece.slice(end + 1);
    const linked: Part = { kind: "entity", entityId: piece.slice(0, end) };
    return rest === "" ? [linked] : [linked, { kind: "text", text: rest }];
  });
}

/** The same with names, for a title or a screen reader. */
export const plainText = (phrase: string, nameOf: (entityId: string) => string): string =>
  partsOf(phrase)
    .map((part) => (part.kind === "text" ? part.text : nameOf(part.entityId)))
    .join("");
