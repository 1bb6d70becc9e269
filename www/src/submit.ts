// Sending through the package's own client and outbox: what is sent is written down in this browser first, so that a reload, a
// closed tab or a lost connection leaves no doubt about what became of it. It decides nothing about bodies and keeps no credentials.
import type { Form, Locale } from "portform";
import { createClient, type Client, type Health } from "portform/client";
import { openDrafts, openOutbox, type Drafts, type Outbox, type OutboxEntry } from "portform/store";

/** What the demo says of an entry: whose form it came from. */
export interface About {
  readonly payload: string;
}

let made: Client | undefined;
let opened: Promise<Outbox> | undefined;
let drafting: Promise<Drafts> | undefined;

export function client(): Client {
  made ??= createClient({ locale: document.documentElement.lang as Locale });
  return made;
}

export function outbox(): Promise<Outbox> {
  opened ??= openOutbox({ client: client(), name: "portform-demo", locale: document.documentElement.lang as Locale });
  return opened;
}

export function drafts(): Promise<Drafts> {
  drafting ??= openDrafts({ name: "portform-demo", locale: document.documentElement.lang as Locale });
  return drafting;
}

/** undefined: there is no proxy at this address, as on static hosting. */
export async function askHealth(): Promise<Health | undefined> {
  const health = await client().health();
  return health.ok ? health : undefined;
}

export function payloadOf(entry: OutboxEntry): string {
  return (entry.about as About | undefined)?.payload ?? "";
}

/** Whether nothing more happens to an entry by itself soon. */
export function settled(entry: OutboxEntry): boolean {
  return entry.state !== "sending" && (entry.state !== "waiting" || entry.outcome !== undefined || !navigator.onLine);
}

/** Writes down what the form would send, and gives the entry when it is settled, or when the person no longer waits for it. */
export async function send(form: Form<unknown>, about: About, signal: AbortSignal): Promise<OutboxEntry> {
  const box = await outbox();
  // What waits from an earlier version of the same form was surely not sent, and is not meant any more.
  for (const entry of box.entries()) {
    if (payloadOf(entry) === about.payload && (entry.state === "waiting" || entry.state === "not_sent")) await box.remove(entry.key);
  }
  const added = await box.add(form, { about, signal });
  if (added.state === "invalid") return added;
  return new Promise((resolve) => {
    const look = (): void => {
      const entry = box.get(added.key) ?? added;
      if (!settled(entry) && !signal.aborted) return;
      stop();
      signal.removeEventListener("abort", look);
      resolve(entry);
    };
    const stop = box.subscribe(look);
    signal.addEventListener("abort", () => window.setTimeout(look, 200));
    look();
  });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
