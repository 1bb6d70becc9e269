// What the four pages have in common: the same draft, a client that answers without a network, and counters of what was rendered.
import type { Form } from "portform";
import type { Outcome } from "portform/client";
import type { Submitter } from "portform/react";

declare global {
  interface Window {
    renders: Record<string, number>;
    form: Form<unknown>;
    living: number;
    answer: (kind: "accepted" | "fails") => void;
  }
}

const asked = new URLSearchParams(location.search);

export function draft(): unknown {
  const results = Array.from({ length: Number(asked.get("rows") ?? 3) }, (_, i) => ({ request_number: `n${i}`, result_status: "NOT_TRAINED" }));
  return { cycle_id: "c1", results };
}

/** Counts that something of a name was rendered. */
export function rendered(name: string): void {
  window.renders[name] = (window.renders[name] ?? 0) + 1;
}

const gone = new FinalizationRegistry(() => {
  window.living--;
});
/** Counts the forms that are in memory. */
export function watched<T extends Form<unknown>>(form: T): T {
  window.living++;
  gone.register(form, undefined);
  return form;
}

/** Says what the test says that a proxy would. */
export const client: Submitter = {
  submit: () =>
    new Promise<Outcome>((resolve, reject) => {
      window.answer = (kind) => {
        if (kind === "fails") reject(new TypeError("a wrong call"));
        else resolve({ kind, key: "k", status: 200, answer: {}, body: "{}", at: "", repeated: false });
      };
    }),
};

window.renders = {};
window.living = 0;
