// The public types of portform/client, kept by hand: what a submission came to, and what the proxy can be asked. Nothing here runs;
// the store uses these types without loading the client.
import type { Context, Form, Issue, Locale, Options, Payload } from "./types.js";

export interface ClientOptions {
  portal?: string | undefined;                             // where the proxy is; default "/portal/" of the page's origin
  ehealth?: string | undefined;                            // default "/ehealth/"
  inbox?: string | undefined;                              // default "/inbox/"
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>) | undefined;   // the IS's own sign-in or anti-forgery token, asked for anew at each request
  credentials?: RequestCredentials | undefined;            // default "same-origin"
  timeout?: number | undefined;                            // ms for one attempt, default 120,000 (longer than the proxy's own)
  locale?: Locale | undefined;                             // of messages
}

/** Every method may be passed on unbound. */
export interface Client {
  submit<Out>(form: Form<Out>, how?: SubmitOptions): Promise<Outcome>;   // refusals are shown on the form by itself
  submit<In, Out>(payload: Payload<In, Out>, value: unknown, how?: SubmitOptions & { options?: Options | undefined }): Promise<Outcome>;
  outcome(key: string, how?: { signal?: AbortSignal | undefined }): Promise<Outcome>;   // what became of it, from the proxy's journal; nothing is sent again
  references(how?: { signal?: AbortSignal | undefined }): Promise<Pick<Context, "specialities" | "programmes">>;   // cached by ETag, one request however many ask
  status(programId: string, how?: { signal?: AbortSignal | undefined }): Promise<Outcome>;
  received(how?: { after?: string | undefined; signal?: AbortSignal | undefined }): AsyncIterable<Received>;   // what the Portal sent, from a place on; goes on live, reconnects by itself
  health(): Promise<Health>;
}

export interface SubmitOptions {
  key?: string | undefined;                                // Idempotency-Key, made by itself (UUID) when absent
  signal?: AbortSignal | undefined;
  locale?: Locale | undefined;
}

/** `at` is the proxy's time where the proxy says it; `requestId` is the request by which the proxy knows it, for whoever looks into its log. */
export type Outcome =
  | { readonly kind: "accepted"; readonly key: string; readonly status: number; readonly answer: unknown; readonly body: string; readonly at: string; readonly repeated: boolean; readonly requestId?: string }
  | { readonly kind: "refused"; readonly key: string; readonly status: number; readonly answer: unknown; readonly issues: readonly Issue[]; readonly body: string; readonly at: string; readonly requestId?: string }
  | { readonly kind: "invalid"; readonly issues: readonly Issue[] }   // nothing was sent
  | { readonly kind: "not_sent"; readonly key: string; readonly reason: NotSent; readonly retryable: boolean; readonly retryAfter?: number; readonly message: string; readonly requestId?: string }
  | { readonly kind: "unknown"; readonly key: string; readonly reason: Unknown; readonly message: string; readonly body: string; readonly requestId?: string };   // may have been accepted: ask outcome(key)

/** Why nothing was sent: the proxy's own word (`upstream_unreachable`, `not_configured`, …; proxy/README.md) or one of these. */
export type NotSent =
  | "offline"              // the browser is
  | "unreachable"          // no connection to the proxy
  | "aborted"              // given up before it was sent
  | "signed_out"           // the IS's sign-in has ended
  | "forbidden"            // not this person
  | "busy"                 // too much at once
  | "headers"              // the IS's own headers could not be had
  | "no_proxy"             // what stands at this address is none
  | "not_in_journal"       // of `outcome`: the proxy never received this key
  | (string & {});

/** Why nobody knows whether it was accepted: the proxy's own word (`upstream_timeout`, `upstream_broken`, …) or one of these. */
export type Unknown =
  | "lost"                 // the connection broke off
  | "timeout"
  | "aborted"              // given up while it was under way
  | "empty"                // an empty answer
  | "page"                 // an HTML page
  | "server_fault"         // 5xx without a reason
  | "unreadable"           // an answer that is not JSON
  | "unclear"              // an answer that does not say whether, such as {}
  | "in_progress"          // the first attempt with this key is still under way
  | (string & {});

/** What the Portal sent to the organisation. */
export interface Received {
  readonly id: string;                                     // its place: `after` goes on behind it
  readonly at: string;                                     // when the proxy stored it (RFC 3339)
  readonly kind: "application" | "cancellation" | "expertise";
  readonly payload: string;                                // the table that it was checked with: "application", "programme.expertise"
  readonly value: unknown;                                 // its canonical reading
  readonly issues?: readonly Issue[];                      // its warnings and notes, where there are any
  readonly unknown?: Readonly<Record<string, unknown>>;    // the fields that came and that the table does not have, as they were written
  readonly acknowledged?: string;                          // when the information system took it over (RFC 3339)
}

/** What the proxy says of itself; all false where it does not answer. */
export interface Health {
  readonly ok: boolean;
  readonly portal: boolean;                                // configured
  readonly ehealth: boolean;
  readonly sandbox: boolean;                               // both upstreams are its own, for trying things out
}
