// Which field a heading means: by the field's name, by its label in any of the three languages, or by likeness to one. A heading that is
// like two fields goes to neither by itself.
import type { FieldInfo, Locale } from "../types.js";
import { folded, likeness, nameKey, within, wordsOf } from "./fold.js";

/** A field of a row, and what it is called. */
export interface Target {
  readonly info: FieldInfo;                                // in the locale
  readonly column: string;                                 // within a row: "test_mark", "contract/number", "" of a list of values
  readonly names: readonly string[];
  readonly labels: readonly Label[];
  readonly options: readonly { readonly value: string; readonly labels: readonly string[] }[];
}
interface Label {
  readonly text: string;
  readonly words: readonly string[];
}

export interface Match {
  readonly target: Target;
  readonly by: "name" | "label" | "likeness";
  readonly sure: number;
}

/** What a heading is like: the best field, or none because it is like two. */
export interface Meaning {
  readonly matches: readonly Match[];                      // the best first
  readonly unsure: boolean;
}

/** Less than this is no likeness. */
const LEAST = 0.6;
/** Two fields whose likenesses are this near are one as likely as the other. */
const NEAR = 0.08;
/** From here on a heading says nearly all of the label. */
const SURE = 0.75;

/** The fields of a list's items that a cell can fill. */
export function targetsOf(fieldsIn: (locale: Locale) => readonly FieldInfo[], list: string, locale: Locale): Target[] {
  const all = (["ru", "uk", "en"] as const).map((language) => new Map(fieldsIn(language).map((info) => [info.pointer, info])));
  const targets: Target[] = [];
  for (const info of fieldsIn(locale)) {
    const column = columnOf(info, list);
    if (column === undefined) continue;
    const spoken = all.map((fields) => fields.get(info.pointer) ?? info);
    targets.push({
      info,
      column,
      names: [...new Set([column, info.name, info.pointer, `${list}/*/${column}`].map(nameKey))],
      labels: [...new Set(spoken.map(({ label }) => label))].map((text) => ({ text: headingKey(text), words: wordsOf(text) })),
      options: (info.options ?? []).map(({ value }, at) => ({ value, labels: spoken.map(({ options }) => options?.[at]?.label ?? value) })),
    });
  }
  return targets;
}

function columnOf({ pointer, type }: FieldInfo, list: string): string | undefined {
  if (type === "list" || type === "object") return undefined;
  if (pointer === `${list}/*`) return "";
  const column = pointer.startsWith(`${list}/*/`) ? pointer.slice(list.length + 3) : undefined;
  // A list within a row has no cell of its own.
  return column === undefined || column.split("/").includes("*") ? undefined : column;
}

/** A heading without what only decorates it. */
function headingKey(text: string): string {
  return folded(text).replace(/[^\p{L}\p{N}%№]+/gu, " ").trim();
}

/** Headings that number the rows, and say nothing of a field. */
const ROW_NUMBER = /^(?:№|n|no|#|номер)?(?: ?(?:п ?п|з ?п|пп|зп|по порядку|строки|рядка|row))?$/;

export class Matcher {
  readonly #targets: readonly Target[];
  readonly #known = new Map<string, Meaning>();

  constructor(targets: readonly Target[]) {
    this.#targets = targets;
  }

  /** What a heading means. */
  of(heading: string): Meaning {
    let meaning = this.#known.get(heading);
    if (meaning === undefined) {
      // Cells are long where a column is free text; a heading is not.
      meaning = heading.length > 300 ? { matches: [], unsure: false } : this.#meaning(heading);
      this.#known.set(heading, meaning);
    }
    return meaning;
  }

  #meaning(heading: string): Meaning {
    const key = headingKey(heading);
    if (key === "") return { matches: [], unsure: false };
    const name = nameKey(heading);
    const matches: Match[] = [];
    for (const target of this.#targets) {
      if (target.names.includes(name)) matches.push({ target, by: "name", sure: 1 });
      else if (target.labels.some(({ text }) => text === key)) matches.push({ target, by: "label", sure: 1 });
    }
    if (matches.length > 0) return { matches, unsure: matches.length > 1 };
    if (ROW_NUMBER.test(key)) return { matches: [], unsure: false };
    const words = wordsOf(heading);
    const holding = this.#targets.filter(({ labels }) => labels.some((label) => within(words, label.words)));
    for (const target of this.#targets) {
      let sure = Math.max(...target.labels.map((label) => likeness(words, label.words)));
      // A part of one field's label only: «Собеседование, балл» or «Оценка».
      if (holding.includes(target)) sure = Math.max(sure, holding.length === 1 ? 0.7 : LEAST);
      if (target.labels.some((label) => label.words.length > 1 && within(label.words, words))) sure = Math.max(sure, 0.8);
      if (sure >= LEAST) matches.push({ target, by: "likeness", sure: Math.min(sure, 0.95) });
    }
    matches.sort((one, other) => other.sure - one.sure);
    const [first, second] = matches;
    // «Тест» is part of more than one label.
    const shared = holding.length > 1 && first !== undefined && first.sure < SURE;
    return { matches, unsure: shared || (first !== undefined && second !== undefined && first.sure - second.sure < NEAR) };
  }
}

/** What each of several headings goes to: no field twice, the surest first. */
export interface Assigned {
  readonly match: Match | undefined;
  /** Why there is none. */
  readonly reason: "unknown_column" | "unsure_column" | "second_column" | undefined;
}

export function assigned(meanings: readonly Meaning[]): Assigned[] {
  const result: Assigned[] = meanings.map(({ matches, unsure }) => ({ match: undefined, reason: matches.length === 0 ? "unknown_column" : unsure ? "unsure_column" : "second_column" }));
  const taken = new Set<Target>();
  const pairs = meanings.flatMap(({ matches, unsure }, column) => (unsure ? [] : matches.slice(0, 1).map((match) => ({ match, column }))));
  pairs.sort((one, other) => other.match.sure - one.match.sure || one.column - other.column);
  for (const { match, column } of pairs) {
    if (taken.has(match.target)) continue;
    taken.add(match.target);
    result[column] = { match, reason: undefined };
  }
  // What was like two fields is like one when the other is taken.
  for (const [column, { matches, unsure }] of meanings.entries()) {
    if (!unsure) continue;
    const free = matches.filter(({ target }) => !taken.has(target));
    const [match] = free;
    if (match === undefined || free.length > 1 || match.sure < (matches[0]?.sure ?? 0) - NEAR) continue;
    taken.add(match.target);
    result[column] = { match, reason: undefined };
  }
  return result;
}
