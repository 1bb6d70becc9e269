// A whole JSON text, pasted or from a file: checked with checkJson, so that a fault of notation is shown with its place,
// then loaded into the form. Large texts never go into the text box, which would freeze the page.
import { announce, fill, h, icon } from "../dom";
import type { AnyPayload } from "../editor";
import type { Options } from "portform";
import { number, t } from "../texts";
import { issueLine } from "../views/issues";

/** Of characters; a batch of 100,000 results is some 22 million. */
const mostCharacters = 32_000_000;
const shownCharacters = 200_000;

export interface PasteBox {
  readonly element: HTMLDialogElement;
  open(payload: AnyPayload, options: Options, text: string, remark?: string): void;
}

export function pasteBox(load: (draft: unknown) => void): PasteBox {
  const title = h("h2", { id: "paste-title" });
  const hint = h("p", { class: "muted", id: "paste-hint" });
  const area = h("textarea", { rows: 14, spellcheck: "false", class: "figures", "aria-labelledby": "paste-title", "aria-describedby": "paste-hint paste-verdict" });
  const held = h("p", { class: "held", hidden: true });
  const verdict = h("div", { class: "paste-verdict", id: "paste-verdict" });
  const file = h("input", { type: "file", accept: ".json,application/json,text/plain", class: "spoken", tabindex: -1, "aria-hidden": "true" });
  const choose = h("button", { type: "button", class: "quiet", onclick: () => file.click() });
  const loadButton = h("button", { type: "button", class: "primary" });
  const close = h("button", { type: "button", class: "quiet", onclick: () => element.close() });
  const element = h(
    "dialog",
    { class: "paste", "aria-labelledby": "paste-title" },
    title,
    hint,
    area,
    held,
    verdict,
    h("div", { class: "dialog-actions" }, loadButton, choose, file, close),
  );
  let payload: AnyPayload | undefined;
  let options: Options = {};
  let large: string | undefined;

  const text = (): string => large ?? area.value;

  function take(next: string): void {
    if (next.length > mostCharacters) {
      say("warning", `${t("pasteTooLarge")}: ${number(mostCharacters)}`);
      return;
    }
    large = next.length > shownCharacters ? next : undefined;
    area.value = large === undefined ? next : "";
    area.hidden = large !== undefined;
    held.hidden = large === undefined;
    held.textContent = large === undefined ? "" : `${t("pasteHeld")}: ${number(next.length)}`;
    judge();
  }

  function say(kind: "warning" | "note" | "error", words: string, ...more: Node[]): void {
    fill(verdict, h("p", { class: `issue ${kind}` }, icon(kind), h("span", { class: "issue-text" }, words)), ...more);
    announce(words);
  }

  /** The draft, or undefined with the reason shown. */
  function judge(): unknown {
    if (payload === undefined) return undefined;
    if (text().trim() === "") {
      say("note", t("pasteEmpty"));
      return undefined;
    }
    const report = payload.checkJson(text(), options);
    const fault = report.issues.find((issue) => issue.code === "syntax");
    if (fault) {
      say("error", t("pasteBroken"), issueLine(fault), excerpt(text(), Number(fault.params["line"]), Number(fault.params["column"])));
      return undefined;
    }
    let errors = 0;
    let warnings = 0;
    for (const { severity } of report.issues) {
      if (severity === "error") errors += 1;
      else if (severity === "warning") warnings += 1;
    }
    say("note", `${t("pasteReadable")} ${t("errors")}: ${number(errors)} · ${t("warnings")}: ${number(warnings)}`);
    return parse(text());
  }

  area.addEventListener("input", () => judge());
  area.addEventListener("paste", (event) => {
    const pasted = event.clipboardData?.getData("text") ?? "";
    if (pasted.length <= shownCharacters) return;
    event.preventDefault();
    take(pasted);
  });
  file.addEventListener("change", () => {
    const chosen = file.files?.[0];
    file.value = "";
    if (!chosen) return;
    if (chosen.size > mostCharacters * 2) say("warning", `${t("pasteTooLarge")}: ${number(mostCharacters)}`);
    else void chosen.text().then(take);
  });
  loadButton.addEventListener("click", () => {
    const draft = judge();
    if (draft === undefined) {
      area.focus();
      return;
    }
    element.close();
    load(draft);
  });

  return {
    element,
    open(forPayload, withOptions, given, remark) {
      payload = forPayload;
      options = withOptions;
      title.textContent = t("pasteTitle");
      hint.textContent = remark ?? t("pasteHint");
      choose.textContent = t("pasteFile");
      loadButton.textContent = t("pasteLoad");
      close.textContent = t("pasteClose");
      element.showModal();
      take(given);
      area.focus();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // checkJson read it, so this is a text that only the stricter reader takes; as a draft it is the text itself.
    return text;
  }
}

/** The faulty line with its number and the place marked. */
function excerpt(text: string, line: number, column: number): HTMLElement {
  const lines = text.split(/\r\n|\r|\n/);
  const from = Math.max(0, line - 3);
  const shown = lines.slice(from, line + 1).map((content, offset) => {
    const current = from + offset + 1 === line;
    const at = Math.max(0, Math.min(column - 1, content.length));
    const start = Math.max(0, at - 60);
    const row = h("span", { class: current ? "excerpt-line current" : "excerpt-line" }, h("span", { class: "excerpt-number" }, from + offset + 1));
    if (!current) row.append(content.slice(0, 120));
    else row.append(content.slice(start, at), h("mark", {}, content.slice(at, at + 1) || "⏎"), content.slice(at + 1, at + 60));
    return row;
  });
  return h("pre", { class: "excerpt", tabindex: 0, role: "group", "aria-label": t("pasteBroken") }, ...shown);
}
