// A handle on a form in wasm memory. It checks the arguments of calls, keeps the values that wasm cannot hold, and hands on what
// the wasm tells; every decision about the draft is taken in src/form. Who calls says how outputs are read, here or on another thread.
import { packAnswer, type Answer } from "./answer.js";
import type { Engine } from "./core.js";
import { severities } from "./issues.js";
import { Living, type Edit, type Lost } from "./living.js";
import { replaced } from "./merge.js";
import type { Bound } from "./options.js";
import { columnsLength, pack, packAt, packCells, packFindings, pointerLength } from "./pack.js";
import { deepFrozen } from "./report.js";
import type { Place } from "./shape.js";
import type { Table } from "./payload-table.js";
import { unpack } from "./unpack.js";
import { worded, type Words } from "./words.js";
import type { FieldState, Form, Issue, Options, Preview, Severity } from "./types.js";

const ALL_SEVERITIES = 3;
const ALL = 0xffffffff;

/** A front end's own finding. */
type Finding = Parameters<Form<unknown>["attach"]>[1][number];

/** What an edit told, from a copy of its output and the number of the language. */
export type Read<Told> = (output: Uint8Array, locale: number, engine: Engine, words: Words | undefined) => Told;

/** How a form speaks. */
interface Spoken {
  readonly locale: number;
  readonly words: Words | undefined;
}

/** A form as it was once. */
export interface Then<Told> {
  readonly lost: Lost | undefined;
  /** For questions only; to be freed. */
  readonly handle: () => Handle<Told>;
}

/** Edits answer with what is read of their output; nothing where there is none. */
export class Handle<Told> {
  readonly #table: Table;
  /** What the payload is bound to: what a part of the options falls back to. */
  readonly #base: Options | undefined;
  #options: Options | undefined;
  /** Values that wasm cannot hold, by their slots. */
  #kept: unknown[] = [];
  readonly #read: Read<Told>;
  readonly living: Living;
  /** The number of the language. */
  locale: number;
  /** The front end's own. */
  words: Words | undefined;

  private constructor(table: Table, base: Options | undefined, own: Options | undefined, spoken: Spoken, kept: unknown[], living: Living, read: Read<Told>) {
    this.#table = table;
    this.#base = base;
    this.#options = own;
    this.#read = read;
    this.locale = spoken.locale;
    this.words = spoken.words;
    this.#kept = kept;
    this.living = living;
  }

  static of<Told>(table: Table, base: Options | undefined, own: Options | undefined, bound: Bound, draft: unknown, read: Read<Told>): Handle<Told> {
    const kept: unknown[] = [];
    const living = Living.of(table, bound, draft === undefined ? 0 : pack(draft, table.shape, kept));
    return new Handle(table, base, own, { locale: table.spoken(bound), words: bound.words }, kept, living, read);
  }

  /** The form as it is now, to be asked when it is not any more. */
  now(): Then<Told> {
    const moment = this.living.moment();
    const spoken = { locale: this.locale, words: this.words };
    const kept = this.#kept;
    return { lost: moment.journal.lost, handle: () => new Handle(this.#table, this.#base, undefined, spoken, kept, Living.at(moment), this.#read) };
  }

  set(pointer: string, value: unknown, how?: { typing?: boolean }): Told {
    const place = placeOf(this.#table, pointer);
    const typing = isTyping(how);
    const length = packAt(pointer, this.#keeping(), { value, ...place });
    return this.#edit("form_set", length, pointerLength, length, typing ? 1 : 0) as Told;
  }

  /** As the part of a larger edit, without an output. */
  setPart(pointer: string, value: unknown): void {
    const length = packAt(pointer, this.#keeping(), { value, ...placeOf(this.#table, pointer) });
    this.#edit("form_set_part", length, pointerLength, length);
  }

  insert(pointer: string, index: number, item?: unknown): Told {
    const { shape, depth } = placeOf(this.#table, pointer);
    whole(index, "The index");
    const length = packAt(pointer, this.#keeping(), item === undefined ? undefined : { value: item, shape, item: true, depth: depth + 1 });
    return this.#edit("form_insert", length, pointerLength, length, index) as Told;
  }

  remove(pointer: string, index: number): Told {
    whole(index, "The index");
    return this.#edit("form_remove", this.#point(pointer), pointerLength, index) as Told;
  }

  move(pointer: string, from: number, to: number): Told {
    whole(from, "The first index");
    whole(to, "The second index");
    return this.#edit("form_move", this.#point(pointer), pointerLength, from, to) as Told;
  }

  /** As the part of a larger edit it has no output. */
  replace(draft: unknown, part: boolean): Told | undefined {
    const length = pack(draft, this.#table.shape, this.#keeping());
    return this.#edit("form_replace", length, length, part ? 1 : 0);
  }

  /** As the part of a larger edit it has no output. */
  paste(pointer: string, index: number, rows: readonly (readonly unknown[])[], columns: readonly string[], part: boolean): Told | undefined {
    placeOf(this.#table, pointer);
    whole(index, "The index");
    if (!Array.isArray(columns) || columns.some((column) => typeof column !== "string" || column.includes("\n"))) {
      throw new TypeError("Columns are a list of the names of fields.");
    }
    const length = packCells(pointer, this.#keeping(), columns, rows);
    return this.#edit("form_paste", length, pointerLength, columnsLength, length, index, part ? 1 : 0);
  }

  /** Does so many of the checks that the parts of a larger edit ask for, or of the comparisons after them; gives how many are left. */
  advance(count: number, comparing: boolean): number {
    return this.living.count("form_advance", count, comparing ? 1 : 0);
  }

  /** Ends a larger edit, or takes back what is made of it. */
  finish(keep: boolean): Told | undefined {
    return this.#edit("form_finish", 0, keep ? 1 : 0);
  }

  get(pointer: string): unknown {
    return this.living.ask(this.#point(pointer), (glue, form, engine) => unpack(engine.outputBytes(glue.form_get(form, pointerLength)), this.#kept));
  }

  length(pointer: string): number {
    return this.living.ask(this.#point(pointer), (glue, form) => glue.form_length(form, pointerLength));
  }

  key(pointer: string): number {
    return this.living.ask(this.#point(pointer), (glue, form) => glue.form_key(form, pointerLength));
  }

  state(pointer: string): FieldState & { readonly issues: readonly Issue[] } {
    const state = this.living.ask(this.#point(pointer), (glue, form, engine) => engine.outputJson(glue.form_state(form, pointerLength)) as FieldState & { issues: Issue[] });
    return deepFrozen({ ...state, issues: worded(deepFrozen(state.issues), this.words) });
  }

  states(): readonly FieldState[] {
    return deepFrozen(this.living.ask(0, (glue, form, engine) => engine.outputJson(glue.form_states(form)) as FieldState[]));
  }

  /** A block, read by the caller. */
  issues<T>(filter: { severity?: Severity; under?: string; offset?: number; limit?: number } = {}, read: Read<T>): T {
    const { severity, under = "", offset = 0, limit = ALL } = filter;
    const which = severity === undefined ? ALL_SEVERITIES : severities.indexOf(severity);
    if (which === -1) throw new TypeError(`A severity is one of ${severities.join(", ")}.`);
    whole(offset, "The offset");
    if (limit !== ALL && limit !== Infinity) whole(limit, "The limit");
    return this.living.ask(this.#point(under), (glue, form, engine) => {
      const length = glue.form_issues(form, pointerLength, which, offset, Math.min(limit, ALL));
      return read(engine.outputBytes(length), this.locale, engine, this.words);
    });
  }

  /** The counts as an edit tells them. */
  summary(): Told {
    return this.living.ask(0, (glue, form, engine) => this.#read(engine.outputBytes(glue.form_summary(form)), this.locale, engine, this.words));
  }

  /** Whether the report is valid. */
  valid(): boolean {
    return this.living.ask(0, (glue, form) => glue.form_valid(form)) !== 0;
  }

  /** The block of issues, read by the caller, and the outgoing body of a valid payload. */
  report<T>(read: Read<T>): { readonly told: T; readonly body: string | undefined } {
    return this.living.ask(0, (glue, form, engine) => {
      const verdict = glue.form_report(form);
      const told = read(engine.outputBytes(verdict >>> 1), this.locale, engine, this.words);
      return { told, body: (verdict & 1) === 1 ? engine.outputText(glue.form_body(form)) : undefined };
    });
  }

  preview(): Preview {
    const preview = this.living.ask(0, (glue, form, engine) => engine.outputJson(glue.form_preview(form)) as Preview);
    return deepFrozen({ ...preview, endpoint: preview.endpoint, readings: worded(deepFrozen(preview.readings), this.words) });
  }

  explain(answer: Answer): Told {
    const { status, length, text } = packAnswer(answer);
    return this.#edit("form_explain", length, status, length, text ? 1 : 0) as Told;
  }

  attach(source: string, findings: readonly Finding[]): Told {
    if (typeof source !== "string") throw new TypeError("A source of findings has a name.");
    if (!Array.isArray(findings)) throw new TypeError("Findings are a list of objects with a pointer and a message.");
    const length = packFindings(source, findings.map(finding));
    return this.#edit("form_attach", length, pointerLength, length) as Told;
  }

  setOptions(options: Options): Told {
    const next = replaced(this.#base, this.#options, options);
    const bound = this.living.bound(next);
    const locale = this.#table.spoken(bound);
    const told = this.living.setOptions(bound, (output, engine) => this.#read(output, locale, engine, bound.words));
    this.#options = next;
    this.locale = locale;
    this.words = bound.words;
    return told;
  }

  /** Nothing when there is nothing to take back or to do again. */
  history(forth: boolean): Told | undefined {
    return this.#edit("form_history", 0, forth ? 1 : 0);
  }

  free(): void {
    this.living.free();
    this.#kept = [];
  }

  #edit(name: Edit, length: number, ...args: readonly number[]): Told | undefined {
    return this.living.edit(name, length, args, (output, engine) => (output.length === 0 ? undefined : this.#read(output, this.locale, engine, this.words)));
  }

  #keeping(): unknown[] {
    this.living.alive();
    return this.#kept;
  }

  #point(pointer: string): number {
    if (typeof pointer !== "string") throw new TypeError("A pointer is a text such as \"/prices/0/price\" (RFC 6901).");
    return packAt(pointer, this.#keeping());
  }
}

/** A finding as wasm reads it. */
function finding(given: unknown): Finding {
  const { pointer, message, severity = "error", code } = (typeof given === "object" && given !== null ? given : {}) as Partial<Record<keyof Finding, unknown>>;
  if (typeof pointer !== "string" || typeof message !== "string") throw new TypeError("A finding has a pointer and a message, both of them texts.");
  if (severity !== "error" && severity !== "warning") throw new TypeError("The severity of a finding is error or warning.");
  if (code !== undefined && typeof code !== "string") throw new TypeError("The code of a finding is a text.");
  return { pointer, message, severity, ...(code === undefined ? {} : { code }) };
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
