// Sending the previewed body through the organisation's proxy, and telling apart what came back. It sends the text it is
// given and nothing else, keeps no credentials, and never throws: whatever happens is an outcome that can be shown.
import type { Locale } from "portform";

export type Outcome =
  | { readonly kind: "upstream"; readonly status: number; readonly body: unknown; readonly text: string; readonly html: boolean }
  | { readonly kind: "proxy"; readonly status: number; readonly error: string; readonly message: string; readonly body: unknown; readonly text: string }
  | { readonly kind: "unreachable" | "aborted" | "timeout" };

export interface Health {
  readonly sandbox: boolean;
  readonly configured: Readonly<Record<string, boolean>>;
}

/** Longer than the proxy's own time limits, so that its clearer answer comes first. */
const patience = 120_000;

/** undefined: there is no proxy at this address, as on static hosting. */
export async function askHealth(): Promise<Health | undefined> {
  try {
    const answer = await fetch("/health", { signal: AbortSignal.timeout(5000), headers: { accept: "application/json" } });
    const health = (await answer.json()) as { status?: string; sandbox?: boolean } & Record<string, { configured?: boolean }>;
    if (health.status !== "ok") return undefined;
    const configured = { portal: health["portal"]?.configured !== false, ehealth: health["ehealth"]?.configured !== false };
    return { sandbox: health.sandbox === true, configured };
  } catch {
    return undefined;
  }
}

export async function send(
  endpoint: { readonly method: string; readonly url: string; readonly contentType: string },
  body: string,
  locale: Locale,
  stop: AbortSignal,
): Promise<Outcome> {
  const limit = AbortSignal.timeout(patience);
  try {
    const answer = await fetch(endpoint.url, {
      method: endpoint.method,
      headers: { "content-type": endpoint.contentType, "x-portform-locale": locale },
      body,
      signal: AbortSignal.any([stop, limit]),
      redirect: "error",
      credentials: "same-origin",
    });
    const text = await answer.text();
    const html = /html/i.test(answer.headers.get("content-type") ?? "") || /^\s*<(?:!doctype|html)/i.test(text);
    const parsed = html ? text : parse(text);
    if (answer.headers.get("x-portform-answer") === "proxy") return ofProxy(answer.status, parsed, text, locale);
    return { kind: "upstream", status: answer.status, body: parsed, text, html };
  } catch {
    if (stop.aborted) return { kind: "aborted" };
    return { kind: limit.aborted ? "timeout" : "unreachable" };
  }
}

/** Outcomes without an answer of the upstream's, after which it may have the data all the same. */
export function mayBeAccepted(outcome: Outcome): boolean {
  if (outcome.kind === "proxy") return ["upstream_timeout", "upstream_broken", "answer_too_large"].includes(outcome.error);
  return true;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function ofProxy(status: number, body: unknown, text: string, locale: Locale): Outcome {
  const record = isRecord(body) ? body : {};
  const messages = isRecord(record["message"]) ? record["message"] : {};
  const message = typeof messages[locale] === "string" ? messages[locale] : "";
  const error = typeof record["error"] === "string" ? record["error"] : "";
  return { kind: "proxy", status, error, message, body, text };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
