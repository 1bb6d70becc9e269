// A shelf of records under text keys: one object store of IndexedDB, or a map where the browser keeps nothing. Reading and writing
// one record is one transaction, so that nobody comes between. It knows nothing of drafts or submissions.
import { openDB, type IDBPDatabase } from "idb";
import type { Locale } from "../types.js";
import { StoreError } from "./errors.js";

/** How long a browser may take to open a database before it counts as unavailable, in ms: some never answer. */
const OPENING = 10_000;

export interface Shelf<T> {
  /** Why nothing outlives the page, where that is so. */
  readonly problem: StoreError | undefined;
  get(key: string): Promise<T | undefined>;
  all(): Promise<T[]>;
  /** Puts what `next` makes of the record; nothing removes it, and the record itself leaves it as it is. Gives what stands there then. */
  change(key: string, next: (now: T | undefined) => T | undefined): Promise<T | undefined>;
  close(): void;
}

/** Opens a shelf; never fails: where there is no database, it lasts as long as the page. */
export async function openShelf<T>(database: string, locale: Locale, durability: IDBTransactionDurability): Promise<Shelf<T>> {
  try {
    const shelf = new StoredShelf<T>(database, locale, durability);
    await shelf.ready();
    return shelf;
  } catch (thrown) {
    return new PassingShelf<T>(new StoreError("unavailable", locale, thrown));
  }
}

const STORE = "records";

class StoredShelf<T> implements Shelf<T> {
  readonly problem = undefined;
  readonly #name: string;
  readonly #locale: Locale;
  readonly #durability: IDBTransactionDurability;
  #database: Promise<IDBPDatabase> | undefined;
  #closed = false;

  constructor(name: string, locale: Locale, durability: IDBTransactionDurability) {
    this.#name = name;
    this.#locale = locale;
    this.#durability = durability;
  }

  async ready(): Promise<void> {
    if (globalThis.indexedDB === undefined) throw new TypeError("There is no IndexedDB.");
    await this.#open();
  }

  get(key: string): Promise<T | undefined> {
    return this.#asked((database) => database.get(STORE, key) as Promise<T | undefined>);
  }

  all(): Promise<T[]> {
    return this.#asked((database) => database.getAll(STORE) as Promise<T[]>);
  }

  change(key: string, next: (now: T | undefined) => T | undefined): Promise<T | undefined> {
    return this.#asked(async (database) => {
      const transaction = database.transaction(STORE, "readwrite", { durability: this.#durability });
      // Its failure is thrown below; here it must not be an unhandled rejection as well.
      transaction.done.catch(() => {});
      try {
        const now = (await transaction.store.get(key)) as T | undefined;
        const then = next(now);
        if (then === undefined) await transaction.store.delete(key);
        else if (then !== now) await transaction.store.put(then, key);
        await transaction.done;
        return then;
      } catch (thrown) {
        try {
          transaction.abort();
        } catch {
          // It has ended already.
        }
        throw thrown;
      }
    });
  }

  close(): void {
    this.#closed = true;
    void this.#database?.then((database) => database.close()).catch(() => {});
    this.#database = undefined;
  }

  async #asked<R>(ask: (database: IDBPDatabase) => Promise<R>): Promise<R> {
    if (this.#closed) throw new StoreError("closed", this.#locale);
    try {
      return await ask(await this.#open());
    } catch (thrown) {
      // A browser may close the connection by itself, or another tab asks for it: then it is opened anew, once.
      if ((thrown as { name?: unknown } | null)?.name !== "InvalidStateError") throw StoreError.of(thrown, this.#locale);
      this.#database = undefined;
    }
    try {
      return await ask(await this.#open());
    } catch (thrown) {
      throw StoreError.of(thrown, this.#locale);
    }
  }

  #open(): Promise<IDBPDatabase> {
    const forget = (): void => {
      this.#database = undefined;
    };
    this.#database ??= withinTime(
      openDB(this.#name, 1, {
        upgrade: (database) => void database.createObjectStore(STORE),
        blocking: (_current, _blocked, event) => {
          (event.target as IDBDatabase).close();
          forget();
        },
        terminated: forget,
      }),
    ).catch((thrown: unknown) => {
      forget();
      throw thrown;
    });
    return this.#database;
  }
}

/** A database that does not answer in time is given up, and closed should it open later. */
async function withinTime(opening: Promise<IDBPDatabase>): Promise<IDBPDatabase> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let late = false;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late = true;
      reject(new TypeError("The database did not open in time."));
    }, OPENING);
  });
  opening.then((database) => late && database.close(), () => {});
  try {
    return await Promise.race([opening, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** What lasts as long as the page. Records are copied as a database would copy them. */
class PassingShelf<T> implements Shelf<T> {
  readonly problem: StoreError;
  readonly #records = new Map<string, T>();

  constructor(problem: StoreError) {
    this.problem = problem;
  }

  async get(key: string): Promise<T | undefined> {
    return structuredClone(this.#records.get(key));
  }

  async all(): Promise<T[]> {
    return [...this.#records.values()].map((record) => structuredClone(record));
  }

  async change(key: string, next: (now: T | undefined) => T | undefined): Promise<T | undefined> {
    const now = structuredClone(this.#records.get(key));
    const then = next(now);
    if (then === undefined) this.#records.delete(key);
    else if (then !== now) this.#records.set(key, structuredClone(then));
    return then;
  }

  close(): void {}
}
