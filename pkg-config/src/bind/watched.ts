// What a component watches: a snapshot that is the same object while nothing of it has changed, and listeners that are told when it
// has. The shape is that of React's useSyncExternalStore; the other frameworks take it as easily.
import { call } from "../listeners.js";

/** Its functions need no `this`, and are the same ones as long as it is. */
export interface Watched<T> {
  readonly current: () => T;
  readonly subscribe: (hear: () => void) => () => void;
}

/** Something of a form that is looked at anew when the form has another version. */
export class Looked<T> implements Watched<T> {
  readonly #look: (before: T | undefined) => T;
  readonly #version: () => number;
  readonly #live: (is: boolean, one: Looked<T>) => void;
  readonly #ahead: Set<Looked<unknown>>;
  readonly #listeners = new Set<() => void>();
  #now: T | undefined;
  #seen: number | undefined;
  /** What the listeners know of. */
  #told: T | undefined;

  /**
   * `look` gives what it is given where that still holds; `live` hears when the first begins to listen, and when the last stops. Whoever has
   * seen something that its listeners do not know of stands in `ahead` until it has told them.
   */
  constructor(version: () => number, look: (before: T | undefined) => T, live: (is: boolean, one: Looked<T>) => void, ahead: Set<Looked<unknown>>) {
    this.#version = version;
    this.#look = look;
    this.#live = live;
    this.#ahead = ahead;
  }

  readonly current = (): T => (this.#now === undefined || this.#seen !== this.#version() ? this.look() : this.#now);

  readonly subscribe = (hear: () => void): (() => void) => {
    // One function may listen twice.
    const own = (): void => hear();
    if (this.#listeners.size === 0) {
      this.#live(true, this);
      this.#told = this.current();
    }
    this.#listeners.add(own);
    return () => {
      if (this.#listeners.delete(own) && this.#listeners.size === 0) this.#live(false, this);
    };
  };

  /** What was seen last. */
  get last(): T | undefined {
    return this.#now;
  }

  look(): T {
    this.#seen = this.#version();
    this.#now = this.#look(this.#now);
    if (this.#listeners.size > 0 && this.#now !== this.#told) this.#ahead.add(this as Looked<unknown>);
    return this.#now;
  }

  /** Tells the listeners, if anything has changed since they were told. */
  tell(): void {
    this.#ahead.delete(this as Looked<unknown>);
    if (this.#now === this.#told) return;
    this.#told = this.#now;
    for (const hear of [...this.#listeners]) call(hear, undefined);
  }
}
