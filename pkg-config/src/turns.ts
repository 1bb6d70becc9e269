// Work on another thread: one after the other, with progress, and given up when the caller's signal says so.
import { call } from "./listeners.js";
import type { Control, Progress } from "./worker-types.js";

/** One piece of work after the other. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  add<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

export function given(control: Control): void {
  if (typeof control !== "object" || control === null) throw new TypeError("What controls the work is an object of signal and onProgress.");
  const { signal, onProgress } = control;
  if (onProgress !== undefined && typeof onProgress !== "function") throw new TypeError("onProgress has to be a function.");
  if (signal !== undefined && typeof signal.addEventListener !== "function") throw new TypeError("signal has to be an AbortSignal.");
  if (signal?.aborted) throw signal.reason;
}

/** The work, or the signal's reason as soon as it comes; `giveUp` ends the work, and says whether that was in time. */
export function unless<T>(signal: AbortSignal | undefined, work: Promise<T>, giveUp: () => boolean): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const aborted = (): void => {
      if (giveUp()) reject(signal.reason);
    };
    signal.addEventListener("abort", aborted, { once: true });
    // It may have come while the work began.
    if (signal.aborted) aborted();
    const over = (): void => signal.removeEventListener("abort", aborted);
    work.then(over, over);
    work.then(resolve, reject);
  });
}

/** The least time between two reports of progress, in milliseconds: a screen shows no more. */
const PACE = 17;

/** The part of the whole that is done when a phase begins. */
const BEGIN: Readonly<Record<Progress["phase"], number>> = { reading: 0, checking: 0.5, writing: 0.8 };

/** Tells progress that never falls. */
export class Meter {
  readonly #listener: Control["onProgress"];
  #total = 0;
  #done = -1;
  #shown = Number.NEGATIVE_INFINITY;

  constructor({ onProgress }: Control) {
    this.#listener = onProgress;
  }

  begin(total: number): void {
    this.#total = total;
    this.tell("reading", 0);
  }

  /** So much of the phase is done, from 0 to 1. */
  tell(phase: Progress["phase"], part: number): void {
    const now = performance.now();
    const begin = BEGIN[phase];
    const end = phase === "reading" ? BEGIN.checking : phase === "checking" ? BEGIN.writing : 1;
    const done = Math.floor(this.#total * (begin + (end - begin) * Math.min(part, 1)));
    if (done <= this.#done || done >= this.#total || now - this.#shown < PACE) return;
    this.#shown = now;
    this.#put(phase, done);
  }

  end(): void {
    this.#put("writing", this.#total);
  }

  #put(phase: Progress["phase"], done: number): void {
    this.#done = done;
    if (this.#listener !== undefined) call(this.#listener, Object.freeze({ phase, done, total: this.#total }));
  }
}
