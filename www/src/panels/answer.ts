// What came back after submitting: whether it was accepted, the upstream's reason and description, what to do next.
// Reasons that are about a field are shown at that field by the form itself; here they stand with a link.
import type { Issue } from "portform";
import { announce, fill, h, icon } from "../dom";
import type { Editor } from "../editor";
import { isRecord, mayBeAccepted, type Outcome } from "../submit";
import { t } from "../texts";
import { issueLine } from "../views/issues";

/** The package's reasons after which nobody knows whether the data were accepted. */
const noAnswer: ReadonlySet<unknown> = new Set(["unavailable", "upstream_error"]);

export interface AnswerPanel {
  readonly element: HTMLElement;
  waiting(stop: () => void): void;
  slow(): void;
  show(editor: Editor, outcome: Outcome): void;
  clear(): void;
  focus(): void;
}

export function answerPanel(): AnswerPanel {
  const element = h("section", { class: "panel answer", hidden: true, tabindex: -1, "aria-labelledby": "answer-title", "data-testid": "answer" });

  /** Of an upstream's answer the package knows best: no refusal is accepted, and it says which answers nobody can read. */
  function verdict(outcome: Outcome, refused: readonly Issue[]): { kind: "accepted" | "refused" | "failed" | "unknown"; title: string } {
    const unclear = outcome.kind === "upstream" ? refused.some((issue) => noAnswer.has(issue.params["reason"])) : mayBeAccepted(outcome) && outcome.kind !== "unreachable";
    if (unclear) return { kind: "unknown", title: t("unknownOutcome") };
    if (outcome.kind !== "upstream") return { kind: "failed", title: t("failed") };
    return refused.length === 0 ? { kind: "accepted", title: t("accepted") } : { kind: "refused", title: t("refused") };
  }

  function explanation(outcome: Outcome): string {
    switch (outcome.kind) {
      case "unreachable":
        return t("proxyGone");
      case "aborted":
        return t("aborted");
      case "timeout":
        return t("timedOut");
      case "proxy":
        return outcome.message;
      case "upstream":
        if (outcome.html) return t("htmlAnswer");
        return outcome.status >= 500 && outcome.text.trim() === "" ? t("serverFault") : "";
    }
  }

  function facts(outcome: Outcome): HTMLElement | null {
    if (outcome.kind !== "upstream" && outcome.kind !== "proxy") return null;
    const body = outcome.kind === "upstream" && isRecord(outcome.body) ? outcome.body : {};
    const row = (name: string, value: unknown): Node[] =>
      typeof value === "string" || typeof value === "number" ? [h("dt", {}, name), h("dd", {}, value)] : [];
    return h(
      "dl",
      { class: "facts-list" },
      ...row(t("statusCode"), outcome.status),
      ...row(t("reason"), body["reason"]),
      ...row(t("description"), body["description"]),
    );
  }

  return {
    element,
    waiting(stop) {
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
    show(editor, outcome) {
      const refused = editor.form.issues({ severity: "error", limit: 500 }).filter((issue) => issue.code === "refused");
      const { kind, title } = verdict(outcome, refused);
      // Of an answer that nobody can read the title says what the refusal would say; the proxy's own words end with what to do.
      const said = [explanation(outcome), kind === "unknown" && outcome.kind !== "proxy" ? t("mayBeAccepted") : ""].filter(Boolean).join(" ");
      const shown = kind === "unknown" ? [] : refused;
      const raw = outcome.kind === "upstream" || outcome.kind === "proxy" ? outcome.text : undefined;
      element.hidden = false;
      element.className = `panel answer ${kind}`;
      fill(
        element,
        h("h2", { id: "answer-title" }, icon(kind === "accepted" ? "note" : kind === "unknown" ? "warning" : "error"), `${t("answer")}: ${title}`),
        said && h("p", {}, said),
        ...shown.map((issue) => (issue.pointer === "" ? issueLine(issue) : issueLine(issue, link(editor, issue)))),
        kind !== "accepted" && h("p", { class: "muted" }, t("keptTyped")),
        facts(outcome),
        raw !== undefined && h("details", {}, h("summary", {}, t("rawAnswer")), h("pre", { class: "raw", tabindex: 0 }, raw.slice(0, 20_000) || t("emptyAnswer"))),
      );
      announce([`${title}.`, said, ...shown.map((issue) => issue.message)].filter(Boolean).join(" "));
    },
    clear() {
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
