// What runs on a worker's thread: it checks texts, or keeps one form, for the page that `portform/worker` is used by. One thing is
// asked at a time; what is asked twice at once waits on the page.
import { initSync } from "../build/glue.js";
import * as glue from "../build/glue.js";
import { wasmBytes } from "../build/wasm-inline.js";
import type { Answer, Ask, Step, Told, Verdict } from "./asks.js";
import { blocksIn } from "./changes.js";
import { attempt, outputBytes, startWith } from "./core.js";
import { Handle } from "./handle.js";
import { locales, numbersIn } from "./issues.js";
import { written } from "./lasting.js";
import { Bound } from "./options.js";
import { packBytes, packText, releaseLarge } from "./pack.js";
import { Table } from "./table.js";
import type { Options } from "./types.js";
import type { Source } from "./worker-types.js";

/** The least time between two reports of progress, in milliseconds: a screen shows no more. */
const PACE = 20;

let handle: Handle | undefined;
/** The value that was taken last. */
let taken: unknown;
/** The templates that the page has, by locale. */
const sent = locales.map(() => new Set<number>());

/** `bytes` are a copy of the output, because asking for templates takes it. */
function told(bytes: Uint8Array, locale: number, blocks: (words: Uint32Array) => readonly number[]): Told {
  const words = new Uint32Array(bytes.buffer, 0, bytes.length >> 2);
  const known = sent[locale] as Set<number>;
  const wanted = blocks(words).flatMap((begin) => [...numbersIn(words, begin)]);
  const templates: Told["templates"][number][] = [];
  for (const number of wanted) {
    if (known.has(number)) continue;
    known.add(number);
    templates.push([number, written(number, locale)]);
  }
  return { bytes, locale, templates };
}

/** Mostly they are the same again. */
let last: Bound | undefined;

function bind(options: Options | undefined): Bound {
  return options === undefined ? Bound.none : (last = Bound.of(options, last));
}

const atFront = (): readonly number[] => [0];

async function check(ask: Ask & { readonly ask: "check" }, step: (step: Step) => void): Promise<Verdict> {
  const table = Table.of(ask.payload);
  const bound = bind(ask.options);
  const number = bound.number();
  const locale = locales.indexOf(bound.locale ?? table.locale);
  const { source } = ask;
  const length = source instanceof Uint8Array ? packBytes(source) : source === undefined || typeof source === "string" ? packText(source ?? joined()) : packBytes(await bytesOf(source));
  step([0, 0, length]);
  let shown = performance.now();
  const verdict = attempt(() =>
    glue.check_watched(table.number, number, length, (stage: number, done: number, of: number) => {
      const now = performance.now();
      if (now - shown < PACE) return;
      shown = now;
      step([stage, done, of]);
    }),
  );
  const valid = (verdict & 1) === 1;
  const output = outputBytes(verdict >>> 1);
  const end = 4 + new DataView(output.buffer).getUint32(0, true);
  // The page reads the body without wasm.
  const body = valid ? output.slice(end) : undefined;
  const issues = told(output.slice(4, end), locale, atFront);
  releaseLarge();
  return { valid, told: issues, body };
}

/** The text whose parts were taken. */
function joined(): string {
  return (given() as string[]).join("");
}

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

async function parse(source: Source = joined()): Promise<unknown> {
  const text = typeof source === "string" ? source.replace(/^\ufeff/, "") : new TextDecoder().decode(source instanceof Uint8Array ? source : await bytesOf(source));
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message quotes the text, which may be personal data.
    throw new SyntaxError("The text is not JSON: checkJson tells where.");
  }
}

function form(): Handle {
  if (handle === undefined) throw new TypeError("There is no form on this thread.");
  return handle;
}

const edited = (length: number): Told | undefined => (length === 0 ? undefined : told(outputBytes(length), form().locale, blocksIn));

/** What a form answers as bytes; every other method answers with a value. */
const methods: Readonly<Record<string, (...args: never[]) => unknown>> = {
  set: (...args: Parameters<Handle["set"]>) => edited(form().set(...args)),
  insert: (...args: Parameters<Handle["insert"]>) => edited(form().insert(...args)),
  remove: (...args: Parameters<Handle["remove"]>) => edited(form().remove(...args)),
  move: (...args: Parameters<Handle["move"]>) => edited(form().move(...args)),
  explain: (...args: Parameters<Handle["explain"]>) => edited(form().explain(...args)),
  setOptions: (...args: Parameters<Handle["setOptions"]>) => edited(form().setOptions(...args)),
  undo: () => edited(form().history(false)),
  redo: () => edited(form().history(true)),
  summary: () => edited(form().summary()),
  issues: (...args: Parameters<Handle["issues"]>) => told(outputBytes(form().issues(...args)), form().locale, atFront),
  report: (): Verdict => {
    const verdict = form().report();
    const issues = told(outputBytes(verdict >>> 1), form().locale, atFront);
    const valid = (verdict & 1) === 1;
    return { valid, told: issues, body: valid ? new TextEncoder().encode(form().body()) : undefined };
  },
  get: (...args: Parameters<Handle["get"]>) => form().get(...args),
  value: () => form().get(""),
  length: (...args: Parameters<Handle["length"]>) => form().length(...args),
  key: (...args: Parameters<Handle["key"]>) => form().key(...args),
  state: (...args: Parameters<Handle["state"]>) => form().state(...args),
  states: () => form().states(),
  preview: () => form().preview(),
};

async function answer(ask: Ask, step: (step: Step) => void): Promise<unknown> {
  switch (ask.ask) {
    case "check":
      return check(ask, step);
    case "take":
      taken = ask.value;
      return undefined;
    case "more": {
      const list = (ask.into === undefined ? taken : (taken as Record<string, unknown>)[ask.into]) as unknown[];
      for (const item of ask.items) list.push(item);
      return undefined;
    }
    case "parse":
      taken = await parse(ask.source);
      return undefined;
    case "open": {
      const table = Table.of(ask.payload);
      handle = new Handle(table, ask.base, ask.options, bind(ask.options), given());
      return edited(handle.summary());
    }
    case "replace":
      form().replace(given(), true);
      releaseLarge();
      return undefined;
    case "paste": {
      const { pointer, index, columns, from, to } = ask;
      // What is no list is refused where the rows are read.
      const rows = Array.isArray(taken) ? taken.slice(from, to) : taken;
      form().paste(pointer, index + from, rows as unknown[][], columns, true);
      // The queue is worked off as it grows; rules over rows are left for the end.
      return advance(to - from, false);
    }
    case "advance":
      return advance(ask.count, ask.comparing);
    case "finish":
      taken = undefined;
      return edited(attempt(() => glue.form_finish(form().number, ask.keep)));
    case "call":
      return (methods[ask.method] as (...args: readonly unknown[]) => unknown)(...ask.args);
  }
}

/** Does so many of the checks that the parts of an edit ask for, or of the comparisons after them; gives how many are left. */
function advance(count: number, comparing: boolean): number {
  return attempt(() => glue.form_advance(form().number, count, comparing));
}

function given(): unknown {
  const value = taken;
  taken = undefined;
  return value;
}

interface Port {
  postMessage(message: Answer, transfer: Transferable[]): void;
}

/** The bytes in an answer, which go over without a copy. */
function transfers(value: unknown): Transferable[] {
  if (typeof value !== "object" || value === null) return [];
  if ("bytes" in value && value.bytes instanceof Uint8Array) return [value.bytes.buffer as ArrayBuffer];
  if (!("told" in value)) return [];
  const { told, body } = value as Verdict;
  return [told, body === undefined ? undefined : { bytes: body }].flatMap((part) => (part === undefined ? [] : [part.bytes.buffer as ArrayBuffer]));
}

async function hear(port: Port, { id, ...ask }: Ask & { readonly id: number }): Promise<void> {
  try {
    const value = await answer(ask as Ask, (step) => port.postMessage({ id, step }, []));
    port.postMessage({ id, value }, ask.ask === "check" || ask.ask === "call" || ask.ask === "finish" ? transfers(value) : []);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    port.postMessage({ id, error: { name, message } }, []);
  }
}

type Heard = Ask & { readonly id: number };

function listen(): void {
  startWith(() => initSync({ module: wasmBytes() }));
  if (typeof globalThis.postMessage === "function") {
    const own = globalThis as unknown as Port;
    addEventListener("message", ({ data }: MessageEvent<Heard>) => void hear(own, data));
    own.postMessage({ id: 0 }, []);
    return;
  }
  type Parent = Port & { on(event: "message", listener: (data: Heard) => void): void };
  const node = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process;
  const { parentPort } = node?.getBuiltinModule?.("node:worker_threads") as { parentPort: Parent | null };
  parentPort?.on("message", (data) => void hear(parentPort, data));
  parentPort?.postMessage({ id: 0 }, []);
}

listen();
