// Views of a form: immutable snapshots for what renders by comparing. A view answers from the form while it is the form's current
// one, and remembers; what it answered it answers ever after. What is equal to what an earlier view answered is the same object.
import type { FieldState, Form, FormView, Issue, Preview, Report, Summary } from "./types.js";

type Filter = Parameters<Form<unknown>["issues"]>[0];

/** The form as it is now. */
interface Now<Out> {
  version(): number;
  value(pointer: string): unknown;
  state(pointer: string): FieldState & { readonly issues: readonly Issue[] };
  issues(filter?: Filter): readonly Issue[];
  length(pointer: string): number;
  key(pointer: string): number;
  report(): Report<Out>;
  preview(): Preview;
}

/** So many answers of earlier views are compared with. */
const MOST = 20_000;

export class Views<Out> {
  readonly #form: Now<Out>;
  #view: FormView<Out> | undefined;
  /** What was answered last, by the question. */
  #before = new Map<string, unknown>();

  constructor(form: Now<Out>) {
    this.#form = form;
  }

  /** The view of the form as it is now. */
  now(summary: Summary): FormView<Out> {
    const version = this.#form.version();
    return this.#view?.version === version ? this.#view : (this.#view = this.#made(version, summary));
  }

  #made(version: number, summary: Summary): FormView<Out> {
    const form = this.#form;
    const known = new Map<string, unknown>();
    const once = <T>(question: string, ask: () => T): T => {
      if (known.has(question)) return known.get(question) as T;
      if (form.version() !== version) {
        throw new Error("This view of the form is out of date, and was never asked this before: ask the form for its view once more.");
      }
      // What is in a report is made when it is looked at.
      const answer = (question === "report" ? ask() : alike(this.#before.get(question), ask())) as T;
      known.set(question, answer);
      if (this.#before.size >= MOST) this.#before.clear();
      this.#before.set(question, answer);
      return answer;
    };
    const whole = (): Report<Out> => once("report", () => form.report());
    return Object.freeze<FormView<Out>>({
      version,
      summary,
      valid: isValid(form, summary),
      value: (pointer = "") => once(`value ${pointer}`, () => form.value(pointer)),
      state: (pointer) => once(`state ${pointer}`, () => form.state(pointer)),
      issues: (filter) => once(`issues ${JSON.stringify(filter ?? {})}`, () => form.issues(filter)),
      length: (pointer) => once(`length ${pointer}`, () => form.length(pointer)),
      key: (pointer, index) => once(`key ${pointer}/${index}`, () => form.key(`${pointer}/${index}`)),
      report: whole,
      preview: () => once("preview", () => form.preview()),
    });
  }
}

/** Whether the form's report is: what an upstream refused does not count. */
function isValid(form: Now<unknown>, { errors }: Summary): boolean {
  const PAGE = 20;
  for (let offset = 0; offset < errors; offset += PAGE) {
    const page = form.issues({ severity: "error", offset, limit: PAGE });
    if (page.some(({ code, params }) => code !== "refused" || params["status"] === undefined)) return false;
  }
  return true;
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
