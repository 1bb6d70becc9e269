// The list of what is wrong and what is worth checking, in the order of the form, with links that put the focus on the field.
import { fill, h, icon } from "./dom.js";
import type { Screen } from "./screen.js";
import { placeBefore } from "./tree.js";

const FIRST = 12;
/** So many more at each press of the button. */
const STEP = 200;

export class SummaryList {
  readonly element = h("section", { class: "summary", part: "summary", hidden: true, tabindex: -1, "aria-labelledby": "summary-title" });
  readonly #limits = { error: FIRST, warning: FIRST };
  #drawn = "";

  update(screen: Screen): void {
    const errors = this.#block(screen, "error", screen.words.summaryErrors, "summary-title");
    const warnings = this.#block(screen, "warning", screen.words.summaryWarnings, errors.length === 0 ? "summary-title" : null);
    this.element.hidden = errors.length + warnings.length === 0;
    if (this.element.hidden) this.#limits.error = this.#limits.warning = FIRST;
    const next = h("div", {}, ...errors, ...warnings);
    // Left alone when nothing changed, so that a link does not lose the focus under the person's hands.
    if (next.textContent === this.#drawn) return;
    this.#drawn = next.textContent ?? "";
    fill(this.element, ...errors, ...warnings);
  }

  focus(): void {
    this.element.focus();
    this.element.scrollIntoView({ block: "nearest" });
  }

  #block(screen: Screen, severity: "error" | "warning", title: string, id: string | null): Node[] {
    const { issues, total } = screen.shown(severity, this.#limits[severity]);
    if (total === 0) return [];
    const items = issues.map((issue) => {
      if (issue.pointer === "") return h("li", {}, h("strong", {}, screen.words.whole), ` — ${issue.message}`);
      const follow = (event: Event): void => {
        event.preventDefault();
        screen.focus(issue.pointer);
      };
      const words = placeBefore(screen.tree, issue.pointer, issue.message) + issue.message;
      return h("li", {}, h("a", { href: `#field${issue.pointer}`, part: "link", onclick: follow }, words));
    });
    const more = `${screen.words.summaryMore} (${screen.count(total - issues.length)})`;
    return [
      h("h2", { class: `summary-title ${severity}`, id }, icon(severity), `${title}: ${screen.count(total)}`),
      h("ul", { class: "summary-list", "data-severity": severity }, ...items),
      ...(total > issues.length ? [h("button", { type: "button", class: "link", onclick: () => this.#more(screen, severity, issues.length) }, more)] : []),
    ];
  }

  /** Draws more of them, and puts the focus on the first that is new. */
  #more(screen: Screen, severity: "error" | "warning", before: number): void {
    this.#limits[severity] += STEP;
    this.update(screen);
    this.element.querySelectorAll<HTMLElement>(`[data-severity="${severity}"] > li`)[before]?.querySelector("a")?.focus();
  }
}
