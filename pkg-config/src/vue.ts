// The entry portform/vue: a live form as composables. What they give is read as properties (`price.value`), so that a template renders
// again when just that field has changed, and `v-model` writes to it. Form and pointer may be refs or getters. No wasm, no rule.
import { getCurrentInstance, getCurrentScope, isReactive, isRef, onScopeDispose, shallowRef, toValue, useId, watch, type MaybeRefOrGetter, type Ref } from "vue";
import { bindingsOf } from "./bind/bindings.js";
import { liveField, liveSubmission, type Controls, type LiveField } from "./bind/member.js";
import { formOf, give, wanted } from "./bind/options.js";
import type { Row } from "./bind/rows.js";
import { submissionOf, type Submission, type Submitter } from "./bind/submission.js";
import type { Watched } from "./bind/watched.js";
import type { Form, Options, Payload, Pointer, Summary } from "./types.js";

export type { Row } from "./bind/rows.js";
export type { Submission, Submitter } from "./bind/submission.js";

/** A field whose members are read anew each time: do not take it apart. `v-model="price.value"`, or `v-bind="price.inputProps"`. */
export interface Field extends LiveField, Controls<"onInput", "onBlur"> {}

/** A live form. The draft is what it begins with; options may be a ref or a getter. It is never freed by hand: its memory goes with it. */
export function useForm<In, Out>(payload: Payload<In, Out>, draft?: unknown, options?: MaybeRefOrGetter<Options | undefined>): Form<Out> {
  const form = formOf(payload, draft, toValue(options));
  // The same on a server and in the browser that takes its page over.
  if (getCurrentInstance() !== null) bindingsOf(form).identify(useId());
  if (isRef(options) || isReactive(options) || typeof options === "function") {
    watch(
      () => wanted(payload, toValue(options)),
      (next) => give(form, next, true),
      { deep: true, flush: "sync" },
    );
  }
  return form;
}

/** A field by its pointer. */
export function useField<Out>(form: MaybeRefOrGetter<Form<Out>>, pointer: MaybeRefOrGetter<Pointer<Out>>): Field {
  const now = tracked(() => bindingsOf(toValue(form)).field(toValue(pointer)));
  return liveField(() => now.value, "onInput", "onBlur");
}

/** The rows of a list, each by a key that it keeps while it moves. */
export function useRows<Out>(form: MaybeRefOrGetter<Form<Out>>, pointer: MaybeRefOrGetter<Pointer<Out>>): Readonly<Ref<readonly Row[]>> {
  return tracked(() => bindingsOf(toValue(form)).rows(toValue(pointer)));
}

/** How many errors, warnings and notes there are. */
export function useSummary(form: MaybeRefOrGetter<Form<unknown>>): Readonly<Ref<Summary>> {
  return tracked(() => bindingsOf(toValue(form)).summary);
}

/** Submitting the form through a client, which is made once. */
export function useSubmit(form: MaybeRefOrGetter<Form<unknown>>, client: Submitter): Submission {
  const now = tracked(() => submissionOf(toValue(form), client));
  return liveSubmission(() => now.value);
}

function tracked<T>(which: () => Watched<T>): Readonly<Ref<T>> {
  const now = shallowRef() as Ref<T>;
  let stop: (() => void) | undefined;
  watch(
    which,
    (one) => {
      stop?.();
      const take = (): void => {
        now.value = one.current();
      };
      stop = one.subscribe(take);
      take();
    },
    { immediate: true, flush: "sync" },
  );
  if (getCurrentScope() !== undefined) onScopeDispose(() => stop?.());
  return now;
}
