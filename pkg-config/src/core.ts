// The wasm module: starting it, its memory, and what to do when a call fails inside. It knows nothing of payloads. How the
// module is come by is the entry's business: the default entry carries it inside, `portform/slim` is given it by `init`.
import * as glue from "../build/glue.js";

type Starter = () => { readonly memory: WebAssembly.Memory };

let starter: Starter | undefined;
let memory: WebAssembly.Memory | undefined;

/** How the wasm is started at first use. */
export function startWith(start: Starter): void {
  starter = start;
}

/** The wasm runs from now on. */
export function started(exports: { readonly memory: WebAssembly.Memory }): void {
  memory = exports.memory;
}

/** Whether the wasm runs, or would at first use. */
export function canStart(): boolean {
  return memory !== undefined || starter !== undefined;
}

export function isStarted(): boolean {
  return memory !== undefined;
}

/** Starts the wasm unless it runs already. */
export function start(): WebAssembly.Memory {
  if (memory === undefined) {
    if (starter === undefined) throw new Error("portform/slim is not ready: call and await init() first, which portform/slim exports.");
    started(starter());
  }
  return memory as WebAssembly.Memory;
}

const decoder = /* @__PURE__ */ new TextDecoder("utf-8", { ignoreBOM: true });
let bytes = /* @__PURE__ */ new Uint8Array(0);

/** The whole wasm memory; a view that was taken before a call into wasm may be of no use after it. */
export function view(): Uint8Array {
  if (bytes.byteLength === 0) bytes = new Uint8Array(start().buffer);
  return bytes;
}

/** A copy of the last output. */
export function outputBytes(length: number): Uint8Array {
  const at = glue.output();
  return view().slice(at, at + length);
}

/** The last output as text. */
export function outputText(length: number): string {
  const at = glue.output();
  return decoder.decode(view().subarray(at, at + length));
}

/** The last output as the JSON value it is. */
export function outputJson(length: number): unknown {
  return JSON.parse(outputText(length));
}

/** How many calls have failed inside: whatever was in wasm memory for a call under way is gone then. */
export let failures = 0;

/** What to throw for something that a call into wasm threw. */
export function failure(error: unknown): unknown {
  if (!(error instanceof WebAssembly.RuntimeError)) return error;
  failures++;
  let said = "";
  try {
    said = glue.failure();
  } catch {
    // It cannot even tell what happened; the error itself is the cause below.
  }
  return new Error(`portform failed inside (${said || error.message}). This is a defect of portform, not of your data; later calls go on working.`, {
    cause: error,
  });
}

/** Calls into wasm. */
export function attempt<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw failure(error);
  }
}
