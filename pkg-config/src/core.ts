// The wasm: its instances, here called engines, their memory, and what to do when a call fails inside. An engine in which a call
// failed is never called again but for what is left in it; the next call gets another. Checks have one engine, forms live in others,
// so that what a check meets touches no form. How the module is come by is the entry's business. It knows nothing of payloads.
import { makeGlue, type Glue } from "../build/glue.js";
import { Block, locales, type Written } from "./issues.js";
import { Lasting } from "./lasting.js";
import { defect, overflown, shortage, tooFull } from "./limits.js";
import { decode, encodeInto, loneSurrogate, originalText } from "./text.js";
import type { Words } from "./words.js";

/** An engine whose memory is larger than this is given back when it is not needed. */
const LARGE = 1 << 26;
/** A larger input is not kept ready. */
const LARGE_INPUT = 1 << 24;
/** A form whose draft is larger, packed, does not share its engine with others. */
const LARGE_DRAFT = 1 << 22;
/** Milliseconds without a large call after which an engine counts as idle. */
const IDLE = 1_000;
/** Shorter inputs are copied byte by byte: that beats a view of them. */
const SHORT = 64;

const none = /* @__PURE__ */ new Uint8Array(0);

let engines = 0;

export class Engine {
  /** No other has it. */
  readonly id = engines++;
  readonly glue: Glue;
  readonly #memory: WebAssembly.Memory;
  readonly #templates: readonly Lasting[];
  /** What is bound to options in this engine, under their numbers; the oldest first. */
  readonly options = new Map<object, number>();
  /** How many forms live here. */
  forms = 0;
  #bytes = none;
  /** Where the input stands, and how large it is. */
  #input = 0;
  #capacity = 0;
  #failed = false;
  /** What was told of the failure. */
  #telling: Error | undefined;

  constructor(glue: Glue, { exports }: WebAssembly.Instance) {
    this.glue = glue;
    this.#memory = exports["memory"] as WebAssembly.Memory;
    this.#templates = locales.map((_, locale) => new Lasting((number) => this.written(number, locale)));
    glue.begin(exports);
    const [one, two, three, four] = random() as [number, number, number, number];
    glue.seed(one, two, three, four);
  }

  /** A call failed inside: nothing that is asked of it can be relied on. */
  get failed(): boolean {
    return this.#failed;
  }

  get size(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Calls into the wasm. What comes out of it and is not meant for the caller is a failure, whatever it is. */
  attempt<T>(call: (glue: Glue) => T): T {
    try {
      return call(this.glue);
    } catch (error) {
      // First, because the stack may be used up.
      const before = this.#failed;
      this.#failed = true;
      if (this.#refused()) {
        this.#failed = before;
        throw error;
      }
      throw this.#told(error);
    }
  }

  /** The wasm memory; a view that was taken before a call into wasm may be of no use after it. */
  view(): Uint8Array {
    if (this.#bytes.byteLength === 0) this.#bytes = new Uint8Array(this.#memory.buffer);
    return this.#bytes;
  }

  /** Puts the first so many bytes into the input. */
  fill(bytes: Uint8Array, length = bytes.length): number {
    const to = this.#room(length);
    const memory = this.view();
    if (length < SHORT) for (let i = 0; i < length; i++) memory[to + i] = bytes[i] as number;
    else memory.set(length === bytes.length ? bytes : bytes.subarray(0, length), to);
    return length;
  }

  /** Writes a text into the input as UTF-8; returns its length. A lone surrogate ends it with a byte that is no UTF-8. */
  fillText(text: string): number {
    const end = loneSurrogate(text);
    if (end === -1) return this.#fillWhole(text);
    const length = this.#fillWhole(text.slice(0, end));
    const to = this.#room(length + 1);
    this.view()[to + length] = 0xff;
    return length + 1;
  }

  #fillWhole(text: string): number {
    const { length } = text;
    let written = 0;
    let wanted = length < 1 << 20 ? length * 3 : length + 16;
    for (let rest = text; ; ) {
      const to = this.#room(wanted);
      const done = encodeInto(rest, this.view().subarray(to + written, to + this.#capacity));
      written += done.written;
      if (done.read === rest.length) return written;
      rest = rest.slice(done.read);
      wanted = Math.max(written + rest.length * 2 + 16, Math.min(this.#capacity * 2, written + rest.length * 3));
    }
  }

  /** A copy of the last output. */
  outputBytes(length: number): Uint8Array {
    const at = this.glue.output();
    return this.view().slice(at, at + length);
  }

  /** The last output as text. */
  outputText(length: number): string {
    const at = this.glue.output();
    return decode(this.view().subarray(at, at + length));
  }

  /** The last output as the JSON value it is. */
  outputJson(length: number): unknown {
    return JSON.parse(originalText(this.outputText(length)));
  }

  /** The block of issues in the last output. */
  outputBlock(length: number, locale: number, words: Words | undefined): Block {
    return new Block(this.outputBytes(length), this.templates(locale), words);
  }

  /** The templates of a language, by its number. */
  templates(locale: number): Lasting {
    return (this.#templates[locale] as Lasting).want();
  }

  /** A template as the wasm writes it; takes the output. */
  written(number: number, locale: number): Written | undefined {
    return this.attempt((glue) => {
      const length = glue.template(number, locale);
      return length === 0 ? undefined : (this.outputJson(length) as Written);
    });
  }

  /** Gives memory back after a call with much data, at once or when nothing of the kind comes for a while. */
  settle(): void {
    if (this.#capacity > LARGE_INPUT) {
      this.#capacity = 0;
      this.attempt((glue) => glue.release());
    }
    if (this.view().byteLength > LARGE && this === checking) rest(this);
  }

  /** Takes what others may still ask of it, which then need it no more. */
  retire(): void {
    for (const lasting of this.#templates) {
      try {
        lasting.keep(this.glue.templates());
      } catch {
        // What cannot be had of an engine that failed is lost: only reports that nobody looked at miss it.
      }
    }
  }

  /** Where there is room for so many bytes in the input. */
  #room(wanted: number): number {
    if (wanted > this.#capacity) {
      const capacity = Math.max(wanted, 1 << 16);
      const at = this.attempt((glue) => glue.input(capacity));
      if (at === undefined) throw shortage();
      this.#input = at;
      this.#capacity = capacity;
    }
    return this.#input;
  }

  #refused(): boolean {
    try {
      return this.glue.refused();
    } catch {
      return false;
    }
  }

  #told(error: unknown): unknown {
    return error instanceof Error && error === this.#telling ? error : (this.#telling = this.#worded(error));
  }

  #worded(error: unknown): Error {
    let said = "";
    try {
      said = this.glue.failure();
    } catch {
      // It cannot even tell what happened; the error itself is the cause below.
    }
    if (overflown(error)) return tooFull(error);
    // What the wasm does without a word when it gets no memory.
    const trapped = typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;
    if (trapped && said === "" && error.message.toLowerCase().includes("unreachable")) return shortage(error);
    const reason = said || (error instanceof Error ? error.message : typeof error);
    return defect(reason, error);
  }
}

/** 128 bits that a stranger cannot know, as long as the page has such; where it has not, what there is. */
function random(): Iterable<number> {
  const numbers = new Uint32Array(4);
  try {
    return crypto.getRandomValues(numbers);
  } catch {
    return numbers.map(() => Math.random() * 2 ** 32);
  }
}

let bytes: (() => Uint8Array<ArrayBuffer>) | undefined;
let module: WebAssembly.Module | undefined;
/** Instances that are ready, where they cannot be made at once. */
const stock: Engine[] = [];
/** Why they cannot. */
let refusal: unknown;

/** The engine that checks. */
let checking: Engine | undefined;
/** The engine in which new forms live. */
let keeping: Engine | undefined;

/** Where the module is at first use, for those who carry it along. */
export function startWith(carried: () => Uint8Array<ArrayBuffer>): void {
  bytes = carried;
}

/** Starts with a module that is there, without keeping anybody waiting. */
export async function started(given: WebAssembly.Module): Promise<void> {
  await supply(given);
  module = given;
}

/** Whether the wasm runs, or would at first use. */
export function canStart(): boolean {
  return module !== undefined || bytes !== undefined;
}

export function isStarted(): boolean {
  return module !== undefined;
}

/** The engine for calls that leave nothing behind. */
export function checker(): Engine {
  if (checking === undefined || checking.failed) {
    const before = checking;
    checking = made() ?? living(keeping) ?? again();
    before?.retire();
  }
  return checking;
}

/** The engine for a new form, whose draft is so many bytes, packed. */
export function keeper(length: number): Engine {
  if (length > LARGE_DRAFT && keeping !== undefined && keeping.forms > 0) {
    const own = made();
    if (own !== undefined) return own;
  }
  if (keeping === undefined || keeping.failed || keeping.size > LARGE) {
    const before = keeping;
    keeping = made() ?? living(keeping) ?? living(checking) ?? again();
    if (before !== keeping && before?.forms === 0) before.retire();
  }
  return keeping;
}

/** A form does not live in this engine any more. */
export function left(engine: Engine): void {
  if (--engine.forms > 0 || engine === checking) return;
  if (engine === keeping) {
    if (engine.size <= LARGE) return;
    keeping = undefined;
  }
  engine.retire();
}

function living(engine: Engine | undefined): Engine | undefined {
  return engine?.failed === false ? engine : undefined;
}

function again(): never {
  if (bytes !== undefined) throw cannotStart(refusal);
  throw new Error("portform starts again, because a call failed inside: try once more in a moment.", { cause: refusal });
}

function cannotStart(cause: unknown): Error {
  const why =
    typeof WebAssembly !== "object"
      ? "there is no WebAssembly here, which portform/slim needs as well"
      : refused(cause)
        ? "this browser does not compile WebAssembly of this size synchronously here; import portform/slim instead, and await its init()"
        : "the page's content security policy (it has to allow 'wasm-unsafe-eval') or the runtime forbids compiling WebAssembly; where a compiled module can be had, give it to the init() of portform/slim";
  return new Error(`portform cannot start: ${why}.`, { cause });
}

/** Chromium up to 114 compiles and starts nothing of more than 4 KB at once on a page's main thread. */
function refused(error: unknown): boolean {
  return error instanceof RangeError && (error.message.includes("main thread") || error.message.includes("disallowed"));
}

function compiled(): WebAssembly.Module {
  if (bytes === undefined) throw new Error("portform/slim is not ready: call and await init() first, which portform/slim exports.");
  try {
    return new WebAssembly.Module(bytes());
  } catch (error) {
    throw overflown(error) ? tooFull(error) : cannotStart(error);
  }
}

/** One more engine; nothing where none can be made at once and none is ready. */
function made(): Engine | undefined {
  module ??= compiled();
  const ready = stock.pop();
  if (ready !== undefined) return ready;
  const glue = makeGlue(decode);
  try {
    return new Engine(glue, new WebAssembly.Instance(module, glue.imports));
  } catch (error) {
    if (overflown(error)) throw tooFull(error);
    // Engines say so when an instance gets no memory.
    if (!refused(error)) throw error instanceof RangeError ? shortage(error) : error;
    refusal = error;
    supply(module).catch(() => undefined);
    return undefined;
  }
}

/** Puts one more engine into the stock. */
async function supply(module: WebAssembly.Module): Promise<void> {
  const glue = makeGlue(decode);
  const instance = await WebAssembly.instantiate(module, glue.imports);
  stock.push(new Engine(glue, instance));
}

let clock: unknown;

/** The engine is large: it goes when nothing large has come for a while, and with it its memory. */
function rest(engine: Engine): void {
  if (typeof setTimeout !== "function") {
    drop(engine);
    return;
  }
  clearTimeout(clock as number);
  clock = setTimeout(drop, IDLE, engine);
  // A process need not wait for it.
  (clock as { unref?: () => void }).unref?.();
}

function drop(engine: Engine): void {
  // A timer holds on to what it was given.
  clock = undefined;
  if (checking !== engine || engine.forms > 0) return;
  checking = undefined;
  engine.retire();
}
