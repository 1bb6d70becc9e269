// A form in wasm that outlives the engine it lives in. Each edit that was made is kept as it was packed, so that a form whose engine
// failed is made again in another one, as it was before the call that failed: nothing that was typed is lost, and the form can still
// be undone. What is kept is the draft and what was typed, packed; it grows with the edits up to a bound, and is then made anew. In the
// same way a form is made as it was at an earlier moment.
import type { Glue } from "../build/glue.js";
import { keeper, left, type Engine } from "./core.js";
import { FREED } from "./freed.js";
import { mayEdit } from "./listeners.js";
import type { Lasting } from "./lasting.js";
import { Bound } from "./options.js";
import { packed, releaseLarge } from "./pack.js";
import type { Table } from "./payload-table.js";
import type { Options } from "./types.js";

/** The edits of a form, by their names in wasm. */
const EDITS = ["form_set", "form_insert", "form_remove", "form_move", "form_replace", "form_paste", "form_explain", "form_history", "form_advance", "form_finish", "form_options", "form_attach", "form_set_part"] as const;
export type Edit = Exclude<(typeof EDITS)[number], "form_options">;

type Call = (form: number, ...args: readonly number[]) => number;

/** Edits come to so many bytes, or to twice the draft, before they are kept as the draft that they make. */
const MAX_JOURNAL = 1 << 24;

/** What of a form is not in the draft that is kept in place of its edits. */
export interface Lost {
  /** The numbers of its items. */
  readonly keys: boolean;
  /** What was refused or attached. */
  readonly remarks: boolean;
}

/** What a form was made of, in the order in which it happened: nothing is ever taken out of it. */
class Journal {
  /** The packed draft. */
  readonly draft: Uint8Array;
  /** The version of the form that the draft alone makes. */
  readonly version: number;
  /** Nothing where the draft is the one that the form was made with. */
  readonly lost: Lost | undefined;
  #remarks: boolean;
  #bytes = new Uint8Array(256);
  #length = 0;

  constructor(draft: Uint8Array, before?: Journal, version = 0) {
    this.draft = draft;
    this.version = version;
    this.#remarks = before?.remarks ?? false;
    this.lost = before === undefined ? undefined : { keys: true, remarks: this.#remarks };
  }

  get full(): boolean {
    return this.#length > Math.max(MAX_JOURNAL, this.draft.length * 2);
  }

  get length(): number {
    return this.#length;
  }

  /** Whether something was ever refused or attached. */
  get remarks(): boolean {
    return this.#remarks;
  }

  /** Adds an edit, or nothing when there is no memory for it. */
  add(name: (typeof EDITS)[number], args: readonly number[], bytes: Uint8Array, length: number): void {
    const end = this.#length + 6 + 4 * args.length + length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    const to = this.#bytes;
    let at = this.#length;
    to[at++] = EDITS.indexOf(name);
    to[at++] = args.length;
    for (let i = 0; i <= args.length; i++) {
      const number = i < args.length ? (args[i] as number) : length;
      to[at++] = number;
      to[at++] = number >>> 8;
      to[at++] = number >>> 16;
      to[at++] = number >>> 24;
    }
    if (length < 64) for (let i = 0; i < length; i++) to[at + i] = bytes[i] as number;
    else to.set(bytes.subarray(0, length), at);
    this.#length = end;
    this.#remarks ||= name === "form_explain" || name === "form_attach";
  }

  /** Goes through the edits that stand in so many bytes. */
  each(length: number, see: (name: (typeof EDITS)[number], args: readonly number[], bytes: Uint8Array) => void): void {
    const bytes = this.#bytes;
    const data = new DataView(bytes.buffer);
    for (let at = 0; at < Math.min(length, this.#length); ) {
      const name = EDITS[bytes[at] as number] as (typeof EDITS)[number];
      const count = bytes[at + 1] as number;
      const args = Array.from({ length: count }, (_, i) => data.getUint32(at + 2 + 4 * i, true));
      const from = at + 6 + 4 * count;
      at = from + data.getUint32(from - 4, true);
      see(name, args, bytes.subarray(from, at));
    }
  }
}

/** Gives back what a large value was packed into. */
function settle(engine: Engine): void {
  releaseLarge();
  engine.settle();
}

/** A form as it is at some moment. */
export interface Moment {
  readonly table: Table;
  readonly bound: Bound;
  readonly journal: Journal;
  /** So many bytes of the journal lead there. */
  readonly length: number;
}

/** Makes an edit once more; one that was refused is refused again. */
function again(engine: Engine, edit: (glue: Glue) => unknown): void {
  try {
    engine.attempt(edit);
  } catch (error) {
    if (engine.failed) throw error;
  }
}

export class Living {
  readonly #table: Table;
  /** The options that the form was made with. */
  readonly #bound: Bound;
  #journal: Journal;
  /** How much of the journal the form is made of. */
  readonly #until: number;
  /** Nothing when the form is freed. */
  #engine: Engine | undefined;
  #number: number;
  /** An edit in parts is under way: only all of it can stand in a draft. */
  parted = false;

  private constructor({ table, bound, journal, length }: Moment) {
    this.#table = table;
    this.#bound = bound;
    this.#journal = journal;
    this.#until = length;
    this.#engine = keeper(journal.draft.length);
    this.#number = this.#made(this.#engine);
    settle(this.#engine);
  }

  /** A form with the draft that was packed last; `length` is how long it is, 0 for none. */
  static of(table: Table, bound: Bound, length: number): Living {
    return new Living({ table, bound, journal: new Journal(packed.slice(0, length)), length: Number.POSITIVE_INFINITY });
  }

  /** A form as it was once; for questions only. */
  static at(moment: Moment): Living {
    return new Living(moment);
  }

  /** Now. */
  moment(): Moment {
    return { table: this.#table, bound: this.#bound, journal: this.#journal, length: this.#journal.length };
  }

  /** Throws when it is freed. */
  alive(): Engine {
    if (this.#engine === undefined) throw new TypeError(FREED);
    return this.#engine;
  }

  /** Asks something of the form; the pointer that was packed last goes along, when it has a length. */
  ask<T>(length: number, call: (glue: Glue, form: number, engine: Engine) => T): T {
    const engine = this.#alive();
    if (length > 0) engine.fill(packed, length);
    return engine.attempt((glue) => call(glue, this.#number, engine));
  }

  /**
   * Makes an edit with what was packed last, so many bytes; gives what `read` makes of the output. If anything fails on the way, the
   * form is as it was before.
   */
  edit<T>(name: Edit, length: number, args: readonly number[], read: (output: Uint8Array, engine: Engine) => T): T {
    mayEdit();
    const engine = this.#alive();
    if (length > 0) engine.fill(packed, length);
    const add = (): void => this.#journal.add(name, args, packed, length);
    let result: T;
    try {
      result = engine.attempt((glue) => {
        const written = (glue[name] as Call)(this.#number, ...args);
        const told = read(engine.outputBytes(written), engine);
        add();
        return told;
      });
    } catch (error) {
      // What is refused may have taken numbers for items.
      if (!engine.failed) engine.attempt(add);
      throw error;
    }
    // A draft that stands for edits knows nothing of what can be undone.
    if ((this.#journal.full && !this.parted) || (name === "form_history" && this.#journal.lost !== undefined)) this.#shorten(engine);
    settle(engine);
    return result;
  }

  /** An edit that answers with a number. */
  count(name: Edit, ...args: readonly number[]): number {
    return this.#alive().attempt((glue) => {
      const count = (glue[name] as Call)(this.#number, ...args);
      this.#journal.add(name, args, packed, 0);
      return count;
    });
  }

  /** Reads options for this form. */
  bound(options: Options): Bound {
    return Bound.of(options, undefined, this.#alive());
  }

  /** Gives the form other options. */
  setOptions<T>(bound: Bound, read: (output: Uint8Array, engine: Engine) => T): T {
    mayEdit();
    const engine = this.#alive();
    const options = bound.number(engine);
    return engine.attempt((glue) => {
      const told = read(engine.outputBytes(glue.form_options(this.#number, options)), engine);
      this.#journal.add("form_options", [], bound.bytes, bound.bytes.length);
      return told;
    });
  }

  /** The templates of issues of this form's engine, in a language by its number. */
  templates(locale: number): Lasting {
    return this.#alive().templates(locale);
  }

  free(): void {
    const engine = this.#engine;
    if (engine === undefined) return;
    this.#engine = undefined;
    this.#journal = new Journal(new Uint8Array(0));
    if (!engine.failed) engine.attempt((glue) => glue.form_free(this.#number));
    left(engine);
  }

  /** The engine it lives in, after one that failed another one. */
  #alive(): Engine {
    const engine = this.alive();
    return engine.failed ? this.#revive(engine) : engine;
  }

  #made(engine: Engine): number {
    const options = this.#bound.number(engine);
    const length = engine.fill(this.#journal.draft);
    const number = engine.attempt((glue) => glue.form_new(this.#table.number, options, length));
    engine.forms++;
    if (this.#journal.version === 0 && this.#journal.length === 0) return number;
    try {
      engine.attempt((glue) => glue.form_resume(number, this.#journal.version));
      this.#journal.each(this.#until, (name, args, bytes) => {
        if (name === "form_options") this.#again(engine, number, bytes);
        else {
          engine.fill(bytes);
          again(engine, (glue) => (glue[name] as Call)(number, ...args));
        }
      });
    } catch (error) {
      if (!engine.failed) engine.attempt((glue) => glue.form_free(number));
      left(engine);
      throw error;
    }
    return number;
  }

  #revive(before: Engine): Engine {
    const engine = keeper(this.#journal.draft.length);
    this.#number = this.#made(engine);
    this.#engine = engine;
    left(before);
    return engine;
  }

  #again(engine: Engine, form: number, bytes: Uint8Array): void {
    const length = engine.fill(bytes);
    engine.attempt((glue) => {
      const options = length === 0 ? 0 : glue.options_new(length);
      glue.form_options(form, options);
      if (options !== 0) glue.options_free(options);
    });
  }

  /** Keeps the draft as it is now in place of the edits that led to it. */
  #shorten(engine: Engine): void {
    try {
      engine.attempt((glue) => {
        const version = glue.form_version(this.#number);
        this.#journal = new Journal(engine.outputBytes(glue.form_snapshot(this.#number)), this.#journal, version);
      });
    } catch {
      // The edit is made, and kept; the next one tries again.
    }
  }
}
