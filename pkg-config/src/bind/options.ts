// A form that a component makes, and its options from then on: what a component gives at each rendering is compared with what the form
// has, and only what differs is given to it.
import { merged } from "../merge.js";
import type { Form, Options, Payload } from "../types.js";
import { same } from "./same.js";

/** The options that each form has from its component. */
const given = new WeakMap<object, Options>();

/** Parts that are objects of single members. */
const NESTED: ReadonlySet<string> = /* @__PURE__ */ new Set(["context", "dialect", "endpoint"]);

export function formOf<In, Out>(payload: Payload<In, Out>, draft: unknown, options: Options | undefined): Form<Out> {
  const form = payload.form(draft, options);
  given.set(form, wanted(payload, options));
  return form;
}

/** What the payload is bound to, with the component's own options on top. */
export function wanted(payload: Pick<Payload<unknown, unknown>, "options">, options: Options | undefined): Options {
  return merged(payload.options, options ?? {});
}

/** Gives a form these options and no others, unless it has them; `changed` where they are known to be others, written in place. */
export function give(form: Form<unknown>, options: Options, changed = false): void {
  const before = given.get(form) ?? {};
  if (!changed && same(before, options)) return;
  given.set(form, options);
  form.setOptions(successor(before, options));
}

/** What makes `before` into `options`: a part or member that is no more is undefined. */
function successor(before: Options, options: Options): Options {
  const next: Record<string, unknown> = { ...emptied(before), ...options };
  for (const name of NESTED) {
    const [was, is] = [(before as Record<string, unknown>)[name], (options as Record<string, unknown>)[name]];
    if (isObject(was) && isObject(is)) next[name] = { ...emptied(was), ...is };
  }
  return next;
}

function emptied(part: object): Record<string, undefined> {
  return Object.fromEntries(Object.keys(part).map((name) => [name, undefined]));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
