// portform/worker: checks of big texts, and live forms of many rows, on threads of their own, so that the page goes on moving. The
// page needs no wasm for it: what comes back is bytes, read when they are looked at.
import type { Step, Verdict } from "./asks.js";
import { merged } from "./merge.js";
import { Received } from "./received.js";
import { RemoteForm } from "./remote.js";
import { sent, taken } from "./send.js";
import { Thread } from "./thread.js";
import { unworded } from "./words.js";
import { Meter, Turns, given, unless } from "./turns.js";
import type { JsonReport, Options, Payload } from "./types.js";
import type { CheckControl, Control, PortformWorker, Source, WorkerForm, WorkerLike, WorkerSettings } from "./worker-types.js";

export type * from "./worker-types.js";

/** The threads start when they are first needed. */
export function openWorker(settings: WorkerSettings = {}): PortformWorker {
  if (typeof settings !== "object" || settings === null) throw new TypeError("openWorker takes an object of settings.");
  if (settings.create !== undefined && typeof settings.create !== "function") throw new TypeError("create has to be a function that makes the worker.");
  return new Workers(settings.create);
}

const PHASES = ["reading", "checking", "writing"] as const;

class Workers implements PortformWorker {
  readonly #create: (() => WorkerLike) | undefined;
  readonly #turns = new Turns();
  /** Where texts are checked, and the templates that came from there. */
  #checker: { readonly thread: Thread; readonly received: Received } | undefined;
  readonly #forms = new Set<Thread>();
  #over: Error | undefined;

  constructor(create: (() => WorkerLike) | undefined) {
    this.#create = create;
  }

  async checkJson<In, Out>(payload: Payload<In, Out>, source: Source, options?: Options, control: CheckControl = {}): Promise<JsonReport> {
    this.#alive();
    given(control);
    const own = bound(payload, options);
    const [text, transfer] = taken("checkJson", source, control.transfer === true);
    const { signal } = control;
    const meter = new Meter(control);
    let thread: Thread | undefined;
    let over = false;
    const work = this.#turns.add(async () => {
      this.#alive();
      // It was given up before its turn came; the caller knows.
      if (over) throw undefined;
      if (this.#checker === undefined || this.#checker.thread.ended !== undefined) {
        this.#checker = { thread: new Thread(this.#create), received: new Received() };
      }
      const { thread: mine, received } = this.#checker;
      thread = mine;
      const step = ([stage, done, of]: Step): void => {
        if (stage === 0 && done === 0) meter.begin(of);
        else meter.tell(PHASES[stage] ?? "writing", done / of);
      };
      const source = await sent(mine, text);
      const verdict = await mine.ask({ ask: "check", payload: payload.name, options: own, source }, transfer, step);
      thread = undefined;
      meter.end();
      return received.jsonReport(verdict as Verdict);
    });
    return unless(signal, work, () => {
      over = true;
      // A check cannot be interrupted; its thread can, and nothing else lives there.
      thread?.end(new Error("The check was given up."));
      return true;
    });
  }

  async form<In, Out>(payload: Payload<In, Out>, draft?: unknown, options?: Options, control: Control = {}): Promise<WorkerForm<Out>> {
    this.#alive();
    given(control);
    const own = bound(payload, options);
    const thread = new Thread(this.#create);
    this.#forms.add(thread);
    const closed = (): boolean => this.#forms.delete(thread);
    const form = RemoteForm.open<Out>(thread, payload, own, draft, control, closed);
    const end = (why: string): boolean => {
      thread.end(new Error(why));
      return closed();
    };
    form.catch(() => end("The form could not be opened."));
    return unless(control.signal, form, () => end("The form was given up."));
  }

  terminate(): void {
    if (this.#over !== undefined) return;
    this.#over = new Error("The worker is terminated: openWorker gives another.");
    for (const thread of [this.#checker?.thread, ...this.#forms]) thread?.end(this.#over);
    this.#forms.clear();
  }

  #alive(): void {
    if (this.#over !== undefined) throw this.#over;
  }
}

/** The payload's options with the call's own on top. */
function bound(payload: Payload<unknown, unknown>, options: Options | undefined): Options | undefined {
  if (typeof payload?.name !== "string" || typeof payload.checkJson !== "function") {
    throw new TypeError("The first argument is a payload, such as resultsBulkUpdate.");
  }
  const both = options === undefined ? payload.options : merged(payload.options, options);
  unworded(both);
  return both;
}
