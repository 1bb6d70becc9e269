// <portform-import for="…" list="/results">: a file or a pasted block becomes rows of a form's list. It shows which sheet and header were
// taken, where each column goes and which values were not understood, lets the person put that right, and fills the list in one step
// of undo. What a sheet means is decided by portform/table, what is valid by the form.
import type { Table, TableColumn, TableOptions, TableSource, TableValue } from "../table/types.js";
import { fill, h, icon, spoken } from "./dom.js";
import type { PortformForm } from "./form-element.js";
import type { Screen } from "./screen.js";
import { adopt } from "./styles.js";
import { nodeAt, type FieldNode } from "./tree.js";

const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** Values that were not understood, and places that are skipped: so many of each are listed. */
const LISTED = 100;
const SAMPLES = 3;

type Reader = (source: TableSource, options: TableOptions) => Promise<Table>;

export class PortformImport extends Base {
  static readonly observedAttributes = ["for", "list"];
  static reader: () => Promise<Reader>;

  readonly #root: ShadowRoot;
  readonly #open = h("button", { type: "button", class: "quiet", part: "button", onclick: () => this.open() });
  readonly #dialog = h("dialog", { class: "import", part: "import", "aria-labelledby": "import-title" });
  readonly #live = h("p", { class: "spoken", role: "status" });
  #leave: (() => void) | undefined;
  #screen: Screen | undefined;
  #source: TableSource | undefined;
  #table: Table | undefined;
  #at: "end" | "replace" = "end";
  #work: AbortController | undefined;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    adopt(this.#root);
    this.#root.append(this.#open, this.#dialog, this.#live);
    this.#dialog.addEventListener("close", () => {
      this.#work?.abort();
      this.#table = undefined;
      this.#source = undefined;
      this.#open.focus();
    });
    this.#dialog.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text") ?? "";
      if (this.#table !== undefined || text === "") return;
      event.preventDefault();
      void this.#read(text);
    });
    this.#dialog.addEventListener("dragover", (event) => event.preventDefault());
    this.#dialog.addEventListener("drop", (event) => {
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) void this.#read(file);
    });
  }

  connectedCallback(): void {
    const form = this.#form();
    if (form === undefined) {
      // It may come, or be made an element, later.
      if (this.getAttribute("for") !== null) void customElements.whenDefined("portform-form").then(() => queueMicrotask(() => this.isConnected && this.#leave === undefined && this.#form() !== undefined && this.connectedCallback()));
      return;
    }
    this.#leave = form.accompany({
      summary: false,
      update: (screen) => {
        const other = this.#screen?.words !== screen.words;
        this.#screen = screen;
        if (other) this.#open.textContent = screen.words.importOpen;
        this.#open.hidden = screen.readOnly || nodeAt(screen.tree, this.list)?.item === undefined;
      },
    });
  }

  disconnectedCallback(): void {
    this.#leave?.();
    this.#leave = undefined;
    this.#work?.abort();
  }

  attributeChangedCallback(): void {
    if (!this.isConnected) return;
    this.disconnectedCallback();
    this.connectedCallback();
  }

  get htmlFor(): string {
    return this.getAttribute("for") ?? "";
  }
  set htmlFor(id: string) {
    this.setAttribute("for", id);
  }

  /** The pointer of the list. */
  get list(): string {
    return this.getAttribute("list") ?? "";
  }
  set list(pointer: string) {
    this.setAttribute("list", pointer);
  }

  /** Opens the dialog; with a file, reads it at once. */
  open(source?: TableSource): void {
    if (this.#screen === undefined || this.#dialog.open) return;
    this.#drawChoice();
    this.#dialog.showModal();
    if (source !== undefined) void this.#read(source);
  }

  #form(): PortformForm | undefined {
    const root = this.getRootNode();
    const found = root instanceof Document || root instanceof ShadowRoot ? root.getElementById(this.htmlFor) : null;
    return found !== null && "accompany" in found ? (found as PortformForm) : undefined;
  }

  #say(text: string): void {
    this.#live.textContent = text;
  }

  /** The first step: a file, or a block pasted or dropped. */
  #drawChoice(problem?: string): void {
    const { words } = this.#screen as Screen;
    const file = h("input", {
      type: "file",
      id: "import-file",
      accept: ".xlsx,.xls,.ods,.csv,.tsv,.txt",
      onchange: () => {
        const [chosen] = file.files ?? [];
        if (chosen !== undefined) void this.#read(chosen);
      },
    });
    fill(
      this.#dialog,
      h("h2", { id: "import-title" }, words.importTitle),
      problem === undefined ? null : h("p", { class: "issue error", role: "alert" }, icon("error"), h("span", { class: "issue-text" }, problem)),
      h("label", { class: "label", for: file.id }, words.importFile),
      file,
      h("label", { class: "label", for: "import-text" }, words.importPaste),
      h("textarea", { id: "import-text", rows: 3, autocomplete: "off" }),
      h("div", { class: "actions" }, this.#cancel(words.importClose)),
    );
  }

  #cancel(word: string): HTMLElement {
    return h("button", { type: "button", class: "quiet", part: "button", onclick: () => this.#dialog.close() }, word);
  }

  /** Work that takes a while: it can be given up, and says how far it is. */
  async #busy<T>(word: string, work: (signal: AbortSignal, told: (done: number, total: number) => void) => Promise<T>): Promise<T | undefined> {
    const { words } = this.#screen as Screen;
    const controller = (this.#work = new AbortController());
    const bar = h("progress", { max: 1, "aria-label": word });
    fill(
      this.#dialog,
      h("h2", { id: "import-title" }, words.importTitle),
      h("p", {}, word),
      bar,
      h("div", { class: "actions" }, h("button", { type: "button", class: "quiet", part: "button", autofocus: true, onclick: () => controller.abort() }, words.cancel)),
    );
    this.#dialog.querySelector("button")?.focus();
    try {
      return await work(controller.signal, (done, total) => {
        bar.value = total === 0 ? 1 : done / total;
      });
    } catch (error) {
      if (!this.#dialog.open) return undefined;
      this.#drawChoice(controller.signal.aborted ? words.importStopped : error instanceof Error ? error.message : String(error));
      this.#dialog.querySelector("input")?.focus();
      return undefined;
    } finally {
      this.#work = undefined;
    }
  }

  async #read(source: TableSource, how: Pick<TableOptions, "sheet" | "header"> = {}): Promise<void> {
    const form = this.#form();
    const { words, locale } = this.#screen as Screen;
    const payload = form?.opened;
    if (payload === undefined) return;
    const table = await this.#busy(words.importReading, async (signal) => (await PortformImport.reader())(source, { payload, list: this.list, locale, signal, ...how }));
    if (table === undefined) return;
    this.#source = source;
    this.#table = table;
    this.#draw();
    this.#dialog.querySelector<HTMLElement>("h2")?.focus();
  }

  /** The second step: what was understood, and what the person puts right. */
  #draw(): void {
    const screen = this.#screen as Screen;
    const table = this.#table as Table;
    const { words } = screen;
    fill(
      this.#dialog,
      h("h2", { id: "import-title", tabindex: -1 }, words.importTitle),
      h("p", {}, `${words.importRows}: ${screen.count(table.length)}`, table.encoding === undefined ? null : ` · ${words.importEncoding}: ${table.encoding}`),
      this.#sheetChoice(table),
      this.#columns(screen, table),
      this.#values(screen, table),
      this.#skipped(screen, table),
      this.#place(screen),
      h(
        "div",
        { class: "actions" },
        h("button", { type: "button", class: "primary", part: "button", disabled: table.length === 0, onclick: () => void this.#apply() }, words.importApply),
        this.#cancel(words.importClose),
      ),
    );
  }

  /** Draws the second step anew; the focus stays on the control with the same id. */
  #redraw(): void {
    const focused = this.#root.activeElement?.id;
    this.#draw();
    if (focused !== undefined && focused !== "") this.#root.getElementById(focused)?.focus();
  }

  #sheetChoice(table: Table): HTMLElement | null {
    if (table.sheets.length < 2) return null;
    const { words } = this.#screen as Screen;
    const select = h(
      "select",
      { id: "import-sheet", onchange: () => this.#source !== undefined && void this.#read(this.#source, { sheet: select.value }) },
      ...table.sheets.map(({ name, chosen, hidden }) => h("option", { value: name, selected: chosen }, hidden ? `${name} (${words.importHidden})` : name)),
    );
    return h("p", {}, h("label", { class: "label", for: select.id }, `${words.importSheet} `), select);
  }

  #columns(screen: Screen, table: Table): HTMLElement {
    const { words } = screen;
    const targets = leaves(nodeAt(screen.tree, this.list)?.item?.children ?? [], `${this.list}/*`);
    const choice = (column: TableColumn): HTMLElement => {
      const select = h(
        "select",
        {
          id: `import-column-${column.index}`,
          "aria-label": `${words.importGoesTo}: ${column.header || column.index + 1}`,
          onchange: () => {
            table.assign(column.index, select.value === "" ? undefined : select.value);
            this.#redraw();
          },
        },
        h("option", { value: "" }, words.importNowhere),
        ...targets.map(({ pointer, label }) => h("option", { value: pointer, selected: pointer === column.pointer }, label)),
      );
      return select;
    };
    return h(
      "div",
      { class: "import-scroll", tabindex: 0, role: "region", "aria-label": words.importColumns },
      h(
        "table",
        {},
        h("caption", {}, words.importColumns),
        h("thead", {}, h("tr", {}, ...[words.importHeader, words.importSamples, words.importGoesTo].map((word) => h("th", { scope: "col" }, word)))),
        h(
          "tbody",
          {},
          ...table.columns.map((column) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, column.header || String(column.index + 1)),
              h("td", {}, column.samples.slice(0, SAMPLES).join(" · ")),
              h("td", {}, choice(column), column.pointer !== undefined && column.by === "likeness" ? h("span", { class: "badge warning" }, icon("warning"), words.importUnsure) : null),
            ),
          ),
        ),
      ),
    );
  }

  /** Values that no field can read: each is said once, whatever number of rows have it. */
  #values(screen: Screen, table: Table): HTMLElement | null {
    const { words } = screen;
    const { values } = table;
    if (values.length === 0) return null;
    const row = (value: TableValue, at: number): HTMLElement => {
      const info = nodeAt(screen.tree, value.pointer)?.info;
      const options = info?.type === "boolean" ? [["true", words.yes], ["false", words.no]] : (info?.options ?? []).map((option) => [option.value, option.label]);
      const give = (text: string): void => {
        table.assignValue(value.column, value.text, text === "" ? null : info?.type === "boolean" ? text === "true" : text);
        this.#redraw();
      };
      const id = `import-value-${at}`;
      const about = `${value.text} (${info?.label ?? ""})`;
      const proposed = value.proposal === undefined ? "" : String(value.proposal);
      const control =
        options.length > 0
          ? h("select", { id, "aria-label": about, onchange: (event: Event) => give((event.target as HTMLSelectElement).value) }, h("option", { value: "" }, words.unset), ...options.map(([key = "", label = ""]) => h("option", { value: key, selected: value.assigned && key === proposed }, label)))
          : h("input", { id, type: "text", "aria-label": about, value: proposed, onchange: (event: Event) => give((event.target as HTMLInputElement).value) });
      const take = value.proposal === undefined ? null : h("button", { type: "button", class: "link", onclick: () => give(proposed) }, `${words.importPropose}: ${options.find(([key]) => key === proposed)?.[1] ?? proposed}`, spoken(`, ${about}`));
      return h("tr", {}, h("th", { scope: "row" }, value.text), h("td", {}, info?.label ?? ""), h("td", {}, screen.count(value.count)), h("td", {}, control, take));
    };
    return h(
      "div",
      { class: "import-scroll", tabindex: 0, role: "region", "aria-label": words.importValues },
      h(
        "table",
        {},
        h("caption", {}, `${words.importValues}: ${screen.count(values.length)}`),
        h("thead", {}, h("tr", {}, ...[words.importValue, words.importField, words.items, words.importMeans].map((word) => h("th", { scope: "col" }, word)))),
        h("tbody", {}, ...values.slice(0, LISTED).map(row)),
      ),
    );
  }

  #skipped(screen: Screen, table: Table): HTMLElement | null {
    const { words } = screen;
    const { skipped } = table;
    if (skipped.length === 0) return null;
    const place = ({ row, to, column }: (typeof skipped)[number]): string => {
      const rows = row === undefined ? "" : `${words.item} ${row}${to === undefined || to === row ? "" : `–${to}`}: `;
      return column === undefined || row !== undefined ? rows : `${table.columns[column]?.header || String(column + 1)}: `;
    };
    return h(
      "details",
      { class: "exact" },
      h("summary", {}, `${words.importSkipped}: ${screen.count(skipped.length)}`),
      h(
        "ul",
        { class: "summary-list" },
        ...skipped.slice(0, LISTED).map((one) => h("li", {}, place(one), one.message, one.text === undefined ? null : h("span", { class: "muted" }, ` ${one.text.slice(0, 120)}`))),
        ...(skipped.length > LISTED ? [h("li", { class: "muted" }, `${words.andMore}: ${screen.count(skipped.length - LISTED)}`)] : []),
      ),
    );
  }

  #place(screen: Screen): HTMLElement | null {
    const { words } = screen;
    if (screen.form.length(this.list) === 0) return null;
    const radio = (at: "end" | "replace", word: string): HTMLElement =>
      h("label", { class: "import-at" }, h("input", { type: "radio", name: "import-at", id: `import-${at}`, value: at, checked: this.#at === at, onchange: () => (this.#at = at) }), ` ${word}`);
    return h("fieldset", { class: "import-place" }, h("legend", {}, words.importAt), radio("end", words.importEnd), radio("replace", words.importReplace));
  }

  async #apply(): Promise<void> {
    const screen = this.#screen as Screen;
    const table = this.#table as Table;
    const at = screen.form.length(this.list) === 0 ? "end" : this.#at;
    const from = at === "end" ? screen.form.length(this.list) : 0;
    const changes = await this.#busy(screen.words.importApplying, (signal, told) => table.apply(screen.form, { at, signal, onProgress: ({ done, total }) => told(done, total) }));
    if (changes === undefined) return;
    this.#dialog.close();
    screen.reveal();
    this.#say(`${screen.words.rowsPasted}: ${screen.count(table.length)}`);
    screen.focus(`${this.list}/${from}`);
    this.dispatchEvent(new CustomEvent("portform-imported", { detail: changes, bubbles: true, composed: true }));
  }
}

/** The single values of an item, also inside its objects: where a column may go. */
function leaves(nodes: readonly FieldNode[], under: string, before = ""): { pointer: string; label: string }[] {
  return nodes.flatMap((node) => {
    const pointer = `${under}/${node.info.name}`;
    const label = before + node.info.label;
    if (node.item !== undefined) return [];
    return node.children.length > 0 ? leaves(node.children, pointer, `${label} › `) : [{ pointer, label }];
  });
}
