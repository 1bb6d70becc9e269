// One field: label, marks, control and messages, tied together for screen readers.
import type { FieldInfo } from "../types.js";
import { asText, createControl } from "./controls.js";
import { h, spoken } from "./dom.js";
import { showIssues } from "./issue-lines.js";
import { nameAt, refersTo } from "./lookups.js";
import type { Screen, View } from "./screen.js";

/** Of these the text that is sent may differ from the text that was typed; a choice shows what it is read as. */
const SHOWN_AS_SENT: ReadonlySet<FieldInfo["type"]> = new Set(["text", "number", "integer", "money", "date", "uuid"]);

/** «нужно, если выбрана договорная основа» */
export function neededWhen(screen: Screen, info: FieldInfo): string | undefined {
  return info.relevantWhen === undefined ? undefined : `${screen.words.neededWhen} ${info.relevantWhen}`;
}

export function leafView(screen: Screen, info: FieldInfo, pointer: string, label: string = info.label): View {
  const id = `field${pointer}`;
  const control = createControl(screen, info, pointer, id, `${id}:label`);
  const mark = h("span", { class: "mark" });
  const caption = control.group
    ? h("span", { class: "label", part: "label", id: `${id}:label`, onclick: () => control.focus() }, label, mark)
    : h("label", { class: "label", part: "label", id: `${id}:label`, for: id }, label, mark);
  const chip = h("span", { class: "chip" });
  const hint = info.hint ? h("p", { class: "hint", id: `${id}:hint` }, info.hint) : undefined;
  const aside = h("p", { class: "aside", id: `${id}:aside`, hidden: true });
  const sent = h("p", { class: "sent", id: `${id}:sent`, hidden: true });
  const messages = h("div", { class: "issues", id: `${id}:issues` });
  const element = h(
    "div",
    { class: `field ${info.type}`, part: `field ${info.type}`, "data-pointer": pointer, tabindex: -1, onfocusout: (event: FocusEvent) => left(event) },
    h("div", { class: "head" }, caption, chip, h("code", { class: "key", "aria-hidden": "true" }, info.name), hint),
    control.element,
    h("div", { class: "below" }, sent, aside, messages),
  );

  function left(event: FocusEvent): void {
    // Taking a focused field off the page sends this too, when its place in the form may be gone already.
    if (screen.views.get(pointer) !== view) return;
    if (screen.readOnly || element.contains(event.relatedTarget as Node | null)) return;
    screen.left(pointer);
    const errors = screen.issuesAt(pointer).filter((issue) => issue.severity === "error");
    if (errors.length > 0) screen.announce(`${label}. ${errors.map((issue) => issue.message).join(" ")}`);
  }

  /** Erases what is kept though it is not sent; the button goes with it, and the control takes no focus now. */
  function forget(): void {
    screen.set(pointer, undefined);
    element.focus();
  }

  function refresh(): void {
    const state = screen.form.state(pointer);
    const value = screen.form.get(pointer);
    const issues = screen.issuesAt(pointer);
    control.sync(value, state.issues);
    showIssues(screen.words, messages, issues);
    const other = SHOWN_AS_SENT.has(info.type) ? screen.sentInstead(pointer, value) : undefined;
    const name = refersTo(screen, pointer) ? nameAt(screen, pointer, value) : undefined;
    const beside = [name, other === undefined ? undefined : `${screen.words.willBeSent}: ${other}`].filter((text) => text !== undefined && text !== "");
    sent.hidden = beside.length === 0;
    sent.textContent = beside.join(" · ");

    const keeps = !state.relevant && asText(value).trim() !== "";
    element.classList.toggle("set-aside", !state.relevant);
    mark.replaceChildren(...(state.required ? [h("span", { "aria-hidden": "true" }, " *")] : []));
    chip.textContent = state.relevant ? (state.expected && !state.required ? screen.words.expectedWord : "") : screen.words.notSent;
    aside.hidden = state.relevant;
    // Where a message already says why the value is not sent, the reason is not said twice.
    const reason = issues.some((issue) => issue.code === "not_relevant") ? undefined : neededWhen(screen, info);
    aside.replaceChildren(
      ...(state.relevant ? [] : [[reason, keeps ? screen.words.keptValue : undefined].filter(Boolean).join(" · "), " "]),
      ...(keeps && !screen.readOnly
        ? [h("button", { type: "button", class: "link", onclick: () => forget() }, screen.words.forget, spoken(`: ${label}`))]
        : []),
    );
    const described = [hint?.id, sent.hidden ? undefined : sent.id, state.relevant ? undefined : aside.id, issues.length > 0 ? messages.id : undefined];
    control.state({
      relevant: state.relevant,
      required: state.required,
      invalid: issues.some((issue) => issue.severity === "error"),
      describedBy: described.filter(Boolean).join(" ") || null,
    });
  }

  const view: View = { element, refresh, focus: () => control.focus() };
  screen.views.set(pointer, view);
  refresh();
  return view;
}
