// A caller's options on their way into wasm: merged, packed, and kept there under a number while they are in use. What they
// mean, and which are wrong, is decided in src/options_read.rs.
import * as glue from "../build/glue.js";
import { attempt } from "./core.js";
import { packBytes, packed, packedEquals, packPlain } from "./pack.js";
import type { Locale, Options } from "./types.js";

/** So many options are kept ready in wasm; others are read again when they are used again. */
const READY = 64;
const ready: Bound[] = [];

/** Options as they were given once: later changes to the caller's object do not matter. */
export class Bound {
  /** Merged, for what comes on top. */
  readonly options: Options | undefined;
  readonly #bytes: Uint8Array | undefined;
  #number = 0;

  private constructor(options: Options | undefined, bytes: Uint8Array | undefined) {
    this.options = options;
    this.#bytes = bytes;
  }

  static readonly none = /* @__PURE__ */ new Bound(undefined, undefined);

  /** Reads the options; throws a TypeError that names what is wrong. `last` is given back when it is the same. */
  static of(options: Options, last: Bound | undefined): Bound {
    const length = packPlain(options);
    if (last !== undefined && last.#bytes !== undefined && packedEquals(length, last.#bytes)) return last;
    const bound = new Bound(options, packed(length));
    bound.#read(length);
    return bound;
  }

  get locale(): Locale | undefined {
    return this.options?.locale;
  }

  /** Their number in wasm. Uses the input: pack the value afterwards. */
  number(): number {
    if (this.#bytes === undefined) return 0;
    if (this.#number === 0) this.#read(packBytes(this.#bytes));
    return this.#number;
  }

  #read(length: number): void {
    this.#number = attempt(() => glue.options_new(length));
    ready.push(this);
    if (ready.length > READY) (ready.shift() as Bound).#free();
  }

  #free(): void {
    glue.options_free(this.#number);
    this.#number = 0;
  }
}

/** The bound options with a call's own on top: part by part, and member by member in context, dialect and endpoint. */
export function merged(under: Options | undefined, over: Options): Options {
  if (typeof over !== "object" || over === null || Array.isArray(over)) throw new TypeError("options: must be an object.");
  const result: Record<string, unknown> = { ...under };
  for (const [name, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const below = result[name];
    const both = nested.has(name) && isObject(below) && isObject(value);
    result[name] = both ? { ...below, ...given(value) } : nested.has(name) && isObject(value) ? { ...value } : value;
  }
  return result;
}

/** The options of a form after `over` came on top; a part or member that is undefined there falls back to `base`. */
export function replaced(base: Options | undefined, current: Options | undefined, over: Options): Options {
  const result: Record<string, unknown> = merged(current, over) as Record<string, unknown>;
  for (const [name, value] of Object.entries(over)) {
    const below = (base as Record<string, unknown> | undefined)?.[name];
    if (value === undefined) result[name] = below;
    else if (nested.has(name) && isObject(value) && isObject(result[name])) {
      const members = result[name] as Record<string, unknown>;
      for (const [member, given] of Object.entries(value)) {
        if (given === undefined) members[member] = isObject(below) ? (below as Record<string, unknown>)[member] : undefined;
      }
    }
  }
  return result;
}

const nested: ReadonlySet<string> = /* @__PURE__ */ new Set(["context", "dialect", "endpoint"]);

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function given(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
}
