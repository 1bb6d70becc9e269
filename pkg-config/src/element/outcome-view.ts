// What became of a submission, under the form: accepted, refused, surely not sent, or unknown; when, under which key, and what can be
// done next. Reasons that are about a field stand at that field already; here they are named with a link.
import type { Outcome } from "../client-types.js";
import { fill, h, icon } from "./dom.js";
import { issueLine } from "./issue-lines.js";
import type { Screen } from "./screen.js";
import { moment } from "./words/index.js";

/** So many reasons are named here. */
const LISTED = 50;
/** Milliseconds after which the person is told that there is no answer yet. */
const SLOW = 8_000;

export class OutcomeView {
  readonly element = h("section", { class: "outcome", part: "outcome", tabindex: -1, hidden: true, "aria-labelledby": "outcome-title" });
  #body: string | undefined;
  #slow: ReturnType<typeof setTimeout> | undefined;

  clear(): void {
    clearTimeout(this.#slow);
    this.#body = undefined;
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  /** «Accepted» is about the data that were sent: it goes when they change. */
  follow(body: string): void {
    if (this.#body !== undefined && this.#body !== body) this.clear();
  }

  waiting(screen: Screen, stop: () => void): void {
    this.clear();
    const patience = h("p", { class: "muted" });
    this.#slow = setTimeout(() => {
      patience.textContent = screen.words.slow;
      screen.announce(screen.words.slow);
    }, SLOW);
    this.#open("", h("h2", { id: "outcome-title" }, screen.words.submitting), patience, h("button", { type: "button", class: "quiet", part: "button", onclick: stop }, screen.words.cancel));
    screen.announce(screen.words.submitting);
  }

  /** A fault of the page, not of the data. */
  failed(screen: Screen, error: unknown): void {
    this.clear();
    const text = error instanceof Error ? error.message : String(error);
    this.#open("failed", h("h2", { id: "outcome-title" }, icon("error"), screen.words.failed), h("p", {}, text), h("p", { class: "muted" }, screen.words.keptTyped));
    screen.announce(`${screen.words.failed}. ${text}`);
  }

  show(screen: Screen, outcome: Outcome, next: { readonly again: () => void; readonly ask: () => void }): void {
    this.clear();
    if (outcome.kind === "invalid") return;
    const { words } = screen;
    if (outcome.kind === "accepted" || outcome.kind === "refused") this.#body = outcome.body;
    const title = outcome.kind === "accepted" ? words.accepted : outcome.kind === "refused" ? words.refused : outcome.kind === "unknown" ? words.unknownOutcome : words.failed;
    const said = outcome.kind === "not_sent" || outcome.kind === "unknown" ? outcome.message : "";
    const reasons = outcome.kind === "refused" ? outcome.issues.slice(0, LISTED) : [];
    const button = (word: string, act: () => void): HTMLElement => h("button", { type: "button", class: "quiet", part: "button", onclick: act }, word);
    this.#open(
      outcome.kind,
      h("h2", { id: "outcome-title" }, icon(outcome.kind === "accepted" ? "note" : outcome.kind === "unknown" ? "warning" : "error"), title),
      said === "" ? null : h("p", {}, said),
      ...reasons.map((issue) => issueLine(words, issue, ...(issue.pointer === "" ? [] : [this.#link(screen, issue.pointer), ": "]))),
      outcome.kind === "accepted" ? null : h("p", { class: "muted" }, words.keptTyped),
      h(
        "dl",
        { class: "facts-list" },
        ...("at" in outcome ? [h("dt", {}, words.time), h("dd", {}, moment(outcome.at, screen.locale))] : []),
        h("dt", {}, words.submissionKey),
        h("dd", {}, outcome.key),
        ...("status" in outcome ? [h("dt", {}, words.statusCode), h("dd", {}, outcome.status)] : []),
      ),
      outcome.kind === "unknown" ? button(words.askOutcome, next.ask) : null,
      outcome.kind === "not_sent" && outcome.retryable ? button(words.sendAgain, next.again) : null,
    );
    screen.announce([`${title}.`, said, ...reasons.map(({ message }) => message)].filter(Boolean).join(" "));
    this.element.focus();
    this.element.scrollIntoView({ block: "nearest" });
  }

  #open(kind: string, ...children: Parameters<typeof fill> extends [Element, ...infer Rest] ? Rest : never): void {
    this.element.className = `outcome ${kind}`;
    fill(this.element, ...children);
    this.element.hidden = false;
  }

  #link(screen: Screen, pointer: string): HTMLElement {
    const follow = (event: Event): void => {
      event.preventDefault();
      screen.focus(pointer);
    };
    return h("a", { href: `#field${pointer}`, part: "link", onclick: follow }, screen.label(pointer));
  }
}
