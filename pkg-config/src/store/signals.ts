// What tells another tab that something changed, and when the page is about to go. Where a browser lacks one of these, nothing is
// told, and nothing fails.

/** A channel between the tabs of one origin; a message is a hint to look again, never the truth itself. */
export class Channel<T> {
  readonly #channel: BroadcastChannel | undefined;

  constructor(name: string, heard: (message: T) => void) {
    if (typeof BroadcastChannel === "undefined") return;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = (event: MessageEvent<T>) => heard(event.data);
    // In Node an open channel would keep the process alive.
    (this.#channel as { unref?: () => void }).unref?.();
  }

  tell(message: T): void {
    this.#channel?.postMessage(message);
  }

  close(): void {
    this.#channel?.close();
  }
}

/** Calls when the page is hidden or left, which is the last moment at which it surely runs; gives what ends that. */
export function whenLeaving(call: () => void): () => void {
  const page = globalThis.document;
  const hidden = (): void => {
    if (page?.visibilityState === "hidden") call();
  };
  page?.addEventListener("visibilitychange", hidden);
  globalThis.addEventListener?.("pagehide", call);
  return () => {
    page?.removeEventListener("visibilitychange", hidden);
    globalThis.removeEventListener?.("pagehide", call);
  };
}

/** Calls when the browser has nothing better to do, soon in any case; gives what takes it back. */
export function whenIdle(call: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback(call, { timeout: 2_000 });
    return () => cancelIdleCallback(handle);
  }
  const handle = setTimeout(call, 0);
  return () => clearTimeout(handle);
}

/** Tells a fault that nobody listens for, as the browser tells an uncaught one. */
export function report(fault: unknown): void {
  if (typeof reportError === "function") reportError(fault);
  else console.error(fault);
}
