// A list: one page of its items at a time, so that ten thousand rows cost what ten cost. Items unfold on demand, move
// and go by buttons that the keyboard reaches; the focus stays where the person was working.
import { announce, fill, h, icon, spoken } from "../dom";
import type { Editor, View } from "../editor";
import { number, t } from "../texts";
import type { FieldNode, ItemNode } from "../tree";
import { asWords } from "./controls";
import { fieldView, groupFrame } from "./group";
import { badges, showIssues } from "./issues";
import { leafView } from "./leaf";

const pageSize = 10;
/** Lists up to this long show all their items unfolded. */
const unfoldedUpTo = 3;

export function listView(editor: Editor, node: FieldNode, item: ItemNode, pointer: string): View {
  // Asked for its length only: reading a long list out would cost more than everything else on the page.
  const frame = groupFrame(editor, node, pointer, () => length() === 0);
  const identity = editor.identity(pointer);
  const columns = item.children.filter((child) => child.children.length === 0 && !child.item).length;
  const scalar = item.info !== undefined && item.children.length === 0;
  const rows = h("ol", { class: scalar ? "items scalars" : "items" });
  const addButton = h("button", { type: "button", class: "add", onclick: () => add() }, icon("add"), t("add"), spoken(`: ${node.info.label}`));
  const pager = h("nav", { class: "pager", "aria-label": `${node.info.label}: ${t("page")}` });
  frame.body.append(rows, pager);
  if (!editor.readOnly) frame.body.append(h("div", { class: "list-end" }, addButton, columns > 2 && h("span", { class: "hint" }, t("pasteRows").replace("{field}", firstColumn()))));
  let drawn = "";
  let paged = "";

  /** Where rows are pasted: the first column that every row must have. */
  function firstColumn(): string {
    const cells = item.children.filter((child) => child.children.length === 0 && !child.item);
    return (cells.find((child) => child.info.required === "always") ?? cells[0])?.info.label ?? "";
  }

  const length = (): number => editor.form.length(pointer);
  const pages = (): number => Math.max(1, Math.ceil(length() / pageSize));
  const page = (): number => Math.min(editor.pages.get(identity) ?? 0, pages() - 1);

  function goto(next: number): void {
    editor.pages.set(identity, Math.max(0, Math.min(next, pages() - 1)));
    refresh();
  }

  function add(): void {
    const index = length();
    editor.insert(pointer, index);
    editor.unfolded.set(editor.identity(`${pointer}/${index}`), true);
    drawn = "";
    goto(Math.floor(index / pageSize));
    announce(t("added"));
    firstControl(`${pointer}/${index}`);
  }

  function remove(index: number): void {
    editor.remove(pointer, index);
    announce(t("removed"));
    const rest = length();
    if (rest === 0) addButton.focus();
    else focusTool(Math.min(index, rest - 1), "remove");
  }

  function move(from: number, to: number, tool: string): void {
    if (to < 0 || to >= length()) return;
    editor.move(pointer, from, to);
    goto(Math.floor(to / pageSize));
    announce(`${t("moved")}: ${to + 1}`);
    focusTool(to, tool);
  }

  function focusTool(index: number, tool: string): void {
    const row = rows.children[index - page() * pageSize];
    const wanted = row?.querySelector<HTMLButtonElement>(`.tools [data-tool="${tool}"]`);
    if (wanted && !wanted.disabled) wanted.focus();
    else row?.querySelector<HTMLButtonElement>(".tools button:not(:disabled)")?.focus();
  }

  function firstControl(at: string): void {
    const row = editor.views.get(at)?.element;
    row?.querySelector<HTMLElement>("input:not(:disabled), textarea:not(:disabled), select:not(:disabled)")?.focus();
  }

  function tools(index: number): HTMLElement {
    const button = (tool: "up" | "down" | "remove", label: string, disabled: boolean, action: () => void): HTMLElement =>
      h(
        "button",
        { type: "button", class: "icon-button", "data-tool": tool, disabled, onclick: action, title: label },
        icon(tool),
        spoken(`${label}: ${index + 1}`),
      );
    return h(
      "div",
      { class: "tools" },
      button("up", t("moveUp"), index === 0, () => move(index, index - 1, "up")),
      button("down", t("moveDown"), index === length() - 1, () => move(index, index + 1, "down")),
      button("remove", t("removeItem"), false, () => remove(index)),
    );
  }

  function scalarRow(index: number): HTMLElement {
    const at = `${pointer}/${index}`;
    const info = item.info ?? node.info;
    const view = leafView(editor, info, at, `${info.label} ${index + 1}`);
    return h("li", { class: "item scalar" }, view.element, editor.readOnly ? null : tools(index));
  }

  /** What tells one item from another: what every item must have first, then whatever it has. */
  function naming(at: string): string[] {
    const single = item.children.filter((child) => child.children.length === 0 && !child.item && child.info.type !== "boolean");
    const words = (children: readonly FieldNode[]): string[] =>
      children.map((child) => asWords(child.info, editor.form.get(`${at}/${child.info.name}`)).slice(0, 60)).filter((text) => text.trim() !== "");
    const needed = words(single.filter((child) => child.info.required === "always")).slice(0, 3);
    if (needed.length >= 2) return needed;
    return [...needed, ...words(single.filter((child) => child.info.required !== "always"))].slice(0, 2);
  }

  function objectRow(index: number, unfold: boolean): HTMLElement {
    const at = `${pointer}/${index}`;
    const id = `field${at}`;
    const bodyOf = h("div", { class: "item-body grid", id: `${id}:body`, hidden: true });
    const title = h("span", { class: "item-title" });
    const toggle = h(
      "button",
      { type: "button", class: "item-toggle", "aria-controls": `${id}:body`, onclick: () => fold(bodyOf.hidden !== false) },
      icon("chevron"),
      h("span", { class: "item-number" }, spoken(`${t("item")} `), number(index + 1)),
      title,
    );
    const messages = h("div", { class: "issues" });
    const head = h("div", { class: "item-head" }, toggle, editor.readOnly ? null : tools(index));
    const row = h("li", { class: "item", "data-pointer": at }, head, messages, bodyOf);

    function fold(open: boolean): void {
      if (open && !bodyOf.hasChildNodes()) bodyOf.append(...item.children.map((child) => fieldView(editor, child, at).element));
      bodyOf.hidden = !open;
      toggle.setAttribute("aria-expanded", String(open));
      editor.unfolded.set(editor.identity(at), open);
    }

    function refreshRow(): void {
      const issues = editor.form.issues({ under: at, limit: 200 });
      const shown = issues.filter((issue) => editor.mayShow(issue));
      showIssues(messages, editor.issuesAt(at));
      fill(title, naming(at).join(" · ") || h("span", { class: "muted" }, t("unset")), ...badges(shown));
    }

    editor.views.set(at, { element: row, refresh: refreshRow, focus: () => toggle.focus(), open: () => bodyOf.hidden !== false && fold(true) });
    fold(editor.unfolded.get(editor.identity(at)) ?? unfold);
    refreshRow();
    return row;
  }

  function refresh(): void {
    if (!frame.refresh()) return;
    const total = length();
    const first = page() * pageSize;
    const last = Math.min(first + pageSize, total);
    // Drawn anew only when other items stand on the page than before: moving rows keep their identity.
    let now = `${total > first ? first : 0}/${total === last ? "end" : ""}`;
    for (let index = first; index < last; index += 1) now += ` ${editor.form.key(`${pointer}/${index}`)}`;
    if (now !== drawn) {
      drawn = now;
      const focused = document.activeElement instanceof HTMLElement && rows.contains(document.activeElement) ? document.activeElement.id : "";
      editor.unmount(pointer);
      const built = [];
      for (let index = first; index < last; index += 1) built.push(scalar ? scalarRow(index) : objectRow(index, total <= unfoldedUpTo));
      rows.replaceChildren(...built);
      if (focused !== "") document.getElementById(focused)?.focus();
    }
    frame.count.textContent = total === 0 ? t("emptyList") : `${t("items")}: ${number(total)}`;
    drawPager();
  }

  function drawPager(): void {
    pager.hidden = pages() === 1;
    // Left alone while it says the same: leaving a field draws the list too, between the press and the click on one of these buttons.
    const signature = `${page()}/${pages()}`;
    if (pager.hidden || signature === paged) return;
    paged = signature;
    const keepFocus = pager.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["tool"] : undefined;
    const button = (tool: string, label: string, to: number): HTMLElement =>
      h("button", { type: "button", "data-tool": tool, disabled: to < 0 || to >= pages(), onclick: () => goto(to) }, label);
    const jump = h("input", {
      type: "text",
      inputmode: "numeric",
      class: "figures",
      "data-tool": "jump",
      value: page() + 1,
      "aria-label": t("page"),
      onchange: () => goto((Number.parseInt(jump.value, 10) || 1) - 1),
    });
    fill(pager, button("previous", t("previous"), page() - 1), h("span", { class: "pager-place" }, `${t("page")} `, jump, ` ${t("of")} ${number(pages())}`), button("next", t("next"), page() + 1));
    // At the last page the button that led here can be pressed no more.
    if (keepFocus) (pager.querySelector<HTMLElement>(`[data-tool="${keepFocus}"]:not(:disabled)`) ?? jump).focus();
  }

  const view: View = {
    element: frame.element,
    refresh,
    focus: frame.focus,
    open(below) {
      const index = Number(below.slice(pointer.length + 1).split("/")[0]);
      if (Number.isInteger(index) && Math.floor(index / pageSize) !== page()) goto(Math.floor(index / pageSize));
    },
  };
  editor.views.set(pointer, view);
  refresh();
  return view;
}
