// What a field is to an HTML control: its attributes, and what an event of the control says. No framework is known here, and no DOM
// type: events are read by their target.
import type { FieldNow } from "./field.js";

/** An event of a control, of the browser's or a framework's own. */
export interface ControlEvent {
  readonly target: unknown;
}

/** The attributes that every control of a field has. */
export interface Described {
  readonly name: string;
  readonly id: string;
  readonly "aria-invalid": true | undefined;               // while messages are shown of which one is an error
  readonly "aria-describedby": string | undefined;         // the element that shows the messages, while there are any
  readonly "aria-required": true | undefined;
}
export interface TextControl extends Described {
  readonly value: string;
}
export interface CheckControl extends Described {
  readonly type: "checkbox";
  readonly checked: boolean;
}
export interface RadioControl extends Described {
  readonly type: "radio";
  readonly value: string;
  readonly checked: boolean;
}

/** "/prices/0/price" as a control's name, which `fromFormData` takes: "prices[0].price". */
export function nameOf(pointer: string): string {
  return pointer
    .slice(1)
    .split("/")
    .map((segment, i) => (/^\d+$/.test(segment) ? `[${segment}]` : i === 0 ? segment : `.${segment}`))
    .join("");
}

export function described(now: FieldNow): Described {
  const { pointer, id, required, relevant, shown } = now;
  return {
    name: nameOf(pointer),
    id,
    "aria-invalid": shown.some(({ severity }) => severity === "error") || undefined,
    "aria-describedby": shown.length > 0 ? messagesId(id) : undefined,
    "aria-required": (required && relevant) || undefined,
  };
}

export function messagesId(id: string): string {
  return `${id}-messages`;
}

export function textControl(now: FieldNow): TextControl {
  return { ...described(now), value: textOf(now.value) };
}

export function checkControl(now: FieldNow): CheckControl {
  return { ...described(now), type: "checkbox", checked: now.value === true || now.value === "true" };
}

export function radioControl(now: FieldNow, option: string | boolean): RadioControl {
  const value = String(option);
  const common = described(now);
  return { ...common, id: `${common.id}-${value}`, type: "radio", value, checked: textOf(now.value) === value };
}

/** What a text control shows of a value. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" || typeof value === "bigint" ? String(value) : "";
}

/** What a person has done to a control, and whether they may be in the middle of it. */
export function entered(event: ControlEvent): { readonly value: unknown; readonly typing: boolean } {
  const target = event.target as { readonly type?: unknown; readonly value?: unknown; readonly checked?: unknown };
  if (target.type === "checkbox") return { value: target.checked === true, typing: false };
  return { value: target.value, typing: target.type !== "radio" && target.type !== "select-one" };
}
