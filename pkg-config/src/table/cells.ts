// A cell of a sheet, whatever file it came from, and what of it a field is given. A number that the sheet shows as a date, a percentage
// or with leading zeros keeps both: the field decides which it needs.
import type { FieldInfo } from "../types.js";

/** A value that its sheet shows in another way; `bad` is one that is none. */
export interface Shown {
  readonly kind: "day" | "percent" | "digits" | "bad";
  readonly value: string | number;                         // of a day "2026-12-01", of a percentage what stands before the sign
  readonly text: string;
}
export type Cell = null | string | number | boolean | Shown;
export type Row = readonly Cell[];

export interface Range {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** A sheet as its reader gives it; plain data, so that it can come from another thread. */
export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: readonly Row[];
  readonly merges: readonly Range[];
  readonly hiddenRows: readonly number[];
  readonly hiddenColumns: readonly number[];
}

export function isBlank(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || (typeof cell === "string" && cell.trim() === "");
}

/** What spreadsheet programs show in place of a value that a formula does not have, in English, Russian and Ukrainian; in a text it is all there is. */
const ERROR = /^(?:#(?:N\/A|Н\/Д|REF!|ССЫЛКА!|ПОСИЛАННЯ!|VALUE!|ЗНАЧ!|DIV\/0!|ДЕЛ\/0!|ДІЛ\/0!|NAME\?|ИМЯ\?|ІМ['’]Я\?|NUM!|ЧИСЛО!|NULL!|ПУСТО!|SPILL!|ПЕРЕНОС!|CALC!|#+)|Err:\d{3})$/;

/** Why a cell holds no value, though something stands in it. */
export function badness(cell: Cell | undefined): "error_value" | "no_cached_value" | undefined {
  if (typeof cell === "string") return (cell.startsWith("#") || cell.startsWith("Err:")) && ERROR.test(cell.trim()) ? "error_value" : undefined;
  return typeof cell === "object" && cell?.kind === "bad" ? (cell.value as "error_value" | "no_cached_value") : undefined;
}

/** What the sheet shows, as far as it is known. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return "";
  return typeof cell === "object" ? cell.text : typeof cell === "string" ? cell.replace(/\u00a0/g, " ").trim() : String(cell);
}

/** A time that a date brought along and that says nothing. */
const MIDNIGHT = /^(\d{1,4}[.\-/]\d{1,2}[.\-/]\d{1,4})[ T]0?0:00(?::00(?:\.0+)?)?(?: ?(?:am|z))?$/i;
/** The sign before a number, where the field is the number. */
const NUMBER_SIGN = /^\s*(?:№|N[o°º]\.?|#)\s*(?=\S)/iu;

/** What the field is given of the cell. */
export function given(cell: Cell | undefined, info: FieldInfo, numbered: boolean): string | number | boolean | undefined {
  if (cell === undefined || isBlank(cell) || badness(cell) !== undefined) return undefined;
  if (typeof cell === "object" && cell !== null) {
    if (info.type === "date") return cell.kind === "day" ? cell.value : cell.text;
    const written = isText(info) ? cell.text : cell.value;
    return numbered && typeof written === "string" ? written.replace(NUMBER_SIGN, "") : written;
  }
  if (typeof cell !== "string") return cell ?? undefined;
  if (info.type === "date") return cell.trim().replace(MIDNIGHT, "$1");
  return numbered ? cell.replace(NUMBER_SIGN, "") : cell;
}

/** Fields whose values are texts of any kind. */
function isText({ type }: FieldInfo): boolean {
  return type === "text" || type === "uuid" || type === "enum" || type === "boolean";
}

/** The day that a JavaScript date is: of midnight in UTC that one, else the one here. */
export function dayOf(date: Date): Shown | undefined {
  if (Number.isNaN(date.getTime())) return undefined;
  const utc = date.getTime() % 86_400_000 === 0;
  const [year, month, day] = utc ? [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()] : [date.getFullYear(), date.getMonth(), date.getDate()];
  return shownDay(year, month + 1, day);
}

export function shownDay(year: number, month: number, day: number): Shown {
  const two = (number: number): string => String(number).padStart(2, "0");
  const value = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  return { kind: "day", value, text: `${two(day)}.${two(month)}.${String(year).padStart(4, "0")}` };
}
