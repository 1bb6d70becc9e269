// A field of a form as a component has it: an immutable snapshot, the same object while nothing of it has changed.
import type { Changes, Form, Issue } from "../types.js";
import { alike } from "./same.js";

/** What every framework is given of a field. */
export interface FieldNow {
  readonly pointer: string;
  readonly value: unknown;                                 // as typed
  readonly relevant: boolean;
  readonly required: boolean;
  readonly expected: boolean;
  readonly issues: readonly Issue[];
  readonly touched: boolean;                               // a person has been there and left it
  readonly shown: readonly Issue[];                        // the issues that may be shown yet: of a touched field, or after a submission was tried
  readonly id: string;                                     // of its control
  readonly set: (value: unknown, how?: { typing?: boolean }) => Changes;
  readonly touch: () => void;                              // to be called when a person leaves it
}

const none: readonly Issue[] = /* @__PURE__ */ Object.freeze([]);

/** What does not change about a field. */
export type Fixed = Pick<FieldNow, "pointer" | "id" | "set" | "touch">;

export function fieldNow(form: Form<unknown>, fixed: Fixed, before: FieldNow | undefined, touched: boolean, tried: boolean): FieldNow {
  const found = look(form, fixed.pointer);
  const { relevant, required, expected } = found.state;
  const value = alike(before?.value, found.value);
  const issues = alike(before?.issues, found.state.issues);
  const shown = touched || tried ? issues : none;
  if (
    before !== undefined &&
    Object.is(value, before.value) &&
    issues === before.issues &&
    shown === before.shown &&
    relevant === before.relevant &&
    required === before.required &&
    expected === before.expected &&
    touched === before.touched
  ) {
    return before;
  }
  const { pointer, id, set, touch } = fixed;
  return Object.freeze({ pointer, value, relevant, required, expected, issues, touched, shown, id, set, touch });
}

type Found = { readonly value: unknown; readonly state: Pick<FieldNow, "relevant" | "required" | "expected" | "issues"> };

/** Of an item that the list does not have: a component may show it a moment longer than it is there, or before it is made. */
const absent: Found = /* @__PURE__ */ Object.freeze({ value: undefined, state: { relevant: false, required: false, expected: false, issues: none } });

function look(form: Form<unknown>, pointer: string): Found {
  try {
    return { state: form.state(pointer), value: form.get(pointer) };
  } catch (error) {
    // A place that the payload does not have, and a form that was freed, are TypeErrors: a mistake in the page.
    if (error instanceof RangeError) return absent;
    throw error;
  }
}
