// Reads a table from whatever it comes in: a file, its bytes, pasted text or rows. A wrong call throws one sentence; a file that is no
// table rejects with one, in the locale.
import type { FieldInfo, Form, Locale } from "../types.js";
import { dayOf, isBlank, type Cell, type Row, type Sheet } from "./cells.js";
import { TableError } from "./errors.js";
import { charsetOf, kindOf, markupOf } from "./file.js";
import { findHeader, fit, headerAt, likelyHeader, weight, type Header } from "./layout.js";
import { Matcher, targetsOf } from "./match.js";
import { tableOf } from "./sheet-table.js";
import type { Read } from "./sheets.js";
import { decode, rowsOf, type Decoded } from "./text.js";
import type { Table, TableOptions, TableSource } from "./types.js";

interface AnyPayload {
  readonly upstream: "portal" | "ehealth";
  fields(options?: { locale?: Locale }): readonly FieldInfo[];
  form(): Form<unknown>;
}
interface Loaded {
  readonly sheets: readonly Sheet[];
  readonly encoding: string | undefined;
}

const LOCALES: readonly unknown[] = ["ru", "uk", "en"];

/** Reads a workbook, with a library that is loaded for it. */
export type ReadWorkbook = (source: Uint8Array | string, signal: AbortSignal | undefined) => Promise<Read>;

export async function read(source: TableSource, options: TableOptions, readWorkbook: ReadWorkbook): Promise<Table> {
  const { list, sheet: wanted, header: row, hidden = false, signal } = checked(options);
  const payload = options.payload as unknown as AnyPayload;
  const locale = options.locale ?? (payload.upstream === "ehealth" ? "uk" : "ru");
  const listOf = list.replace(/\/\d+(?=\/)/g, "/*");
  const fieldsIn = (language: Locale): readonly FieldInfo[] => payload.fields({ locale: language });
  const info = fieldsIn(locale).find(({ pointer }) => pointer === listOf);
  if (info?.type !== "list") throw new RangeError(`list: ${JSON.stringify(list)} is no list of the payload.`);
  const targets = targetsOf(fieldsIn, listOf, locale);
  const matcher = new Matcher(targets);
  signal?.throwIfAborted();

  const { sheets, encoding } = await load({ matcher, locale, signal, readWorkbook }, source);
  signal?.throwIfAborted();
  if (!sheets.some(({ rows }) => rows.some((cells) => !cells.every(isBlank)))) throw new TableError(sheets.length === 0 ? "broken" : "no_rows", locale);
  const chosen = choose(sheets, wanted, matcher);
  const sheet = sheets[chosen] as Sheet;
  return tableOf({
    sheet,
    sheets: Object.freeze(sheets.map(({ name, hidden: unseen }, at) => Object.freeze({ name, hidden: unseen, chosen: at === chosen }))),
    encoding,
    header: headerOf(sheet, row, matcher),
    list,
    listOf,
    targets,
    locale,
    withHidden: hidden,
    newForm: () => payload.form(),
  });
}

function checked(options: TableOptions): TableOptions {
  const { payload, list, locale, sheet, header, signal } = Object(options) as Partial<TableOptions>;
  if (typeof (payload as { fields?: unknown } | undefined)?.fields !== "function") throw new TypeError("payload: must be a payload of portform, such as resultsBulkUpdate.");
  if (typeof list !== "string" || list.includes("*")) throw new TypeError("list: must be the pointer of a list, such as \"/results\".");
  if (locale !== undefined && !LOCALES.includes(locale)) throw new TypeError("locale: must be ru, uk or en.");
  if (sheet !== undefined && typeof sheet !== "string" && !Number.isInteger(sheet)) throw new TypeError("sheet: must be a sheet's name or its place from 0.");
  if (header !== undefined && header !== false && !(Number.isInteger(header) && header > 0)) throw new TypeError("header: must be a row's number from 1, or false.");
  if (signal !== undefined && typeof signal?.throwIfAborted !== "function") throw new TypeError("signal: must be an AbortSignal.");
  return options;
}

function choose(sheets: readonly Sheet[], wanted: string | number | undefined, matcher: Matcher): number {
  if (wanted !== undefined) {
    const at = typeof wanted === "string" ? sheets.findIndex(({ name }) => name === wanted) : wanted;
    if (sheets[at] === undefined) throw new RangeError(`sheet: the file has no sheet ${JSON.stringify(wanted)}.`);
    return at;
  }
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (const [at, sheet] of sheets.entries()) {
    const header = findHeader(sheet, matcher);
    const score = (header === undefined ? 0 : weight(header)) + (sheet.rows.length > 0 ? 0.1 : 0) - (sheet.hidden ? 1_000 : 0);
    if (score > most) [best, most] = [at, score];
  }
  return best;
}

function headerOf(sheet: Sheet, row: number | false | undefined, matcher: Matcher): Header | undefined {
  if (row === false) return undefined;
  if (row === undefined) return findHeader(sheet, matcher) ?? likelyHeader(sheet, matcher);
  if (row > sheet.rows.length) throw new RangeError(`header: the sheet has ${sheet.rows.length} rows.`);
  // Where the header is known to end, its upper rows are found as ever.
  const found = findHeader({ ...sheet, rows: sheet.rows.slice(0, row) }, matcher);
  return headerAt(sheet, found?.to === row ? found.from : row - 1, row, matcher);
}

interface Loading {
  readonly matcher: Matcher;
  readonly locale: Locale;
  readonly signal: AbortSignal | undefined;
  readonly readWorkbook: ReadWorkbook;
}

async function load(loading: Loading, source: TableSource): Promise<Loaded> {
  const { locale, signal } = loading;
  if (typeof source === "string") return fromText(loading, source, undefined);
  if (Array.isArray(source)) return { sheets: [plain(source.map(rowOf))], encoding: undefined };
  const bytes = await bytesOf(source as Blob | ArrayBuffer | ArrayBufferView, locale);
  signal?.throwIfAborted();
  const kind = kindOf(bytes);
  if (typeof kind === "object") throw new TableError(kind.fault, locale);
  if (kind === "workbook") return fromWorkbook(loading, bytes, undefined);
  const decoded = decode(bytes);
  if (decoded === undefined) throw new TableError("binary", locale);
  const { text, encoding } = (markupOf(decoded.text) === "html" ? saidBy(bytes, decoded) : undefined) ?? decoded;
  return fromText(loading, text, encoding);
}

/** A page of HTML in the encoding that it says it has, where its bytes do not show another. */
function saidBy(bytes: Uint8Array, { encoding }: Decoded): Decoded | undefined {
  const charset = charsetOf(bytes);
  if (charset === undefined || encoding.startsWith("utf-")) return undefined;
  try {
    return { text: new TextDecoder(charset).decode(bytes), encoding: charset };
  } catch {
    // A name that no decoder knows says nothing.
    return undefined;
  }
}

async function fromText(loading: Loading, text: string, encoding: string | undefined): Promise<Loaded> {
  const { matcher, locale } = loading;
  if (text.trim() === "") throw new TableError("empty", locale);
  if (markupOf(text) !== undefined) return fromWorkbook(loading, text, encoding);
  return { sheets: [plain(rowsOf(text, (rows) => fit(rows, matcher)))], encoding };
}

async function fromWorkbook({ locale, signal, readWorkbook }: Loading, source: Uint8Array | string, encoding: string | undefined): Promise<Loaded> {
  const came = await readWorkbook(source, signal);
  if ("fault" in came) throw new TableError(came.fault, locale);
  return { sheets: came.sheets, encoding };
}

function plain(rows: readonly Row[]): Sheet {
  let end = rows.length;
  while (end > 0 && rows[end - 1]?.every(isBlank) !== false) end--;
  return { name: "", hidden: false, rows: rows.slice(0, end), merges: [], hiddenRows: [], hiddenColumns: [] };
}

function rowOf(row: unknown): Row {
  if (!Array.isArray(row)) throw new TypeError("Rows are a list of lists of values.");
  return Array.from(row, (value: unknown): Cell => {
    switch (typeof value) {
      case "string":
      case "number":
      case "boolean":
        return value;
      case "undefined":
        return null;
      case "bigint":
        return String(value);
      default: {
        if (value === null) return null;
        const day = value instanceof Date ? dayOf(value) : undefined;
        if (day === undefined) throw new TypeError("A cell is a text, a number, a boolean, a date or nothing.");
        return day;
      }
    }
  });
}

async function bytesOf(source: Blob | ArrayBuffer | ArrayBufferView, locale: Locale): Promise<Uint8Array> {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (Object.prototype.toString.call(source) === "[object ArrayBuffer]") return new Uint8Array(source as ArrayBuffer);
  if (typeof (source as Blob | null)?.arrayBuffer !== "function") throw new TypeError("readTable takes a File, a Blob, an ArrayBuffer, a text or rows of cells.");
  try {
    return new Uint8Array(await (source as Blob).arrayBuffer());
  } catch {
    throw new TableError("unread", locale);
  }
}
