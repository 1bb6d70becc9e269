// A worker as its page sees it: made in a browser, in Node, or by the caller; asked, and ended. Whatever goes wrong with it becomes
// one sentence, and every promise that waits is told.
import type { Answer, Ask, Step } from "./asks.js";
import { portable } from "./portable.js";
import type { WorkerLike } from "./worker-types.js";

type Post = (message: unknown, transfer?: readonly unknown[]) => void;

interface Heard {
  addEventListener?(event: string, listener: (event: { data?: unknown; message?: string }) => void): void;
  on?(event: string, listener: (told: unknown) => void): void;
  ref?(): void;
  unref?(): void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly step: ((step: Step) => void) | undefined;
}

const LOAD = "The worker's script could not be loaded: give openWorker a `create` that makes the worker from portform/worker-thread, where your bundler or your content security policy needs it.";

export class Thread {
  readonly #worker: WorkerLike & Heard;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  /** Its script runs. */
  #there = false;
  #ended: Error | undefined;

  constructor(create: (() => WorkerLike) | undefined) {
    try {
      this.#worker = (create ?? own)();
    } catch (error) {
      throw error instanceof Error && error.message.startsWith("portform/worker") ? error : new Error(LOAD, { cause: error });
    }
    const worker = this.#worker;
    if (typeof worker?.postMessage !== "function" || typeof worker.terminate !== "function") {
      throw new TypeError("create has to give a Worker, of the Web or of node:worker_threads.");
    }
    const failed = (said: string | undefined): void => this.end(this.#there ? new Error(`The worker crashed${said ? ` (${said})` : ""}: what it was doing is lost.`) : new Error(said ? `${LOAD} (${said})` : LOAD));
    if (worker.addEventListener !== undefined) {
      worker.addEventListener("message", ({ data }) => this.#heard(data as Answer));
      worker.addEventListener("error", ({ message }) => failed(message));
      worker.addEventListener("messageerror", () => failed("an answer could not be read"));
    } else {
      worker.on?.("message", (data) => this.#heard(data as Answer));
      worker.on?.("error", (error) => failed(error instanceof Error ? error.message : String(error)));
      worker.on?.("exit", () => failed(undefined));
      // A thread that has nothing to do keeps no process alive.
      worker.unref?.();
    }
  }

  /** Why it is no more. */
  get ended(): Error | undefined {
    return this.#ended;
  }

  ask(ask: Ask, transfer: readonly ArrayBuffer[] = [], step?: (step: Step) => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) throw this.#ended;
      const id = ++this.#asked;
      const post: Post = this.#worker.postMessage.bind(this.#worker) as Post;
      try {
        post({ id, ...ask }, transfer);
      } catch {
        // Functions, symbols and endless nesting cannot travel.
        post({ id, ...(portable(ask) as object) }, transfer);
      }
      this.#waiting.set(id, { resolve, reject, step });
      this.#worker.ref?.();
    });
  }

  /** Ends it at once, whatever it does; the first reason stays. */
  end(reason: Error): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    // Node answers with a promise, a browser with nothing.
    void this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #heard(answer: Answer): void {
    this.#there = true;
    const waiting = this.#waiting.get(answer.id);
    if (waiting === undefined) return;
    if ("step" in answer) {
      waiting.step?.(answer.step);
      return;
    }
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker.unref?.();
    if ("error" in answer) waiting.reject(revived(answer.error));
    else waiting.resolve("value" in answer ? answer.value : undefined);
  }
}

function own(): WorkerLike {
  // As it stands here, bundlers find the script and carry it along.
  if (typeof Worker === "function") return new Worker(new URL("./worker-thread.js", import.meta.url), { type: "module" });
  const node = (globalThis as { process?: { getBuiltinModule?(name: string): unknown } }).process;
  const threads = node?.getBuiltinModule?.("node:worker_threads") as { Worker: new (from: URL, options: { execArgv: string[] }) => WorkerLike } | undefined;
  if (threads === undefined) throw new Error("portform/worker needs Web Workers, or Node 20.16: elsewhere give openWorker a `create` that makes the worker.");
  // What the program was started with (loaders, --input-type) is not meant for the thread's script.
  return new threads.Worker(new URL(import.meta.url.replace(/[^/]*$/, "worker-thread.js")), { execArgv: [] });
}

const errors: Readonly<Record<string, new (message: string) => Error>> = { TypeError, RangeError, SyntaxError };

function revived({ name, message }: { readonly name: string; readonly message: string }): Error {
  const known = Object.hasOwn(errors, name) ? errors[name] : undefined;
  return known === undefined ? Object.assign(new Error(message), { name }) : new known(message);
}

