// What will be sent, for a person: endpoint, every value under its label, what stays behind and why, how the input was read, and the
// exact body. It shows what the form's preview says and decides nothing.
import type { Preview } from "../types.js";
import { asWords } from "./controls.js";
import { fill, h, icon } from "./dom.js";
import { issueLine } from "./issue-lines.js";
import { layOut } from "./layout.js";
import type { Screen } from "./screen.js";
import { nodeAt, placeBefore } from "./tree.js";
import type { Words } from "./words/index.js";

/** Lines of the body at first, and at most. */
const FIRST_LINES = 400;
const MOST_LINES = 5_000;
/** Items of each list, and rows of the table of values. */
const LISTED = 50;
const VALUES = 300;
/** Reading out a longer body would be felt. */
const LONG_BODY = 200_000;

export class PreviewView {
  readonly element: HTMLElement;
  readonly #title = h("h2", { id: "preview-title" });
  readonly #verdict = h("p", { class: "verdict" });
  readonly #endpoint = h("p", { class: "endpoint" });
  readonly #values = h("dl", { class: "values" });
  readonly #code = h("pre", { class: "body", part: "body", tabindex: 0, "aria-labelledby": "preview-title" });
  readonly #facts = h("p", { class: "facts muted" });
  readonly #copy = h("button", { type: "button", class: "quiet", part: "button" });
  readonly #more = h("button", { type: "button", class: "quiet", part: "button", hidden: true });
  readonly #details = h("div", { class: "preview-details" });
  readonly #exact = h("details", { class: "exact" });
  #screen: Screen | undefined;
  #words: Words | undefined;
  #body = "";
  #whole = false;

  constructor() {
    this.element = h(
      "section",
      { class: "preview", part: "preview", "aria-labelledby": "preview-title" },
      h("div", { class: "panel-head" }, this.#title, this.#copy),
      this.#verdict,
      this.#endpoint,
      this.#values,
      this.#details,
      this.#exact,
    );
    this.#copy.addEventListener("click", () => this.#copied());
    this.#more.addEventListener("click", () => {
      this.#whole = true;
      this.#drawBody();
    });
  }

  update(screen: Screen, preview: Preview, blank: boolean): void {
    const { words, readOnly } = screen;
    if (this.#words !== words) fill(this.#exact, h("summary", {}, words.exactBody), this.#code, this.#more, this.#facts);
    this.#words = words;
    this.#screen = screen;
    this.#title.textContent = readOnly ? words.previewInbound : words.preview;
    fill(this.#copy, icon("copy"), words.copy);
    this.#verdict.className = `verdict ${blank ? "" : preview.valid ? "ready" : "not-ready"}`;
    this.#verdict.textContent = blank ? words.previewEmpty : readOnly ? "" : preview.valid ? words.previewReady : words.previewInvalid;
    this.#endpoint.hidden = preview.endpoint === undefined || readOnly || blank;
    if (preview.endpoint) fill(this.#endpoint, h("span", { class: "method" }, preview.endpoint.method), " ", h("span", { class: "url" }, preview.endpoint.url));
    this.#copy.hidden = this.#exact.hidden = this.#values.hidden = blank;
    if (preview.body !== this.#body) this.#whole = false;
    this.#body = preview.body;
    this.#drawBody();
    this.#drawValues(screen, blank);
    this.#drawDetails(screen, preview);
  }

  #copied(): void {
    const screen = this.#screen;
    if (screen === undefined) return;
    const done = (key: "copied" | "copyFailed"): void => {
      fill(this.#copy, icon(key === "copied" ? "note" : "copy"), screen.words[key]);
      screen.announce(screen.words[key]);
      setTimeout(() => fill(this.#copy, icon("copy"), screen.words.copy), 2_500);
    };
    // Without a secure origin there is no clipboard.
    if (!navigator.clipboard) done("copyFailed");
    else navigator.clipboard.writeText(this.#body).then(() => done("copied"), () => done("copyFailed"));
  }

  #drawBody(): void {
    if (this.#screen === undefined) return;
    const { words } = this.#screen;
    const layout = layOut(this.#body, this.#whole ? MOST_LINES : FIRST_LINES);
    this.#code.replaceChildren(...layout.lines);
    const cut = layout.shown < this.#body.length;
    this.#more.hidden = !cut || this.#whole;
    this.#more.textContent = words.showAll;
    const bytes = `${words.bytes}: ${this.#screen.count(new TextEncoder().encode(this.#body).length)}`;
    this.#facts.textContent = [bytes, cut ? words.truncated : undefined, words.layoutNote].filter(Boolean).join(" · ");
  }

  /** The body as labels and values; objects and items stand under their heading. */
  #drawValues(screen: Screen, blank: boolean): void {
    const rows: Node[] = [];
    let left = 0;
    const add = (...nodes: Node[]): void => {
      if (rows.length < VALUES * 2) rows.push(...nodes);
      else left += 1;
    };
    const visit = (value: unknown, pointer: string, depth: number): void => {
      const node = nodeAt(screen.tree, pointer);
      const name = node?.info.label ?? (/\/\d+$/.test(pointer) ? screen.label(pointer) : pointer.slice(pointer.lastIndexOf("/") + 1));
      if (typeof value === "object" && value !== null) {
        const members = Object.entries(value);
        if (pointer !== "" && members.length > 0) add(h("dt", { class: `heading d${Math.min(depth, 4)}` }, name), h("dd", { class: "heading" }));
        for (const [key, member] of members) visit(member, `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`, depth + 1);
        return;
      }
      const item = nodeAt(screen.tree, pointer.slice(0, pointer.lastIndexOf("/")))?.item?.info;
      const info = node?.info ?? item;
      add(h("dt", { class: `d${Math.min(depth, 4)}` }, name), h("dd", {}, info === undefined ? String(value) : asWords(screen, info, value)));
    };
    if (!blank && this.#body !== "" && this.#body.length <= LONG_BODY) visit(JSON.parse(this.#body), "", 0);
    if (left > 0) rows.push(h("dt", { class: "muted" }, screen.words.andMore), h("dd", { class: "muted" }, screen.count(left)));
    fill(this.#values, ...rows);
  }

  #drawDetails(screen: Screen, preview: Preview): void {
    const { words } = screen;
    const section = (heading: string, total: number, items: Node[]): Node[] =>
      total === 0
        ? []
        : [
            h("h3", {}, `${heading}: ${screen.count(total)}`),
            h("ul", {}, ...items),
            ...(total > items.length ? [h("p", { class: "muted" }, `${words.andMore}: ${screen.count(total - items.length)}`)] : []),
          ];
    const place = (pointer: string): HTMLElement => h("strong", {}, screen.label(pointer));
    fill(
      this.#details,
      ...section(words.leftOut, preview.leftOut.length, preview.leftOut.slice(0, LISTED).map(({ pointer, reason }) => h("li", {}, place(pointer), ` — ${words[reason]}`))),
      ...section(
        words.readings,
        preview.readings.length,
        preview.readings.slice(0, LISTED).map((issue) => {
          const sent = screen.sentInstead(issue.pointer, screen.form.get(issue.pointer));
          return h("li", {}, issueLine(words, issue, placeBefore(screen.tree, issue.pointer, issue.message)), sent === undefined ? null : ` ${words.willBeSent}: ${sent}`);
        }),
      ),
      ...section(words.serverFills, preview.serverFills.length, preview.serverFills.slice(0, LISTED).map(({ pointer, value }) => h("li", {}, place(pointer), ` — ${String(value)}`))),
    );
  }
}
