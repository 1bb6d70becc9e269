// Compiled, never run: the same proof for the entries that take what a browser gives (an answer of fetch, a file, a worker), so
// this project knows the DOM.
import init, { cycleCreate } from "portform/slim";
import { createClient, type Client, type Outcome } from "portform/client";
import { DraftConflict, openDrafts, type OutboxEntry } from "portform/store";
import type { PortformForm } from "portform/element";
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

export async function kept(form: Parameters<Awaited<ReturnType<typeof openDrafts>>["autosave"]>[1]): Promise<string | undefined> {
  const drafts = await openDrafts({ name: "front-end" });
  const stop = drafts.autosave("cycle", form, { onProblem: (problem) => console.warn(problem instanceof DraftConflict ? problem.theirs.at : problem.message) });
  await stop();
  return drafts.problem?.reason;
}

export const unsent = (entries: readonly OutboxEntry[]): number => entries.filter(({ state }) => state === "waiting").length;

export async function sent(client: Client = createClient({ headers: () => ({ "x-token": "1" }) })): Promise<Outcome["kind"]> {
  const outcome = await client.submit(cycleCreate, {}, { options: { locale: "uk" } });
  if (outcome.kind === "unknown") return (await client.outcome(outcome.key)).kind;
  for await (const received of client.received({ after: "1" })) console.log(received.kind, received.value);
  return outcome.kind;
}

export function shown(form: PortformForm | null = document.querySelector("portform-form")): void {
  if (form === null) return;
  form.context = { status: "in_progress" };
  form.addEventListener("portform-outcome", ({ detail }) => console.log(detail.kind));
  form.addEventListener("portform-change", ({ detail }) => console.log(detail.summary.errors));
}
