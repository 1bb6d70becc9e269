// The rows of a list as a component has them: each by a key that it keeps while it moves. A row is the same object while it stands
// where it stood.
import type { Form } from "../types.js";

export interface Row {
  readonly key: number;                                    // for React's key, Vue's :key, Svelte's (row.key), Angular's track
  readonly index: number;
  readonly pointer: string;                                // "/prices/0"
}

const none: readonly Row[] = /* @__PURE__ */ Object.freeze([]);

export function rowsNow(form: Form<unknown>, pointer: string, before: readonly Row[] = none): readonly Row[] {
  let length = 0;
  try {
    length = form.length(pointer);
  } catch (error) {
    // The list stands in a row that is not there.
    if (!(error instanceof RangeError)) throw error;
  }
  if (length === 0) return before.length === 0 ? before : none;
  let same = before.length === length;
  const rows: Row[] = new Array<Row>(length);
  for (let index = 0; index < length; index++) {
    const at = `${pointer}/${index}`;
    const key = form.key(at);
    const known = before[index];
    if (known?.key === key) rows[index] = known;
    else {
      same = false;
      rows[index] = Object.freeze({ key, index, pointer: at });
    }
  }
  return same ? before : Object.freeze(rows);
}
