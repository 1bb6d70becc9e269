// Views of a form: immutable snapshots for what renders by comparing. A view answers from the form while it is the form's current one,
// and remembers; asked for something else later, it has the form made again as it was then. What is equal to what an earlier view
// answered is the same object.
import type { Told } from "./changes.js";
import type { Handle, Then } from "./handle.js";
import type { Block } from "./issues.js";
import type { Form, FormView, Report, Summary } from "./types.js";

type Filter = Parameters<Form<unknown>["issues"]>[0];

/** How the answers of a form are read. */
interface Reading<Out> {
  report(handle: Handle<Told>): Report<Out>;
  block(handle: Handle<Told>, filter: Filter): Block;
}

/** So many answers of earlier views are compared with. */
const MOST = 20_000;
/** Milliseconds for which a form of the past stays when nobody asks it. */
const IDLE = 1_000;

export class Views<Out> {
  /** Nothing when the form is freed. */
  #form: Handle<Told> | undefined;
  readonly #reading: Reading<Out>;
  #view: FormView<Out> | undefined;
  #version = 0;
  /** What was answered last, by the question. */
  #before = new Map<string, unknown>();
  /** The form as it was when the view was the current one that was asked last. */
  #past: { readonly then: Then<Told>; readonly handle: Handle<Told> } | undefined;
  #clock: unknown;
  /** The form before an edit that is made now in parts. */
  #aside: Then<Told> | undefined;

  constructor(form: Handle<Told>, reading: Reading<Out>) {
    this.#form = form;
    this.#reading = reading;
  }

  /** The view of the form as it is now. */
  now(form: Handle<Told>, version: number, summary: Summary): FormView<Out> {
    this.#version = version;
    return this.#view?.version === version ? this.#view : (this.#view = this.#made(form, version, summary));
  }

  /** The form is another one now. */
  changed(version: number): void {
    this.#version = version;
  }

  /** An edit begins that has parts: until it ends, the view answers for the form before it. */
  aside(form: Handle<Told>, version: number, summary: Summary): void {
    this.now(form, version, summary);
    this.#aside = form.now();
  }

  /** The edit has ended. */
  back(): void {
    this.#aside = undefined;
    this.#forget();
  }

  /** The form as it was before the edit that is made now. */
  before(): Handle<Told> {
    return this.#then(this.#aside as Then<Told>, "");
  }

  /** The form is freed; its views are not. */
  leave(): void {
    this.#form = undefined;
    this.#view = undefined;
  }

  #made(form: Handle<Told>, version: number, summary: Summary): FormView<Out> {
    const reading = this.#reading;
    const then = form.now();
    const known = new Map<string, unknown>();
    const once = <T>(question: string, ask: (handle: Handle<Told>) => T): T => {
      if (known.has(question)) return known.get(question) as T;
      const now = this.#form !== undefined && this.#version === version && this.#aside === undefined ? this.#form : undefined;
      const came = ask(now ?? this.#then(this.#version === version ? (this.#aside ?? then) : then, question));
      // What is in a report is made when it is looked at.
      const answer = (question === "report" ? came : alike(this.#before.get(question), came)) as T;
      known.set(question, answer);
      if (now !== undefined) {
        if (this.#before.size >= MOST) this.#before.clear();
        this.#before.set(question, answer);
      }
      return answer;
    };
    return Object.freeze<FormView<Out>>({
      version,
      summary,
      valid: summary.errors === 0 || form.valid(),
      value: (pointer = "") => once(`value ${pointer}`, (handle) => handle.get(pointer)),
      state: (pointer) => once(`state ${pointer}`, (handle) => handle.state(pointer)),
      issues: (filter) => once(`issues ${JSON.stringify(filter ?? {})}`, (handle) => reading.block(handle, filter).issues()),
      length: (pointer) => once(`length ${pointer}`, (handle) => handle.length(pointer)),
      key: (pointer, index) => once(`key ${pointer}/${index}`, (handle) => handle.key(`${pointer}/${index}`)),
      report: () => once("report", (handle) => reading.report(handle)),
      preview: () => once("preview", (handle) => handle.preview()),
    });
  }

  /** The form as it was, to be asked this. */
  #then(then: Then<Told>, question: string): Handle<Told> {
    const { lost } = then;
    const [about] = question.split(" ", 1);
    if (lost !== undefined && (about === "key" || (lost.remarks && about !== "value" && about !== "length"))) {
      throw new Error("This view of the form is out of date, after very many edits: ask the form for its view once more.");
    }
    if (this.#past?.then !== then) {
      this.#forget();
      this.#past = { then, handle: then.handle() };
    }
    if (typeof setTimeout === "function") {
      clearTimeout(this.#clock as number);
      this.#clock = setTimeout(() => this.#forget(), IDLE);
      // A process need not wait for it.
      (this.#clock as { unref?: () => void }).unref?.();
    }
    return this.#past.handle;
  }

  #forget(): void {
    this.#past?.handle.free();
    this.#past = undefined;
  }
}

/** The earlier one of two answers that say the same, else the later. */
function alike(before: unknown, now: unknown): unknown {
  try {
    return same(before, now) ? before : now;
  } catch {
    // A value of the caller's own may throw when it is looked at, or have no end.
    return now;
  }
}

function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null) return false;
  const prototype: unknown = Object.getPrototypeOf(one);
  if (prototype !== Object.getPrototypeOf(other) || (prototype !== Object.prototype && prototype !== Array.prototype)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]))
  );
}
