import type { Content } from "./export.ts";

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

interface Part {
  readonly name: string;
  readonly text: string;
}

/** What a workbook holds beside its sheets of rows: what the file is about, styles, and who belongs to whom. */
export function toParts<Row>(sheets: readonly string[], content: Content<Row>): readonly Part[] {
  const all = [...sheets, "About"].map((name, n) => ({ name: toSheetName(name), n: n + 1 }));
  const about = `xl/worksheets/sheet${all.length}.xml`;
  return [
    { name: about, text: aboutSheet(content) },
    { name: "xl/styles.xml", text: STYLES },
    { name: "xl/workbook.xml", text: workbook(all) },
    { name: "xl/_rels/workbook.xml.rels", text: workbookRelations(all) },
    { name: "_rels/.rels", text: RELATIONS },
    { name: "[Content_Types].xml", text: contentTypes(all) },
  ];
}

/** A text as XML 1.0 may hold it: what is no character there goes away. */
export function escapeXml(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replace(FORBIDDEN, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: those that XML forbids are looked for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the same, and what XML gives a meaning
const SPECIAL = /[\u0000-\u001f<>&"\ufffe\uffff]|\p{Surrogate}/u;

interface Sheet {
  readonly name: string;
  readonly n: number;
}

const workbook = (sheets: readonly Sheet[]) =>
  `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>` +
  sheets
    .map(({ name, n }) => `<sheet name="${escapeXml(name)}" sheetId="${n}" r:id="rId${n}"/>`)
    .join("") +
  "</sheets></workbook>";

const workbookRelations = (sheets: readonly Sheet[]) =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
  sheets
    .map(
      ({ n }) =>
        `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
    )
    .join("") +
  `<Relationship Id="rId${sheets.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/>` +
  "</Relationships>";

const RELATIONS =
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">` +
  `<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

const contentTypes = (sheets: readonly Sheet[]) =>
  `${XML}<Types xmlns="${PACKAGE}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
  `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>` +
  sheets
    .map(
      ({ n }) =>
        `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
    )
    .join("") +
  "</Types>";

/** The places are those of `STYLE` in `xlsx.ts`: plain, head, moment. */
const STYLES =
  `${XML}<styleSheet xmlns="${MAIN}">` +
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss.000"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE3EDF8"/></patternFill></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1"/>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

function aboutSheet<Row>(content: Content<Row>): string {
  const { time } = content;
  const lines: readonly (readonly [string, string])[] = [
    ["Content", content.title],
    ["House", content.houseName],
    ["Period", content.period],
    ["Chosen", content.subject],
    ["Time zone", time.timeZone],
    ["Made at", time.clock(content.createdAt)],
    ["Made by", "HomeIQ"],
  ];
  const rows = lines.map(([label, value], n) => {
    const cell = (column: string, style: number, text: string) =>
      `<c r="${column}${n + 1}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
    return `<row r="${n + 1}">${cell("A", 1, label)}${cell("B", 0, value)}</row>`;
  });
  return (
    `${XML}<worksheet xmlns="${MAIN}"><cols><col min="1" max="1" width="14" customWidth="1"/>` +
    `<col min="2" max="2" width="80" customWidth="1"/></cols><sheetData>${rows.join("")}</sheetData></worksheet>`
  );
}

/** Excel allows 31 characters and not all of them. */
const toSheetName = (name: string) => name.replace(/[\\/?*[\]:]/g, " ").slice(0, 31);
