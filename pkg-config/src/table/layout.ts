// Where the table stands on its sheet: the header among titles, one or several rows high, and which rows below it are none of the
// table's: totals, notes, numbers of columns, headers again.
import { isBlank, textOf, type Cell, type Row, type Sheet } from "./cells.js";
import { folded } from "./fold.js";
import { assigned, type Assigned, type Matcher, type Meaning } from "./match.js";
import type { TableReason } from "./types.js";

export interface Header {
  /** The first row, and the one after the last, from 0. */
  readonly from: number;
  readonly to: number;
  readonly headings: readonly string[];
  readonly assigned: readonly Assigned[];
}

/** A header stands among the first rows, and is at most so high. */
const AMONG = 60;
const HIGHEST = 4;

/** How well rows fit the fields: the sum of what the best header is sure of. */
export function fit(rows: readonly Row[], matcher: Matcher): number {
  const header = findHeader({ name: "", hidden: false, rows, merges: [], hiddenRows: [], hiddenColumns: [] }, matcher);
  return header === undefined ? 0 : weight(header);
}

export function weight({ assigned: columns }: Header): number {
  return columns.reduce((sum, { match }) => sum + (match?.sure ?? 0), 0);
}

/** The header, where one can be told by the fields that it names. */
export function findHeader(sheet: Sheet, matcher: Matcher): Header | undefined {
  let best: Header | undefined;
  let most = 0;
  const end = Math.min(sheet.rows.length, AMONG);
  for (let from = 0; from < end; from++) {
    if (sheet.rows[from]?.every(isBlank) !== false) continue;
    for (let height = 1; height <= HIGHEST && from + height <= end; height++) {
      if (height > 1 && !continues(sheet, from + height - 1)) break;
      const header = headerAt(sheet, from, from + height, matcher);
      // A row more has to name a field more.
      const score = weight(header) - 0.01 * (height - 1);
      if (score > most + 1e-9) [best, most] = [header, score];
    }
  }
  if (best === undefined) return undefined;
  best = raised(sheet, best, matcher);
  const found = best.assigned.filter(({ match }) => match !== undefined);
  const headings = best.headings.filter((heading) => heading !== "").length;
  // One field that a long row is somewhat like is no header.
  return found.length > 1 || headings <= 2 || (found[0]?.match?.sure ?? 0) >= 0.9 ? best : undefined;
}

/** The header with the rows above it that cells merged with it reach into. */
function raised(sheet: Sheet, header: Header, matcher: Matcher): Header {
  let { from } = header;
  for (const { top, bottom } of sheet.merges) if (top < from && bottom >= from && bottom < header.to && from - top < HIGHEST) from = top;
  if (from === header.from) return header;
  const higher = headerAt(sheet, from, header.to, matcher);
  return weight(higher) >= weight(header) ? higher : header;
}

/** Whether a row can be the lower part of a header: texts only. */
function continues(sheet: Sheet, row: number): boolean {
  const cells = sheet.rows[row] ?? [];
  return cells.some((cell) => !isBlank(cell)) && cells.every((cell) => isBlank(cell) || (typeof cell === "string" && !/^[\s\d.,%-]+$/.test(cell)));
}

/** The header that these rows would be. */
export function headerAt(sheet: Sheet, from: number, to: number, matcher: Matcher): Header {
  const width = widthOf(sheet);
  const levels: string[][] = [];
  for (let row = from; row < to; row++) levels.push(Array.from({ length: width }, (_, column) => headingAt(sheet, row, column)));
  const headings: string[] = [];
  const meanings: Meaning[] = [];
  for (let column = 0; column < width; column++) {
    const parts = [...new Set(levels.map((level) => level[column] ?? "").filter((part) => part !== ""))];
    headings.push(parts.join(" / "));
    // The lowest says most; what stands over several columns names a group, and says something only together with what is below it.
    const alone = parts.filter((part, at) => at === parts.length - 1 || !levels.some((level) => level.filter((text) => text === part).length > 1));
    const spellings = [...alone.reverse(), ...(parts.length > 1 ? [parts.join(" ")] : [])];
    let meaning = matcher.of(spellings[0] ?? "");
    for (const other of spellings.slice(1).map((spelling) => matcher.of(spelling))) if (surety(other) > surety(meaning)) meaning = other;
    meanings.push(meaning);
  }
  return { from, to, headings, assigned: assigned(meanings) };
}

/** How sure a meaning is; one of several fields is less than any of one. */
function surety({ matches, unsure }: Meaning): number {
  return (matches[0]?.sure ?? 0) - (unsure ? 1 : 0);
}

/** What stands over a column in a row, of merged cells too. */
function headingAt(sheet: Sheet, row: number, column: number): string {
  const own = sheet.rows[row]?.[column];
  if (!isBlank(own)) return textOf(own).replace(/\s+/g, " ");
  const merge = sheet.merges.find(({ top, left, bottom, right }) => row >= top && row <= bottom && column >= left && column <= right);
  return merge === undefined ? "" : textOf(sheet.rows[merge.top]?.[merge.left]).replace(/\s+/g, " ");
}

/** How many columns the sheet has. */
export function widthOf({ rows }: Sheet): number {
  return rows.reduce((widest, { length }) => Math.max(widest, length), 0);
}

/** Where no heading is known: a first row of texts over rows that are not all texts. */
export function likelyHeader(sheet: Sheet, matcher: Matcher): Header | undefined {
  const at = sheet.rows.findIndex((row) => row.filter((cell) => !isBlank(cell)).length > 1);
  const row = sheet.rows[at];
  const below = sheet.rows.slice(at + 1).find((cells) => cells.some((cell) => !isBlank(cell)));
  if (row === undefined || below === undefined) return undefined;
  const worded = (cell: Cell | undefined): boolean => isBlank(cell) || (typeof cell === "string" && !/\d/.test(cell));
  return row.every(worded) && !below.every(worded) ? headerAt(sheet, at, at + 1, matcher) : undefined;
}

const TOTAL = /^(?:(?:в|у) ?(?:сего|сього)|итого|итог|итоги|усього|всього|разом|підсумок|підсумки|total|totals|sum|среднее|середнє|average)(?:$|[ :.,-])/;
const NOTE = /^(?:\*|примечани|примітк|note|подпись|підпис|исполнитель|виконавець|ответственн|відповідальн|дата составления|дата складання|руководитель|керівник|директор|секретар|составил|склав |м\. ?[пп]\.)/;

export interface Judge {
  /** Columns that go to a field, from 0. */
  readonly taken: readonly number[];
  /** Of these the ones that every row must have. */
  readonly required: readonly number[];
}

/** Why rows under the header are none of the table's, row by row; undefined for those that are. */
export function judged(sheet: Sheet, header: Header | undefined, { taken, required }: Judge, withHidden: boolean): (TableReason | undefined)[] {
  const hidden = new Set(withHidden ? [] : sheet.hiddenRows);
  const reasons: (TableReason | undefined)[] = [];
  let ended = false;
  const first = header?.to ?? 0;
  for (const [at, row] of sheet.rows.entries()) {
    const reason = at < (header?.from ?? 0) ? (row.every(isBlank) ? "blank" : "title") : at < first ? "header" : hidden.has(at) ? "hidden" : of(row, at);
    if (at >= first && (reason === "total" || reason === "note")) ended = true;
    reasons.push(reason);
  }
  return reasons;

  function of(row: Row, at: number): TableReason | undefined {
    const filled = row.flatMap((cell, column) => (isBlank(cell) ? [] : [column]));
    if (filled.length === 0) return "blank";
    if (header !== undefined && again(row, header)) return "header";
    if (header !== undefined && at === header.to && numbering(row, filled)) return "numbering";
    const lead = folded(textOf(row[filled[0] as number]));
    const keyed = required.some((column) => !isBlank(row[column]) && column !== filled[0]);
    const short = required.length === 0 || required.some((column) => isBlank(row[column]));
    if (TOTAL.test(lead) && !keyed) return "total";
    if (NOTE.test(lead) && filled.length <= 3 && (short || (filled.length <= 2 && required.includes(filled[0] as number)))) return "note";
    if (!taken.some((column) => !isBlank(row[column]))) return taken.length === 0 ? undefined : filled.length === 1 ? "note" : "nothing";
    if (taken.length > 1 && filled.length === 1 && noted(row[filled[0] as number], filled[0] as number, at)) return "note";
    // Under the totals stand signatures.
    if (ended && required.length > 0 && short && (filled.length <= taken.length / 3 || required.every((column) => isBlank(row[column])))) return "note";
    return undefined;
  }

  /** A sentence alone in its row, or one over merged columns. */
  function noted(cell: Cell | undefined, column: number, at: number): boolean {
    if (typeof cell !== "string") return false;
    const merged = sheet.merges.some(({ top, left, right }) => top === at && left === column && right > left);
    return merged || (/\p{L}+ +\p{L}+/u.test(cell) && (!required.includes(column) || !/\d/.test(cell)));
  }
}

/** The header once more, as on every printed page. */
function again(row: Row, { headings }: Header): boolean {
  let same = 0;
  for (const [column, cell] of row.entries()) {
    if (isBlank(cell)) continue;
    const heading = headings[column] ?? "";
    if (heading === "" || !heading.split(" / ").some((part) => folded(part) === folded(textOf(cell)))) return false;
    same++;
  }
  return same > 0;
}

/** 1, 2, 3, … under the headings. */
function numbering(row: Row, filled: readonly number[]): boolean {
  if (filled.length < 3) return false;
  const first = Number(textOf(row[filled[0] as number]));
  return first === 1 && filled.every((column, at) => Number(textOf(row[column])) === at + 1);
}
