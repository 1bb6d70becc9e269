// portform: the rules of two government interfaces, checked while a person types. The wasm is carried inside and starts at first
// use; importing does nothing.
import { wasmBytes } from "../build/wasm-inline.js";
import { startWith } from "./core.js";
import * as generated from "./generated.js";
import { byName } from "./payload.js";

startWith(wasmBytes);

export * from "./generated.js";
export type * from "./types.js";

/** Every payload by its name: `payloads["cycle.create"]`. */
export const payloads: generated.Payloads = byName(generated) as unknown as generated.Payloads;
