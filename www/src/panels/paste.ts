// A whole JSON text, pasted or from a file: checked with checkJson, so that a fault of notation is shown with its place,
// then loaded into the form. Large texts never go into the text box, which would freeze the page, and are checked in a worker.
import type { Issue, JsonReport, Options } from "portform";
import { openWorker } from "portform/worker";
import { announce, fill, h, icon } from "../dom";
import type { AnyPayload } from "../editor";
import { progressBar } from "../progress";
import { number, t } from "../texts";
import { issueLine } from "../views/issues";

/** Of characters; a batch of 100,000 results is some 22 million. */
const mostCharacters = 32_000_000;
const shownCharacters = 200_000;

/** Its thread starts with the first large text. */
const worker = openWorker();

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
  const progress = progressBar();
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
    progress.element,
    verdict,
    h("div", { class: "dialog-actions" }, loadButton, choose, file, close),
  );
  let payload: AnyPayload | undefined;
  let options: Options = {};
  let large: string | File | undefined;
  /** What `large` was when it was found to be JSON. */
  let readable: string | File | undefined;
  /** The check of `large` while it runs. */
  let judging: Promise<void> | undefined;

  function take(next: string | File): void {
    const size = typeof next === "string" ? next.length : next.size;
    if (size > mostCharacters * (typeof next === "string" ? 1 : 2)) {
      say("warning", `${t("pasteTooLarge")}: ${number(mostCharacters)}`);
      return;
    }
    progress.stop();
    large = typeof next !== "string" || size > shownCharacters ? next : undefined;
    area.value = large === undefined ? (next as string) : "";
    area.hidden = large !== undefined;
    held.hidden = large === undefined;
    held.textContent = large === undefined ? "" : `${t(typeof next === "string" ? "pasteHeld" : "pasteFileHeld")}: ${number(size)}`;
    if (large === undefined) judge();
    else void judgedLarge();
  }

  function say(kind: "warning" | "note" | "error", words: string, ...more: Node[]): void {
    fill(verdict, h("p", { class: `issue ${kind}` }, icon(kind), h("span", { class: "issue-text" }, words)), ...more);
    announce(words);
  }

  /** The draft, or undefined with the reason shown. */
  function judge(): unknown {
    const text = area.value;
    if (payload === undefined) return undefined;
    if (text.trim() === "") {
      say("note", t("pasteEmpty"));
      return undefined;
    }
    const fault = tell(payload.checkJson(text, options));
    if (fault === undefined) return parse(text);
    show(fault, text);
    return undefined;
  }

  /** As `judge`, without holding the page up. */
  async function judgeLarge(): Promise<void> {
    const [source, of] = [large, payload];
    if (source === undefined || of === undefined) return;
    fill(verdict);
    readable = undefined;
    const report = await progress
      .run(t("pasteChecking"), (control) => worker.checkJson(of, source, options, control))
      // Where no worker can run, the page stands still for a moment instead.
      .catch(async () => of.checkJson(await textOf(source), options));
    // Another text was taken meanwhile, and has its own verdict.
    if (source !== large) return;
    if (report === undefined) {
      say("note", t("pasteStopped"));
      return;
    }
    const fault = tell(report);
    if (fault === undefined) readable = source;
    else show(fault, await textOf(source));
  }

  function judgedLarge(): Promise<void> {
    const mine = judgeLarge().finally(() => {
      if (judging === mine) judging = undefined;
    });
    judging = mine;
    return mine;
  }

  /** Tells what the report counts, unless the text is no JSON. */
  function tell({ issues }: JsonReport): Issue | undefined {
    const fault = issues.find((issue) => issue.code === "syntax");
    if (fault) return fault;
    let errors = 0;
    let warnings = 0;
    for (const { severity } of issues) {
      if (severity === "error") errors += 1;
      else if (severity === "warning") warnings += 1;
    }
    say("note", `${t("pasteReadable")} ${t("errors")}: ${number(errors)} · ${t("warnings")}: ${number(warnings)}`);
    return undefined;
  }

  function show(fault: Issue, text: string): void {
    say("error", t("pasteBroken"), issueLine(fault), excerpt(text, Number(fault.params["line"]), Number(fault.params["column"])));
  }

  /** The draft of a large text, once it is known to be JSON. */
  async function draftOfLarge(): Promise<unknown> {
    if (large !== readable) await (judging ?? judgedLarge());
    const source = large;
    if (source === undefined || source !== readable) return undefined;
    say("note", t("pasteLoading"));
    const text = await textOf(source);
    // So that the words are on the screen while the form takes the rows.
    await new Promise((painted) => setTimeout(painted, 50));
    return parse(text);
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
    if (chosen.size > shownCharacters) take(chosen);
    else void chosen.text().then(take);
  });
  loadButton.addEventListener("click", async () => {
    const draft = large === undefined ? judge() : await draftOfLarge();
    if (!element.open) return;
    if (draft === undefined) {
      area.focus();
      return;
    }
    element.close();
    load(draft);
  });
  element.addEventListener("close", () => progress.stop());

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

function textOf(source: string | File): Promise<string> {
  return typeof source === "string" ? Promise.resolve(source) : source.text();
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
