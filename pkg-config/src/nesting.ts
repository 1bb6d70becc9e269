// How far a value is looked into: so many levels, and so many objects and lists in all, whatever they share or hold.
import { note } from "./limits.js";

/** Nesting deeper than this is not looked at. */
export const MAX_DEPTH = 32;
/** Objects and lists in all. */
const MAX_NODES = 1_048_576;
/** A longer list has too many items whatever they are. */
export const MAX_ITEMS = 100_001;

let left = 0;
let voidLeft = 0;

/** Begins to count the objects and lists of a value; or goes on, with what was left. Gives what was left before. */
export function countNodes(from = MAX_NODES): number {
  const before = left;
  left = from;
  voidLeft = from;
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

/** What is read as zero or as false, or is blank: see src/nothing.rs, which says the same of a text that stands in a row. */
const naught =
  /^[\s\u0085\u200b]*(?:[fF][aA][lL][sS][eE]|-?(?:0+|0{1,3}(?:([ \u00a0\u2009\u202f'])000(?:\1(?:000))*))(?:[.,]0+)?[\s\u0085\u200b]*(?:₽|руб\.?|грн|%)?)?[\s\u0085\u200b]*$/;

/** Whether nothing in a list or an object says anything: null, blank text, zero, false, and lists and objects of such. */
export function saysNothing(value: object): boolean {
  if (--voidLeft < 0) return false;
  try {
    // A list with more items than any may have says something, though all of them be holes.
    if (Array.isArray(value)) return value.length <= MAX_ITEMS && value.every(isNaught);
    const keys = Object.keys(value);
    return ordinary(value, keys) && keys.every((key) => isNaught((value as Record<string, unknown>)[key]));
  } catch (error) {
    note(error);
    return false;
  }
}

/** A Date or a Map has no keys, and says something all the same. */
function ordinary(value: object, keys: readonly string[]): boolean {
  return keys.length > 0 || Object.prototype.toString.call(value) === "[object Object]";
}

function isNaught(value: unknown): boolean {
  switch (typeof value) {
    case "undefined":
      return true;
    case "boolean":
      return !value;
    case "number":
      return value === 0;
    case "string":
      return value.length < 256 && naught.test(value);
    case "object":
      return value === null || saysNothing(value);
    default:
      return false;
  }
}
