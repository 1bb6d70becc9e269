// A live form on another thread: the methods of a form, each answering a promise. Edits of many rows are made part by part, so that
// they can be told of and given up; what is given up leaves the form as it was.
import type { Answer as UpstreamAnswer } from "./answer.js";
import type { Told, Verdict } from "./asks.js";
import { FREED } from "./freed.js";
import { Listeners } from "./listeners.js";
import { Received } from "./received.js";
import { deepFrozen } from "./report.js";
import { SLICE, send, sent, sizeOf, taken, type Step } from "./send.js";
import { Thread } from "./thread.js";
import { Meter, Turns, given, unless } from "./turns.js";
import { unworded } from "./words.js";
import type { Changes, Form, Options, Payload, Report, Summary } from "./types.js";
import type { Control, Source, WorkerForm } from "./worker-types.js";

/** So many records are checked between two looks at the signal. */
const STRIDE = 2_000;

/** Ends the threads of forms that nobody holds any more, where the runtime tells of them. */
let forgotten: FinalizationRegistry<Thread> | undefined;

export class RemoteForm<Out> implements WorkerForm<Out> {
  readonly #thread: Thread;
  readonly #received = new Received();
  readonly #turns = new Turns();
  readonly #listeners = new Listeners<Changes>();
  readonly #freed: () => void;
  #version = 0;

  private constructor(thread: Thread, freed: () => void) {
    this.#thread = thread;
    this.#freed = freed;
    if (typeof FinalizationRegistry === "function") {
      forgotten ??= new FinalizationRegistry((thread) => thread.end(new TypeError(FREED)));
      forgotten.register(this, thread, this);
    }
  }

  static async open<Out>(thread: Thread, payload: Payload<unknown, unknown>, options: Options | undefined, draft: unknown, control: Control, freed: () => void): Promise<RemoteForm<Out>> {
    const form = new RemoteForm<Out>(thread, freed);
    const meter = new Meter(control);
    meter.begin(sizeOf(draft));
    await send(thread, draft, (phase, part) => meter.tell(phase, part));
    const told = await thread.ask({ ask: "open", payload: payload.name, base: payload.options, options });
    form.#version = form.#received.changes(told as Told).version;
    meter.end();
    return form;
  }

  get version(): number {
    return this.#version;
  }

  set(pointer: string, value: unknown, how?: { typing?: boolean }): Promise<Changes> {
    return this.#edit("set", pointer, value, how);
  }

  insert(pointer: string, index: number, item?: unknown): Promise<Changes> {
    return this.#edit("insert", pointer, index, item);
  }

  remove(pointer: string, index: number): Promise<Changes> {
    return this.#edit("remove", pointer, index);
  }

  move(pointer: string, from: number, to: number): Promise<Changes> {
    return this.#edit("move", pointer, from, to);
  }

  paste(pointer: string, index: number, rows: readonly (readonly unknown[])[], columns: readonly string[], control: Control = {}): Promise<Changes> {
    const count = Array.isArray(rows) ? rows.length : 0;
    return this.#inParts(control, count, async (step) => {
      await send(this.#thread, rows, (phase, part) => step(phase, part / 2));
      for (let from = 0; from === 0 || from < count; from += SLICE) {
        const to = Math.min(count, from + SLICE);
        await this.#thread.ask({ ask: "paste", pointer, index, columns, from, to });
        step("reading", (1 + to / count) / 2);
      }
    });
  }

  replace(draft: unknown, control: Control = {}): Promise<Changes> {
    return this.#inParts(control, sizeOf(draft), async (step) => {
      await send(this.#thread, draft, step);
      await this.#thread.ask({ ask: "replace" });
    });
  }

  async loadJson(source: Source, control: Control = {}): Promise<Changes> {
    const [text, transfer] = taken("loadJson", source, false);
    return this.#inParts(control, typeof text === "string" || !("arrayBuffer" in text) ? text.length : text.size, async (step) => {
      await this.#thread.ask({ ask: "parse", source: await sent(this.#thread, text) }, transfer);
      step("reading", 0.5);
      await this.#thread.ask({ ask: "replace" });
    });
  }

  get(pointer: string): Promise<unknown> {
    return this.#ask("get", pointer);
  }

  value(): Promise<unknown> {
    return this.#ask("value");
  }

  length(pointer: string): Promise<number> {
    return this.#ask("length", pointer) as Promise<number>;
  }

  key(pointer: string): Promise<number> {
    return this.#ask("key", pointer) as Promise<number>;
  }

  async state(pointer: string): ReturnType<WorkerForm<Out>["state"]> {
    return deepFrozen((await this.#ask("state", pointer)) as Awaited<ReturnType<WorkerForm<Out>["state"]>>);
  }

  async states(): ReturnType<WorkerForm<Out>["states"]> {
    return deepFrozen((await this.#ask("states")) as Awaited<ReturnType<WorkerForm<Out>["states"]>>);
  }

  async issues(filter?: Parameters<Form<Out>["issues"]>[0]): ReturnType<WorkerForm<Out>["issues"]> {
    return this.#received.issues((await this.#ask("issues", filter)) as Told);
  }

  async summary(): Promise<Summary> {
    return this.#received.changes((await this.#ask("summary")) as Told).changes.summary;
  }

  async report(): Promise<Report<Out>> {
    return this.#received.report((await this.#ask("report")) as Verdict);
  }

  async preview(): ReturnType<WorkerForm<Out>["preview"]> {
    return deepFrozen((await this.#ask("preview")) as Awaited<ReturnType<WorkerForm<Out>["preview"]>>);
  }

  explain(answer: UpstreamAnswer): Promise<Changes> {
    return this.#edit("explain", answer);
  }

  attach(...args: Parameters<Form<Out>["attach"]>): Promise<Changes> {
    return this.#edit("attach", ...args);
  }

  async setOptions(options: Options): Promise<Changes> {
    unworded(options);
    return this.#edit("setOptions", options);
  }

  undo(): Promise<Changes | undefined> {
    return this.#history("undo");
  }

  redo(): Promise<Changes | undefined> {
    return this.#history("redo");
  }

  subscribe(listener: (changes: Changes) => void): () => void {
    if (this.#thread.ended !== undefined) throw this.#thread.ended;
    return this.#listeners.add(listener);
  }

  free(): void {
    forgotten?.unregister(this);
    this.#listeners.clear();
    this.#thread.end(new TypeError(FREED));
    this.#freed();
  }

  #ask(method: string, ...args: readonly unknown[]): Promise<unknown> {
    return this.#turns.add(() => this.#thread.ask({ ask: "call", method, args }));
  }

  #edit(method: string, ...args: readonly unknown[]): Promise<Changes> {
    return this.#turns.add(async () => this.#changed((await this.#thread.ask({ ask: "call", method, args })) as Told));
  }

  #history(method: "undo" | "redo"): Promise<Changes | undefined> {
    return this.#turns.add(async () => {
      const told = await this.#thread.ask({ ask: "call", method, args: [] });
      return told === undefined ? undefined : this.#changed(told as Told);
    });
  }

  /** An edit of many rows: `make` makes its parts. */
  async #inParts(control: Control, total: number, make: (step: Step) => Promise<void>): Promise<Changes> {
    given(control);
    const { signal } = control;
    const meter = new Meter(control);
    let ending = false;
    const step: Step = (phase, part) => {
      if (signal?.aborted) throw signal.reason;
      meter.tell(phase, part);
    };
    const work = this.#turns.add(async () => {
      try {
        meter.begin(total);
        step("reading", 0);
        await make(step);
        await this.#advance(false, (part) => step("checking", part));
        await this.#advance(true, (part) => step("writing", part));
        step("writing", 1);
        ending = true;
        const told = (await this.#thread.ask({ ask: "finish", keep: true })) as Told;
        meter.end();
        return this.#changed(told);
      } catch (error) {
        // What went wrong first is what is told.
        if (this.#thread.ended === undefined) await this.#thread.ask({ ask: "finish", keep: false }).catch(() => undefined);
        throw error;
      }
    });
    // From the last step on the edit is made, and can only be undone.
    return unless(signal, work, () => !ending);
  }

  /** Checks what the parts of an edit ask for, or compares it with what was there before. */
  async #advance(comparing: boolean, step: (part: number) => void): Promise<void> {
    const some = (count: number): Promise<unknown> => this.#thread.ask({ ask: "advance", count, comparing });
    const all = (await some(0)) as number;
    for (let left = all; left > 0; left = (await some(STRIDE)) as number) step(1 - left / all);
  }

  #changed(told: Told): Changes {
    const { changes, version } = this.#received.changes(told);
    const before = this.#version;
    this.#version = version;
    // An edit that changed nothing is nothing to tell.
    if (version !== before) this.#listeners.tell(changes);
    return changes;
  }
}
