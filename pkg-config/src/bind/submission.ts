// Submitting a form through a client, as a component watches it: whether it is under way, and what it came to. One per form and client,
// however many components ask: the button and the message know of the same submission.
import type { Client, Outcome, SubmitOptions } from "../client-types.js";
import { call } from "../listeners.js";
import type { Form } from "../types.js";
import { bindingsOf } from "./bindings.js";
import type { Watched } from "./watched.js";

/** What submits: a client of portform/client, or what stands in for one. */
export type Submitter = Pick<Client, "submit">;

export interface Submission {
  readonly submit: (how?: SubmitOptions) => Promise<Outcome>;   // while one is under way it is taken instead of another
  readonly pending: boolean;
  readonly outcome: Outcome | undefined;                   // of the last submission
  readonly reset: () => void;                              // forgets the outcome, and which fields were touched
}

const all = new WeakMap<object, WeakMap<object, Watched<Submission>>>();

export function submissionOf(form: Form<unknown>, client: Submitter): Watched<Submission> {
  if (typeof client !== "object" || client === null || typeof client.submit !== "function") {
    throw new TypeError("The second argument is a client: createClient() of portform/client, made once.");
  }
  let byClient = all.get(form);
  if (byClient === undefined) all.set(form, (byClient = new WeakMap()));
  let one = byClient.get(client);
  if (one === undefined) byClient.set(client, (one = made(form, client)));
  return one;
}

function made(form: Form<unknown>, client: Submitter): Watched<Submission> {
  const listeners = new Set<() => void>();
  let running: Promise<Outcome> | undefined;

  function become(pending: boolean, outcome: Outcome | undefined): void {
    now = Object.freeze({ submit, pending, outcome, reset });
    for (const hear of [...listeners]) call(hear, undefined);
  }

  function submit(how?: SubmitOptions): Promise<Outcome> {
    if (running !== undefined) return running;
    // What is passed on unbound to a click is given the event.
    const options = how !== undefined && "target" in how ? undefined : how;
    bindingsOf(form).try(true);
    running = client.submit(form, options).then(
      (outcome) => {
        running = undefined;
        become(false, outcome);
        return outcome;
      },
      (error: unknown) => {
        running = undefined;
        become(false, undefined);
        throw error;
      },
    );
    become(true, undefined);
    return running;
  }

  function reset(): void {
    bindingsOf(form).try(false);
    become(running !== undefined, undefined);
  }

  let now: Submission = Object.freeze({ submit, pending: false, outcome: undefined, reset });
  return {
    current: () => now,
    subscribe(hear) {
      const own = (): void => hear();
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
