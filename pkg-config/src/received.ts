// What a worker sent, as the public interface has it: issues are read from the bytes when they are looked at, with the templates
// that came along, so that the page needs no wasm.
import type { Told as Bytes, Verdict } from "./asks.js";
import { told, type Told } from "./changes.js";
import { Block, Template, locales, type Templates } from "./issues.js";
import { invalidText, ownReport, readText } from "./report.js";
import type { Issue, JsonReport, Report } from "./types.js";

/** The templates of one thread. */
export class Received {
  readonly #templates: readonly Templates[] = locales.map(() => ({
    known: [],
    more: (number) => {
      throw new Error(`The worker sent an issue without its words (${number}). This is a defect of portform.`);
    },
  }));

  changes(sent: Bytes): Told {
    return told(sent.bytes, this.#take(sent));
  }

  issues(sent: Bytes): readonly Issue[] {
    return new Block(sent.bytes, this.#take(sent)).issues();
  }

  report<Out>({ told, body }: Verdict): Report<Out> {
    const block = this.#block(told) as Block;
    return ownReport(block, body === undefined ? undefined : text(body));
  }

  jsonReport({ valid, told, body }: Verdict): JsonReport {
    const block = this.#block(told);
    return valid ? readText(block, () => text(body as Uint8Array)) : invalidText(block);
  }

  #block(sent: Bytes | undefined): Block | undefined {
    return sent === undefined ? undefined : new Block(sent.bytes, this.#take(sent));
  }

  #take({ locale, templates }: Bytes): Templates {
    const mine = this.#templates[locale] as Templates;
    for (const [number, written] of templates) mine.known[number] = new Template(written);
    return mine;
  }
}

const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });

function text(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
