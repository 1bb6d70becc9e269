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

export type Outcome =
  | { readonly kind: "accepted"; readonly key: string; readonly status: number; readonly answer: unknown; readonly body: string; readonly at: string; readonly repeated: boolean }
  | { readonly kind: "refused"; readonly key: string; readonly status: number; readonly answer: unknown; readonly issues: readonly Issue[]; readonly body: string; readonly at: string }
  | { readonly kind: "invalid"; readonly issues: readonly Issue[] }   // nothing was sent
  | { readonly kind: "not_sent"; readonly key: string; readonly reason: NotSent; readonly retryable: boolean; readonly retryAfter?: number; readonly message: string }
  | { readonly kind: "unknown"; readonly key: string; readonly reason: Unknown; readonly message: string; readonly body: string };   // may have been accepted: ask outcome(key)

/** Why nothing was sent: a stable word. */
export type NotSent = string;

/** Why nobody knows whether it was accepted: a stable word. */
export type Unknown = string;

/** What the Portal sent to the organisation. */
export interface Received {
  readonly id: string;                                     // its place: `after` goes on behind it
  readonly at: string;                                     // when the proxy took it
  readonly kind: "application" | "cancellation" | "expertise";
  readonly payload: string;                                // the table that it was checked with
  readonly value: unknown;                                 // its canonical reading
}

/** What the proxy says of itself. */
export interface Health {
  readonly ok: boolean;
  readonly portal: boolean;                                // configured
  readonly ehealth: boolean;
}
