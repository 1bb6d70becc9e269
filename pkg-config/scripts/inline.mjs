// Writes the module that carries the wasm inside itself, for the default entry. The bytes become text of
// one printable ASCII character for each of the 90 commonest byte values and of two for the rest, in place:
// unlike base64 this keeps repeated bytes repeated text, so a server compresses it to about the size of the
// compressed wasm, and decoding is one short loop.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

// Printable ASCII but `"` and `\` (a string literal would escape them), `<` (a page with the script
// inside would see tags), and the two leads `}` and `~`, which announce the second and third set of 90.
const direct = Array.from({ length: 93 }, (_, i) => String.fromCharCode(32 + i)).filter((c) => !'"<\\'.includes(c));
const leads = ["", "}", "~"];

/** Writes `FILE.js` and `FILE.d.ts` for the module. */
export async function writeInline(wasm, name) {
  const bytes = readFileSync(wasm);
  const count = new Array(256).fill(0);
  for (const byte of bytes) count[byte]++;
  const order = [...count.keys()].sort((a, b) => count[b] - count[a] || a - b);
  const spelling = new Array(256);
  for (const [rank, byte] of order.entries()) {
    spelling[byte] = leads[Math.floor(rank / direct.length)] + direct[rank % direct.length];
  }
  const text = Array.from(bytes, (byte) => spelling[byte]).join("");

  const file = `${name}.js`;
  writeFileSync(
    file,
    // Outside the function: an engine reads a function's text once when it loads the module and once more when it is called.
    `const written = ${JSON.stringify(text)};
export function wasmBytes() {
  const text = typeof TextEncoder === "function" ? new TextEncoder().encode(written) : Uint8Array.from(written, (letter) => letter.charCodeAt(0));
  const order = Uint8Array.from([${order.join()}]);
  // By set and character, so that the loop, which runs before any engine has compiled it, only looks up.
  const values = new Uint8Array(${leads.length * 128});
  for (let at = 0; at < 256; at++) values[Math.floor(at / ${direct.length}) * 128 + ${JSON.stringify(direct.join(""))}.charCodeAt(at % ${direct.length})] = order[at];
  const bytes = new Uint8Array(${bytes.length});
  let set = 0, at = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text[i];
    if (code > 124) set = (code - 124) * 128;
    else {
      bytes[at++] = values[set + code];
      set = 0;
    }
  }
  return bytes;
}
`,
  );
  writeFileSync(`${name}.d.ts`, "export declare function wasmBytes(): Uint8Array<ArrayBuffer>;\n");

  const { wasmBytes } = await import(pathToFileURL(file).href);
  if (!bytes.equals(wasmBytes())) throw new Error("the wasm carried inside does not decode to the wasm: mend inline.mjs");
}
