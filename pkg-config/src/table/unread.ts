// Which values a field cannot read. The engine itself is asked, with each distinct value once, so that there is one reading of values only.
import type { Form } from "../types.js";
import type { Target } from "./match.js";

/** So many values of one column are asked for; more distinct ones are no words that someone would put right one by one. */
export const MOST_VALUES = 5_000;

/** Asks a form of the payload; gives the places of the values that cannot be read. */
export function unread(newForm: () => Form<unknown>, asked: string, target: Target, values: readonly unknown[]): number[] {
  // A text field reads anything; whether it is a good one is what the form tells at its place.
  if (target.info.type === "text" || values.length === 0) return [];
  const form = newForm();
  try {
    // The items that the list lies in, each the first of its list.
    const list = asked.replace(/\/\d+(?=\/)/g, "/0");
    for (const { index } of list.matchAll(/\/0(?=\/)/g)) form.insert(list.slice(0, index), 0);
    if (target.column.includes("/")) for (const [at, value] of values.entries()) form.set(`${list}/${at}/${target.column}`, value);
    else form.paste(list, 0, values.map((value) => [value]), [target.column]);
    const found: number[] = [];
    for (const { pointer, reason } of form.preview().leftOut) {
      const [, at, rest] = /^\/(\d+)(?:\/(.*))?$/.exec(pointer.startsWith(`${list}/`) ? pointer.slice(list.length) : "") ?? [];
      if (reason === "unreadable" && at !== undefined && (rest ?? "") === target.column) found.push(Number(at));
    }
    return found;
  } finally {
    form.free();
  }
}
