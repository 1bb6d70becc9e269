// Large values on their way to a thread: in slices, with a turn of the page between two, because a copy of all of it would hold the
// page up.
import type { Thread } from "./thread.js";
import type { Progress, Source } from "./worker-types.js";

/** Tells how far an edit has come; throws when it is given up. */
export type Step = (phase: Progress["phase"], part: number) => void;

/** So many items travel at once: a copy of them takes a page some milliseconds. */
export const SLICE = 1_000;
/** Longer lists go over as they are: no payload takes so many items, whatever they are. */
const LONG = 1_048_576;
/** Longer texts are sent in parts of so many characters. */
const PART = 1_000_000;

/** The lists of a draft that are sent in slices. */
function longLists(draft: unknown): [string, readonly unknown[]][] {
  try {
    if (typeof draft !== "object" || draft === null || Array.isArray(draft)) return [];
    return Object.entries(draft).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]) && entry[1].length > SLICE && entry[1].length <= LONG);
  } catch {
    // It goes over as it is, as far as it can.
    return [];
  }
}

/** How many items a draft has, as far as they count for progress. */
export function sizeOf(draft: unknown): number {
  return longLists(draft).reduce((sum, [, items]) => sum + items.length, 1);
}

/** Sends a value to the thread, in slices where it is large. */
export async function send(thread: Thread, value: unknown, step: Step): Promise<void> {
  const long = Array.isArray(value) && value.length <= LONG;
  const lists: [string | undefined, readonly unknown[]][] = long ? [[undefined, value as unknown[]]] : longLists(value);
  const total = lists.reduce((sum, [, items]) => sum + items.length, 0);
  const rest = long ? [] : lists.length === 0 ? value : { ...(value as object), ...Object.fromEntries(lists.map(([name]) => [name, []])) };
  await thread.ask({ ask: "take", value: rest });
  let done = 0;
  for (const [into, items] of lists) {
    for (let from = 0; from < items.length; from += SLICE) {
      const slice = items.slice(from, from + SLICE);
      await thread.ask({ ask: "more", into, items: slice });
      done += slice.length;
      step("reading", done / total);
    }
  }
}

/** The text as it is asked about; a long one is sent beforehand. */
export async function sent(thread: Thread, source: Source): Promise<Source | undefined> {
  if (typeof source !== "string" || source.length <= PART) return source;
  await thread.ask({ ask: "take", value: [] });
  for (let from = 0; from < source.length; from += PART) {
    await thread.ask({ ask: "more", into: undefined, items: [source.slice(from, from + PART)] });
  }
  return undefined;
}

/** The text as it goes over, and what goes without a copy. */
export function taken(method: string, source: Source, transfer: boolean): [Source, ArrayBuffer[]] {
  if (typeof source === "string") return [source, []];
  const tag = Object.prototype.toString.call(source);
  if (tag === "[object Blob]" || tag === "[object File]") return [source, []];
  if (tag !== "[object Uint8Array]") throw new TypeError(`${method} takes JSON as a string, a Uint8Array or a Blob.`);
  const bytes = source as Uint8Array;
  // The caller may go on writing into the bytes.
  const own = transfer && bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice();
  return [own, [own.buffer as ArrayBuffer]];
}
