// What runs on a worker's thread: it checks texts, or keeps one form, for the page that `portform/worker` is used by. One thing is
// asked at a time; what is asked twice at once waits on the page.
import { wasmBytes } from "../build/wasm-inline.js";
import type { Answer, Ask, Step, Told, Verdict } from "./asks.js";
import { blocksIn } from "./changes.js";
import { checker, keeper, startWith, type Engine } from "./core.js";
import { Handle, type Read } from "./handle.js";
import { numbersIn, type Written } from "./issues.js";
import { Bound } from "./options.js";
import { Table } from "./payload-table.js";
import { encode } from "./text.js";
import type { Options } from "./types.js";
import type { Source } from "./worker-types.js";

/** The least time between two reports of progress, in milliseconds: a screen shows no more. */
const PACE = 20;

let handle: Handle<Told> | undefined;
/** The value that was taken last. */
let taken: unknown;

/** The templates that the page has, by engine and locale. */
const sent = new WeakMap<Engine, Set<number>[]>();

/** `bytes` are a copy of the output, because asking for templates takes it. */
function told(bytes: Uint8Array, locale: number, engine: Engine, blocks: (words: Uint32Array) => readonly number[]): Told {
  const words = new Uint32Array(bytes.buffer, 0, bytes.length >> 2);
  let known = sent.get(engine);
  if (known === undefined) sent.set(engine, (known = []));
  const here = (known[locale] ??= new Set());
  const wanted = blocks(words).flatMap((begin) => [...numbersIn(words, begin)]);
  const templates = [...new Set(wanted)].filter((number) => !here.has(number)).map((number) => [number, engine.written(number, locale) as Written] as const);
  for (const [number] of templates) here.add(number);
  return { bytes, locale, engine: engine.id, templates };
}

const changes: Read<Told> = (output, locale, engine) => told(output, locale, engine, blocksIn);
const issues: Read<Told> = (output, locale, engine) => told(output, locale, engine, () => [0]);

/** Mostly they are the same again. */
let last: Bound | undefined;

function bind(options: Options | undefined, engine: Engine): Bound {
  return options === undefined ? Bound.none : (last = Bound.of(options, last, engine));
}

async function check(ask: Ask & { readonly ask: "check" }, step: (step: Step) => void): Promise<Verdict> {
  const { source = joined() } = ask;
  const given = typeof source === "string" || source instanceof Uint8Array ? source : await bytesOf(source);
  const table = Table.of(ask.payload, checker);
  const engine = checker();
  const bound = bind(ask.options, engine);
  const number = bound.number(engine);
  const length = typeof given === "string" ? engine.fillText(given) : engine.fill(given);
  step([0, 0, length]);
  let shown = performance.now();
  const verdict = engine.attempt((glue) => {
    const verdict = glue.check_watched(table.number, number, length, (stage: number, done: number, of: number) => {
      const now = performance.now();
      if (now - shown < PACE) return;
      shown = now;
      step([stage, done, of]);
    });
    const valid = (verdict & 1) === 1;
    const output = engine.outputBytes(verdict >>> 1);
    const end = 4 + new DataView(output.buffer).getUint32(0, true);
    // The page reads the body without wasm.
    return { valid, told: issues(output.slice(4, end), table.spoken(bound), engine, undefined), body: valid ? output.slice(end) : undefined };
  });
  engine.settle();
  return verdict;
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

function form(): Handle<Told> {
  if (handle === undefined) throw new TypeError("There is no form on this thread.");
  return handle;
}

/** What a form answers. */
const methods: Readonly<Record<string, (...args: never[]) => unknown>> = {
  set: (...args: Parameters<Handle<Told>["set"]>) => form().set(...args),
  insert: (...args: Parameters<Handle<Told>["insert"]>) => form().insert(...args),
  remove: (...args: Parameters<Handle<Told>["remove"]>) => form().remove(...args),
  move: (...args: Parameters<Handle<Told>["move"]>) => form().move(...args),
  attach: (...args: Parameters<Handle<Told>["attach"]>) => form().attach(...args),
  explain: (...args: Parameters<Handle<Told>["explain"]>) => form().explain(...args),
  setOptions: (...args: Parameters<Handle<Told>["setOptions"]>) => form().setOptions(...args),
  undo: () => form().history(false),
  redo: () => form().history(true),
  summary: () => form().summary(),
  issues: (filter: Parameters<Handle<Told>["issues"]>[0]) => form().issues(filter, issues),
  report: (): Verdict => {
    const { told, body } = form().report(issues);
    return { valid: body !== undefined, told, body: body === undefined ? undefined : encode(body) };
  },
  get: (...args: Parameters<Handle<Told>["get"]>) => form().get(...args),
  value: () => form().get(""),
  length: (...args: Parameters<Handle<Told>["length"]>) => form().length(...args),
  key: (...args: Parameters<Handle<Told>["key"]>) => form().key(...args),
  state: (...args: Parameters<Handle<Told>["state"]>) => form().state(...args),
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
      const engine = (): Engine => keeper(0);
      const table = Table.of(ask.payload, engine);
      handle = Handle.of(table, ask.base, ask.options, bind(ask.options, engine()), given(), changes);
      return handle.summary();
    }
    case "replace":
      form().replace(given(), true);
      return undefined;
    case "paste": {
      const { pointer, index, columns, from, to } = ask;
      // What is no list is refused where the rows are read.
      const rows = Array.isArray(taken) ? taken.slice(from, to) : taken;
      form().paste(pointer, index + from, rows as unknown[][], columns, true);
      // The queue is worked off as it grows; rules over rows are left for the end.
      return form().advance(to - from, false);
    }
    case "advance":
      return form().advance(ask.count, ask.comparing);
    case "finish":
      taken = undefined;
      return form().finish(ask.keep);
    case "call":
      return (methods[ask.method] as (...args: readonly unknown[]) => unknown)(...ask.args);
  }
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
  startWith(wasmBytes);
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
