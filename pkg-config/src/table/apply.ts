// Gives a form the rows of a table: in slices between which the page goes on, and as one step of undo. Given up, the form is as it was.
import { PARTS, type InParts, type Parts } from "../parts.js";
import type { Changes, Form } from "../types.js";
import type { ApplyOptions } from "./types.js";

/** Milliseconds of work between two breaths of the page. */
const SLICE = 12;
const ROWS = 250;
const CHECKS = 500;

/** Rows of values by column; columns with a slash lie within a nested object. */
export interface Block {
  readonly list: string;
  readonly columns: readonly string[];
  readonly length: number;
  row(at: number): readonly unknown[];
}

export async function applied(block: Block, form: Form<unknown>, { at = "end", signal, onProgress }: ApplyOptions): Promise<Changes> {
  signal?.throwIfAborted();
  const inParts = (Object(form) as { [PARTS]?: InParts })[PARTS];
  if (typeof inParts !== "function") throw new TypeError("apply takes a form of this package: payload.form().");
  const there = form.length(block.list);
  if (at !== "end" && at !== "replace" && !(typeof at === "number" && Number.isInteger(at) && at >= 0 && at <= there)) {
    throw new RangeError(`at: must be "end", "replace" or the index of an item, at most ${there}.`);
  }
  const pause = pausing(signal);
  const parts = inParts();
  try {
    if (at === "replace") parts.set(block.list, []);
    const index = at === "end" ? there : at === "replace" ? 0 : at;
    const flat = block.columns.flatMap((column, i) => (column.includes("/") ? [] : [i]));
    const nested = block.columns.flatMap((column, i) => (column.includes("/") ? [i] : []));
    const tell = (done: number): void => onProgress?.({ done, total: block.length });
    tell(0);
    // A row in which nothing stands but in nested objects is a row all the same, and `paste` would make none of it.
    let waiting: (readonly unknown[])[] = [];
    let made = index;
    const paste = (): void => {
      const names = flat.map((i) => block.columns[i] as string);
      if (waiting.length === 0) return;
      if (names.length > 0) parts.paste(block.list, made, waiting.map((row) => flat.map((i) => row[i])), names);
      for (const [i, row] of waiting.entries()) {
        for (const column of nested) {
          const value = row[column];
          if (value !== undefined) parts.set(`${block.list}/${made + i}/${block.columns[column]}`, value);
        }
      }
      made += waiting.length;
      waiting = [];
    };
    for (let row = 0; row < block.length; row++) {
      waiting.push(block.row(row));
      if (waiting.length < ROWS && row + 1 < block.length) continue;
      paste();
      parts.advance(CHECKS, false);
      tell((row + 1) / 2);
      await pause();
    }
    await worked(parts, false, pause);
    await worked(parts, true, pause);
    tell(block.length);
    signal?.throwIfAborted();
  } catch (error) {
    parts.abandon();
    throw error;
  }
  return parts.finish();
}

async function worked(parts: Parts, last: boolean, pause: () => Promise<void>): Promise<void> {
  while (parts.advance(CHECKS, last) > 0) await pause();
}

/** Lets the page go on when a slice of time is over; throws when the work was given up. */
export function pausing(signal: AbortSignal | undefined): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since >= SLICE) {
      await breath();
      since = performance.now();
    }
    signal?.throwIfAborted();
  };
}

/** A turn of the event loop; a timer would wait longer with every level. */
function breath(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
