// portform/table: a sheet becomes a list. It carries no wasm and no rule: whoever imports it brings the payload. The library that reads
// workbooks is loaded with the first of them.
import { read } from "./table/read.js";
import { readSomewhere } from "./table/thread.js";
import type { Table, TableOptions, TableSource } from "./table/types.js";

export { TableError } from "./table/errors.js";
export type { ApplyOptions, Table, TableColumn, TableOptions, TableReason, TableRows, TableSheet, TableSkipped, TableSource, TableValue } from "./table/types.js";
export type { FileFault } from "./table/words.js";

// Both files stand beside this one; bundlers find them by these very words.
const start = (): Worker => new Worker(new URL("./table-thread.js", import.meta.url), { type: "module" });
const here = async (): Promise<typeof import("./table-sheets.js").readWorkbook> => (await import("./table-sheets.js")).readWorkbook;

/**
 * Reads a file, its bytes, pasted text or rows as a table for a list of the payload. A file that is no table rejects with a
 * `TableError`, whose message is a sentence in the locale; a wrong call rejects with a `TypeError` or a `RangeError`.
 */
export function readTable(source: TableSource, options: TableOptions): Promise<Table> {
  return read(source, options, (workbook, signal) => readSomewhere(workbook, signal, typeof Worker === "function" ? start : undefined, here));
}
