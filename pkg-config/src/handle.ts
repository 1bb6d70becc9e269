// A handle on a form in wasm memory. It checks the arguments of calls, keeps the values that wasm cannot hold, and hands on what
// the wasm tells; every decision about the draft is taken in src/form. Who calls reads the outputs, here or on another thread.
import * as glue from "../build/glue.js";
import { packAnswer, type Answer } from "./answer.js";
import { attempt, outputBytes, outputJson, outputText } from "./core.js";
import { locales, severities } from "./issues.js";
import { Bound, replaced } from "./options.js";
import { columnsLength, pack, packAt, packCells, pointerLength } from "./pack.js";
import { deepFrozen } from "./report.js";
import type { Place } from "./shape.js";
import type { Table } from "./table.js";
import { unpack } from "./unpack.js";
import type { FieldState, Issue, Options, Preview, Severity } from "./types.js";

/** What a call on a form says that is freed. */
export const FREED = "The form is freed: free() was called on it.";

const ALL_SEVERITIES = 3;
const ALL = 0xffffffff;

/** Edits answer with the length of their output. */
export class Handle {
  readonly #table: Table;
  /** What the payload is bound to: what a part of the options falls back to. */
  readonly #base: Options | undefined;
  #options: Options | undefined;
  /** The form in wasm; 0 when it is freed. */
  #number: number;
  /** Values that wasm cannot hold, by their slots. */
  readonly #kept: unknown[] = [];
  /** The number of the language. */
  locale: number;

  constructor(table: Table, base: Options | undefined, own: Options | undefined, bound: Bound, draft: unknown) {
    this.#table = table;
    this.#base = base;
    this.#options = own;
    this.locale = locales.indexOf(bound.locale ?? table.locale);
    const options = bound.number();
    const length = draft === undefined ? 0 : pack(draft, table.shape, this.#kept);
    this.#number = attempt(() => glue.form_new(table.number, options, length));
  }

  /** The form's number in wasm. */
  get number(): number {
    return this.#number;
  }

  set(pointer: string, value: unknown, how: { typing?: boolean } | undefined): number {
    const place = placeOf(this.#table, pointer);
    const typing = isTyping(how);
    const length = packAt(pointer, this.#keeping(), { value, ...place });
    return attempt(() => glue.form_set(this.#number, pointerLength, length, typing));
  }

  insert(pointer: string, index: number, item?: unknown): number {
    const { shape, depth } = placeOf(this.#table, pointer);
    whole(index, "The index");
    const length = packAt(pointer, this.#keeping(), item === undefined ? undefined : { value: item, shape, item: true, depth: depth + 1 });
    return attempt(() => glue.form_insert(this.#number, pointerLength, length, index));
  }

  remove(pointer: string, index: number): number {
    whole(index, "The index");
    this.#point(pointer);
    return attempt(() => glue.form_remove(this.#number, pointerLength, index));
  }

  move(pointer: string, from: number, to: number): number {
    whole(from, "The first index");
    whole(to, "The second index");
    this.#point(pointer);
    return attempt(() => glue.form_move(this.#number, pointerLength, from, to));
  }

  /** As the part of a larger edit it has no output. */
  replace(draft: unknown, part: boolean): number {
    const length = pack(draft, this.#table.shape, this.#keeping());
    return attempt(() => glue.form_replace(this.#number, length, part));
  }

  /** As the part of a larger edit it has no output. */
  paste(pointer: string, index: number, rows: readonly (readonly unknown[])[], columns: readonly string[], part: boolean): number {
    placeOf(this.#table, pointer);
    whole(index, "The index");
    if (!Array.isArray(columns) || columns.some((column) => typeof column !== "string" || column.includes("\n"))) {
      throw new TypeError("Columns are a list of the names of fields.");
    }
    const length = packCells(pointer, this.#keeping(), columns, rows);
    return attempt(() => glue.form_paste(this.#number, pointerLength, columnsLength, length, index, part));
  }

  get(pointer: string): unknown {
    this.#point(pointer);
    return unpack(outputBytes(attempt(() => glue.form_get(this.#number, pointerLength))), this.#kept);
  }

  length(pointer: string): number {
    this.#point(pointer);
    return attempt(() => glue.form_length(this.#number, pointerLength));
  }

  key(pointer: string): number {
    this.#point(pointer);
    return attempt(() => glue.form_key(this.#number, pointerLength));
  }

  state(pointer: string): FieldState & { readonly issues: readonly Issue[] } {
    this.#point(pointer);
    return deepFrozen(attempt(() => outputJson(glue.form_state(this.#number, pointerLength)) as FieldState & { issues: Issue[] }));
  }

  states(): readonly FieldState[] {
    this.alive();
    return deepFrozen(attempt(() => outputJson(glue.form_states(this.#number)) as FieldState[]));
  }

  /** The length of the block. */
  issues(filter: { severity?: Severity; under?: string; offset?: number; limit?: number } = {}): number {
    const { severity, under = "", offset = 0, limit = ALL } = filter;
    const which = severity === undefined ? ALL_SEVERITIES : severities.indexOf(severity);
    if (which === -1) throw new TypeError(`A severity is one of ${severities.join(", ")}.`);
    whole(offset, "The offset");
    if (limit !== ALL && limit !== Infinity) whole(limit, "The limit");
    this.#point(under);
    return attempt(() => glue.form_issues(this.#number, pointerLength, which, offset, Math.min(limit, ALL)));
  }

  /** The counts as an edit tells them. */
  summary(): number {
    this.alive();
    return attempt(() => glue.form_summary(this.#number));
  }

  /** The length of the block, doubled, and 1 for a valid payload. */
  report(): number {
    this.alive();
    return attempt(() => glue.form_report(this.#number));
  }

  /** The outgoing body, of which it is known that it is valid. */
  body(): string {
    return attempt(() => outputText(glue.form_body(this.#number)));
  }

  preview(): Preview {
    this.alive();
    const preview = attempt(() => outputJson(glue.form_preview(this.#number)) as Preview);
    return deepFrozen({ ...preview, endpoint: preview.endpoint });
  }

  explain(answer: Answer): number {
    this.alive();
    const { status, length, text } = packAnswer(answer);
    return attempt(() => glue.form_explain(this.#number, status, length, text));
  }

  setOptions(options: Options): number {
    this.alive();
    const next = replaced(this.#base, this.#options, options);
    const bound = Bound.of(next, undefined);
    const number = bound.number();
    this.#options = next;
    this.locale = locales.indexOf(bound.locale ?? this.#table.locale);
    return attempt(() => glue.form_options(this.#number, number));
  }

  /** No output when there is nothing to take back or to do again. */
  history(forth: boolean): number {
    this.alive();
    return attempt(() => glue.form_history(this.#number, forth));
  }

  free(): void {
    const number = this.#number;
    this.#number = 0;
    this.#kept.length = 0;
    attempt(() => glue.form_free(number));
  }

  alive(): void {
    if (this.#number === 0) throw new TypeError(FREED);
  }

  #keeping(): unknown[] {
    this.alive();
    return this.#kept;
  }

  #point(pointer: string): void {
    if (typeof pointer !== "string") throw new TypeError("A pointer is a text such as \"/prices/0/price\" (RFC 6901).");
    packAt(pointer, this.#keeping());
  }
}

function isTyping(how: unknown): boolean {
  if (how === undefined) return false;
  const typing = typeof how === "object" && how !== null ? (how as { typing?: unknown }).typing : how;
  if (typing !== undefined && typeof typing !== "boolean") throw new TypeError("How a value is set is an object such as { typing: true }.");
  return typing ?? false;
}

function whole(number: number, what: string): void {
  if (!Number.isInteger(number) || number < 0 || number > ALL) throw new RangeError(`${what} is a whole number from 0 on.`);
}

/** Where a pointer leads in a payload's shapes; whether there is such a place is decided in wasm. */
function placeOf(table: Table, pointer: string): Place {
  if (typeof pointer !== "string") throw new TypeError("A pointer is a text such as \"/prices/0/price\" (RFC 6901).");
  let shape: Place["shape"] = table.shape;
  let item = pointer === "";
  let depth = 1;
  for (let from = 1; from <= pointer.length; ) {
    const slash = pointer.indexOf("/", from);
    const to = slash === -1 ? pointer.length : slash;
    const row: number | undefined = shape?.index.get(pointer.slice(from, to));
    item = row === undefined;
    if (row !== undefined) shape = shape?.child[row];
    depth++;
    from = to + 1;
  }
  return { shape, item, depth };
}
