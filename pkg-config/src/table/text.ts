// Text files and pasted text: which encoding the bytes are in, which sign stands between the cells, and the cells. Every cell stays the
// text that it is; numbers and dates are for the field to read.
import Papa from "papaparse";
import type { Row } from "./cells.js";

export interface Decoded {
  readonly text: string;
  readonly encoding: string;
}

/** Encodings of one byte to a letter that information systems of the region still write. */
const ONE_BYTE = ["windows-1251", "ibm866", "koi8-u"] as const;

/** The text that bytes are, or nothing where they are no text. */
export function decode(bytes: Uint8Array): Decoded | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return as(bytes.subarray(3), "utf-8");
  if (a === 0xff && b === 0xfe) return as(bytes.subarray(2), "utf-16le");
  if (a === 0xfe && b === 0xff) return as(bytes.subarray(2), "utf-16be");
  const wide = wideOf(bytes);
  if (wide !== undefined) return as(bytes, wide);
  if (bytes.subarray(0, 1 << 16).includes(0)) return undefined;
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), encoding: "utf-8" };
  } catch {
    const sample = bytes.subarray(0, 1 << 18);
    let best: (typeof ONE_BYTE)[number] = "windows-1251";
    let most = Number.NEGATIVE_INFINITY;
    for (const encoding of ONE_BYTE) {
      const score = plausible(new TextDecoder(encoding).decode(sample));
      if (score > most) [best, most] = [encoding, score];
    }
    return as(bytes, best);
  }
}

function as(bytes: Uint8Array, encoding: string): Decoded {
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

/** UTF-16 without its mark: of every second byte nearly all are 0 or 4, which Latin and Cyrillic letters have there. */
function wideOf(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const count = Math.min(bytes.length, 4_096) & ~1;
  if (count < 4 || bytes.length % 2 !== 0) return undefined;
  const high = [0, 0];
  let zeros = 0;
  for (let at = 0; at < count; at++) {
    if (bytes[at] === 0) zeros++;
    if (bytes[at] === 0 || bytes[at] === 4) high[at % 2] = (high[at % 2] as number) + 1;
  }
  if (zeros === 0) return undefined;
  if ((high[1] as number) > count * 0.45) return "utf-16le";
  return (high[0] as number) > count * 0.45 ? "utf-16be" : undefined;
}

/** How much a text looks like one that a person wrote in Russian, Ukrainian or English. */
function plausible(text: string): number {
  let score = 0;
  let lower = false;
  for (const letter of text) {
    if (letter < "\u0080") {
      lower = false;
      continue;
    }
    if (/[а-яёіїєґ]/.test(letter)) {
      score += 1;
      lower = true;
    } else if (/[А-ЯЁІЇЄҐ]/.test(letter)) {
      // A capital within a word is what a wrong table of letters makes.
      score += lower ? -2 : 0.25;
    } else if (!/[«»№–—…’“”\u00a0°]/.test(letter)) {
      score -= 2;
      lower = false;
    }
  }
  return score;
}

export type Delimiter = "," | ";" | "\t";
const DELIMITERS: readonly Delimiter[] = ["\t", ";", ","];

/** The rows of a text. Of the signs that may stand between cells it is the one by which `fits` finds most, then the one that makes the most even table. */
export function rowsOf(text: string, fits: (rows: readonly Row[]) => number): Row[] {
  const plain = text.replace(/^\ufeff/, "");
  // Excel's own line that names the sign.
  const said = /^"?sep=([,;\t])"?\r?\n/i.exec(plain);
  if (said !== null) return parsed(plain.slice(said[0].length), said[1] as Delimiter);
  let best: Delimiter = "\t";
  let most = [Number.NEGATIVE_INFINITY, 0];
  for (const delimiter of DELIMITERS) {
    const rows = parsed(plain, delimiter, 60);
    const score = [fits(rows), evenness(rows)];
    if ((score[0] as number) > (most[0] as number) || (score[0] === most[0] && (score[1] as number) > (most[1] as number))) [best, most] = [delimiter, score];
  }
  return parsed(plain, best);
}

function parsed(text: string, delimiter: Delimiter, preview = 0): Row[] {
  const { data } = Papa.parse<string[]>(text, { delimiter, preview, skipEmptyLines: false });
  // What follows the last line feed is no row.
  const last = data.at(-1);
  if (last !== undefined && last.length === 1 && last[0] === "") data.pop();
  return data;
}

/** The share of rows that have as many cells as most rows, where these are several. */
function evenness(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1);
  return rows.length === 0 ? 0 : Math.max(0, ...counts.values()) / rows.length;
}
