// The outbox: what is to be submitted outlives the page. An entry is written down before it is sent and again when it is answered, so
// that after a crash at any point it is known which of the three it is: surely not sent, answered, or unknown. It sends through a
// client and decides nothing about bodies.
import type { Client, Outcome, SubmitOptions } from "../client-types.js";
import type { Changes, Form, Issue, Locale, Preview } from "../types.js";
import { after, asked, due, ended, type OutboxEntry } from "./entry.js";
import { randomKey } from "../key.js";
import { localeOf, StoreError } from "./errors.js";
import { openShelf, type Shelf } from "./shelf.js";
import { Channel, report } from "./signals.js";
import { inTurn } from "./turn.js";

/** What an outbox needs of a client. */
export interface Sender extends Pick<Client, "outcome"> {
  submit(form: Form<unknown>, how?: SubmitOptions): Promise<Outcome>;
}

export interface OutboxOptions {
  client: Sender;
  name?: string | undefined;                               // of the database; tabs with the same name share one outbox
  locale?: Locale | undefined;
  keep?: number | undefined;                               // ms for which what was answered is kept, default 30 days: bodies are personal data
  /** Reads an upstream's refusal of an entry whose form is gone, such as `(entry, answer) => cycleCreate.explain(answer)`. */
  explain?: ((entry: OutboxEntry, answer: { status: number; body: unknown }) => readonly Issue[]) | undefined;
}

export interface AddOptions {
  key?: string | undefined;                                // Idempotency-Key, made by itself when absent
  about?: unknown;                                         // what the front end says of it; kept with the entry
  /** Gives it up, as long as this page is there: what was not sent is not sent, what is under way becomes unknown. */
  signal?: AbortSignal | undefined;
}

export interface Outbox {
  readonly durable: boolean;                               // false: kept only while the page is open
  readonly problem: StoreError | undefined;
  /** Writes down what a form would send now, and sends it when it can. Of an invalid form: an entry that says so and is not kept. */
  add<Out>(form: Form<Out>, how?: AddOptions): Promise<OutboxEntry>;
  entries(): readonly OutboxEntry[];                       // the oldest first; the same list until something changes
  get(key: string): OutboxEntry | undefined;
  /** Sends what was not sent. What is unknown is asked for by its key first, and sent again only when it surely never arrived. */
  retry(key: string): Promise<OutboxEntry>;
  remove(key: string): Promise<void>;                      // not while it is being sent
  subscribe(listener: (entries: readonly OutboxEntry[]) => void): () => void;
  close(): void;
}

/** After so long what is unknown is asked for once more, in ms. */
const ASK_AGAIN = 60_000;
const THIRTY_DAYS = 30 * 24 * 3_600_000;

/** Opens the outbox of this name; never rejects for what the browser lacks: `problem` says so and the page goes on. */
export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  const { client, name = "portform", keep = THIRTY_DAYS, explain } = options ?? {};
  if (typeof client?.submit !== "function" || typeof client.outcome !== "function") {
    throw new TypeError("An outbox sends through a client: openOutbox({ client: createClient() }).");
  }
  if (typeof name !== "string" || name === "") throw new TypeError("The name of the outbox is a text.");
  const locale = localeOf(options.locale);
  const shelf = await openShelf<OutboxEntry>(`${name}-outbox`, locale, "strict");
  const outbox = new StoredOutbox(client, `${name}-outbox`, locale, shelf, explain);
  await outbox.begin(keep);
  return outbox;
}

class StoredOutbox implements Outbox {
  readonly durable: boolean;
  readonly problem: StoreError | undefined;
  readonly #client: Sender;
  readonly #name: string;
  readonly #locale: Locale;
  readonly #shelf: Shelf<OutboxEntry>;
  readonly #explain: OutboxOptions["explain"];
  readonly #channel: Channel<"changed">;
  readonly #listeners = new Set<(entries: readonly OutboxEntry[]) => void>();
  /** The forms of this page that entries came from: refusals are shown on them. */
  readonly #forms = new Map<string, Form<unknown>>();
  /** What gives up entries that this page added. */
  readonly #signals = new Map<string, AbortSignal>();
  readonly #state: { entries: readonly OutboxEntry[]; closed: boolean; pumping: boolean; again: boolean; timer?: ReturnType<typeof setTimeout> | undefined } = {
    entries: [],
    closed: false,
    pumping: false,
    again: false,
  };
  readonly #wake = (): void => this.#pump();
  readonly #ended = new AbortController();
  /** Resolves when the outbox is closed: the turn must not be held by a client that never answers. */
  readonly #closing = new Promise<undefined>((resolve) => this.#ended.signal.addEventListener("abort", () => resolve(undefined)));

  constructor(client: Sender, name: string, locale: Locale, shelf: Shelf<OutboxEntry>, explain: OutboxOptions["explain"]) {
    this.#client = client;
    this.#name = name;
    this.#locale = locale;
    this.#shelf = shelf;
    this.#explain = explain;
    this.problem = shelf.problem;
    this.durable = shelf.problem === undefined;
    this.#channel = new Channel(name, () => void this.#look().then(this.#wake, report));
    for (const method of ["add", "entries", "get", "retry", "remove", "subscribe", "close"] as const) {
      Object.defineProperty(this, method, { value: this[method].bind(this) });
    }
    Object.freeze(this);
  }

  async begin(keep: number): Promise<void> {
    const before = Date.now() - keep;
    for (const entry of await this.#shelf.all()) {
      const old = (now: OutboxEntry): boolean => ended(now) && Date.parse(now.changedAt) < before;
      if (old(entry)) await this.#shelf.change(entry.key, (now) => (now !== undefined && old(now) ? undefined : now));
    }
    await this.#look();
    globalThis.addEventListener?.("online", this.#wake);
    this.#pump();
  }

  async add<Out>(form: Form<Out>, how: AddOptions = {}): Promise<OutboxEntry> {
    if (typeof form?.preview !== "function" || typeof form.issues !== "function") {
      throw new TypeError("What is added to the outbox is a form, such as cycleCreate.form().");
    }
    const { valid, endpoint, body } = form.preview();
    const at = new Date().toISOString();
    const fresh = { endpoint, body, addedAt: at, changedAt: at, attempts: 0, ...(how.about === undefined ? undefined : { about: how.about }) };
    if (!valid) {
      const issues = form.issues({ severity: "error" });
      const outcome: Outcome = { kind: "invalid", issues };
      return Object.freeze({ ...fresh, key: "", state: "invalid" as const, outcome });
    }
    // The same body that is still on its way is not sent a second time.
    const pending = how.key === undefined ? this.#state.entries.find((entry) => !ended(entry) && entry.body === body && sameEndpoint(entry, endpoint)) : undefined;
    if (pending !== undefined) return pending;
    const key = how.key ?? randomKey();
    const entry = await this.#shelf.change(key, (now) => now ?? { ...fresh, key, state: "waiting" });
    this.#forms.set(key, form as Form<unknown>);
    if (how.signal !== undefined) this.#signals.set(key, how.signal);
    await this.#changed();
    this.#pump();
    return this.get(key) ?? (entry as OutboxEntry);
  }

  entries(): readonly OutboxEntry[] {
    return this.#state.entries;
  }

  get(key: string): OutboxEntry | undefined {
    return this.#state.entries.find((entry) => entry.key === key);
  }

  async retry(key: string): Promise<OutboxEntry> {
    const entry = await this.#shelf.get(key);
    if (entry === undefined) throw new RangeError(`The outbox has no entry with the key ${key}.`);
    if (entry.state === "unknown") await this.#ask(entry);
    else {
      await this.#put(key, ["waiting", "not_sent"], ({ nextAttempt: _, ...now }) => ({ ...now, state: "waiting" }));
    }
    await this.#changed();
    this.#pump();
    return this.get(key) ?? entry;
  }

  async remove(key: string): Promise<void> {
    const left = await this.#shelf.change(key, (now) => (now?.state === "sending" ? now : undefined));
    if (left !== undefined) throw new RangeError("The entry is being sent: it can be removed when it is answered.");
    this.#forms.delete(key);
    await this.#changed();
  }

  subscribe(listener: (entries: readonly OutboxEntry[]) => void): () => void {
    const own = (entries: readonly OutboxEntry[]): void => listener(entries);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  close(): void {
    this.#state.closed = true;
    clearTimeout(this.#state.timer);
    globalThis.removeEventListener?.("online", this.#wake);
    this.#listeners.clear();
    this.#channel.close();
    this.#ended.abort();
    this.#shelf.close();
  }

  /** Reads what stands there, and tells when it is something else. */
  async #look(): Promise<void> {
    if (this.#state.closed) return;
    const all = await this.#shelf.all();
    all.sort((one, other) => (one.addedAt < other.addedAt ? -1 : one.addedAt > other.addedAt ? 1 : one.key < other.key ? -1 : 1));
    const before = this.#state.entries;
    const same = (entry: OutboxEntry, at: number): boolean =>
      before[at]?.key === entry.key && before[at].changedAt === entry.changedAt && before[at].state === entry.state && before[at].attempts === entry.attempts;
    if (all.length === before.length && all.every(same)) return;
    this.#state.entries = Object.freeze(all.map((entry, at) => (same(entry, at) ? (before[at] as OutboxEntry) : Object.freeze(entry))));
    for (const listener of [...this.#listeners]) {
      try {
        listener(this.#state.entries);
      } catch (thrown) {
        report(thrown);
      }
    }
  }

  async #changed(): Promise<void> {
    await this.#look();
    this.#channel.tell("changed");
  }

  /** Changes an entry that is in one of these states; gives it when it was. */
  async #put(key: string, from: readonly OutboxEntry["state"][], next: (now: OutboxEntry) => OutboxEntry): Promise<OutboxEntry | undefined> {
    let put: OutboxEntry | undefined;
    await this.#shelf.change(key, (now) => {
      put = undefined;
      if (now === undefined || !from.includes(now.state)) return now;
      put = next(now);
      return put;
    });
    return put;
  }

  /** Sends what is due, when the browser is online and no other tab does; a call meanwhile makes it look once more. */
  #pump(): void {
    const state = this.#state;
    if (state.closed) return;
    if (state.pumping) {
      state.again = true;
      return;
    }
    clearTimeout(state.timer);
    state.pumping = true;
    state.again = false;
    void this.#work()
      .catch((thrown: unknown) => {
        if (!state.closed) report(thrown);
      })
      .finally(() => {
        state.pumping = false;
        if (state.again) this.#pump();
        else this.#sleep();
      });
  }

  async #work(): Promise<void> {
    if (!online() || !this.#state.entries.some((entry) => unsettled(entry))) return;
    await inTurn(this.#name, this.#locale, async () => {
      // Only who has the turn sends: what is still `sending` broke off with its page.
      for (const entry of await this.#shelf.all()) {
        if (this.#state.closed) return;
        if (entry.state === "sending" || entry.state === "unknown") await this.#ask(entry);
      }
      await this.#changed();
      for (;;) {
        const next = (await this.#shelf.all()).filter((entry) => entry.state === "waiting" && due(entry) <= Date.now());
        next.sort((one, other) => (one.addedAt < other.addedAt ? -1 : 1));
        const [entry] = next;
        if (entry === undefined || this.#state.closed || !online()) return;
        await this.#send(entry.key);
      }
    });
  }

  async #send(key: string): Promise<void> {
    const entry = await this.#put(key, ["waiting"], (now) => ({
      ...now,
      state: "sending",
      attempts: now.attempts + 1,
      changedAt: new Date().toISOString(),
    }));
    if (entry === undefined) return;
    await this.#changed();
    const outcome = await Promise.race([this.#submitted(entry), this.#closing]);
    if (outcome === undefined || this.#state.closed) return;
    await this.#put(key, ["sending"], (now) => after(now, outcome, new Date(), Math.random()));
    if (outcome.kind === "accepted" || outcome.kind === "refused") this.#forms.delete(key);
    await this.#changed();
  }

  async #submitted(entry: OutboxEntry): Promise<Outcome> {
    const control = new AbortController();
    const end = (): void => control.abort();
    const signals = [this.#ended.signal, this.#signals.get(entry.key)].filter((signal) => signal !== undefined);
    for (const signal of signals) signal.addEventListener("abort", end);
    if (signals.some(({ aborted }) => aborted)) end();
    try {
      return await this.#client.submit(this.#standIn(entry), { key: entry.key, locale: this.#locale, signal: control.signal });
    } catch (thrown) {
      // A wrong call, of which nothing was sent; a person has to see it.
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      return { kind: "not_sent", key: entry.key, reason: "call", retryable: false, message };
    } finally {
      for (const signal of signals) signal.removeEventListener("abort", end);
      this.#signals.delete(entry.key);
    }
  }

  /** Asks the proxy's journal what became of an entry. */
  async #ask(entry: OutboxEntry): Promise<void> {
    let outcome: Outcome | undefined;
    try {
      outcome = await Promise.race([this.#client.outcome(entry.key, { signal: this.#ended.signal }), this.#closing]);
    } catch (thrown) {
      outcome = { kind: "unknown", key: entry.key, reason: "call", message: thrown instanceof Error ? thrown.message : String(thrown), body: entry.body };
    }
    if (outcome === undefined || this.#state.closed) return;
    const known = outcome;
    await this.#put(entry.key, ["sending", "unknown"], (now) => asked(now, known, new Date()));
  }

  /** What the client needs of a form: what is sent as it was written down, and a refusal on the form it came from, if that is still here
   * and as it was. */
  #standIn(entry: OutboxEntry): Form<unknown> {
    const preview: Preview = { valid: true, endpoint: entry.endpoint, body: entry.body, leftOut: [], readings: [], serverFills: [] };
    const changes: Changes = { added: [], removed: [], states: [], shifted: [], summary: { errors: 0, warnings: 0, notes: 0 } };
    let read: () => readonly Issue[] = () => [];
    const explain = (answer: { status: number; body: unknown }): Changes | undefined => {
      const form = this.#forms.get(entry.key);
      if (form !== undefined && form.preview().body === entry.body) {
        read = () => form.issues({ severity: "error" });
        return form.explain(answer);
      }
      const issues = this.#explain?.(entry, answer);
      read = () => issues ?? [];
      return issues && changes;
    };
    return { preview: () => preview, explain, issues: () => read() } as Partial<Record<keyof Form<unknown>, unknown>> as Form<unknown>;
  }

  /** Looks again when the next entry is due, or when what is unknown may be known. */
  #sleep(): void {
    const state = this.#state;
    const times = state.entries.flatMap((entry) => {
      if (entry.state === "waiting") return [Math.max(due(entry) - Date.now(), online() ? 1_000 : ASK_AGAIN)];
      return entry.state === "unknown" || entry.state === "sending" ? [ASK_AGAIN] : [];
    });
    if (state.closed || times.length === 0) return;
    state.timer = setTimeout(this.#wake, Math.min(...times));
    // In Node a waiting outbox shall not keep the process alive.
    (state.timer as { unref?: () => void }).unref?.();
  }
}

function unsettled(entry: OutboxEntry): boolean {
  return entry.state === "sending" || entry.state === "unknown" || (entry.state === "waiting" && due(entry) <= Date.now());
}

function sameEndpoint(entry: OutboxEntry, endpoint: Preview["endpoint"]): boolean {
  return entry.endpoint?.url === endpoint?.url && entry.endpoint?.method === endpoint?.method;
}

function online(): boolean {
  return globalThis.navigator?.onLine !== false;
}
