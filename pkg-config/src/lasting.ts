// The templates of issues that one instance of the wasm keeps, in one language: asked when an issue is looked at, and all at once
// before the instance goes, so that reports outlive it.
import { Template, type Templates, type Written } from "./issues.js";

export class Lasting implements Templates {
  readonly known: Template[] = [];
  #ask: ((number: number) => Written | undefined) | undefined;
  /** There are blocks in this language. */
  #wanted = false;

  constructor(ask: (number: number) => Written | undefined) {
    this.#ask = ask;
  }

  more(number: number): Template {
    const written = this.#ask?.(number);
    if (written === undefined) throw new Error("The words of this issue are lost, because a call failed inside portform since: check once more.");
    return (this.known[number] = new Template(written));
  }

  /** These templates, for a block. */
  want(): this {
    this.#wanted = true;
    return this;
  }

  /** Asks for so many, and for no more ever after. */
  keep(count: number): void {
    for (let number = 0; this.#wanted && number < count; number++) {
      if (this.known[number] === undefined && this.#ask?.(number) !== undefined) this.more(number);
    }
    this.#ask = undefined;
  }
}
