// The entry portform/svelte: a live form for Svelte 5. What is given is read as properties (`price.value`), which runes track, and is a
// readable store as well (`$price.value`). Form and pointer may be given as functions where they change. No wasm, no rule.
import { onDestroy } from "svelte";
import { createSubscriber } from "svelte/reactivity";
import { toStore } from "svelte/store";
import { bindingsOf } from "./bind/bindings.js";
import { controls, liveField, liveSubmission, type Controls, type LiveField } from "./bind/member.js";
import type { FieldNow } from "./bind/field.js";
import { formOf, give, wanted } from "./bind/options.js";
import type { Row } from "./bind/rows.js";
import { submissionOf, type Submission, type Submitter } from "./bind/submission.js";
import type { Watched } from "./bind/watched.js";
import type { Form, Options, Payload, Pointer, Summary } from "./types.js";

export type { Row } from "./bind/rows.js";
export type { Submission, Submitter } from "./bind/submission.js";

/** Itself, or what gives it, where it changes: `() => row.pointer`. */
export type Given<T extends object | string | undefined> = T | (() => T);
/** The contract of a store: its value at once, and at each change. */
export interface Store<T> {
  readonly subscribe: (run: (now: T) => void) => () => void;
}

type Props = Controls<"oninput", "onblur">;
/** A snapshot of a field, as the store gives it. */
export type FieldSnapshot = FieldNow & Props;
/** A field whose members are read anew each time: do not take it apart. `bind:value={price.text}`, or `{...price.inputProps}`. */
export interface Field extends LiveField, Props, Store<FieldSnapshot> {}
/** Read as `rows.current`, or as a store: `$rows`. */
export interface Current<T> extends Store<T> {
  readonly current: T;
}

/** A live form. The draft is what it begins with; options may be given as a function. It is never freed by hand: its memory goes with it. */
export function useForm<In, Out>(payload: Payload<In, Out>, draft?: unknown, options?: Given<Options | undefined>): Form<Out> {
  const form = formOf(payload, draft, got(options));
  if (typeof options === "function") {
    // What options are made of is read inside, so that a member that is written in place is tracked too.
    onDestroy(toStore(() => wanted(payload, options())).subscribe((next) => give(form, next)));
  }
  return form;
}

/** A field by its pointer. */
export function useField<Out>(form: Given<Form<Out>>, pointer: Given<Pointer<Out>>): Field {
  const now = tracked(() => bindingsOf(got(form)).field(got(pointer)));
  const field = liveField(() => now.current, "oninput", "onblur");
  const subscribe: Field["subscribe"] = (run) => now.subscribe((one) => run({ ...one, ...controls(one, "oninput", "onblur") }));
  return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(field), subscribe: { value: subscribe, enumerable: true } }) as Field;
}

/** The rows of a list, each by a key that it keeps while it moves: `{#each rows.current as row (row.key)}`. */
export function useRows<Out>(form: Given<Form<Out>>, pointer: Given<Pointer<Out>>): Current<readonly Row[]> {
  return tracked(() => bindingsOf(got(form)).rows(got(pointer)));
}

/** How many errors, warnings and notes there are. */
export function useSummary(form: Given<Form<unknown>>): Current<Summary> {
  return tracked(() => bindingsOf(got(form)).summary);
}

/** Submitting the form through a client, which is made once. */
export function useSubmit(form: Given<Form<unknown>>, client: Submitter): Submission & Store<Submission> {
  const now = tracked(() => submissionOf(got(form), client));
  const live = Object.getOwnPropertyDescriptors(liveSubmission(() => now.current));
  return Object.defineProperties({}, { ...live, subscribe: { value: now.subscribe, enumerable: true } }) as Submission & Store<Submission>;
}

function got<T extends object | string | undefined>(given: Given<T>): T {
  return typeof given === "function" ? (given as () => T)() : given;
}

function tracked<T>(which: () => Watched<T>): Current<T> {
  let last: Watched<T> | undefined;
  let listen = (): void => undefined;
  return {
    get current() {
      const one = which();
      if (one !== last) {
        last = one;
        listen = createSubscriber((update) => one.subscribe(update));
      }
      listen();
      return one.current();
    },
    subscribe(run) {
      const one = which();
      const stop = one.subscribe(() => run(one.current()));
      run(one.current());
      return stop;
    },
  };
}
