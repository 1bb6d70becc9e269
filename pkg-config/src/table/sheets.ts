// Workbooks, read by SheetJS. This is the one file that names it, and it is loaded with the first workbook only. Formulas are never
// worked out: what counts is the value that was saved beside them.
import { CFB, read, SSF, type CellObject, type WorkBook, type WorkSheet } from "@e965/xlsx";
import { isBlank, shownDay, type Cell, type Range, type Sheet } from "./cells.js";

/** Rows and columns of one sheet beyond which a file is none that a person made. */
const MOST_ROWS = 1_048_576;
const MOST_CELLS = 20_000_000;

export type Read = { readonly sheets: readonly Sheet[] } | { readonly fault: "broken" | "encrypted" | "zip" };

export function readWorkbook(source: Uint8Array | string): Read {
  let book: WorkBook;
  try {
    const shared = { cellDates: false, cellNF: true, cellFormula: true, cellHTML: false, cellText: true, cellStyles: true, sheetStubs: true, dense: true, UTC: true } as const;
    book = typeof source === "string" ? read(source, { ...shared, type: "string", raw: true }) : read(source, { ...shared, type: "array" });
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    return { fault: /password|encrypt/i.test(said) ? "encrypted" : "broken" };
  }
  const unseen = typeof source === "string" ? undefined : unseenOf(source);
  const since1904 = book.Workbook?.WBProps?.date1904 === true;
  const sheets: Sheet[] = [];
  let cells = 0;
  for (const [at, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    if (sheet === undefined || sheet["!type"] === "chart") continue;
    const made = sheetOf(sheet, name, (book.Workbook?.Sheets?.[at]?.Hidden ?? 0) !== 0, since1904);
    cells += made.rows.reduce((sum, row) => sum + row.length, 0);
    if (cells > MOST_CELLS) return { fault: "zip" };
    sheets.push(unseen === undefined ? made : { ...made, hidden: made.hidden || unseen[at]?.sheet === true, hiddenRows: unseen[at]?.rows ?? [] });
  }
  return { sheets };
}

interface Unseen {
  readonly sheet: boolean;
  readonly rows: number[];
}

/** What SheetJS does not tell of an OpenDocument: which sheets and rows are hidden. Nothing for other files. */
function unseenOf(bytes: Uint8Array): readonly Unseen[] | undefined {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return undefined;
  const content = CFB.find(CFB.read(bytes, { type: "array" }), "/content.xml")?.content as Uint8Array | undefined;
  if (content === undefined) return undefined;
  const text = new TextDecoder().decode(Uint8Array.from(content));
  const styles = new Set([...text.matchAll(/<style:style [^>]*?style:name="([^"]*)"[^>]*?style:family="table"[^>]*>\s*<style:table-properties [^>]*?table:display="false"/g)].map(([, name]) => name));
  const sheets: Unseen[] = [];
  let row = 0;
  for (const [tag, name] of text.matchAll(/<table:(table|table-row)(?=[\s/>])[^>]*>/g)) {
    if (name === "table") {
      sheets.push({ sheet: styles.has(/table:style-name="([^"]*)"/.exec(tag)?.[1] ?? ""), rows: [] });
      row = 0;
      continue;
    }
    const count = Number(/table:number-rows-repeated="(\d+)"/.exec(tag)?.[1] ?? 1);
    if (/table:visibility="(?:collapse|filter)"/.test(tag)) for (let at = row; at < Math.min(row + count, MOST_ROWS); at++) sheets.at(-1)?.rows.push(at);
    row += count;
  }
  return sheets;
}

function sheetOf(sheet: WorkSheet, name: string, hidden: boolean, since1904: boolean): Sheet {
  const data = (sheet["!data"] ?? []) as readonly (readonly (CellObject | undefined)[] | undefined)[];
  const rows: Cell[][] = [];
  const count = Math.min(data.length, MOST_ROWS);
  for (let r = 0; r < count; r++) {
    const row: Cell[] = [];
    const from = data[r] ?? [];
    for (let c = 0; c < from.length; c++) row.push(cellOf(from[c], since1904));
    while (row.length > 0 && isBlank(row.at(-1))) row.pop();
    rows.push(row);
  }
  while (rows.length > 0 && rows.at(-1)?.length === 0) rows.pop();
  const merges: Range[] = (sheet["!merges"] ?? []).map(({ s, e }) => ({ top: s.r, left: s.c, bottom: e.r, right: e.c }));
  const unseen = (list: readonly ({ hidden?: boolean } | undefined | null)[] | undefined): number[] => (list ?? []).flatMap((one, at) => (one?.hidden === true ? [at] : []));
  return { name, hidden, rows, merges, hiddenRows: unseen(sheet["!rows"]), hiddenColumns: unseen(sheet["!cols"]) };
}

function cellOf(cell: CellObject | undefined, since1904: boolean): Cell {
  if (cell === undefined) return null;
  const { t: type, v: value, w: shown = "", f: formula } = cell;
  if (type === "e") return { kind: "bad", value: "error_value", text: shown === "" ? "#" : shown };
  if (value === undefined || value === null || type === "z") return formula === undefined ? null : { kind: "bad", value: "no_cached_value", text: `=${formula}` };
  if (type === "n" && typeof value === "number") return numberOf(value, String(cell.z ?? "General"), shown.trim(), since1904);
  if (type === "b" || typeof value === "boolean") return Boolean(value);
  if (type === "d" || value instanceof Date) {
    const day = new Date(value as Date | string);
    return Number.isNaN(day.getTime()) ? String(value) : shownDay(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate());
  }
  return String(value).replace(/\r\n?/g, "\n");
}

/** A number by the format in which its sheet shows it. */
function numberOf(value: number, format: string, shown: string, since1904: boolean): Cell {
  if (SSF.is_date(format)) {
    const parts = SSF.parse_date_code(value, { date1904: since1904 }) as { y: number; m: number; d: number } | null;
    // A time of day alone is no day.
    if (parts !== null && (since1904 || value >= 1)) return { ...shownDay(parts.y, parts.m, parts.d), text: shownDay(parts.y, parts.m, parts.d).text };
    return shown === "" ? value : shown;
  }
  if (/%/.test(format.replace(/"[^"]*"|\\./g, ""))) {
    const percent = Number((value * 100).toPrecision(14));
    return { kind: "percent", value: percent, text: `${percent}%` };
  }
  // Leading zeros, or letters around the number, that are in the format only.
  const digits = shown.replace(/\D/g, "");
  if (shown !== "" && Number.isSafeInteger(value) && value >= 0 && format !== "General" && digits.replace(/^0+(?=.)/, "") === String(value) && !/^\d{1,3}(?:[\s\u00a0\u202f,.]\d{3})+$/.test(shown) && shown !== String(value)) {
    return { kind: "digits", value, text: shown };
  }
  return value;
}

