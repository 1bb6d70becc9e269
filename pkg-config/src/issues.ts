// From the blocks that src/block.rs writes to the issues of the public interface. A template is read once per language; most
// issues are a template with a few indexes put in, and those without indexes are one and the same frozen object. Where templates come
// from is another's business: a page that reads blocks of a worker has no wasm of its own.
import { decode, originalText } from "./text.js";
import type { Issue, Locale, Severity } from "./types.js";
import { worded, type Words } from "./words.js";

export const locales: readonly Locale[] = ["ru", "uk", "en"];
export const severities: readonly Severity[] = ["error", "warning", "note"];
export const noIssues: readonly Issue[] = /* @__PURE__ */ Object.freeze([]);

/** How a message writes an index, and the index `first`, that a template leaves open. */
const OPEN_INDEX = "4294967296";
const OPEN_FIRST = "4294967295";
/** Stands for an unknown key. */
const OPEN_KEY = "\u0001";
const HEADER = 6;

/** A template as the wasm writes it. */
export interface Written {
  readonly path: readonly (string | null)[];
  readonly code: string;
  readonly severity: Severity;
  readonly rule: string;
  readonly source: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export class Template {
  readonly #written: Written;
  /** The pointer around the indexes. */
  readonly #pieces: readonly string[];
  readonly #open: boolean;
  readonly #fixed: Issue | undefined;

  constructor(written: Written) {
    for (const param of Object.values(written.params)) Object.freeze(param);
    Object.freeze(written.params);
    this.#written = written;
    const pieces = [""];
    for (const key of written.path) {
      pieces[pieces.length - 1] += "/";
      if (key === null) pieces.push("");
      else if (key !== OPEN_KEY) pieces[pieces.length - 1] += escaped(key);
    }
    this.#pieces = pieces;
    const keyed = written.path.at(-1) === OPEN_KEY;
    this.#open = keyed || written.message.includes(OPEN_INDEX) || written.message.includes(OPEN_FIRST);
    if (pieces.length === 1 && !this.#open) {
      this.#fixed = issue(Object.freeze(written.path as string[]), pieces[0] as string, written, written.params, written.message);
    }
  }

  /** The issue whose numbers stand from `at` on; `unknown` is its key. */
  issue(words: Uint32Array, at: number, count: number, unknown: string | undefined): Issue {
    if (this.#fixed !== undefined) return this.#fixed;
    const written = this.#written;
    const pieces = this.#pieces;
    const path: (string | number)[] = [];
    let pointer = pieces[0] as string;
    let next = at;
    let index = 0;
    for (const key of written.path) {
      if (key === null) {
        index = words[next++] as number;
        path.push(index);
        pointer += index + (pieces[next - at] as string);
      } else if (key === OPEN_KEY && unknown !== undefined) {
        path.push(unknown);
        pointer += escaped(unknown);
      } else path.push(key);
    }
    let { params, message } = written;
    const first = next < at + count ? (words[next] as number) : undefined;
    if (first !== undefined) params = Object.freeze({ first });
    if (this.#open) {
      message = message.replaceAll(OPEN_INDEX, String(index + 1)).replaceAll(OPEN_FIRST, String((first ?? 0) + 1));
      // Last, and not as a pattern: a key may hold anything.
      if (unknown !== undefined) message = message.split(OPEN_KEY).join(unknown);
    }
    return issue(Object.freeze(path), pointer, written, params, message);
  }
}

/** As a segment of a JSON pointer. */
function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function issue(path: Issue["path"], pointer: string, written: Written, params: Issue["params"], message: string): Issue {
  const { code, severity, rule, source } = written;
  return Object.freeze({ path, pointer, code, severity, rule, source, params, message });
}

/** Templates of one language that only the tables decide, by their numbers; `more` gives one that is not known yet. */
export interface Templates {
  readonly known: Template[];
  more(number: number): Template;
}

/** The numbers of the lasting templates in the block that begins at a byte. */
export function numbersIn(words: Uint32Array, begin: number): Set<number> {
  const numbers = new Set<number>();
  let at = begin >> 2;
  const count = words[at] as number;
  at += HEADER;
  for (let left = count; left > 0; left--) {
    const head = words[at] as number;
    if (head >>> 31 === 0) numbers.add(head & 0xffffff);
    at += 1 + ((head >>> 24) & 15);
  }
  return numbers;
}

/** The issues of the block that begins at a byte of the memory or of a copy, which `words` shows as well. */
export function decoded(bytes: Uint8Array, words: Uint32Array, begin: number, length: number, templates: Templates, only?: Severity): readonly Issue[] {
  let at = begin >> 2;
  const count = words[at] as number;
  const keys = begin + (words[at + 4] as number);
  const text = words[at + 5] as number;
  const own = text === 0 ? noTemplates : (JSON.parse(originalText(decode(bytes.subarray(begin + text, begin + length)))) as Written[]).map((written) => new Template(written));
  const wanted = only === undefined ? -1 : severities.indexOf(only);
  const issues: Issue[] = [];
  at += HEADER;
  for (let left = count; left > 0; left--) {
    const head = words[at++] as number;
    const numbers = (head >>> 24) & 15;
    if (wanted === -1 || ((head >>> 28) & 3) === wanted) {
      const number = head & 0xffffff;
      const from = head >>> 31 === 1 ? (own[number] as Template) : (templates.known[number] ?? templates.more(number));
      if (((head >>> 30) & 1) === 0) issues.push(from.issue(words, at, numbers, undefined));
      else {
        const key = keys + (words[at + numbers - 2] as number);
        issues.push(from.issue(words, at, numbers - 2, originalText(decode(bytes.subarray(key, key + (words[at + numbers - 1] as number))))));
      }
    }
    at += numbers;
  }
  return Object.freeze(issues);
}

const noTemplates: readonly Template[] = [];

/** Issues that have not been looked at. */
export class Block {
  readonly #bytes: Uint8Array;
  readonly #templates: Templates;
  readonly #words: Words | undefined;

  /** `bytes` begin where their buffer begins. */
  constructor(bytes: Uint8Array, templates: Templates, words?: Words) {
    this.#bytes = bytes;
    this.#templates = templates;
    this.#words = words;
  }

  /** All issues, or those of one severity; frozen. */
  issues(only?: Severity): readonly Issue[] {
    const bytes = this.#bytes;
    return worded(decoded(bytes, new Uint32Array(bytes.buffer, 0, bytes.length >> 2), 0, bytes.length, this.#templates, only), this.#words);
  }
}
