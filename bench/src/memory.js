// T9: what a live form holds per row, texts left out, and whether wasm memory grows over forms opened, edited and freed. A process
// of its own: it listens to the module's start to know its memory, before the package is loaded.
import { results } from "./data.js";

let memory;
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(module, imports) {
    super(module, imports);
    memory = this.exports.memory;
  }
};
const { resultsBulkUpdate } = await import("portform");

const FORMS = 1_000;
const bytes = () => memory.buffer.byteLength;

function openEditFree(batch) {
  const form = resultsBulkUpdate.form(batch);
  form.set("/results/5/test_mark", 7);
  form.insert("/results", 0, batch.results[0]);
  form.remove("/results", 3);
  form.set("/results/5/request_number", "2026-X");
  form.undo();
  form.free();
}

function leak() {
  const batch = results(50, 0.01);
  for (let i = 0; i < 20; i++) openEditFree(batch);
  const before = bytes();
  for (let i = 0; i < FORMS; i++) openEditFree(batch);
  return { forms: FORMS, before, after: bytes() };
}

/** Bytes that wasm memory grew by per row, the texts' bytes left out; input buffer and all. */
function perRow(size) {
  const batch = results(size);
  const texts = batch.results.reduce((sum, row) => sum + Object.values(row).reduce((all, value) => all + (typeof value === "string" ? Buffer.byteLength(value) : 0), 0), 0);
  const before = bytes();
  const form = resultsBulkUpdate.form(batch);
  const grown = bytes() - before;
  form.free();
  return { size, grown, texts, perRow: (grown - texts) / size };
}

const leaked = leak();
process.stdout.write(JSON.stringify({ leak: leaked, rows: perRow(100_000) }));
