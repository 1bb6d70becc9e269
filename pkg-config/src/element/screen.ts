// What a form needs on a screen, whatever draws it: the views that show it now, which messages may be shown yet, the order of what is
// wrong, and where the focus goes. It keeps no copy of the draft and decides no rule: whatever is valid, required or relevant is
// asked of the form.
import type { Changes, Context, FieldInfo, Form, Issue, Locale } from "../types.js";
import { buildTree, nodeAt, parentOf, prefixes, trail, type Tree } from "./tree.js";
import { counted, wordsOf, type Words } from "./words/index.js";
import type { Block } from "./block.js";

/** Something on the screen that shows the value at one pointer. */
export interface View {
  readonly element: HTMLElement;
  refresh(): void;
  focus(): void;
  /** Brings the view of a pointer below this one onto the screen: pages to it, unfolds it. */
  open?(pointer: string): void;
}

type Origin = { readonly kind: "set" | "rows" | "whole"; readonly pointer: string };

/** So many warnings and errors are looked through for those that may be shown, before everything may. */
const LOOKED_AT = 1_000;
/** Letters of an outgoing body. */
const LONG_BODY = 50_000;

export class Screen {
  readonly views = new Map<string, View>();
  /** Which page of a list is shown and which items are unfolded, by stable identity. */
  readonly pages = new Map<string, number>();
  readonly unfolded = new Map<string, boolean>();
  readonly form: Form<unknown>;
  readonly readOnly: boolean;
  /** Says something to screen readers. */
  readonly announce: (text: string) => void;
  locale: Locale;
  words: Words;
  tree: Tree;
  /** Every message is shown: a whole document was loaded, or submitting was tried. */
  revealed = false;
  /** The lists that fields refer to. */
  context: Context | undefined;
  readonly #changed: (changes: Changes | undefined) => void;
  /** Fields whose messages may be shown, and fields that were edited since they were last left; by stable identity. */
  readonly #touched = new Set<string>();
  readonly #edited = new Set<string>();
  #origin: Origin | undefined;
  #sent: { readonly version: number; readonly long: boolean; readonly body: unknown } | undefined;
  readonly #unsubscribe: () => void;

  constructor(
    form: Form<unknown>,
    fields: readonly FieldInfo[],
    { locale, readOnly, announce, changed }: { locale: Locale; readOnly: boolean; announce: (text: string) => void; changed: (changes: Changes | undefined) => void },
  ) {
    this.form = form;
    this.tree = buildTree(fields);
    this.locale = locale;
    this.words = wordsOf(locale);
    this.readOnly = readOnly;
    this.announce = announce;
    this.#changed = changed;
    this.#unsubscribe = form.subscribe((changes) => this.#apply(changes));
  }

  /** The form stays; nothing here hears of it any more. */
  leave(): void {
    this.#unsubscribe();
    this.views.clear();
  }

  count(value: number): string {
    return counted(value, this.locale);
  }

  /** What a control has now: a keystroke more of the same field belongs to the same step of undo. */
  type(pointer: string, value: unknown): void {
    this.#edited.add(this.identity(pointer));
    this.#from({ kind: "set", pointer }, () => this.form.set(pointer, value, { typing: true }));
  }

  /** A choice, a date picked, a section cleared: a step of its own. */
  set(pointer: string, value: unknown): void {
    this.#edited.add(this.identity(pointer));
    this.#from({ kind: "set", pointer }, () => this.form.set(pointer, value));
  }

  insert(list: string, index: number): void {
    this.#from({ kind: "rows", pointer: list }, () => this.form.insert(list, index));
  }

  remove(list: string, index: number): void {
    this.#from({ kind: "rows", pointer: list }, () => this.form.remove(list, index));
  }

  move(list: string, from: number, to: number): void {
    this.#from({ kind: "rows", pointer: list }, () => this.form.move(list, from, to));
  }

  /** A block from a spreadsheet: one edit, and its cells have been visited. */
  paste({ list, index, rows, columns }: Block): void {
    if (!this.revealed && rows.length > LOOKED_AT) this.revealed = true;
    this.#from({ kind: "whole", pointer: "" }, () => this.form.paste(list, index, rows, columns));
    for (let row = 0; row < rows.length && !this.revealed; row += 1)
      for (const column of columns) this.#touched.add(this.identity(`${list}/${index + row}${column === "" ? "" : `/${column}`}`));
    this.refreshAll();
  }

  replace(draft: unknown, revealed: boolean): void {
    this.revealed = revealed;
    this.#sent = undefined;
    this.#touched.clear();
    this.pages.clear();
    this.unfolded.clear();
    this.#from({ kind: "whole", pointer: "" }, () => this.form.replace(draft));
  }

  undo(): boolean {
    return this.form.undo() !== undefined;
  }

  redo(): boolean {
    return this.form.redo() !== undefined;
  }

  /** The form speaks another language now; the caller draws the fields anew. */
  speak(locale: Locale, fields: readonly FieldInfo[]): void {
    this.locale = locale;
    this.words = wordsOf(locale);
    this.tree = buildTree(fields);
  }

  /** Every message may be shown from now on. */
  reveal(): void {
    if (this.revealed) return;
    this.revealed = true;
    this.refreshAll();
    this.#changed(undefined);
  }

  /** The person leaves a field: what was edited may have its messages now; who only passed by is told nothing. */
  left(pointer: string): void {
    if (this.#edited.delete(this.identity(pointer))) this.touch(pointer);
  }

  /** The messages of this field may be shown. */
  touch(pointer: string): void {
    const identity = this.identity(pointer);
    if (this.revealed || this.#touched.has(identity)) return;
    this.#touched.add(identity);
    this.#refresh(prefixes(pointer));
    this.#changed(undefined);
  }

  /** A draft that was kept over a reload: what is filled in has been visited. */
  touchFilled(): void {
    const visit = (value: unknown, pointer: string): void => {
      if (typeof value !== "object" || value === null) {
        if (!isBlank(value)) this.#touched.add(this.identity(pointer));
        return;
      }
      for (const [key, part] of Object.entries(value)) {
        const child = `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
        if (nodeAt(this.tree, child) || Array.isArray(value)) visit(part, child);
      }
    };
    if (!this.revealed) visit(this.form.value(), "");
  }

  /** The issues at one pointer that may be shown. */
  issuesAt(pointer: string): readonly Issue[] {
    return this.form.state(pointer).issues.filter((issue) => this.mayShow(issue));
  }

  /** The issues of one severity that may be shown, in the order of the form, and how many there are in all. */
  shown(severity: "error" | "warning", limit: number): { issues: readonly Issue[]; total: number } {
    const { errors, warnings } = this.form.summary();
    if (this.revealed) return { issues: this.form.issues({ severity, limit }), total: severity === "error" ? errors : warnings };
    // Before that, only what was touched counts, and a form typed by hand is small.
    const issues = this.form.issues({ severity, limit: LOOKED_AT }).filter((issue) => this.mayShow(issue));
    return { issues: issues.slice(0, limit), total: issues.length };
  }

  /** Nobody is told what is missing from a field that they have not come to yet. */
  mayShow(issue: Issue): boolean {
    if (this.revealed || issue.severity === "note" || issue.code === "refused") return true;
    if (issue.pointer === "") return this.#touched.size > 0;
    if (nodeAt(this.tree, issue.pointer) === undefined && !/\/\d+$/.test(issue.pointer)) return true;
    return this.#touched.has(this.identity(issue.pointer));
  }

  /** What will be sent for a value where that is another text than what was typed; nothing of a body that is long. */
  sentInstead(pointer: string, value: unknown): string | undefined {
    if (this.readOnly || value === undefined || value === null || typeof value === "object") return undefined;
    const sent = pointer.split("/").slice(1).reduce<unknown>((at, key) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined), this.#body());
    if (sent === undefined || sent === null || typeof sent === "object") return undefined;
    const text = String(sent);
    return text === String(value).trim() || text.length > 80 ? undefined : text;
  }

  label(pointer: string): string {
    return trail(this.tree, pointer);
  }

  /** Puts the focus on the field, or on what is nearest above it. */
  focus(pointer: string): void {
    let nearest: View | undefined;
    for (const prefix of prefixes(pointer)) {
      nearest?.open?.(prefix);
      nearest = this.views.get(prefix) ?? nearest;
    }
    nearest?.focus();
  }

  /** Forgets the views below a pointer, which are about to be drawn anew. */
  unmount(pointer: string): void {
    for (const mounted of [...this.views.keys()]) if (mounted.startsWith(`${pointer}/`)) this.views.delete(mounted);
  }

  /** A name for the place that stays with a list item while it moves. */
  identity(pointer: string): string {
    let identity = "";
    for (const prefix of prefixes(pointer)) {
      const segment = prefix.slice(prefix.lastIndexOf("/"));
      const inList = /^\/\d+$/.test(segment) && nodeAt(this.tree, parentOf(prefix))?.item;
      identity += inList ? `/#${this.#keyOf(prefix)}` : segment;
    }
    return identity;
  }

  refreshAll(): void {
    this.#refresh(this.views.keys());
  }

  /** The outgoing body as a value. */
  #body(): unknown {
    const { version } = this.form;
    if (this.#sent?.version === version) return this.#sent.body;
    // Reading a long body out after each keystroke would be felt.
    if (this.#sent?.long === true) return undefined;
    const { body } = this.form.preview();
    const long = body.length > LONG_BODY;
    this.#sent = { version, long, body: long || body === "" ? undefined : (JSON.parse(body) as unknown) };
    return this.#sent.body;
  }

  #keyOf(pointer: string): number | string {
    const list = parentOf(pointer);
    const index = Number(pointer.slice(list.length + 1));
    // A lone object that stands where a list is meant has no items of its own.
    return index < this.form.length(list) ? this.form.key(pointer) : `at${index}`;
  }

  #from(origin: Origin, action: () => unknown): void {
    this.#origin = origin;
    try {
      action();
    } finally {
      this.#origin = undefined;
    }
  }

  #apply(changes: Changes): void {
    const origin = this.#origin ?? { kind: "whole", pointer: "" };
    if (origin.kind === "set") this.#revealConsequences(changes, origin.pointer);
    if (origin.kind === "whole" || changes.shifted.length > 0) this.refreshAll();
    else {
      const affected = new Set(prefixes(origin.pointer));
      for (const { pointer } of [...changes.added, ...changes.removed, ...changes.states]) for (const prefix of prefixes(pointer)) affected.add(prefix);
      this.#refresh(affected);
      for (const [pointer, view] of this.views) if (pointer.startsWith(`${origin.pointer}/`)) view.refresh();
    }
    this.#changed(changes);
  }

  /** What an edit asks of *other* fields is shown at once; a field that merely is still empty is not held against anyone. */
  #revealConsequences(changes: Changes, edited: string): void {
    for (const issue of changes.added) {
      if (issue.severity === "note" || issue.code === "required") continue;
      if (issue.code === "expected" && issue.params["when"] === undefined) continue;
      if (issue.pointer === edited || issue.pointer.startsWith(`${edited}/`)) continue;
      this.#touched.add(this.identity(issue.pointer));
    }
  }

  #refresh(pointers: Iterable<string>): void {
    for (const pointer of [...pointers].sort((a, b) => a.length - b.length)) this.views.get(pointer)?.refresh();
  }
}

/** Whether anything has been entered at all. */
export function isBlank(value: unknown, depth = 0): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (typeof value !== "object" || depth > 32) return false;
  return Object.values(value).every((part) => isBlank(part, depth + 1));
}
