// Paths and pointers (RFC 6901), and the one set of (pointer, code) that all contestants are brought to before they are compared.
import { CODES } from "./rules.js";

/** The value at a path, or undefined. */
export function valueAt(value, path) {
  let held = value;
  for (const step of path) held = held?.[step];
  return held;
}

export const pointer = (path) => path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** The steps of a pointer. */
export const path = (text) => text.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

/** The faults as sorted lines "pointer code"; at one place the first code of the list of codes, as one fault is told once. */
export function agreedForm(faults) {
  const first = new Map();
  for (const [at, code] of faults) {
    const place = pointer(at);
    const before = first.get(place);
    const order = CODES.indexOf(code);
    if (order < 0) throw new Error(`no such code: ${code} at ${place}`);
    if (before === undefined || order < CODES.indexOf(before)) first.set(place, code);
  }
  return [...first].map(([place, code]) => `${place} ${code}`).sort();
}
