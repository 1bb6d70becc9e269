// A browser's `Worker` over Node's, as far as portform/worker needs it: loaded before an application, it lets Node run what a
// bundler made for browsers.
import { Worker as Thread, isMainThread, parentPort } from "node:worker_threads";

const listening = (on) => (event, listener) => on(event, (told) => listener(event === "message" ? { data: told } : { message: told.message }));

globalThis.Worker = class {
  #thread;

  constructor(url, options) {
    if (options?.type !== "module") throw new TypeError("the worker has to be a module");
    this.#thread = new Thread(new URL(url), { execArgv: ["--import", import.meta.url] });
    this.addEventListener = listening(this.#thread.on.bind(this.#thread));
  }

  postMessage(message, transfer) {
    this.#thread.postMessage(message, transfer);
  }

  terminate() {
    void this.#thread.terminate();
  }
};

if (!isMainThread) {
  globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
  globalThis.addEventListener = listening(parentPort.on.bind(parentPort));
}
