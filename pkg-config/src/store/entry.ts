// One submission in the outbox, as it is kept and as it is told: which way it may go from each state, and what an outcome makes of
// it. Pure functions; they send nothing and keep nothing.
import type { Outcome } from "../client-types.js";
import type { Preview } from "../types.js";

/**
 * - `waiting`: will be sent when the browser is online, at `nextAttempt` where there is one
 * - `sending`: under way, or its page broke off while it was
 * - `accepted`, `refused`: answered
 * - `unknown`: may have been accepted; it is asked for by its key and never sent again by itself
 * - `not_sent`: surely not sent, and will not be until a person says so (`retry`)
 * - `invalid`: was not taken into the outbox
 */
export type OutboxState = "waiting" | "sending" | "accepted" | "refused" | "unknown" | "not_sent" | "invalid";

export interface OutboxEntry {
  readonly key: string;                                    // Idempotency-Key; "" of what is invalid
  readonly state: OutboxState;
  readonly endpoint: Preview["endpoint"];
  readonly body: string;                                   // what is sent, byte for byte
  readonly addedAt: string;                                // ISO 8601, UTC
  readonly changedAt: string;
  readonly attempts: number;
  readonly nextAttempt?: string;                           // not before
  readonly outcome?: Outcome;                              // the last one
  readonly about?: unknown;                                // what the front end said of it
}

/** Waits between attempts, in ms: the first, and the longest. */
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 300_000;

/** The entry with this outcome of an attempt to send it. */
export function after(entry: OutboxEntry, outcome: Outcome, at: Date, chance: number): OutboxEntry {
  const { nextAttempt: _, ...rest } = entry;
  const next = { ...rest, outcome, changedAt: at.toISOString() };
  switch (outcome.kind) {
    case "accepted":
    case "refused":
    case "unknown":
      return { ...next, state: outcome.kind };
    case "invalid":
      return { ...next, state: "not_sent" };
    case "not_sent": {
      // What a person gave up waits for a person.
      if (!outcome.retryable || outcome.reason === "aborted") return { ...next, state: "not_sent" };
      const doubled = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.max(0, entry.attempts - 1));
      // Half of it by chance, so that many browsers do not come back at the same moment.
      const wait = outcome.retryAfter === undefined ? doubled * (0.5 + chance / 2) : outcome.retryAfter * 1_000;
      return { ...next, state: "waiting", nextAttempt: new Date(at.getTime() + wait).toISOString() };
    }
  }
}

/** The entry after its key was asked for: nothing was sent for that. Only what surely never went out waits to be sent again. */
export function asked(entry: OutboxEntry, outcome: Outcome, at: Date): OutboxEntry {
  const { nextAttempt: _, ...rest } = entry;
  const next = { ...rest, changedAt: at.toISOString() };
  switch (outcome.kind) {
    case "accepted":
    case "refused":
      return { ...next, outcome, state: outcome.kind };
    case "not_sent":
      // The journal knows that nothing went out: the same key may be sent.
      return { ...next, state: "waiting" };
    case "unknown":
    case "invalid":
      return { ...next, state: "unknown", ...(outcome.kind === "unknown" ? { outcome } : undefined) };
  }
}

/** Whether nothing more happens to it. */
export function ended(entry: OutboxEntry): boolean {
  return entry.state === "accepted" || entry.state === "refused";
}

/** When a waiting entry may be sent, in ms since 1970; the past for one that may be sent now. */
export function due(entry: OutboxEntry): number {
  return entry.nextAttempt === undefined ? 0 : Date.parse(entry.nextAttempt);
}
