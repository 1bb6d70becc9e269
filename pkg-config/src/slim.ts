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
  const given = await source;
  const module =
    given instanceof WebAssembly.Module
      ? given
      : await WebAssembly.compile(typeof given === "string" || given instanceof URL ? await fetched(given) : "arrayBuffer" in given ? await body(given) : given);
  started(initSync({ module }));
}

async function fetched(from: string | URL): Promise<BufferSource> {
  const file = fileOf(from);
  return file === undefined ? body(await fetch(from)) : file;
}

/** Node cannot fetch a file. */
function fileOf(from: string | URL): BufferSource | undefined {
  if (!String(from).startsWith("file:")) return undefined;
  const node = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process;
  const files = node?.getBuiltinModule?.("node:fs") as { readFileSync(from: URL): Uint8Array<ArrayBuffer> } | undefined;
  return files?.readFileSync(new URL(from));
}

async function body(response: Response): Promise<BufferSource> {
  if (!response.ok) throw new Error(`portform.wasm could not be loaded from ${response.url}: the answer was ${response.status}.`);
  return response.arrayBuffer();
}
