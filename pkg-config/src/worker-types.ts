// The public types of portform/worker, kept by hand. Nothing here runs.
import type { Changes, Form, JsonReport, Options, Payload } from "./types.js";

/** A JSON text. */
export type Source = string | Uint8Array | Blob;

/** How far a check or an edit has come. It ends with `done` being `total`. */
export interface Progress {
  readonly phase: "reading" | "checking" | "writing";
  readonly done: number;            // never falls; one half is reading
  readonly total: number;           // bytes of a text, rows of a paste or a draft; the same each time
}

export interface Control {
  readonly signal?: AbortSignal | undefined;                              // rejects at once with the signal's reason
  readonly onProgress?: ((progress: Progress) => void) | undefined;       // at most some 50 times a second
}
export interface CheckControl extends Control {
  readonly transfer?: boolean | undefined;                                // a Uint8Array goes over without a copy, and is empty for the caller from then on
}

/** What a `Worker` of the Web and of node:worker_threads have in common. */
export interface WorkerLike {
  postMessage(message: unknown): void;
  terminate(): unknown;
}
export interface WorkerSettings {
  readonly create?: (() => WorkerLike) | undefined;                       // makes the worker of portform/worker-thread, where it is not found beside this module
}

/** Checks and forms on threads of their own, which start when they are first needed. */
export interface PortformWorker {
  checkJson<In, Out>(payload: Payload<In, Out>, source: Source, options?: Options, control?: CheckControl): Promise<JsonReport>;   // several are done one after the other
  form<In, Out>(payload: Payload<In, Out>, draft?: unknown, options?: Options, control?: Control): Promise<WorkerForm<Out>>;      // each on its own thread
  terminate(): void;                                                      // whatever waits is rejected; gives the memory of all threads back
}

type Answering<T> = { readonly [Name in keyof T]: T[Name] extends (...args: infer Args) => infer Result ? (...args: Args) => Promise<Result> : T[Name] };

/** A live form on a thread of its own: calls are done in the order in which they were made. It has no `view`, whose answers are there at once, and takes no `message`. Rows and drafts travel in slices: leave them as they are until the promise answers. */
export interface WorkerForm<Out> extends Answering<Pick<Form<Out>, Exclude<keyof Form<Out> & string, "version" | "view" | "paste" | "replace" | "subscribe" | "free">>> {
  readonly version: number;                                               // grows with every change that has come back from the thread
  paste(pointer: string, index: number, rows: readonly (readonly unknown[])[], columns: readonly string[], control?: Control): Promise<Changes>;   // one batch, one undo; given up, it leaves the form as it was
  replace(draft: unknown, control?: Control): Promise<Changes>;
  loadJson(source: Source, control?: Control): Promise<Changes>;          // replaces the draft by what the text says; a SyntaxError where it is no JSON
  subscribe(listener: (changes: Changes) => void): () => void;
  free(): void;                                                           // ends its thread
}
