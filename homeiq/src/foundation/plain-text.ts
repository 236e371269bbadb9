/** Only its letters and digits, small and without accents: the same for a name and for what is made of it. */
export const plainText = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[^a-z0-9]+/g, "");
