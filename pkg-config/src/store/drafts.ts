// Drafts in the browser: what a person typed and did not send yet. Each save says which version it goes on from, so that two tabs
// with one draft never overwrite each other silently. It decides nothing about what is in a draft.
import type { Form, Locale } from "../types.js";
import { localeOf, StoreError } from "./errors.js";
import { openShelf, type Shelf } from "./shelf.js";
import { Channel, report, whenIdle, whenLeaving } from "./signals.js";

/** A draft without what is in it. */
export interface DraftEntry {
  readonly id: string;
  readonly at: string;                                     // when it was saved (ISO 8601, UTC)
  readonly about?: unknown;                                // what the front end said of it: a title, the payload's name
}

/** What another tab did with a draft. */
export interface DraftEvent { readonly id: string; readonly kind: "saved" | "removed"; readonly at: string }

export interface SaveOptions {
  about?: unknown;                                         // kept beside it, for `list()`; what was said before stays
  overwrite?: boolean | undefined;                         // a person decided that this version counts
}

export interface AutosaveOptions {
  about?: unknown;
  delay?: number | undefined;                              // ms of quiet before it saves, default 1,000; at the latest after ten times as long
  onSaved?: ((entry: DraftEntry) => void) | undefined;
  onProblem?: ((problem: StoreError | DraftConflict) => void) | undefined;   // without it the problem is reported as an uncaught error
}

export interface Drafts {
  readonly durable: boolean;                               // false: kept only while the page is open
  readonly problem: StoreError | undefined;                // why it is not durable, in words for a person
  /** Saves a value, or what stands in a form now. Rejects with `DraftConflict` when another tab saved since this one loaded or saved it. */
  save(id: string, draft: unknown, how?: SaveOptions): Promise<DraftEntry>;
  /** What was saved; `undefined` when there is no such draft. From here on this tab goes on from that version. */
  load(id: string): Promise<unknown>;
  list(): Promise<readonly DraftEntry[]>;                  // the newest first
  remove(id: string): Promise<void>;
  /** Saves a form whenever it was changed and the typing paused, and when the page is left. The stop saves what is still to be saved. */
  autosave<Out>(id: string, form: Form<Out>, how?: AutosaveOptions): () => Promise<void>;
  subscribe(listener: (event: DraftEvent) => void): () => void;   // what other tabs do
  close(): Promise<void>;                                  // what is still to be saved is saved first
}

/** Another tab saved the draft since. Nothing was overwritten; `save(…, { overwrite: true })` is the person's decision to do so. */
export class DraftConflict extends StoreError {
  override readonly name = "DraftConflict";
  readonly id: string;
  /** What this tab wanted to save, and when it last loaded or saved the draft. */
  readonly mine: { readonly at: string | undefined; readonly value: unknown };
  /** What stands there now, and since when. */
  readonly theirs: { readonly at: string; readonly value: unknown };

  constructor(id: string, mine: DraftConflict["mine"], theirs: DraftConflict["theirs"], locale: Locale) {
    super("conflict", locale);
    this.id = id;
    this.mine = mine;
    this.theirs = theirs;
  }
}

interface Saved { id: string; at: string; revision: string; about?: unknown; value: unknown }

/** Opens the drafts of this name; never rejects: where the browser keeps nothing, `problem` says so and the page goes on. */
export async function openDrafts(options: { name?: string | undefined; locale?: Locale | undefined } = {}): Promise<Drafts> {
  const { name = "portform" } = options;
  if (typeof name !== "string" || name === "") throw new TypeError("The name of the drafts is a text.");
  const locale = localeOf(options.locale);
  return new StoredDrafts(`${name}-drafts`, locale, await openShelf<Saved>(`${name}-drafts`, locale, "relaxed"));
}

class StoredDrafts implements Drafts {
  readonly durable: boolean;
  readonly problem: StoreError | undefined;
  readonly #locale: Locale;
  readonly #shelf: Shelf<Saved>;
  readonly #channel: Channel<DraftEvent>;
  readonly #listeners = new Set<(event: DraftEvent) => void>();
  readonly #autosaves = new Set<() => Promise<void>>();
  /** The version of each draft that this tab goes on from. */
  readonly #known = new Map<string, { revision: string; at: string }>();

  constructor(channel: string, locale: Locale, shelf: Shelf<Saved>) {
    this.#locale = locale;
    this.#shelf = shelf;
    this.problem = shelf.problem;
    this.durable = shelf.problem === undefined;
    this.#channel = new Channel(channel, (event) => {
      for (const listener of [...this.#listeners]) listener(event);
    });
    for (const method of ["save", "load", "list", "remove", "autosave", "subscribe", "close"] as const) {
      Object.defineProperty(this, method, { value: this[method].bind(this) });
    }
    Object.freeze(this);
  }

  async save(id: string, draft: unknown, how: SaveOptions = {}): Promise<DraftEntry> {
    checked(id);
    // Taken before anything is waited for: what is typed meanwhile belongs to the next save.
    const value = isForm(draft) ? draft.value() : draft;
    const known = this.#known.get(id);
    const at = new Date().toISOString();
    const revision = `${at} ${Math.random().toString(36).slice(2)}`;
    let conflict: DraftConflict | undefined;
    const put = (value: unknown): Promise<Saved | undefined> =>
      this.#shelf.change(id, (now) => {
        if (now !== undefined && now.revision !== known?.revision && how.overwrite !== true) {
          conflict = new DraftConflict(id, { at: known?.at, value }, { at: now.at, value: now.value }, this.#locale);
          return now;
        }
        const about = how.about === undefined ? now?.about : how.about;
        return { id, at, revision, value, ...(about === undefined ? undefined : { about }) };
      });
    let saved: Saved | undefined;
    try {
      saved = await put(value);
    } catch (thrown) {
      if (!(thrown instanceof StoreError) || thrown.reason !== "not_storable") throw thrown;
      // A proxy of a framework cannot be copied as it is, though it holds nothing but data.
      saved = await put(asData(value, this.#locale));
    }
    if (conflict !== undefined) throw conflict;
    this.#known.set(id, { revision, at });
    this.#channel.tell({ id, kind: "saved", at });
    return entryOf(saved as Saved);
  }

  async load(id: string): Promise<unknown> {
    checked(id);
    const saved = await this.#shelf.get(id);
    if (saved === undefined) this.#known.delete(id);
    else this.#known.set(id, { revision: saved.revision, at: saved.at });
    return saved?.value;
  }

  async list(): Promise<readonly DraftEntry[]> {
    const all = await this.#shelf.all();
    return all.map(entryOf).sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0));
  }

  async remove(id: string): Promise<void> {
    checked(id);
    await this.#shelf.change(id, () => undefined);
    this.#known.delete(id);
    this.#channel.tell({ id, kind: "removed", at: new Date().toISOString() });
  }

  autosave<Out>(id: string, form: Form<Out>, how: AutosaveOptions = {}): () => Promise<void> {
    checked(id);
    if (!isForm(form)) throw new TypeError("What is saved by itself is a form, such as cycleCreate.form().");
    const { delay = 1_000, about, onSaved, onProblem = report } = how;
    let dirty = false;
    let since = 0;
    let stopped = false;
    let told: string | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waiting: (() => void) | undefined;
    // One save after the other: each goes on from the version of the one before.
    let last: Promise<void> = Promise.resolve();

    const quiet = (): void => {
      clearTimeout(timer);
      waiting?.();
      timer = waiting = undefined;
    };
    const save = async (): Promise<void> => {
      if (!dirty) return;
      dirty = false;
      try {
        const entry = await this.save(id, form, { about });
        told = undefined;
        onSaved?.(entry);
      } catch (thrown) {
        // What could not be saved is tried again with the next change; one problem is told once.
        dirty = true;
        const what = thrown instanceof DraftConflict ? thrown.theirs.at : String((thrown as Error).message);
        if (told !== what) onProblem(thrown as StoreError);
        told = what;
      }
    };
    const now = (): Promise<void> => {
      quiet();
      last = last.then(save);
      return last;
    };
    const unsubscribe = form.subscribe(() => {
      if (!dirty) since = Date.now();
      dirty = true;
      quiet();
      const most = Math.max(0, since + 10 * delay - Date.now());
      timer = setTimeout(() => (waiting = whenIdle(() => void now())), Math.min(delay, most));
      (timer as { unref?: () => void }).unref?.();
    });
    const remain = whenLeaving(() => void now());
    const stop = (): Promise<void> => {
      if (!stopped) {
        stopped = true;
        unsubscribe();
        remain();
        this.#autosaves.delete(stop);
        void now();
      }
      return last;
    };
    this.#autosaves.add(stop);
    return stop;
  }

  subscribe(listener: (event: DraftEvent) => void): () => void {
    const own = (event: DraftEvent): void => listener(event);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#autosaves].map((stop) => stop()));
    this.#listeners.clear();
    this.#channel.close();
    this.#shelf.close();
  }
}

function entryOf({ id, at, about }: Saved): DraftEntry {
  return about === undefined ? { id, at } : { id, at, about };
}

function checked(id: unknown): void {
  if (typeof id !== "string" || id === "") throw new TypeError("The id of a draft is a text.");
}

function isForm(draft: unknown): draft is Form<unknown> {
  const form = draft as Partial<Form<unknown>> | null | undefined;
  return typeof form === "object" && typeof form?.value === "function" && typeof form.subscribe === "function";
}

function asData(value: unknown, locale: Locale): unknown {
  try {
    return JSON.parse(JSON.stringify(value)) as unknown;
  } catch (thrown) {
    throw new StoreError("not_storable", locale, thrown);
  }
}
