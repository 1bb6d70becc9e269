// Telling listeners what has happened, in the order in which it happened: what a listener brings about is told after what it was told
// of, to everybody. No listener can spoil what another is told, or the work that there is to tell of.
import { overflown, roomy } from "./limits.js";

/** Edits that follow from one another by listeners, so many deep, surely have no end. */
const MAX_CHAIN = 100;
const MAX_QUEUE = 100_000;

interface Listener<T> {
  readonly hear: (told: T) => void;
  /** How many things were told before it listened. */
  readonly since: number;
}

interface Telling {
  /** Calls the listener whose turn it is; false when all were called. */
  readonly hear: () => boolean;
  /** The turn is over. */
  readonly next: () => void;
  /** How many tellings this one follows from. */
  readonly chain: number;
}

/** Counts what is told. */
let happened = 0;
const queue: Telling[] = [];
/** How many of the queue have been told. */
let front = 0;
/** What is being told now. */
let current: Telling | undefined;
let endless: RangeError | undefined;

export class Listeners<T> {
  readonly #all = new Set<Listener<T>>();

  /** Each subscription counts by itself, also of one function given twice. */
  add(hear: (told: T) => void): () => void {
    if (typeof hear !== "function") throw new TypeError("A listener is a function.");
    const own: Listener<T> = { hear, since: happened };
    this.#all.add(own);
    return () => {
      this.#all.delete(own);
    };
  }

  clear(): void {
    this.#all.clear();
  }

  /** Tells everybody who listens now, unless they stop before their turn comes. */
  tell(told: T): void {
    const all = this.#all;
    if (all.size === 0) return;
    const when = happened++;
    // A set gives what is added meanwhile as well, and not what is taken away.
    const turns = all.values();
    let turn: Listener<T> | undefined;
    queue.push({
      hear: () => {
        while (turn === undefined) {
          const { value, done } = turns.next();
          if (done) return false;
          if (value.since <= when) turn = value;
        }
        turn.hear(told);
        return true;
      },
      next: () => {
        turn = undefined;
      },
      chain: current === undefined ? 0 : current.chain + 1,
    });
    if (current === undefined) work();
  }
}

/** Throws when listeners go on editing without end; to be asked before an edit. */
export function mayEdit(): void {
  if (current === undefined || (current.chain < MAX_CHAIN && queue.length < MAX_QUEUE)) return;
  throw (endless ??= new RangeError("A listener edits each time that it is told of an edit, without end."));
}

function work(): void {
  try {
    while ((current = queue[front]) !== undefined) {
      try {
        while (current.hear()) current.next();
        front++;
      } catch (error) {
        if (overflown(error) && !roomy()) {
          // The caller has used up the call stack: a listener could do nothing now.
          later(work);
          return;
        }
        current.next();
        if (error !== endless) surface(error);
      }
    }
  } finally {
    current = undefined;
    queue.splice(0, front);
    front = 0;
  }
  const thrown = endless;
  endless = undefined;
  if (thrown !== undefined) throw thrown;
}

/** Calls a listener whose errors are its own. */
export function call<T>(listener: (told: T) => void, told: T): void {
  try {
    listener(told);
  } catch (error) {
    surface(error);
  }
}

/** An error of the page's own, where the page sees it: what was told has happened, and others have to know. */
function surface(error: unknown): void {
  later(() => {
    throw error;
  });
}

function later(work: () => void): void {
  if (typeof queueMicrotask === "function") queueMicrotask(work);
  else void Promise.resolve().then(work);
}
