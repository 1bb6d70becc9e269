// portform with the wasm as a separate file: the same surface as the default entry, after `await init()`.
import { initSync } from "../build/glue.js";
import { isStarted, started } from "./core.js";
import * as generated from "./generated.js";
import { byName } from "./payload.js";
import type { Payload } from "./types.js";

export * from "./generated.js";
export type * from "./types.js";

/** Every payload by its name: `payloads["cycle.create"]`. */
export const payloads: { readonly [name: string]: Payload<unknown, unknown> } = byName(generated);

let starting: Promise<void> | undefined;

/** Loads and starts the wasm; without a source, from the file beside this module. Further calls wait for the first. */
export function init(source?: URL | string | BufferSource | Response | Promise<Response> | WebAssembly.Module): Promise<void> {
  if (isStarted()) return Promise.resolve();
  starting ??= load(source ?? new URL("./portform.wasm", import.meta.url)).catch((error: unknown) => {
    // Another try may have a better source or connection.
    starting = undefined;
    throw error;
  });
  return starting;
}

export default init;

async function load(source: NonNullable<Parameters<typeof init>[0]>): Promise<void> {
  started(initSync({ module: await compiled(await source) }));
}

async function compiled(given: URL | string | BufferSource | Response | WebAssembly.Module): Promise<WebAssembly.Module> {
  if (given instanceof WebAssembly.Module) return given;
  if (typeof given === "string" || given instanceof URL) {
    const file = fileOf(given);
    return file === undefined ? received(await fetch(given)) : WebAssembly.compile(file);
  }
  return "arrayBuffer" in given ? received(given) : WebAssembly.compile(given);
}

/** Node cannot fetch a file. */
function fileOf(from: string | URL): BufferSource | undefined {
  if (!String(from).startsWith("file:")) return undefined;
  const node = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process;
  const files = node?.getBuiltinModule?.("node:fs") as { readFileSync(from: URL): Uint8Array<ArrayBuffer> } | undefined;
  return files?.readFileSync(new URL(from));
}

/** Compiled while it comes, where the engine can and the server calls it what it is. */
async function received(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) throw new Error(`portform.wasm could not be loaded from ${response.url}: the answer was ${response.status}.`);
  const type = response.headers.get("content-type") ?? "";
  const streams = typeof WebAssembly.compileStreaming === "function" && /^application\/wasm$/i.test(type);
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}
