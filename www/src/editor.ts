// One payload being edited: the live form, the views that show it now, and which messages may be shown yet. It keeps
// no copy of the draft and decides no rule: whatever is valid, required or relevant is asked of the form.
import type { Changes, Form, Issue, Options, Payload } from "portform";
import type { Control } from "portform/worker";
import type { Block } from "./cells";
import { buildTree, nodeAt, prefixes, trail, type Tree } from "./tree";

export type AnyPayload = Payload<unknown, unknown>;

/** Something on the screen that shows the value at one pointer. */
export interface View {
  readonly element: HTMLElement;
  refresh(): void;
  focus(): void;
  /** Brings the view of a pointer below this one onto the screen: pages to it, unfolds it. */
  open?(pointer: string): void;
}

/** What one undo takes back: so many edits of the form; open while a person goes on typing in the same field. */
interface Step {
  readonly pointer: string | undefined;
  edits: number;
  open: boolean;
}

/** So many rows are pasted between two frames. */
const slice = 1_000;

type Origin = { readonly kind: "set" | "rows" | "whole"; readonly pointer: string };

export class Editor {
  readonly views = new Map<string, View>();
  /** Which page of a list is shown and which items are unfolded, by stable identity. */
  readonly pages = new Map<string, number>();
  readonly unfolded = new Map<string, boolean>();
  readonly readOnly: boolean;
  tree: Tree;
  readonly form: Form<unknown>;
  /** Every message is shown: a whole document was loaded, or submitting was tried. */
  revealed: boolean;
  private readonly touched = new Set<string>();
  private readonly past: Step[] = [];
  private readonly future: Step[] = [];
  private silent = false;
  private origin: Origin | undefined;
  private unrecorded: { readonly pointer: string | undefined } | undefined;
  private readonly unsubscribe: () => void;

  constructor(
    readonly payload: AnyPayload,
    draft: unknown,
    public options: Options,
    revealed: boolean,
    private readonly changed: () => void,
  ) {
    this.readOnly = payload.direction === "inbound";
    this.revealed = revealed;
    this.form = payload.form(draft, options);
    this.tree = buildTree(payload.fields(options));
    this.unsubscribe = this.form.subscribe((changes) => this.apply(changes));
  }

  dispose(): void {
    this.unsubscribe();
    this.form.free();
    this.views.clear();
  }

  set(pointer: string, value: unknown): void {
    this.edit({ kind: "set", pointer }, () => this.form.set(pointer, value), pointer);
  }

  insert(list: string, index: number): void {
    this.edit({ kind: "rows", pointer: list }, () => this.form.insert(list, index));
  }

  remove(list: string, index: number): void {
    this.edit({ kind: "rows", pointer: list }, () => this.form.remove(list, index));
  }

  move(list: string, from: number, to: number): void {
    this.edit({ kind: "rows", pointer: list }, () => this.form.move(list, from, to));
  }

  /** A block from a spreadsheet: one edit, and its cells have been visited. */
  paste({ list, index, rows, columns }: Block): void {
    this.edit({ kind: "whole", pointer: "" }, () => this.form.paste(list, index, rows, columns));
    for (let row = 0; row < rows.length && !this.revealed; row += 1)
      for (const column of columns) this.touched.add(this.identity(`${list}/${index + row}${column === "" ? "" : `/${column}`}`));
    this.refreshAll();
  }

  /** A block of many rows, slice by slice, so that the page goes on meanwhile; one step all the same, and none when it is stopped. */
  async pasteLong({ list, index, rows, columns }: Block, { signal, onProgress }: Control): Promise<true> {
    const step: Step = { pointer: undefined, edits: 0, open: false };
    this.silent = true;
    try {
      for (let from = 0; from < rows.length; from += slice) {
        const { version } = this.form;
        this.form.paste(list, index + from, rows.slice(from, from + slice), columns);
        if (this.form.version !== version) {
          step.edits += 1;
          this.future.length = 0;
        }
        onProgress?.({ phase: "reading", done: Math.min(rows.length, from + slice), total: rows.length });
        await new Promise((next) => setTimeout(next));
        signal?.throwIfAborted();
      }
      if (step.edits > 0) this.past.push(step);
      // Nobody has been at each of so many fields, and all of them are meant.
      this.revealed = true;
    } catch (error) {
      for (; step.edits > 0; step.edits -= 1) this.form.undo();
      throw error;
    } finally {
      this.silent = false;
      this.refreshAll();
      this.changed();
    }
    return true;
  }

  replace(draft: unknown, revealed: boolean): void {
    this.revealed = revealed;
    this.touched.clear();
    this.pages.clear();
    this.unfolded.clear();
    this.edit({ kind: "whole", pointer: "" }, () => this.form.replace(draft));
  }

  undo(): boolean {
    return this.step(this.past, this.future, () => this.form.undo());
  }

  redo(): boolean {
    return this.step(this.future, this.past, () => this.form.redo());
  }

  /** What was typed into one field in one go is one step, although every keystroke is an edit of the form. */
  private step(from: Step[], to: Step[], action: () => unknown): boolean {
    const step = from.pop();
    if (step === undefined) return false;
    to.push({ ...step, open: false });
    this.silent = true;
    try {
      for (let edit = 0; edit < step.edits && action() !== undefined; edit += 1);
    } finally {
      this.silent = false;
    }
    this.refreshAll();
    this.changed();
    return true;
  }

  private record(pointer?: string): void {
    const last = this.past.at(-1);
    this.future.length = 0;
    if (pointer !== undefined && last?.open && last.pointer === pointer) last.edits += 1;
    else this.past.push({ pointer, edits: 1, open: pointer !== undefined });
  }

  explain(answer: { status: number; body: unknown }): void {
    this.change({ kind: "whole", pointer: "" }, () => this.form.explain(answer));
  }

  /** New labels and messages; the caller draws the fields anew. */
  setOptions(options: Options): void {
    this.options = options;
    this.tree = buildTree(this.payload.fields(options));
    this.change({ kind: "whole", pointer: "" }, () => this.form.setOptions(options));
  }

  /** Every message may be shown from now on. */
  reveal(): void {
    this.revealed = true;
    this.refreshAll();
    this.changed();
  }

  /** The person has been at this field: its messages may be shown. */
  touch(pointer: string): void {
    const last = this.past.at(-1);
    if (last) last.open = false;
    const identity = this.identity(pointer);
    if (this.revealed || this.touched.has(identity)) return;
    this.touched.add(identity);
    this.refresh(prefixes(pointer));
    this.changed();
  }

  /** A draft that was kept over a reload: what is filled in has been visited. */
  touchFilled(): void {
    const visit = (value: unknown, pointer: string): void => {
      if (typeof value !== "object" || value === null) {
        if (!isBlank(value)) this.touched.add(this.identity(pointer));
        return;
      }
      for (const [key, part] of Object.entries(value)) {
        const child = `${pointer}/${key}`;
        if (nodeAt(this.tree, child) || Array.isArray(value)) visit(part, child);
      }
    };
    if (!this.revealed) visit(this.form.value(), "");
  }

  /** The issues at one pointer that may be shown. */
  issuesAt(pointer: string): readonly Issue[] {
    const issues = this.form.state(pointer).issues;
    return issues.filter((issue) => this.mayShow(issue));
  }

  /** The issues of one severity that may be shown, and how many there are in all. */
  shown(severity: "error" | "warning", limit: number): { issues: readonly Issue[]; total: number } {
    const summary = this.form.summary();
    const all = severity === "error" ? summary.errors : summary.warnings;
    if (this.revealed) return { issues: this.form.issues({ severity, limit }), total: all };
    // Before that, only what was touched counts, and a form typed by hand is small.
    const issues = this.form.issues({ severity, limit: 1000 }).filter((issue) => this.mayShow(issue));
    return { issues: issues.slice(0, limit), total: issues.length };
  }

  /** Nobody is told what is missing from a field that they have not come to yet. */
  mayShow(issue: Issue): boolean {
    if (this.revealed || issue.severity === "note" || issue.code === "refused") return true;
    if (issue.pointer === "") return this.touched.size > 0;
    if (nodeAt(this.tree, issue.pointer) === undefined && !/\/\d+$/.test(issue.pointer)) return true;
    return this.touched.has(this.identity(issue.pointer));
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
      const inList = /^\/\d+$/.test(segment) && nodeAt(this.tree, prefix.slice(0, prefix.lastIndexOf("/")))?.item;
      identity += inList ? `/#${this.keyOf(prefix)}` : segment;
    }
    return identity;
  }

  private keyOf(pointer: string): number | string {
    const at = pointer.lastIndexOf("/");
    const index = Number(pointer.slice(at + 1));
    // A lone object that stands where a list is meant has no items of its own.
    return index < this.form.length(pointer.slice(0, at)) ? this.form.key(pointer) : `at${index}`;
  }

  /** An edit by the person; one that changes nothing is no step. */
  private edit(origin: Origin, action: () => unknown, pointer?: string): void {
    this.unrecorded = { pointer };
    try {
      this.change(origin, action);
    } finally {
      this.unrecorded = undefined;
    }
  }

  private change<T>(origin: Origin, action: () => T): T {
    this.origin = origin;
    try {
      return action();
    } finally {
      this.origin = undefined;
    }
  }

  private apply(changes: Changes): void {
    if (this.unrecorded) this.record(this.unrecorded.pointer);
    this.unrecorded = undefined;
    if (this.silent) return;
    const origin = this.origin ?? { kind: "whole", pointer: "" };
    if (origin.kind === "set") this.revealConsequences(changes, origin.pointer);
    if (origin.kind === "whole" || changes.shifted.length > 0) {
      this.refreshAll();
    } else {
      const affected = new Set(prefixes(origin.pointer));
      for (const { pointer } of [...changes.added, ...changes.removed, ...changes.states])
        for (const prefix of prefixes(pointer)) affected.add(prefix);
      this.refresh(affected);
    }
    this.changed();
  }

  /** What an edit asks of *other* fields is shown at once; a field that merely is still empty is not held against anyone. */
  private revealConsequences(changes: Changes, edited: string): void {
    for (const issue of changes.added) {
      if (issue.severity === "note" || issue.code === "required") continue;
      if (issue.code === "expected" && issue.params["when"] === undefined) continue;
      if (issue.pointer === edited || issue.pointer.startsWith(`${edited}/`)) continue;
      this.touched.add(this.identity(issue.pointer));
    }
  }

  private refresh(pointers: Iterable<string>): void {
    for (const pointer of [...pointers].sort((a, b) => a.length - b.length)) this.views.get(pointer)?.refresh();
  }

  private refreshAll(): void {
    this.refresh(this.views.keys());
  }
}

/** Whether anything has been entered at all. */
export function isBlank(value: unknown, depth = 0): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (typeof value !== "object" || depth > 32) return false;
  return Object.values(value).every((part) => isBlank(part, depth + 1));
}
