import type { Names } from "#lib/naming.ts";

export type MessagePart =
  | { readonly kind: "text" | "code"; readonly text: string }
  | { readonly kind: "entity"; readonly entityId: string; readonly text: string };

const ENTITY_ID = /\b([a-z_]+\.[a-z0-9_]+)\b/;

/**
 * What the server says, in parts. It writes ids and what stands in files between backticks, and Home Assistant
 * names entities bare: an entity that is known is called by its name, except where the id itself is meant.
 *
 * `literal`: every id is meant as it is written, as in what is to be put into a text.
 */
export function messageParts(
  message: string,
  { nameOf, isKnown }: Names,
  { literal = false } = {},
): MessagePart[] {
  const pieces = message.split("`");
  return pieces.flatMap((piece, index): MessagePart[] => {
    if (piece === "") return [];
    if (index % 2 === 0) return textParts(piece, { nameOf, isKnown });
    if (!isKnown(piece)) return [{ kind: "code", text: piece }];
    const name = nameOf(piece);
    const isNamed = pieces[index - 1]?.endsWith(`${name} (`); // "Hall lamp (`light.hall`)"
    return [{ kind: "entity", entityId: piece, text: literal || isNamed ? piece : name }];
  });
}

const textParts = (text: string, { nameOf, isKnown }: Names): MessagePart[] =>
  text
    .split(ENTITY_ID)
    .filter((piece) => piece !== "")
    .map((piece) =>
      isKnown(piece)
        ? { kind: "entity", entityId: piece, text: nameOf(piece) }
        : { kind: "text", text: piece },
    );

/** The same without links, for where none can stand. */
export const plainMessage = (message: string, names: Names): string =>
  messageParts(message, names)
    .map(({ text }) => text)
    .join("");
