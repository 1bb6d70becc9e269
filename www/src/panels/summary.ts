// The list of what is wrong and what is worth checking, with links that put the focus on the field.
import { fill, h, icon } from "../dom";
import type { Editor } from "../editor";
import { number, t } from "../texts";
import { placeBefore } from "../tree";

const first = 12;
/** So many more at each press of the button. */
const step = 200;

export interface SummaryPanel {
  readonly element: HTMLElement;
  update(editor: Editor): void;
  focus(): void;
}

export function summaryPanel(): SummaryPanel {
  const element = h("section", { class: "panel summary", hidden: true, tabindex: -1, "aria-labelledby": "summary-title" });
  let drawn = "";
  const limits = { error: first, warning: first };

  function block(editor: Editor, severity: "error" | "warning", title: string, id: string | null): Node[] {
    const { issues, total } = editor.shown(severity, limits[severity]);
    if (total === 0) return [];
    const items = issues.map((issue) => {
      const follow = (event: Event): void => {
        event.preventDefault();
        editor.focus(issue.pointer);
      };
      if (issue.pointer === "") return h("li", {}, h("strong", {}, t("whole")), ` — ${issue.message}`);
      const words = placeBefore(editor.tree, issue.pointer, issue.message) + issue.message;
      return h("li", {}, h("a", { href: `#field${issue.pointer}`, onclick: follow }, words));
    });
    return [
      h("h2", { class: `summary-title ${severity}`, id }, icon(severity), `${title}: ${number(total)}`),
      h("ul", { class: "summary-list", "data-severity": severity }, ...items),
      ...(total > issues.length
        ? [h("button", { type: "button", class: "link", onclick: () => more(severity, issues.length) }, `${t("summaryMore")} (${number(total - issues.length)})`)]
        : []),
    ];
  }

  /** Draws more of them, and puts the focus on the first that is new. */
  function more(severity: "error" | "warning", before: number): void {
    limits[severity] += step;
    redraw();
    element.querySelectorAll<HTMLElement>(`[data-severity="${severity}"] > li`)[before]?.querySelector("a")?.focus();
  }

  let redraw = (): void => undefined;

  return {
    element,
    update(editor) {
      redraw = () => this.update(editor);
      const errors = block(editor, "error", t("summaryErrors"), "summary-title");
      const warnings = block(editor, "warning", t("summaryWarnings"), errors.length === 0 ? "summary-title" : null);
      element.hidden = errors.length + warnings.length === 0;
      if (element.hidden) limits.error = limits.warning = first;
      const next = h("div", {}, ...errors, ...warnings);
      // Left alone when nothing changed, so that a link does not lose the focus under the person's hands.
      if (next.textContent === drawn) return;
      drawn = next.textContent ?? "";
      fill(element, ...errors, ...warnings);
    },
    focus: () => {
      element.focus();
      element.scrollIntoView({ block: "nearest" });
    },
  };
}
