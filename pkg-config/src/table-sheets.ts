// The part of portform/table that reads workbooks, with the library for it: a file of its own, loaded with the first workbook only.
export { readWorkbook } from "./table/sheets.js";
