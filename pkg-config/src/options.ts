// A caller's options on their way into wasm: packed, and kept there under a number while they are in use. What they mean, and which
// are wrong, is decided in src/options_read.rs.
import type { Engine } from "./core.js";
import { packPlain, packedCopy, packedEquals } from "./pack.js";
import type { Locale, Options } from "./types.js";
import { withoutWords, wordsOf, type Words } from "./words.js";

/** So many options are kept ready in an engine; others are read again when they are used again. */
const READY = 64;

/** Options as they were given once: later changes to the caller's object do not matter. */
export class Bound {
  /** Merged, for what comes on top. */
  readonly options: Options | undefined;
  /** Packed; empty where nothing was given. */
  readonly bytes: Uint8Array;
  /** The front end's own. */
  readonly words: Words | undefined;

  private constructor(options: Options | undefined, bytes: Uint8Array, words?: Words) {
    this.options = options;
    this.bytes = bytes;
    this.words = words;
  }

  static readonly none = /* @__PURE__ */ new Bound(undefined, new Uint8Array(0));

  /** Reads the options; throws a TypeError that names what is wrong. `last` is given back when it is the same. */
  static of(options: Options, last: Bound | undefined, engine: Engine): Bound {
    const words = wordsOf(options);
    const length = packPlain(withoutWords(options));
    if (last !== undefined && last.words === words && packedEquals(length, last.bytes)) return last;
    const bound = new Bound(options, packedCopy(length), words);
    bound.number(engine);
    return bound;
  }

  get locale(): Locale | undefined {
    return this.options?.locale;
  }

  /** Their number in an engine. Uses its input: put the value there afterwards. */
  number(engine: Engine): number {
    if (this.bytes.length === 0) return 0;
    const { options } = engine;
    let number = options.get(this);
    if (number === undefined) {
      const length = engine.fill(this.bytes);
      number = engine.attempt((glue) => glue.options_new(length));
      options.set(this, number);
      if (options.size > READY) {
        for (const [oldest, old] of options) {
          options.delete(oldest);
          engine.attempt((glue) => glue.options_free(old));
          break;
        }
      }
    }
    return number;
  }
}
