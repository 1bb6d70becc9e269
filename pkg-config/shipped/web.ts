// Compiled, never run: the same proof for the entries that take what a browser gives (an answer of fetch, a file, a worker), so
// this project knows the DOM.
import init, { cycleCreate } from "portform/slim";
import { openWorker, type PortformWorker, type WorkerForm } from "portform/worker";

export async function verdict(text: string): Promise<boolean> {
  await init(fetch("/portform.wasm"));
  return cycleCreate.checkJson(text).valid;
}

export const worker: PortformWorker = openWorker({ create: () => new Worker("/worker-thread.js", { type: "module" }) });

export async function rows(file: File, signal: AbortSignal): Promise<number> {
  const report = await worker.checkJson(cycleCreate, file, undefined, { signal, onProgress: ({ phase, done, total }) => console.log(phase, done / total) });
  const form: WorkerForm<unknown> = await worker.form(cycleCreate, {}, { locale: "en" });
  const pasted = await form.paste("/dates", 0, [["1"]], ["date"], { signal });
  return report.issues.length + pasted.summary.errors + (await form.length("/dates"));
}
