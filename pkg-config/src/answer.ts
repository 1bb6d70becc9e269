// An upstream's answer on its way into wasm: its status, and its body as text or as the value that it was parsed to.
import { packPlain, packText } from "./pack.js";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export function packAnswer(answer: Answer): { readonly status: number; readonly length: number; readonly text: boolean } {
  const { status, body } = typeof answer === "object" && answer !== null ? answer : { status: Number.NaN, body: undefined };
  if (!Number.isInteger(status) || status < 0 || status > 999) throw new TypeError("An answer is an object of its HTTP status, a whole number, and its body.");
  const text = typeof body === "string";
  return { status, length: text ? packText(body) : packPlain(body), text };
}
