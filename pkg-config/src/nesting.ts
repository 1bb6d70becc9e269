// How far a value is looked into: so many levels, and so many objects and lists in all, whatever they share or hold.
import { note } from "./limits.js";

/** Nesting deeper than this is not looked at. */
export const MAX_DEPTH = 32;
/** Objects and lists in all. */
const MAX_NODES = 1_048_576;
/** A longer list has too many items whatever they are. */
export const MAX_ITEMS = 100_001;

let left = 0;

/** Begins to count the objects and lists of a value; or goes on, with what was left. Gives what was left before. */
export function countNodes(from = MAX_NODES): number {
  const before = left;
  left = from;
  return before;
}

/** Counts one more; whether it may still be looked at. */
export function node(): boolean {
  return --left >= 0;
}

/** Whether a value at this depth nests too deep. An object that was met before is gone into again only from further down. */
export function tooDeep(value: object, depth: number, met: Map<object, number> = new Map()): boolean {
  if (depth > MAX_DEPTH || !node()) return true;
  const before = met.get(value);
  if (before !== undefined && before >= depth) return false;
  met.set(value, depth);
  try {
    if (Array.isArray(value)) {
      const length = Math.min(value.length, MAX_ITEMS);
      for (let i = 0; i < length; i++) if (nests(value[i], depth, met)) return true;
    } else {
      for (const key of Object.keys(value)) if (nests((value as Record<string, unknown>)[key], depth, met)) return true;
    }
  } catch (error) {
    // What cannot be read does not nest.
    note(error);
  }
  return false;
}

function nests(item: unknown, depth: number, met: Map<object, number>): boolean {
  return typeof item === "object" && item !== null && tooDeep(item, depth + 1, met);
}
