// The live form of the public interface: a handle on a form in wasm memory. It keeps what cannot live there (values that JSON does
// not have, listeners) and checks the arguments of calls; every decision about the draft is taken in src/form.
import * as glue from "../build/glue.js";
import { packAnswer, type Answer } from "./answer.js";
import { attempt, outputBytes, outputJson, outputText } from "./core.js";
import { told, type Told } from "./changes.js";
import { Block, locales, severities } from "./issues.js";
import { Bound, replaced } from "./options.js";
import { columnsLength, pack, packAt, packCells, pointerLength, type Place } from "./pack.js";
import { deepFrozen, ownReport } from "./report.js";
import type { Table } from "./table.js";
import { unpack } from "./unpack.js";
import type { Changes, FieldState, Form, Issue, Options, Preview, Report, Severity, Summary } from "./types.js";

/** Frees the forms that nobody holds any more. */
const forgotten = /* @__PURE__ */ new FinalizationRegistry<number>((number) => glue.form_free(number));

const ALL_SEVERITIES = 3;
const ALL = 0xffffffff;

export class LiveForm<Out> implements Form<Out> {
  readonly #table: Table;
  /** What the payload is bound to: what a part of the options falls back to. */
  readonly #base: Options | undefined;
  #options: Options | undefined;
  /** The form in wasm; 0 when it is freed. */
  #number: number;
  /** Values that wasm cannot hold, by their slots. */
  readonly #kept: unknown[] = [];
  readonly #listeners = new Set<(changes: Changes) => void>();
  #locale: number;
  #version = 0;
  #summary: Summary;

  constructor(table: Table, base: Options | undefined, own: Options | undefined, bound: Bound, draft: unknown) {
    this.#table = table;
    this.#base = base;
    this.#options = own;
    this.#locale = locales.indexOf(bound.locale ?? table.locale);
    const options = bound.number();
    const length = draft === undefined ? 0 : pack(draft, table.shape, this.#kept);
    this.#number = attempt(() => glue.form_new(table.number, options, length));
    forgotten.register(this, this.#number, this);
    this.#summary = this.#told(() => glue.form_summary(this.#number)).summary;
  }

  get version(): number {
    return this.#version;
  }

  set(pointer: string, value: unknown): Changes {
    const place = placeOf(this.#table, pointer);
    const length = packAt(pointer, this.#keeping(), { value, ...place });
    return this.#changed(() => glue.form_set(this.#number, pointerLength, length));
  }

  insert(pointer: string, index: number, item?: unknown): Changes {
    const { shape, depth } = placeOf(this.#table, pointer);
    whole(index, "The index");
    const length = packAt(pointer, this.#keeping(), item === undefined ? undefined : { value: item, shape, item: true, depth: depth + 1 });
    return this.#changed(() => glue.form_insert(this.#number, pointerLength, length, index));
  }

  remove(pointer: string, index: number): Changes {
    whole(index, "The index");
    this.#point(pointer);
    return this.#changed(() => glue.form_remove(this.#number, pointerLength, index));
  }

  move(pointer: string, from: number, to: number): Changes {
    whole(from, "The first index");
    whole(to, "The second index");
    this.#point(pointer);
    return this.#changed(() => glue.form_move(this.#number, pointerLength, from, to));
  }

  replace(draft: unknown): Changes {
    const length = pack(draft, this.#table.shape, this.#keeping());
    return this.#changed(() => glue.form_replace(this.#number, length));
  }

  paste(pointer: string, index: number, rows: readonly (readonly unknown[])[], columns: readonly string[]): Changes {
    placeOf(this.#table, pointer);
    whole(index, "The index");
    if (!Array.isArray(columns) || columns.some((column) => typeof column !== "string" || column.includes("\n"))) {
      throw new TypeError("Columns are a list of the names of fields.");
    }
    const length = packCells(pointer, this.#keeping(), columns, rows);
    return this.#changed(() => glue.form_paste(this.#number, pointerLength, columnsLength, length, index));
  }

  get(pointer: string): unknown {
    this.#point(pointer);
    return unpack(outputBytes(attempt(() => glue.form_get(this.#number, pointerLength))), this.#kept);
  }

  value(): unknown {
    return this.get("");
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
    this.#alive();
    return deepFrozen(attempt(() => outputJson(glue.form_states(this.#number)) as FieldState[]));
  }

  issues(filter: { severity?: Severity; under?: string; offset?: number; limit?: number } = {}): readonly Issue[] {
    const { severity, under = "", offset = 0, limit = ALL } = filter;
    const which = severity === undefined ? ALL_SEVERITIES : severities.indexOf(severity);
    if (which === -1) throw new TypeError(`A severity is one of ${severities.join(", ")}.`);
    whole(offset, "The offset");
    if (limit !== ALL && limit !== Infinity) whole(limit, "The limit");
    this.#point(under);
    const length = attempt(() => glue.form_issues(this.#number, pointerLength, which, offset, Math.min(limit, ALL)));
    return new Block(outputBytes(length), locales[this.#locale] as "ru").issues();
  }

  summary(): Summary {
    this.#alive();
    return this.#summary;
  }

  report(): Report<Out> {
    this.#alive();
    const verdict = attempt(() => glue.form_report(this.#number));
    const block = new Block(outputBytes(verdict >>> 1), locales[this.#locale] as "ru");
    // The form goes on changing: the body is taken now, and read when it is looked at.
    const body = (verdict & 1) === 1 ? attempt(() => outputText(glue.form_body(this.#number))) : undefined;
    return ownReport<Out>(block, body);
  }

  preview(): Preview {
    this.#alive();
    const preview = attempt(() => outputJson(glue.form_preview(this.#number)) as Preview);
    return deepFrozen({ ...preview, endpoint: preview.endpoint });
  }

  explain(answer: Answer): Changes {
    this.#alive();
    const { status, length, text } = packAnswer(answer);
    return this.#changed(() => glue.form_explain(this.#number, status, length, text));
  }

  setOptions(options: Options): Changes {
    this.#alive();
    const next = replaced(this.#base, this.#options, options);
    const bound = Bound.of(next, undefined);
    const number = bound.number();
    this.#options = next;
    this.#locale = locales.indexOf(bound.locale ?? this.#table.locale);
    return this.#changed(() => glue.form_options(this.#number, number));
  }

  undo(): Changes | undefined {
    return this.#history(false);
  }

  redo(): Changes | undefined {
    return this.#history(true);
  }

  subscribe(listener: (changes: Changes) => void): () => void {
    this.#alive();
    // Each subscription counts by itself, also of one function subscribed twice.
    const own = (changes: Changes): void => listener(changes);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  free(): void {
    if (this.#number === 0) return;
    forgotten.unregister(this);
    const number = this.#number;
    this.#number = 0;
    this.#kept.length = 0;
    this.#listeners.clear();
    attempt(() => glue.form_free(number));
  }

  #alive(): void {
    if (this.#number === 0) throw new TypeError("The form is freed: free() was called on it.");
  }

  #keeping(): unknown[] {
    this.#alive();
    return this.#kept;
  }

  #point(pointer: string): void {
    if (typeof pointer !== "string") throw new TypeError("A pointer is a text such as \"/prices/0/price\" (RFC 6901).");
    packAt(pointer, this.#keeping());
  }

  #history(forth: boolean): Changes | undefined {
    this.#alive();
    const length = attempt(() => glue.form_history(this.#number, forth));
    return length === 0 ? undefined : this.#changed(() => length);
  }

  #told(edit: () => number): Changes {
    const { changes, version }: Told = told(attempt(edit), this.#locale);
    this.#version = version;
    this.#summary = changes.summary;
    return changes;
  }

  #changed(edit: () => number): Changes {
    const changes = this.#told(edit);
    for (const listener of [...this.#listeners]) {
      try {
        listener(changes);
      } catch (error) {
        // The edit is done, and the other listeners have to know; the error is the page's own.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
    return changes;
  }
}

if (typeof Symbol.dispose === "symbol") {
  Object.defineProperty(LiveForm.prototype, Symbol.dispose, {
    configurable: true,
    value(this: LiveForm<unknown>) {
      this.free();
    },
  });
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
