// What a worker sent, as the public interface has it: issues are read from the bytes when they are looked at, with the templates
// that came along, so that the page needs no wasm.
import type { Told as Bytes, Verdict } from "./asks.js";
import { told, type Told } from "./changes.js";
import { Block, Template, type Templates } from "./issues.js";
import { invalidText, ownReport, readText } from "./report.js";
import { decode } from "./text.js";
import type { Issue, JsonReport, Report } from "./types.js";

/** The templates of one thread. */
export class Received {
  /** By engine and locale. */
  readonly #templates = new Map<string, Templates>();

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

  #take({ engine, locale, templates }: Bytes): Templates {
    const key = `${engine}/${locale}`;
    let mine = this.#templates.get(key);
    if (mine === undefined) this.#templates.set(key, (mine = { known: [], more }));
    for (const [number, written] of templates) mine.known[number] = new Template(written);
    return mine;
  }
}

function more(number: number): never {
  throw new Error(`The worker sent an issue without its words (${number}). This is a defect of portform.`);
}

function text(bytes: Uint8Array): string {
  return decode(bytes);
}
