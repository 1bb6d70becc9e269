// The templates of issues that the wasm of this thread keeps, asked once per language, and the blocks that are read with them.
import * as glue from "../build/glue.js";
import { attempt, outputBytes, outputJson } from "./core.js";
import { Block, Template, locales, type Templates, type Written } from "./issues.js";
import type { Locale } from "./types.js";

class Lasting implements Templates {
  readonly known: Template[] = [];
  readonly #locale: number;

  constructor(locale: number) {
    this.#locale = locale;
  }

  more(number: number): Template {
    return (this.known[number] = new Template(written(number, this.#locale)));
  }
}

/** The template as the wasm writes it; takes the output. */
export function written(number: number, locale: number): Written {
  return attempt(() => outputJson(glue.template(number, locale)) as Written);
}

/** By the number of the locale. */
export const lasting: readonly Templates[] = /* @__PURE__ */ locales.map((_, locale) => new Lasting(locale));

/** The block in the last output. */
export function outputBlock(length: number, locale: Locale): Block {
  return new Block(outputBytes(length), lasting[locales.indexOf(locale)] as Templates);
}
