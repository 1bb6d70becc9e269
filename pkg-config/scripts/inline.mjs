// Writes the module that carries the wasm inside itself, for the default entry.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export function writeInline(wasm, folder) {
  const text = readFileSync(wasm).toString("base64");
  const code = `export function wasmBytes(){
const text=atob(${JSON.stringify(text)});
const bytes=new Uint8Array(text.length);
for(let i=0;i<bytes.length;i++)bytes[i]=text.charCodeAt(i);
return bytes}
`;
  writeFileSync(join(folder, "wasm-inline.js"), code);
  writeFileSync(join(folder, "wasm-inline.d.ts"), "export declare function wasmBytes(): Uint8Array<ArrayBuffer>;\n");
}
