// The members of a field and of a submission as properties that ask for the newest snapshot each time they are read: what Vue and Svelte
// track is the reading. Attributes and handlers come with it, named as the browser's own events.
import { checkControl, entered, messagesId, radioControl, textControl, textOf, type CheckControl, type ControlEvent, type RadioControl, type TextControl } from "./control.js";
import type { FieldNow } from "./field.js";
import type { Submission } from "./submission.js";

/** A field whose members are read anew each time; `value` and `text` may be written. */
export interface LiveField extends Readonly<Omit<FieldNow, "value">> {
  value: unknown;                                          // as typed; of a checkbox true or false
  text: string;                                            // as a text control shows it
  readonly labelProps: { readonly for: string };
  readonly messagesProps: { readonly id: string };         // of the element that shows `shown`
}

/** Handlers by the name that the framework gives to an event. */
export type Handlers<Input extends string, Blur extends string> = { readonly [name in Input]: (event: ControlEvent) => void } & { readonly [name in Blur]: () => void };

export interface Controls<Input extends string, Blur extends string> {
  readonly inputProps: TextControl & Handlers<Input, Blur>;      // of <input>, <textarea> and <select>
  readonly checkboxProps: CheckControl & Handlers<Input, Blur>;  // of <input>: a field that is true or false
  readonly radioProps: (option: string | boolean) => RadioControl & Handlers<Input, Blur>;   // of <input>: one of them for each option
}

export function controls<Input extends string, Blur extends string>(now: FieldNow, input: Input, blur: Blur): Controls<Input, Blur> {
  const handlers = (hear: (event: ControlEvent) => void) => ({ [input]: hear, [blur]: now.touch }) as Handlers<Input, Blur>;
  const hear = (event: ControlEvent): void => {
    const { value, typing } = entered(event);
    now.set(value, { typing });
  };
  return {
    inputProps: { ...textControl(now), ...handlers(hear) },
    checkboxProps: { ...checkControl(now), ...handlers(hear) },
    radioProps: (option) => ({ ...radioControl(now, option), ...handlers(() => void now.set(option)) }),
  };
}

export function liveField<Input extends string, Blur extends string>(read: () => FieldNow, input: Input, blur: Blur): LiveField & Controls<Input, Blur> {
  let dressed: { readonly now: FieldNow; readonly controls: Controls<Input, Blur> } | undefined;
  const dress = (): Controls<Input, Blur> => {
    const now = read();
    if (dressed?.now !== now) dressed = { now, controls: controls(now, input, blur) };
    return dressed.controls;
  };
  const enter = (value: unknown): void => void read().set(value, { typing: typeof value === "string" });
  return {
    get pointer() {
      return read().pointer;
    },
    get value() {
      return read().value;
    },
    set value(value) {
      enter(value);
    },
    get text() {
      return textOf(read().value);
    },
    set text(value) {
      enter(value);
    },
    get relevant() {
      return read().relevant;
    },
    get required() {
      return read().required;
    },
    get expected() {
      return read().expected;
    },
    get issues() {
      return read().issues;
    },
    get touched() {
      return read().touched;
    },
    get shown() {
      return read().shown;
    },
    get id() {
      return read().id;
    },
    get labelProps() {
      return { for: read().id };
    },
    get messagesProps() {
      return { id: messagesId(read().id) };
    },
    get inputProps() {
      return dress().inputProps;
    },
    get checkboxProps() {
      return dress().checkboxProps;
    },
    get radioProps() {
      return dress().radioProps;
    },
    set: (value, how) => read().set(value, how),
    touch: () => read().touch(),
  };
}

export function liveSubmission(read: () => Submission): Submission {
  return {
    get pending() {
      return read().pending;
    },
    get outcome() {
      return read().outcome;
    },
    submit: (how) => read().submit(how),
    reset: () => read().reset(),
  };
}
