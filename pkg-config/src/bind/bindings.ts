// Everything of a form that components watch: its fields by pointer, its lists' rows, its summary. An edit is told to those whose
// snapshot it changed and to nobody else, so that with 10,000 rows on the screen a keystroke renders one field.
//
// A form says which issues and states an edit changed, but not which values. Of an edit made through a field its place is known; of any
// other one (undo, a paste, the page's own `set`) the values that are watched are compared.
import { messagesId } from "./control.js";
import { fieldNow, type FieldNow, type Fixed } from "./field.js";
import { rowsNow, type Row } from "./rows.js";
import { alike } from "./same.js";
import { Looked, type Watched } from "./watched.js";
import type { Changes, Form, Summary } from "../types.js";

/** So few fields are all looked at after an edit: that costs less than reading what it says of the others. */
const FEW = 64;
/** So many pointers are remembered before those that nobody uses any more are looked for. */
const MANY = 1000;

const all = new WeakMap<object, Bindings>();
let made = 0;

/** The one set of bindings of a form. */
export function bindingsOf(form: Form<unknown>): Bindings {
  let bindings = all.get(form);
  if (bindings === undefined) {
    if (typeof form !== "object" || form === null || typeof form.subscribe !== "function") {
      throw new TypeError("The first argument is a live form: useForm(payload), or payload.form().");
    }
    all.set(form, (bindings = new Bindings(form)));
  }
  return bindings;
}

export class Bindings {
  readonly #form: Form<unknown>;
  /** Whoever uses one holds it; one that nobody holds is made again. */
  readonly #fields = new Map<string, WeakRef<Looked<FieldNow>>>();
  readonly #lists = new Map<string, WeakRef<Looked<readonly Row[]>>>();
  readonly #summary: Looked<Summary>;
  /** Those that are listened to. */
  readonly #liveFields = new Map<string, Looked<FieldNow>>();
  readonly #liveLists = new Map<string, Looked<readonly Row[]>>();
  #liveSummary = false;
  /** Those that have seen something which nobody was told of yet. */
  readonly #ahead = new Set<Looked<unknown>>();
  #stop: (() => void) | undefined;
  #room = MANY;
  #prefix: string | undefined;
  /** Fields that were left, by the keys of the rows that they stand in. */
  readonly #touched = new Set<string>();
  #tried = false;
  /** What was told while an edit of a field is under way. */
  #waiting: Changes[] | undefined;
  /** The places of fields' edits that are not told yet. */
  readonly #places = new WeakMap<Changes, Place>();

  constructor(form: Form<unknown>) {
    this.#form = form;
    this.#summary = new Looked<Summary>(
      () => form.version,
      (before) => alike(before, form.summary()),
      (live) => {
        this.#liveSummary = live;
        this.#listen();
      },
      this.#ahead,
    );
  }

  get summary(): Watched<Summary> {
    return this.#summary;
  }

  /** The beginning of its controls' ids, unless they have one. */
  identify(prefix: string): void {
    this.#prefix ??= prefix;
  }

  field(pointer: string): Watched<FieldNow> {
    return this.#kept(this.#fields, pointer, () => this.#madeField(pointer));
  }

  rows(pointer: string): Watched<readonly Row[]> {
    return this.#kept(this.#lists, pointer, () =>
      new Looked<readonly Row[]>(
        () => this.#form.version,
        (before) => rowsNow(this.#form, pointer, before),
        (live, one) => this.#living(this.#liveLists, pointer, live, one),
        this.#ahead,
      ),
    );
  }

  /** From now on, or until it is taken back, every field shows its issues. */
  try(tried: boolean): void {
    this.#tried = tried;
    if (!tried) this.#touched.clear();
    for (const field of this.#liveFields.values()) field.look();
    this.#flush();
  }

  idOf(pointer: string): string {
    this.#prefix ??= `portform-${++made}`;
    return `${this.#prefix}${pointer.replaceAll("/", "-")}`;
  }

  /** The id of the element that shows a field's messages. */
  messagesIdOf(pointer: string): string {
    return messagesId(this.idOf(pointer));
  }

  #kept<T>(from: Map<string, WeakRef<Looked<T>>>, pointer: string, make: () => Looked<T>): Looked<T> {
    const known = from.get(pointer)?.deref();
    if (known !== undefined) return known;
    const one = make();
    // Throws for a place that the payload does not have, before it is remembered.
    one.look();
    from.set(pointer, new WeakRef(one));
    if (from.size > this.#room) {
      for (const [at, ref] of from) if (ref.deref() === undefined) from.delete(at);
      this.#room = Math.max(MANY, this.#fields.size * 2, this.#lists.size * 2);
    }
    return one;
  }

  #madeField(pointer: string): Looked<FieldNow> {
    const fixed: Fixed = {
      pointer,
      id: this.idOf(pointer),
      set: (value, how) => this.#set(pointer, value, how, this.field(pointer).current().value),
      touch: () => {
        this.#touched.add(this.#place(pointer));
        this.#liveFields.get(pointer)?.look();
        this.#flush();
      },
    };
    return new Looked<FieldNow>(
      () => this.#form.version,
      (before) => fieldNow(this.#form, fixed, before, this.#touched.size > 0 && this.#touched.has(this.#place(pointer)), this.#tried),
      (live, one) => this.#living(this.#liveFields, pointer, live, one),
      this.#ahead,
    );
  }

  #living<T>(live: Map<string, Looked<T>>, pointer: string, is: boolean, one: Looked<T>): void {
    if (is) live.set(pointer, one);
    else live.delete(pointer);
    this.#listen();
  }

  /** Listens to the form while anybody listens here. */
  #listen(): void {
    const wanted = this.#liveSummary || this.#liveFields.size > 0 || this.#liveLists.size > 0;
    if (wanted) this.#stop ??= this.#form.subscribe((changes) => this.#hear(changes));
    else {
      this.#stop?.();
      this.#stop = undefined;
    }
  }

  #set(pointer: string, value: unknown, how: { typing?: boolean } | undefined, before: unknown): Changes {
    const outer = this.#waiting;
    const waiting = (this.#waiting ??= []);
    try {
      const changes = this.#form.set(pointer, value, how);
      // Inside of another edit's telling it is told later.
      this.#places.set(changes, { pointer, flat: !isObject(value) && !isObject(before) });
      return changes;
    } finally {
      this.#waiting = outer;
      if (outer === undefined) for (const changes of waiting) this.#tell(changes);
    }
  }

  #hear(changes: Changes): void {
    if (this.#waiting === undefined) this.#tell(changes);
    else this.#waiting.push(changes);
  }

  #tell(changes: Changes): void {
    const place = this.#places.get(changes);
    // Rows first: what they bring about may take fields away.
    for (const [pointer, list] of this.#liveLists) {
      if (place === undefined || this.#listChanged(pointer, list, place.pointer, changes)) list.look();
    }
    if (this.#liveFields.size <= FEW) for (const field of this.#liveFields.values()) field.look();
    else for (const pointer of this.#changed(place, changes)) this.#liveFields.get(pointer)?.look();
    if (this.#liveSummary) this.#summary.look();
    this.#flush();
  }

  #flush(): void {
    for (const one of [...this.#ahead]) one.tell();
  }

  #listChanged(pointer: string, list: Looked<readonly Row[]>, place: string, { shifted }: Changes): boolean {
    if (`${pointer}/`.startsWith(`${place}/`)) return true;
    if (shifted.some((shift) => `${pointer}/`.startsWith(`${shift.pointer}/`))) return true;
    return lengthOf(this.#form, pointer) !== list.last?.length;
  }

  /** The pointers of live fields that may have changed; others may be among them. */
  #changed(place: Place | undefined, changes: Changes): ReadonlySet<string> {
    const changed = new Set<string>();
    for (const { pointer } of changes.added) changed.add(pointer);
    for (const { pointer } of changes.removed) changed.add(pointer);
    for (const { pointer } of changes.states) changed.add(pointer);
    for (const { pointer, from, by } of changes.shifted) {
      const begin = `${pointer}/`;
      const first = Math.min(from, from + by);
      for (const at of this.#liveFields.keys()) {
        if (at.startsWith(begin) && Number.parseInt(at.slice(begin.length), 10) >= first) changed.add(at);
        else if (begin.startsWith(`${at}/`)) changed.add(at);
      }
    }
    if (place === undefined) this.#compare(changed);
    else {
      for (let at = place.pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) changed.add(at);
      changed.add("");
      const begin = `${place.pointer}/`;
      if (!place.flat) for (const at of this.#liveFields.keys()) if (at.startsWith(begin)) changed.add(at);
    }
    return changed;
  }

  /** Adds the live fields whose value is another one now. */
  #compare(changed: Set<string>): void {
    const whole = this.#form.value();
    for (const [pointer, field] of this.#liveFields) {
      if (changed.has(pointer)) continue;
      const before = field.last?.value;
      const now = valueAt(whole, pointer);
      if (now === GONE || (now !== before && alike(before, now) !== before)) changed.add(pointer);
    }
  }

  /** A pointer in which rows are named by their keys, which they keep wherever they go. */
  #place(pointer: string): string {
    if (!/\/\d/.test(pointer)) return pointer;
    let at = "";
    let place = "";
    for (const segment of pointer.slice(1).split("/")) {
      at += `/${segment}`;
      place += `/${/^\d+$/.test(segment) ? `#${keyOf(this.#form, at) ?? segment}` : segment}`;
    }
    return place;
  }
}

/** Where an edit was made; flat when nothing stands below, before and after. */
interface Place {
  readonly pointer: string;
  readonly flat: boolean;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** The value stands in a row that is not there. */
const GONE = Symbol();

function valueAt(whole: unknown, pointer: string): unknown {
  let at = whole;
  for (const segment of pointer.split("/").slice(1)) {
    if (Array.isArray(at) && Number(segment) >= at.length) return GONE;
    at = typeof at === "object" && at !== null && Object.hasOwn(at, segment) ? (at as Record<string, unknown>)[segment] : undefined;
  }
  return at;
}

function keyOf(form: Form<unknown>, pointer: string): number | undefined {
  try {
    return form.key(pointer);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function lengthOf(form: Form<unknown>, pointer: string): number {
  try {
    return form.length(pointer);
  } catch (error) {
    if (error instanceof RangeError) return 0;
    throw error;
  }
}
