// Compiled, never run: the same proof for the entry whose wasm is a separate file; it takes what a
// browser's fetch gives, so this project knows the DOM.
import init, { cycleCreate } from "portform/slim";

export async function verdict(text: string): Promise<boolean> {
  await init(fetch("/portform.wasm"));
  return cycleCreate.checkJson(text).valid;
}
