// What is known of values that do not fit: how deep they nest, and whether they say anything. Each object is looked into once per
// packing, however often it is met; and of values that never end so many are looked into.
import { note } from "./limits.js";

/** Nesting deeper than this is not looked at. */
export const MAX_DEPTH = 32;
/** Objects and lists that are looked into, beyond which nothing is known of a value: it is taken for one that says something. */
const MAX_NODES = 1_048_576;
/** A longer list has too many items whatever they are. */
export const MAX_ITEMS = 100_001;

export class Met {
  #left = MAX_NODES;
  /** How many levels an object has; below zero, how many it has at least. */
  readonly #levels = new Map<object, number>();
  readonly #void = new Map<object, boolean>();

  /** Counts one more object or list; whether it may still be looked at. */
  node(): boolean {
    return --this.#left >= 0;
  }

  /** Whether a value at this depth nests too deep. */
  tooDeep(value: object, depth: number): boolean {
    return this.#height(value, MAX_DEPTH - depth + 1) < 0;
  }

  /** How many levels a value has, at most so many; below zero when it has more. */
  #height(value: object, most: number): number {
    if (most <= 0) return -1;
    const known = this.#levels.get(value);
    if (known !== undefined && known > 0) return known <= most ? known : -1;
    if (known !== undefined && -known > most) return -1;
    if (!this.node()) return 1;
    let height = 1;
    try {
      if (Array.isArray(value)) {
        const length = Math.min(value.length, MAX_ITEMS);
        for (let i = 0; i < length && height > 0; i++) height = this.#higher(height, value[i], most);
      } else {
        for (const key of Object.keys(value)) {
          height = this.#higher(height, (value as Record<string, unknown>)[key], most);
          if (height < 0) break;
        }
      }
    } catch (error) {
      // What cannot be read does not nest.
      note(error);
    }
    this.#levels.set(value, height < 0 ? -most - 1 : height);
    return height;
  }

  #higher(height: number, item: unknown, most: number): number {
    if (typeof item !== "object" || item === null) return height;
    const inner = this.#height(item, most - 1);
    return inner < 0 ? -1 : Math.max(height, inner + 1);
  }

  /** Whether nothing in a list or an object says anything: null, blank text, zero, false, and lists and objects of such. */
  saysNothing(value: object): boolean {
    const known = this.#void.get(value);
    if (known !== undefined) return known;
    if (!this.node()) return false;
    let nothing = false;
    try {
      // A list with more items than any may have says something, though all of them be holes.
      if (Array.isArray(value)) nothing = value.length <= MAX_ITEMS && value.every((item) => this.#isNaught(item));
      else {
        const keys = Object.keys(value);
        nothing = ordinary(value, keys) && keys.every((key) => this.#isNaught((value as Record<string, unknown>)[key]));
      }
    } catch (error) {
      note(error);
    }
    this.#void.set(value, nothing);
    return nothing;
  }

  #isNaught(value: unknown): boolean {
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
        return value === null || this.saysNothing(value);
      default:
        return false;
    }
  }
}

/** What is read as zero or as false, or is blank: see src/nothing.rs, which says the same of a text that stands in a row. */
const naught =
  /^[\s\u0085\u200b]*(?:[fF][aA][lL][sS][eE]|-?(?:0+|0{1,3}(?:([ \u00a0\u2009\u202f'])000(?:\1(?:000))*))(?:[.,]0+)?[\s\u0085\u200b]*(?:₽|руб\.?|грн|%)?)?[\s\u0085\u200b]*$/;

/** A Date or a Map has no keys, and says something all the same. */
function ordinary(value: object, keys: readonly string[]): boolean {
  return keys.length > 0 || Object.prototype.toString.call(value) === "[object Object]";
}
