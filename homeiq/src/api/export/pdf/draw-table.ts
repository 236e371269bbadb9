import type { CellType, Column } from "../export.ts";
import type { LocalTime } from "../local-time.ts";
import { INK, type Sheet } from "./sheet.ts";

const TEXT = { size: 8, most: 4 } as const;
const HEAD = { size: 8, font: "bold", most: 2 } as const;
const LINE = 10.5;
const PADDING = 3;
const BELOW = 30; // on the last page, for a sentence that says what was left out
const GAP = 8; // between two columns

interface Placed<Row> {
  readonly column: Column<Row>;
  readonly x: number;
  readonly width: number;
  readonly align: "left" | "right";
}

/** A table whose head comes again on each page. `add` answers whether there was room within the pages allowed. */
export function createTable<Row>(
  sheet: Sheet,
  columns: readonly Column<Row>[],
  { time, mostPages }: { time: LocalTime; mostPages: number },
) {
  const placed = place(sheet, columns);
  const numbers = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });
  let rows = 0;
  drawHead();

  return {
    rows: () => rows,
    add(row: Row): boolean {
      const cells = placed.map(({ column, width }) =>
        sheet.wrap(toWords(column, row), width, TEXT),
      );
      const height = Math.max(...cells.map((lines) => lines.length)) * LINE + 2 * PADDING;
      const isLast = sheet.pages() >= mostPages;
      if (sheet.y + height > sheet.bottom - (isLast ? BELOW : 0)) {
        if (isLast) return false;
        sheet.newPage();
        drawHead();
      }
      rows += 1;
      if (rows % 2 === 0) {
        sheet.doc.rect(sheet.left - 4, sheet.y, sheet.width + 8, height).fill("#faf9f7");
      }
      drawCells(cells, TEXT.size, "regular");
      sheet.y += height;
      return true;
    },
  };

  function drawHead(): void {
    const cells = placed.map(({ column: { title, type }, width }) =>
      sheet.wrap(type === "moment" ? `${title} (${time.timeZone})` : title, width, HEAD),
    );
    const height = Math.max(...cells.map((lines) => lines.length)) * LINE + 2 * PADDING;
    sheet.doc.rect(sheet.left - 4, sheet.y, sheet.width + 8, height).fill(INK.accentSoft);
    drawCells(cells, HEAD.size, "bold");
    sheet.y += height;
  }

  function drawCells(cells: readonly string[][], size: number, font: "regular" | "bold"): void {
    for (const [n, { x, width, align }] of placed.entries()) {
      for (const [line, text] of (cells[n] ?? []).entries()) {
        const y = sheet.y + PADDING + line * LINE;
        sheet.line(text, { x, y, width }, { size, font, align });
      }
    }
  }

  function toWords(column: Column<Row>, row: Row): string {
    if (column.words) return column.words(row);
    const cell = column.value(row);
    if (cell === undefined) return "";
    if (typeof cell !== "number") return String(cell);
    return column.type === "moment" ? time.clock(cell) : numbers.format(cell);
  }
}

function place<Row>(sheet: Sheet, columns: readonly Column<Row>[]): Placed<Row>[] {
  const total = columns.reduce((sum, { width }) => sum + width, 0);
  const room = sheet.width - GAP * (columns.length - 1);
  let x = sheet.left;
  return columns.map((column) => {
    const width = (room * column.width) / total;
    const here = { column, x, width, align: alignmentOf(column.type) } as const;
    x += width + GAP;
    return here;
  });
}

const alignmentOf = (type: CellType) => (type === "number" ? "right" : "left");
