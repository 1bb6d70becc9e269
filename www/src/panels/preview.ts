// The preview beside the form: endpoint, the exact body, what stays behind and why, and how the input was read.
import type { Preview } from "portform";
import { announce, fill, h, icon } from "../dom";
import type { Editor } from "../editor";
import { number, t } from "../texts";
import { placeBefore } from "../tree";
import { issueLine } from "../views/issues";
import { layOut } from "./layout";

const firstLines = 400;
const mostLines = 5000;
const listed = 50;

export interface PreviewPanel {
  readonly element: HTMLElement;
  update(editor: Editor, preview: Preview, blank: boolean): void;
}

export function previewPanel(): PreviewPanel {
  const title = h("h2", { id: "preview-title" });
  const verdict = h("p", { class: "verdict" });
  const endpoint = h("p", { class: "endpoint" });
  const code = h("pre", { class: "body", tabindex: 0, "aria-labelledby": "preview-title", "data-testid": "body" });
  const facts = h("p", { class: "facts muted" });
  const copy = h("button", { type: "button", class: "quiet" });
  const more = h("button", { type: "button", class: "quiet", hidden: true });
  const details = h("div", { class: "preview-details" });
  const element = h(
    "section",
    { class: "panel preview", "aria-labelledby": "preview-title" },
    h("div", { class: "panel-head" }, title, copy),
    verdict,
    endpoint,
    code,
    more,
    facts,
    details,
  );
  let body: string | undefined;
  let whole = false;

  copy.addEventListener("click", () => {
    const done = (key: "copied" | "copyFailed"): void => {
      fill(copy, icon(key === "copied" ? "note" : "copy"), t(key));
      announce(t(key));
      window.setTimeout(() => fill(copy, icon("copy"), t("copy")), 2500);
    };
    // Without a secure origin there is no clipboard.
    if (!navigator.clipboard) done("copyFailed");
    else navigator.clipboard.writeText(body ?? "").then(() => done("copied"), () => done("copyFailed"));
  });
  more.addEventListener("click", () => {
    whole = true;
    draw();
  });

  function draw(): void {
    const text = body ?? "";
    const layout = layOut(text, whole ? mostLines : firstLines);
    code.replaceChildren(...layout.lines);
    const cut = layout.shown < text.length;
    more.hidden = !cut || whole;
    more.textContent = t("showAll");
    facts.textContent = [
      `${t("bytes")}: ${number(new TextEncoder().encode(text).length)}`,
      cut ? t("truncated") : undefined,
      t("layoutNote"),
    ]
      .filter(Boolean)
      .join(" · ");
  }

  return {
    element,
    update(editor, preview, blank) {
      title.textContent = editor.readOnly ? t("previewInbound") : t("preview");
      if (copy.childElementCount === 0 || copy.dataset["language"] !== document.documentElement.lang) {
        fill(copy, icon("copy"), t("copy"));
        copy.dataset["language"] = document.documentElement.lang;
      }
      copy.hidden = blank;
      verdict.className = `verdict ${blank ? "" : preview.valid ? "ready" : "not-ready"}`;
      verdict.textContent = blank ? t("previewEmpty") : preview.valid ? (editor.readOnly ? "" : t("previewReady")) : editor.readOnly ? "" : t("previewInvalid");
      endpoint.hidden = preview.endpoint === undefined || editor.readOnly;
      if (preview.endpoint) fill(endpoint, h("span", { class: "method" }, preview.endpoint.method), h("span", { class: "url" }, preview.endpoint.url));
      code.hidden = facts.hidden = blank;
      if (preview.body !== body) {
        body = preview.body;
        whole = false;
      }
      draw();
      drawDetails(editor, preview);
    },
  };

  function drawDetails(editor: Editor, preview: Preview): void {
    const section = (heading: string, total: number, items: Node[]): Node[] =>
      total === 0
        ? []
        : [
            h("h3", {}, `${heading}: ${number(total)}`),
            h("ul", {}, ...items),
            ...(total > items.length ? [h("p", { class: "muted" }, `${t("andMore")}: ${number(total - items.length)}`)] : []),
          ];
    const place = (pointer: string): HTMLElement => h("strong", {}, editor.label(pointer));
    const sent = sentValues(preview);
    const willBeSent = (pointer: string): string => {
      const value = sent(pointer);
      return typeof value === "object" || value === undefined || editor.readOnly ? "" : ` ${t("willBeSent")}: ${String(value).slice(0, 80)}`;
    };
    fill(
      details,
      ...section(
        t("leftOut"),
        preview.leftOut.length,
        preview.leftOut.slice(0, listed).map(({ pointer, reason }) => h("li", {}, place(pointer), ` — ${t(reason)}`)),
      ),
      ...section(
        t("readings"),
        preview.readings.length,
        preview.readings.slice(0, listed).map((issue) => h("li", {}, issueLine(issue, placeBefore(editor.tree, issue.pointer, issue.message)), willBeSent(issue.pointer))),
      ),
      ...section(
        t("serverFills"),
        preview.serverFills.length,
        preview.serverFills.slice(0, listed).map(({ pointer, value }) => h("li", {}, place(pointer), ` — ${String(value)}`)),
      ),
    );
  }
}

/** What stands at a pointer of the outgoing body; nothing of a body so long that reading it would be felt. */
function sentValues(preview: Preview): (pointer: string) => unknown {
  if (preview.readings.length === 0 || preview.body === "" || preview.body.length > 200_000) return () => undefined;
  const body: unknown = JSON.parse(preview.body);
  return (pointer) => pointer.split("/").slice(1).reduce<unknown>((at, key) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined), body);
}
