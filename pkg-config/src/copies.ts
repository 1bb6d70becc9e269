// Copies of what stands in wasm memory, for reports that may be looked at later.

/** Copies of up to so many bytes share buffers: to an engine a buffer of its own costs more than such a copy. */
const SHARED = 1 << 13;
const SHARE = 1 << 16;

let shared: Uint8Array = /* @__PURE__ */ new Uint8Array(0);
let used = 0;

/** A copy of so many bytes from a place on; its buffer may hold other copies too. */
export function copied(bytes: Uint8Array, from: number, length: number): Uint8Array {
  if (length > SHARED) return bytes.slice(from, from + length);
  if (shared.length - used < length) {
    shared = new Uint8Array(SHARE);
    used = 0;
  }
  const copy = shared.subarray(used, (used += length));
  copy.set(bytes.subarray(from, from + length));
  return copy;
}
