// The entry portform/angular: a live form as signals, with or without zone.js. Each function is called where `inject` may be: in a
// field's initialiser or a constructor. Pointer and options may be signals or functions. It has no decorator, so it needs no compiler.
import { computed, effect, signal, untracked, type Signal } from "@angular/core";
import { bindingsOf } from "./bind/bindings.js";
import { entered, messagesId, textControl, textOf, type ControlEvent, type TextControl } from "./bind/control.js";
import type { FieldNow } from "./bind/field.js";
import { formOf, give, wanted } from "./bind/options.js";
import type { Row } from "./bind/rows.js";
import { submissionOf, type Submission, type Submitter } from "./bind/submission.js";
import type { Watched } from "./bind/watched.js";
import type { Form, Options, Payload, Pointer, Summary } from "./types.js";

export type { Row } from "./bind/rows.js";
export type { Submission, Submitter } from "./bind/submission.js";

/** Itself, or a signal or function that gives it. */
export type Given<T extends object | string | undefined> = T | (() => T);

/** A snapshot of a field: `[value]="price().text" (input)="price().enter($event)" (blur)="price().touch()"`. */
export interface Field extends FieldNow {
  readonly text: string;                                   // as a text control shows it
  readonly checked: boolean;                               // as a checkbox shows it
  readonly inputProps: TextControl;                        // attributes: [id], [name], [attr.aria-invalid], …
  readonly messagesId: string;                             // of the element that shows `shown`
  readonly enter: (event: ControlEvent) => void;           // what a person has done to the control
}

/** A live form. The draft is what it begins with; options may be a signal. It is never freed by hand: its memory goes with it. */
export function useForm<In, Out>(payload: Payload<In, Out>, draft?: unknown, options?: Given<Options | undefined>): Form<Out> {
  if (typeof options !== "function") return formOf(payload, draft, options);
  const form = formOf(payload, draft, untracked(options));
  effect(() => {
    const next = wanted(payload, options());
    untracked(() => give(form, next));
  });
  return form;
}

/** A field by its pointer. The signal changes when this field has changed, and at no other edit. */
export function useField<Out>(form: Given<Form<Out>>, pointer: Given<Pointer<Out>>): Signal<Field> {
  const now = tracked(() => bindingsOf(got(form)).field(got(pointer)));
  return computed(() => dressed(now()));
}

/** The rows of a list, each by a key that it keeps while it moves: `@for (row of rows(); track row.key)`. */
export function useRows<Out>(form: Given<Form<Out>>, pointer: Given<Pointer<Out>>): Signal<readonly Row[]> {
  return tracked(() => bindingsOf(got(form)).rows(got(pointer)));
}

/** How many errors, warnings and notes there are. */
export function useSummary(form: Given<Form<unknown>>): Signal<Summary> {
  return tracked(() => bindingsOf(got(form)).summary);
}

/** Submitting the form through a client, which is made once. */
export function useSubmit(form: Given<Form<unknown>>, client: Submitter): Signal<Submission> {
  return tracked(() => submissionOf(got(form), client));
}

function got<T extends object | string | undefined>(given: Given<T>): T {
  return typeof given === "function" ? (given as () => T)() : given;
}

function tracked<T>(which: () => Watched<T>): Signal<T> {
  const told = signal({});
  const watched = computed(which);
  effect((onCleanup) => {
    const one = watched();
    onCleanup(one.subscribe(() => told.set({})));
    // It may have changed between the first reading and now.
    untracked(() => told.set({}));
  });
  return computed(() => {
    told();
    return watched().current();
  });
}

function dressed(now: FieldNow): Field {
  return Object.freeze<Field>({
    ...now,
    text: textOf(now.value),
    checked: now.value === true || now.value === "true",
    inputProps: textControl(now),
    messagesId: messagesId(now.id),
    enter: (event) => {
      const { value, typing } = entered(event);
      now.set(value, { typing });
    },
  });
}
