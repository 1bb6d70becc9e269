"use client";
// The entry portform/react: a live form in React's own terms. Each hook gives an immutable snapshot that is the same object while
// nothing of it has changed (useSyncExternalStore), so that memo and the React Compiler may trust it. It carries no wasm and no rule.
import { useEffect, useId, useState, useSyncExternalStore } from "react";
import { bindingsOf } from "./bind/bindings.js";
import { checkControl, entered, messagesId, radioControl, textControl, type CheckControl, type ControlEvent, type RadioControl, type TextControl } from "./bind/control.js";
import type { FieldNow } from "./bind/field.js";
import { formOf, give, wanted } from "./bind/options.js";
import type { Row } from "./bind/rows.js";
import { submissionOf, type Submission, type Submitter } from "./bind/submission.js";
import type { Form, Options, Payload, Pointer, Summary } from "./types.js";

export type { Row } from "./bind/rows.js";
export type { Submitter } from "./bind/submission.js";

interface Handlers {
  readonly onChange: (event: ControlEvent) => void;
  readonly onBlur: () => void;
}
/** A field as a component has it. */
export interface Field extends FieldNow {
  readonly inputProps: TextControl & Handlers;             // of <input>, <textarea> and <select>
  readonly checkboxProps: CheckControl & Handlers;         // of <input>: a field that is true or false
  readonly radioProps: (option: string | boolean) => RadioControl & Handlers;   // of <input>: one of them for each option
  readonly labelProps: { readonly htmlFor: string };
  readonly messagesProps: { readonly id: string };         // of the element that shows `shown`
}
/** A submission as a component has it. */
export interface Submitting extends Submission {
  readonly formProps: { readonly noValidate: true; readonly onSubmit: (event: { preventDefault(): void }) => void };   // of <form>
}

/**
 * A live form that lives as long as the component. The draft is what it begins with; other options, also those that the payload is
 * bound to, are given to it as they change; a `message` of one's own has to be the same function while it says the same (the React
 * Compiler sees to that, or useCallback). It is never freed by hand: its memory goes with it.
 */
export function useForm<In, Out>(payload: Payload<In, Out>, draft?: unknown, options?: Options): Form<Out> {
  const id = useId();
  const [held, hold] = useState(() => made(payload, draft, options, id));
  let { form } = held;
  if (held.name !== payload.name) {
    const next = made(payload, draft, options, id);
    hold(next);
    ({ form } = next);
  }
  useEffect(() => {
    give(form, wanted(payload, options));
  });
  return form;
}

/** A field by its pointer. The component renders again when this field has changed, and at no other edit. */
export function useField<Out>(form: Form<Out>, pointer: Pointer<Out>): Field {
  const { subscribe, current } = bindingsOf(form).field(pointer);
  return dressed(useSyncExternalStore(subscribe, current, current));
}

/** The rows of a list. The component renders again when rows come, go or move, and not when one is edited. */
export function useRows<Out>(form: Form<Out>, pointer: Pointer<Out>): readonly Row[] {
  const { subscribe, current } = bindingsOf(form).rows(pointer);
  return useSyncExternalStore(subscribe, current, current);
}

/** How many errors, warnings and notes there are. */
export function useSummary(form: Form<unknown>): Summary {
  const { subscribe, current } = bindingsOf(form).summary;
  return useSyncExternalStore(subscribe, current, current);
}

/** Submitting the form through a client, which is made once, outside of components. */
export function useSubmit(form: Form<unknown>, client: Submitter): Submitting {
  const { subscribe, current } = submissionOf(form, client);
  return submitting(useSyncExternalStore(subscribe, current, current));
}

function made<In, Out>(payload: Payload<In, Out>, draft: unknown, options: Options | undefined, id: string): { readonly name: string; readonly form: Form<Out> } {
  const form = formOf(payload, draft, options);
  bindingsOf(form).identify(id);
  return { name: payload.name, form };
}

const fields = /* @__PURE__ */ new WeakMap<FieldNow, Field>();

/** The same object for the same snapshot. */
function dressed(now: FieldNow): Field {
  let field = fields.get(now);
  if (field === undefined) {
    const handlers: Handlers = {
      onChange: (event) => {
        const { value, typing } = entered(event);
        now.set(value, { typing });
      },
      onBlur: now.touch,
    };
    field = Object.freeze<Field>({
      ...now,
      inputProps: Object.freeze({ ...textControl(now), ...handlers }),
      checkboxProps: Object.freeze({ ...checkControl(now), ...handlers }),
      radioProps: (option) => ({ ...radioControl(now, option), ...handlers, onChange: () => void now.set(option) }),
      labelProps: Object.freeze({ htmlFor: now.id }),
      messagesProps: Object.freeze({ id: messagesId(now.id) }),
    });
    fields.set(now, field);
  }
  return field;
}

const submissions = /* @__PURE__ */ new WeakMap<Submission, Submitting>();

function submitting(now: Submission): Submitting {
  let one = submissions.get(now);
  if (one === undefined) {
    one = Object.freeze<Submitting>({
      ...now,
      formProps: Object.freeze({
        noValidate: true,
        onSubmit: (event) => {
          event.preventDefault();
          void now.submit();
        },
      }),
    });
    submissions.set(now, one);
  }
  return one;
}
