import type { TableCell } from "./job-table.ts";

const HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Most rows that a sheet may have, the one with titles included. */
export const MAX_SHEET_ROWS = 1_048_576;
/** Most UTF-16 units of a cell. */
const MAX_CELL_LENGTH = 32_767;
const DATE_STYLE = 1;
const TITLE_STYLE = 2;
/** Day 0 of spreadsheets, 1899-12-30, in epoch ms. */
const DAY_ZERO_MS = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;

/** The parts of an .xlsx file beside its one sheet (ECMA-376), by their path in the archive. */
export function workbookParts(sheetName: string): ReadonlyMap<string, string> {
  const override = (part: string, type: string) =>
    `<Override PartName="${part}" ContentType="${SHEETML}.${type}+xml"/>`;
  return new Map([
    [
      "[Content_Types].xml",
      `${HEADER}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${override("/xl/workbook.xml", "sheet.main")}${override("/xl/worksheets/sheet1.xml", "worksheet")}${override("/xl/styles.xml", "styles")}</Types>`,
    ],
    ["_rels/.rels", relationships([["officeDocument", "xl/workbook.xml"]])],
    [
      "xl/workbook.xml",
      `${HEADER}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${escapeXml(sheetName)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      relationships([
        ["worksheet", "worksheets/sheet1.xml"],
        ["styles", "styles.xml"],
      ]),
    ],
    [
      "xl/styles.xml",
      `${HEADER}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
    ],
  ]);
}

function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  const lines = targets.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `${HEADER}<Relationships xmlns="${PACKAGE}/relationships">${lines.join("")}</Relationships>`;
}

/** The sheet up to its first row of data: the titles stay in view. */
export function sheetHead(columns: readonly { readonly title: string; readonly width: number }[]): string {
  const widths = columns.map(
    ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const titles = columns.map(({ title }, index) => textCell(`${columnName(index)}1`, title, TITLE_STYLE));
  return `${HEADER}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join("")}</cols><sheetData><row r="1">${titles.join("")}</row>`;
}

export const SHEET_TAIL = "</sheetData></worksheet>";

/** A row; the one with the titles is number 1. Addresses are written out, since some readers need them. */
export function sheetRow(cells: readonly TableCell[], number: number): string {
  const inner = cells.map((cell, index) => cellXml(cell, `${columnName(index)}${number}`));
  return `<row r="${number}">${inner.join("")}</row>`;
}

/** `A` to `Z`, then `AA` and on. */
function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${columnName(Math.floor(index / 26) - 1)}${last}`;
}

function cellXml(cell: TableCell, address: string): string {
  if (cell === undefined) return "";
  if (cell.type === "text") return textCell(address, cell.value);
  if (cell.type === "number") return `<c r="${address}"><v>${cell.value}</v></c>`;
  return `<c r="${address}" s="${DATE_STYLE}"><v>${(cell.value - DAY_ZERO_MS) / DAY_MS}</v></c>`;
}

function textCell(address: string, value: string, style = 0): string {
  const text = escapeXml(value.length > MAX_CELL_LENGTH ? value.slice(0, MAX_CELL_LENGTH) : value);
  const styled = style === 0 ? "" : ` s="${style}"`;
  return `<c r="${address}" t="inlineStr"${styled}><is><t xml:space="preserve">${text}</t></is></c>`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML 1.0 has no place for control characters and lone surrogates, escaped or not. */
function escapeXml(text: string): string {
  return (
    text
      .toWellFormed()
      // oxlint-disable-next-line no-control-regex -- these are what XML cannot hold
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\uFFFD")
      .replaceAll(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter)
  );
}
