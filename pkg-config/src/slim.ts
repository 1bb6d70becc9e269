// portform with the wasm as a separate file: the same surface as the default entry, after `await init()`.
import { isStarted, started } from "./core.js";
import * as generated from "./generated.js";
import { moduleOf, type Source } from "./load.js";
import { byName } from "./payload.js";

export * from "./generated.js";
export type * from "./types.js";
export type { Source } from "./load.js";

/** Every payload by its name: `payloads["cycle.create"]`. */
export const payloads: generated.Payloads = byName(generated) as unknown as generated.Payloads;

let starting: Promise<void> | undefined;

/** Loads and starts the wasm; without a source, from the file beside this module. Further calls wait for the first. */
export function init(source?: Source | { readonly module: Source }): Promise<void> {
  if (isStarted()) return Promise.resolve();
  starting ??= load(source).catch((error: unknown) => {
    // Another try may have a better source or connection.
    starting = undefined;
    throw error;
  });
  return starting;
}

export default init;

async function load(source: Parameters<typeof init>[0]): Promise<void> {
  // As it stands here, bundlers find the file and carry it along.
  await started(await moduleOf(source === undefined ? new URL("./portform.wasm", import.meta.url) : source));
}
