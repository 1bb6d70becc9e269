// Runs on a thread of its own: reads one workbook, so that a page with a long one goes on meanwhile. Rows go over in portions, each of
// which the page takes in at one go.
import { readWorkbook } from "./table-sheets.js";
import type { FromThread } from "./table/thread.js";

const PORTION = 500;
const own = globalThis as unknown as { postMessage(message: FromThread): void };

addEventListener("message", ({ data }: MessageEvent<Uint8Array | string>) => {
  const read = readWorkbook(data);
  if ("fault" in read) {
    own.postMessage(read);
    return;
  }
  for (const { rows, ...sheet } of read.sheets) {
    own.postMessage({ sheet });
    for (let at = 0; at < rows.length; at += PORTION) own.postMessage({ rows: rows.slice(at, at + PORTION) });
  }
  own.postMessage({ end: true });
});
own.postMessage({ ready: true });
