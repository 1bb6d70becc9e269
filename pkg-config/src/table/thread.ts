// A workbook read on another thread where there are threads of the Web, else on this one. A thread that cannot be had (a policy of the
// page, a bundler that does not know of it) is no reason not to read the file.
import type { Row, Sheet } from "./cells.js";
import type { Read } from "./sheets.js";

export type FromThread =
  | { readonly ready: true }
  | { readonly sheet: Omit<Sheet, "rows"> }
  | { readonly rows: readonly Row[] }
  | { readonly end: true }
  | Exclude<Read, { readonly sheets: readonly Sheet[] }>;

/** Smaller ones are read in the time in which a thread starts. */
const SMALL = 50_000;

export async function readSomewhere(source: Uint8Array | string, signal: AbortSignal | undefined, start: (() => Worker) | undefined, here: () => Promise<(source: Uint8Array | string) => Read>): Promise<Read> {
  const far = start === undefined || source.length < SMALL ? undefined : await onThread(source, signal, start);
  return far ?? (await here())(source);
}

/** Nothing where the thread cannot be had. */
function onThread(source: Uint8Array | string, signal: AbortSignal | undefined, start: () => Worker): Promise<Read | undefined> {
  return new Promise((resolve, reject) => {
    let worker: Worker;
    try {
      worker = start();
    } catch {
      resolve(undefined);
      return;
    }
    const sheets: (Omit<Sheet, "rows"> & { rows: Row[] })[] = [];
    const end = (): void => {
      worker.terminate();
      signal?.removeEventListener("abort", stop);
    };
    const done = (read: Read | undefined): void => {
      end();
      resolve(read);
    };
    const stop = (): void => {
      end();
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", stop);
    worker.addEventListener("error", () => done(undefined));
    worker.addEventListener("messageerror", () => done(undefined));
    worker.addEventListener("message", ({ data }: MessageEvent<FromThread>) => {
      if ("ready" in data) worker.postMessage(source);
      else if ("sheet" in data) sheets.push({ ...data.sheet, rows: [] });
      else if ("rows" in data) {
        const { rows } = sheets.at(-1) as { rows: Row[] };
        for (const row of data.rows) rows.push(row);
      } else done("fault" in data ? data : { sheets });
    });
  });
}
