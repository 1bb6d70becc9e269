// The entry portform/client: submitting through the organisation's proxy. Requests, waiting and judging are Rust (src/client), in a
// small module without the engine; what stands here hands it what a preview says and lets the form read what the upstream answered.
import type { Core } from "../build/client-glue.js";
import { wasmBytes } from "../build/client-inline.js";
import { randomKey } from "./key.js";
import type { Client, ClientOptions, Health, Outcome, Received, SubmitOptions } from "./client-types.js";
import type { Form, Issue, Locale, Options, Payload, Preview } from "./types.js";

export type { Client, ClientOptions, Health, NotSent, Outcome, Received, SubmitOptions, Unknown } from "./client-types.js";

/** The module, shared by all clients; compiled at the first call, which every browser with WebAssembly does. */
let ready: Promise<typeof Core> | undefined;

function started(): Promise<typeof Core> {
  ready ??= begin().catch((thrown: unknown) => {
    ready = undefined;
    throw thrown;
  });
  return ready;
}

async function begin(): Promise<typeof Core> {
  if (typeof WebAssembly !== "object") throw new TypeError("portform/client needs WebAssembly, which is not there.");
  // Not before: the glue makes a decoder when it is evaluated, and the page that only imports this entry may have none.
  const glue = await import("../build/client-glue.js");
  await glue.default({ module_or_path: await WebAssembly.compile(wasmBytes()) });
  return glue.Core;
}

/** What the module says of one submission. */
type Delivery =
  | { kind: "answered"; success: boolean | null; status: number; answer: string; at: string; repeated: boolean; requestId: string | null; message: string }
  | { kind: "invalid"; answer: string }
  | { kind: "not_sent"; reason: string; retryable: boolean; retryAfter: number | null; requestId: string | null; message: string }
  | { kind: "unknown"; reason: string; requestId: string | null; message: string }
  | { kind: "call"; message: string };

/** What goes out, and who reads what comes back. */
interface Submission {
  readonly endpoint: NonNullable<Preview["endpoint"]>;
  readonly ehealth: boolean;
  readonly body: string;
  /** What the payload's table reads in the answer; nothing where there is no table. */
  explain(answer: Answer): readonly Issue[] | undefined;
  /** Shows no reasons any more: nobody knows whether it was refused. */
  forget?(): void;
}

interface Answer { readonly status: number; readonly body: unknown }

/** Reasons of what is no refusal: from the answer nobody can tell whether the data were accepted. */
const UNCLEAR: readonly unknown[] = ["unavailable", "upstream_error"];

const RECEIVED = "This payload is received, not sent: it has no endpoint.";
const LOCALES: readonly Locale[] = ["ru", "uk", "en"];
const CREDENTIALS = ["omit", "same-origin", "include"];

/** A client of the organisation's proxy. It sends nothing until it is asked to. */
export function createClient(options: ClientOptions = {}): Client {
  return new ProxyClient(options);
}

class ProxyClient implements Client {
  readonly #locale: Locale;
  readonly #core: () => Promise<Core>;
  /** Submissions under way, by address and body. */
  readonly #flights = new Map<string, Promise<Outcome>>();
  readonly #shared: { references?: Promise<[string, string]> | undefined } = {};

  constructor(options: ClientOptions) {
    const { portal = "/portal/", ehealth = "/ehealth/", inbox = "/inbox/", credentials = "same-origin", timeout = 120_000, headers } = options ?? {};
    for (const [name, url] of Object.entries({ portal, ehealth, inbox })) {
      if (typeof url !== "string" || url === "") throw new TypeError(`The option ${name} is the address of the proxy, such as "/${name}/".`);
    }
    if (!CREDENTIALS.includes(credentials)) throw new TypeError(`The option credentials is one of ${CREDENTIALS.join(", ")}.`);
    if (typeof timeout !== "number" || !(timeout > 0) || timeout > 0x7fffffff) throw new RangeError("The option timeout is a number of milliseconds.");
    this.#locale = localeOf(options?.locale);
    const asked = headers === undefined ? undefined : async () => [...new Headers(await (typeof headers === "function" ? headers() : headers))].flat();
    let core: Core | undefined;
    this.#core = async () => {
      const Made = await started();
      core ??= new Made(portal, ehealth, inbox, credentials, Math.ceil(timeout), this.#locale, asked);
      return core;
    };
    for (const method of ["submit", "outcome", "references", "status", "received", "health"] as const) {
      Object.defineProperty(this, method, { value: this[method].bind(this) });
    }
    Object.freeze(this);
  }

  async submit(what: Form<unknown> | Payload<unknown, unknown>, ...rest: unknown[]): Promise<Outcome> {
    const payload = isPayload(what) ? what : undefined;
    if (payload === undefined && !isForm(what)) {
      throw new TypeError("What is submitted is a form, or a payload and a value: submit(form) or submit(cycleCreate, value).");
    }
    const how = (payload === undefined ? rest[0] : rest[1]) as (SubmitOptions & { options?: Options | undefined }) | undefined;
    const locale = how?.locale === undefined ? this.#locale : localeOf(how.locale);
    const key = how?.key === undefined ? randomKey() : keyOf(how.key);
    const submission = payload === undefined ? ofForm(what as Form<unknown>) : ofPayload(payload, rest[0], how?.options);
    if ("kind" in submission) return submission;
    const flight = `${submission.endpoint.url}\n${submission.body}`;
    const under = this.#flights.get(flight);
    if (under !== undefined) return under;
    const own = this.#send(submission, key, locale, how?.signal).finally(() => this.#flights.delete(flight));
    this.#flights.set(flight, own);
    return own;
  }

  async outcome(key: string, how: { signal?: AbortSignal | undefined } = {}): Promise<Outcome> {
    keyOf(key);
    const core = await this.#core();
    const delivery = (await core.ask(key, this.#locale, how.signal)) as Delivery;
    return outcomeOf(delivery, key, { body: "", explain: () => undefined });
  }

  async references(how: { signal?: AbortSignal | undefined } = {}): Promise<{ specialities: unknown; programmes: unknown }> {
    const shared = this.#shared;
    shared.references ??= this.#core()
      .then((core) => core.references(undefined) as Promise<[string, string]>)
      .finally(() => (shared.references = undefined));
    const [specialities, programmes] = await unlessAborted(shared.references, how.signal);
    return { specialities: JSON.parse(specialities), programmes: JSON.parse(programmes) };
  }

  async status(programId: string, how: { signal?: AbortSignal | undefined } = {}): Promise<Outcome> {
    if (typeof programId !== "string" || programId.trim() === "") throw new TypeError("The id of a programme is a text.");
    const endpoint = { method: "POST", url: "education/dpppk/status", contentType: "application/json" };
    const body = JSON.stringify({ program_id: programId.trim() });
    return this.#send({ endpoint, ehealth: false, body, explain: () => undefined }, randomKey(), this.#locale, how.signal);
  }

  received(how: { after?: string | undefined; signal?: AbortSignal | undefined } = {}): AsyncIterable<Received> {
    const core = this.#core;
    return { [Symbol.asyncIterator]: () => follow(core, how.after, how.signal) };
  }

  async health(): Promise<Health> {
    const text = await (await this.#core()).health();
    const said = text === undefined ? {} : (JSON.parse(text) as Record<string, { configured?: boolean } | undefined> & { status?: unknown; sandbox?: unknown });
    return {
      ok: said.status === "ok",
      portal: said["portal"]?.configured === true,
      ehealth: said["ehealth"]?.configured === true,
      sandbox: said.sandbox === true,
    };
  }

  async #send(submission: Submission, key: string, locale: Locale, signal: AbortSignal | undefined): Promise<Outcome> {
    const { endpoint, ehealth, body } = submission;
    const core = await this.#core();
    const delivery = (await core.deliver(key, endpoint.url, ehealth, body, locale, signal)) as Delivery;
    return outcomeOf(delivery, key, submission);
  }
}

function outcomeOf(delivery: Delivery, key: string, submission: Pick<Submission, "body" | "explain" | "forget">): Outcome {
  const { body } = submission;
  switch (delivery.kind) {
    case "answered": {
      const { status, at, repeated, success, message } = delivery;
      const answer = json(delivery.answer);
      const explained = submission.explain({ status, body: answer });
      const told = known(delivery);
      // The payload's table has the last word; without one the answer has to say by itself that it accepts.
      const unclear = explained === undefined ? success === null : explained.some(({ params }) => UNCLEAR.includes(params["reason"]));
      if (unclear) {
        submission.forget?.();
        return { kind: "unknown", key, reason: status >= 500 ? "server_fault" : "unclear", message, body, ...told };
      }
      const issues = explained ?? [];
      if (success !== false && issues.length === 0) return { kind: "accepted", key, status, answer, body, at, repeated, ...told };
      return { kind: "refused", key, status, answer, issues, body, at, ...told };
    }
    case "invalid": {
      // The proxy checks by the same tables: the page's options, or its version, are others.
      const { issues } = json(delivery.answer) as { issues?: readonly Issue[] };
      return { kind: "invalid", issues: issues ?? [] };
    }
    case "not_sent": {
      const { kind, reason, retryable, retryAfter, message } = delivery;
      return { kind, key, reason, retryable, ...(retryAfter === null ? undefined : { retryAfter }), message, ...known(delivery) };
    }
    case "unknown": {
      const { kind, reason, message } = delivery;
      submission.forget?.();
      return { kind, key, reason, message, body, ...known(delivery) };
    }
    case "call":
      throw new TypeError(delivery.message);
  }
}

function known({ requestId }: { requestId: string | null }): { requestId?: string } {
  return requestId === null ? {} : { requestId };
}

function ofForm(form: Form<unknown>): Submission | Outcome {
  const { valid, endpoint, body } = form.preview();
  if (endpoint === undefined) throw new TypeError(RECEIVED);
  if (!valid) return { kind: "invalid", issues: form.issues() };
  const ehealth = isEhealth(endpoint);
  return {
    endpoint,
    ehealth,
    body,
    explain: (answer) => (form.explain(answer) === undefined ? undefined : form.issues({ severity: "error" }).filter(({ code }) => code === "refused")),
    // A form forgets its refusals when it is told that the data were accepted; the outcome says what is known.
    forget: () => void form.explain(ehealth ? { status: 201, body: { data: {} } } : { status: 200, body: { success: true } }),
  };
}

function ofPayload(payload: Payload<unknown, unknown>, value: unknown, options: Options | undefined): Submission | Outcome {
  const { valid, endpoint, body } = payload.preview(value, options);
  if (endpoint === undefined) throw new TypeError(RECEIVED);
  if (!valid) return { kind: "invalid", issues: payload.check(value, options).issues };
  return { endpoint, ehealth: payload.upstream === "ehealth", body, explain: (answer) => payload.explain(answer, options) };
}

/** Contract requests are the only thing that goes to eHealth. */
function isEhealth({ url }: { readonly url: string }): boolean {
  return /(?:^|\/)contract_requests\//.test(url);
}

function isForm(what: unknown): what is Form<unknown> {
  const form = what as Partial<Form<unknown>> | null | undefined;
  return typeof form === "object" && typeof form?.preview === "function" && typeof form.explain === "function" && !("check" in form);
}

function isPayload(what: unknown): what is Payload<unknown, unknown> {
  const payload = what as Partial<Payload<unknown, unknown>> | null | undefined;
  return typeof payload === "object" && typeof payload?.check === "function" && typeof payload.preview === "function";
}

/** A key as the header can carry it. */
function keyOf(key: unknown): string {
  if (typeof key !== "string" || !/^[\x21\x23-\x5b\x5d-\x7e]{1,255}$/.test(key)) {
    throw new TypeError("A key is 1 to 255 printable ASCII characters without space, quotes and backslash.");
  }
  return key;
}

function localeOf(asked: Locale | undefined): Locale {
  if (asked !== undefined && !LOCALES.includes(asked)) throw new TypeError(`The locale is one of ${LOCALES.join(", ")}.`);
  const page = globalThis.document?.documentElement?.lang.slice(0, 2).toLowerCase();
  return asked ?? LOCALES.find((locale) => locale === page) ?? "ru";
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  let end: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    end = () => reject(signal.reason);
    signal.addEventListener("abort", end);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", end as () => void);
  }
}

/** What was received, one by one; ends with the signal, with `return`, or with a failure that trying again cannot help. */
function follow(core: () => Promise<Core>, after: string | undefined, signal: AbortSignal | undefined): AsyncIterator<Received> {
  const waiting: Received[] = [];
  const ended = new AbortController();
  let failure: { thrown: unknown } | undefined;
  let done = false;
  let wake = (): void => {};
  const finish = (): void => {
    done = true;
    ended.abort();
    wake();
  };
  if (signal?.aborted === true) done = true;
  else signal?.addEventListener("abort", finish, { once: true });
  const push = (id: string, data: string): boolean => {
    if (!done) waiting.push({ ...(JSON.parse(data) as Received), id });
    wake();
    return !done;
  };
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    try {
      await (await core()).follow(after, ended.signal, push);
    } catch (thrown) {
      if (!done) failure = { thrown };
    }
    finish();
  };
  return {
    async next() {
      if (!done) running ??= run();
      for (;;) {
        const next = waiting.shift();
        if (next !== undefined) return { done: false, value: next };
        if (failure !== undefined) {
          const { thrown } = failure;
          failure = undefined;
          throw thrown;
        }
        if (done) return { done: true, value: undefined };
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
    async return() {
      signal?.removeEventListener("abort", finish);
      waiting.length = 0;
      finish();
      return { done: true, value: undefined };
    },
  };
}
