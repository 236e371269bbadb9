import { cleanText } from "./clean-text.ts";

/** The light palette of the app; paper is never dark. */
export const INK = {
  text: "#1d2126",
  faint: "#565d66",
  line: "#e2dfd8",
  tone: "#f0eeea",
  accent: "#1f5fa8",
  accentSoft: "#e3edf8",
} as const;

/** So that states and bars are told apart; the first is the app's accent. */
export const HUES = ["#1f5fa8", "#226b45", "#6a3fb5", "#8f5a00", "#b3261e", "#1b7f8c"] as const;

const PAGE = { width: 595.28, height: 841.89, margin: 42, foot: 30 } as const; // A4 in points
const FONTS = {
  regular: new URL("./fonts/inter-regular.ttf", import.meta.url),
  bold: new URL("./fonts/inter-semibold.ttf", import.meta.url),
} as const;

export type FontName = keyof typeof FONTS;

export interface TextStyle {
  readonly size: number;
  readonly font?: FontName;
  readonly color?: string;
  readonly align?: "left" | "right";
}

/** Paper with a pen: pages that follow each other, and where the next thing goes. */
export type Sheet = Awaited<ReturnType<typeof createSheet>>;

interface About {
  readonly title: string;
  readonly author: string;
  readonly createdAt: number;
}

/** `about` becomes the file's own properties. */
export async function createSheet(about: About) {
  // Loaded when the first report is asked for: most houses never do, and it takes 20 MB of memory.
  const { default: PDFDocument } = await import("pdfkit");
  const doc = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0, // this file decides where a page ends
    bufferPages: true, // "page 2 of 9" is written when 9 is known
    font: "", // else it is Helvetica, whose measures would be read from a file
    pdfVersion: "1.7",
    lang: "en",
    displayTitle: true,
    info: {
      Title: about.title,
      Author: about.author,
      Creator: "HomeIQ",
      CreationDate: new Date(about.createdAt),
    },
  });
  doc.registerFont("regular", toPath(FONTS.regular));
  doc.registerFont("bold", toPath(FONTS.bold));
  let pages = 1;
  const bottom = PAGE.height - PAGE.margin - PAGE.foot;

  function use({ size, font = "regular", color = INK.text }: TextStyle): void {
    doc.font(font).fontSize(size).fillColor(color);
  }

  const sheet = {
    doc,
    left: PAGE.margin,
    width: PAGE.width - 2 * PAGE.margin,
    bottom,
    /** Where the next thing begins. */
    y: PAGE.margin as number,
    pages: () => pages,

    newPage(): void {
      doc.addPage();
      pages += 1;
      sheet.y = PAGE.margin;
    },

    /** Begins a new page unless so much is left of this one. */
    ensure(height: number): void {
      if (sheet.y + height > bottom) sheet.newPage();
    },

    widthOf(text: string, style: TextStyle): number {
      use(style);
      return doc.widthOfString(cleanText(text));
    },

    /** One line at a place; what is too long ends with an ellipsis. */
    line(text: string, at: { x: number; y: number; width: number }, style: TextStyle): void {
      const { x, y, width } = at;
      use(style);
      const fitted = fit(cleanText(text), width);
      const indent = style.align === "right" ? width - doc.widthOfString(fitted) : 0;
      doc.text(fitted, x + indent, y, { lineBreak: false });
    },

    /** The lines that a text needs; a word that is too long is cut, and the last of `most` ends with an ellipsis. */
    wrap(text: string, width: number, { most, ...style }: TextStyle & { most: number }): string[] {
      use(style);
      return wrapWords(cleanText(text), width, most);
    },

    /** Lines below each other from `y` on; answers where they end. */
    paragraph(text: string, style: TextStyle & { most?: number }): void {
      const { most = 8, ...plain } = style;
      for (const one of sheet.wrap(text, sheet.width, { ...plain, most })) {
        sheet.ensure(style.size * 1.45);
        sheet.line(one, { x: sheet.left, y: sheet.y, width: sheet.width }, plain);
        sheet.y += style.size * 1.45;
      }
    },

    /** Writes on the foot of every page and ends the file. */
    finish(foot: string): void {
      for (let n = 0; n < pages; n += 1) {
        doc.switchToPage(n);
        const y = PAGE.height - PAGE.margin - 8;
        const style = { size: 8, color: INK.faint } as const;
        const page = `Page ${n + 1} of ${pages}`;
        sheet.line(foot, { x: sheet.left, y, width: sheet.width - 80 }, style);
        const right = { x: sheet.left + sheet.width - 80, y, width: 80 };
        sheet.line(page, right, { ...style, align: "right" });
      }
      doc.end();
    },
  };
  return sheet;

  function fit(text: string, width: number): string {
    if (doc.widthOfString(text) <= width) return text;
    let length = Math.floor((text.length * width) / doc.widthOfString(text));
    while (length > 1 && doc.widthOfString(`${text.slice(0, length)}…`) > width) length -= 1;
    return `${text.slice(0, length).trimEnd()}…`;
  }

  function wrapWords(text: string, width: number, most: number): string[] {
    if (doc.widthOfString(text) <= width) return [text];
    const lines: string[] = [];
    let rest = text;
    while (rest !== "" && lines.length < most - 1) {
      const length = lengthThatFits(rest, width);
      lines.push(rest.slice(0, length).trimEnd());
      rest = rest.slice(length).trimStart();
    }
    if (rest !== "") lines.push(fit(rest, width));
    return lines;
  }

  /** Up to the last space, underscore, dot or hyphen that fits; in the middle of a word when there is none. */
  function lengthThatFits(text: string, width: number): number {
    let fits = 0;
    for (const { index } of text.matchAll(/[\s_./-]|$/g)) {
      const end = Math.min(text.length, index + 1);
      if (doc.widthOfString(text.slice(0, end).trimEnd()) > width) break;
      fits = end;
    }
    if (fits > 0) return fits;
    let length = Math.max(1, Math.floor((text.length * width) / doc.widthOfString(text)));
    while (length > 1 && doc.widthOfString(text.slice(0, length)) > width) length -= 1;
    return length;
  }
}

const toPath = (url: URL) => url.pathname;
