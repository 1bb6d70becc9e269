// What became of a submission: accepted, refused, surely not sent or unknown; when, under which key, and what to do next. Reasons that
// are about a field are shown at that field by the form itself; here they stand with a link.
import type { Issue } from "portform";
import type { Outcome } from "portform/client";
import type { OutboxEntry } from "portform/store";
import { announce, fill, h, icon } from "../dom";
import type { Editor } from "../editor";
import { isRecord } from "../submit";
import { moment, t } from "../texts";
import { issueLine } from "../views/issues";

export interface AnswerPanel {
  readonly element: HTMLElement;
  /** The entry that is shown. */
  readonly shown: OutboxEntry | undefined;
  waiting(stop: () => void): void;
  slow(): void;
  show(editor: Editor, entry: OutboxEntry): void;
  /** The same was accepted already: asks whether it is meant to be sent again. */
  ask(earlier: OutboxEntry, again: () => void): void;
  clear(): void;
  focus(): void;
}

type Kind = "accepted" | "refused" | "failed" | "unknown";

export function answerPanel(): AnswerPanel {
  const element = h("section", { class: "panel answer", hidden: true, tabindex: -1, "aria-labelledby": "answer-title", "data-testid": "answer" });
  let current: OutboxEntry | undefined;

  function kindOf(entry: OutboxEntry): Kind {
    if (entry.state === "accepted" || entry.state === "refused" || entry.state === "unknown") return entry.state;
    return entry.state === "sending" ? "unknown" : "failed";
  }

  function explanation(entry: OutboxEntry, kind: Kind): string {
    const { outcome } = entry;
    if (kind === "unknown") {
      const reason = outcome?.kind === "unknown" ? outcome.reason : "aborted";
      if (reason === "aborted") return `${t("aborted")} ${t("mayBeAccepted")}`;
      if (reason === "page") return `${t("htmlAnswer")} ${t("mayBeAccepted")}`;
      return t("mayBeAccepted");
    }
    if (entry.state === "waiting" && outcome === undefined) return t("sentLater");
    if (outcome?.kind !== "not_sent") return "";
    return entry.state === "waiting" && outcome.reason !== "aborted" ? `${outcome.message} ${t("sentLater")}` : outcome.message;
  }

  function facts(entry: OutboxEntry): HTMLElement {
    const outcome = answered(entry.outcome);
    const answer = isRecord(outcome?.answer) ? outcome.answer : {};
    const row = (name: string, value: unknown): Node[] =>
      typeof value === "string" || typeof value === "number" ? [h("dt", {}, name), h("dd", {}, value)] : [];
    return h(
      "dl",
      { class: "facts-list" },
      ...row(t("time"), moment(outcome?.at ?? entry.changedAt)),
      ...row(t("submissionKey"), entry.key),
      ...row(t("statusCode"), outcome?.status),
      ...row(t("reason"), answer["reason"]),
      ...row(t("description"), answer["description"]),
    );
  }

  return {
    element,
    get shown() {
      return current;
    },
    waiting(stop) {
      current = undefined;
      element.hidden = false;
      element.className = "panel answer";
      fill(
        element,
        h("h2", { id: "answer-title" }, t("answer")),
        h("p", { class: "busy" }, t("submitting")),
        h("p", { class: "patience" }),
        h("button", { type: "button", class: "quiet", onclick: stop }, t("cancel")),
      );
      announce(t("submitting"));
    },
    slow() {
      const place = element.querySelector(".patience");
      if (!place) return;
      place.textContent = t("slow");
      announce(t("slow"));
    },
    show(editor, entry) {
      current = entry;
      const kind = kindOf(entry);
      const title = t(kind === "unknown" ? "unknownOutcome" : kind);
      const refused = kind === "refused" ? editor.form.issues({ severity: "error", limit: 500 }).filter((issue) => issue.code === "refused") : [];
      const said = explanation(entry, kind);
      const outcome = answered(entry.outcome);
      const raw = outcome && textOf(outcome.answer);
      element.hidden = false;
      element.className = `panel answer ${kind}`;
      fill(
        element,
        h("h2", { id: "answer-title" }, icon(kind === "accepted" ? "note" : kind === "unknown" ? "warning" : "error"), `${t("answer")}: ${title}`),
        said && h("p", {}, said),
        ...refused.map((issue) => (issue.pointer === "" ? issueLine(issue) : issueLine(issue, link(editor, issue)))),
        kind !== "accepted" && h("p", { class: "muted" }, t("keptTyped")),
        facts(entry),
        raw !== undefined && h("details", {}, h("summary", {}, t("rawAnswer")), h("pre", { class: "raw", tabindex: 0 }, raw.slice(0, 20_000) || t("emptyAnswer"))),
      );
      announce([`${title}.`, said, ...refused.map((issue) => issue.message)].filter(Boolean).join(" "));
    },
    ask(earlier, again) {
      current = undefined;
      element.hidden = false;
      element.className = "panel answer twice";
      const at = earlier.outcome?.kind === "accepted" ? earlier.outcome.at : earlier.changedAt;
      const question = t("sameAccepted").replace("{time}", moment(at));
      fill(
        element,
        h("h2", { id: "answer-title" }, icon("warning"), t("alreadySent")),
        h("p", {}, question),
        h("button", { type: "button", class: "quiet", "data-testid": "send-again", onclick: again }, t("sendAgain")),
      );
      announce(question);
    },
    clear() {
      current = undefined;
      element.hidden = true;
      element.replaceChildren();
    },
    focus: () => {
      element.focus();
      element.scrollIntoView({ block: "nearest" });
    },
  };

  function link(editor: Editor, issue: Issue): HTMLElement {
    const follow = (event: Event): void => {
      event.preventDefault();
      editor.focus(issue.pointer);
    };
    return h("span", {}, h("a", { href: `#field${issue.pointer}`, onclick: follow }, editor.label(issue.pointer)), ": ");
  }
}

/** The outcome where the upstream answered. */
function answered(outcome: Outcome | undefined): Extract<Outcome, { kind: "accepted" | "refused" }> | undefined {
  return outcome?.kind === "accepted" || outcome?.kind === "refused" ? outcome : undefined;
}

function textOf(answer: unknown): string {
  return typeof answer === "string" ? answer : JSON.stringify(answer, null, 2);
}
