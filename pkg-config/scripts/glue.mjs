// Turns the module that wasm-bindgen writes into a function that makes one set of glue per instance of the wasm: an instance that
// failed is replaced by another, and several live at a time. Nothing of it runs when the package is imported, and how the wasm is
// fetched, compiled and started is the package's own business. The exact version of wasm-bindgen is pinned, so that what is cut out
// here is known; when it has changed, the build ends.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export function writeGlue(folder) {
  const written = readFileSync(join(folder, "bindgen.js"), "utf8");
  const names = [...written.matchAll(/^export function (\w+)\(/gm)].map(([, name]) => name);
  const functions = cut(written, "", "let cachedTextDecoder").replace(/^\/\* @ts-self-types.*$|\/\*\*[^]*?\*\/\n/gm, "").replace(/^export function/gm, "function");
  // How text is decoded is given from outside, and so is the instance.
  for (const [what, text] of [["an import", /^import\b/m], ["a decoder", /Text(De|En)coder/], ["a registry", /FinalizationRegistry/], ["a state of its own", /^(?!let cachedUint8ArrayMemory0\b)(let|const|var)\b/m]]) {
    if (text.test(functions)) throw new Error(`wasm-bindgen's glue has ${what} that is not expected: mend scripts/glue.mjs`);
  }
  writeFileSync(
    join(folder, "glue.js"),
    `export function makeGlue(decodeText) {
let wasm;
${functions}
return {
imports: __wbg_get_imports(),
begin(exports) {
wasm = exports;
wasm.__wbindgen_start();
},
${names.join(",\n")}
};
}
`,
  );
  writeFileSync(
    join(folder, "glue.d.ts"),
    `type Functions = Omit<typeof import("./bindgen.js"), "default" | "initSync">;
/** The functions of one instance of the wasm. */
export interface Glue extends Functions {
  /** What the instance is made with. */
  readonly imports: WebAssembly.Imports;
  /** The instance runs from now on. */
  begin(exports: WebAssembly.Exports): void;
}
/** \`decodeText\` gives the text that bytes of UTF-8 are. */
export declare function makeGlue(decodeText: (bytes: Uint8Array) => string): Glue;
`,
  );
}

function cut(text, from, to) {
  const end = text.indexOf(to);
  if (end === -1) throw new Error(`wasm-bindgen's glue has no \`${to}\`: mend scripts/glue.mjs`);
  return text.slice(text.indexOf(from), end);
}
