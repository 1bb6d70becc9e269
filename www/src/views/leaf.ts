// One field: label, marks, control and messages, tied together for screen readers.
import type { FieldInfo } from "portform";
import { announce, h, spoken } from "../dom";
import type { Editor, View } from "../editor";
import { t } from "../texts";
import { asText, createControl } from "./controls";
import { showIssues } from "./issues";

/** «нужно, если выбрана договорная основа» */
export function neededWhen(info: FieldInfo): string | undefined {
  return info.relevantWhen === undefined ? undefined : `${t("neededWhen")} ${info.relevantWhen}`;
}

export function leafView(editor: Editor, info: FieldInfo, pointer: string, label: string = info.label): View {
  const id = `field${pointer}`;
  const control = createControl(editor, info, pointer, id, `${id}:label`);
  const mark = h("span", { class: "mark" });
  const caption = control.group
    ? h("span", { class: "label", id: `${id}:label`, onclick: () => control.focus() }, label, mark)
    : h("label", { class: "label", id: `${id}:label`, for: id }, label, mark);
  const chip = h("span", { class: "chip" });
  const hint = info.hint ? h("p", { class: "hint", id: `${id}:hint` }, info.hint) : undefined;
  const aside = h("p", { class: "aside", id: `${id}:aside`, hidden: true });
  const messages = h("div", { class: "issues", id: `${id}:issues` });
  const element = h(
    "div",
    { class: `field ${info.type}`, "data-pointer": pointer, onfocusout: (event: FocusEvent) => left(event) },
    h("div", { class: "head" }, caption, chip, h("code", { class: "key", "aria-hidden": "true" }, info.name), hint),
    control.element,
    h("div", { class: "below" }, aside, messages),
  );

  function left(event: FocusEvent): void {
    // Taking a focused field off the page sends this too, when its place in the form may be gone already.
    if (editor.views.get(pointer) !== view) return;
    if (editor.readOnly || element.contains(event.relatedTarget as Node | null)) return;
    editor.touch(pointer);
    const errors = editor.issuesAt(pointer).filter((issue) => issue.severity === "error");
    if (errors.length > 0) announce(`${label}. ${errors.map((issue) => issue.message).join(" ")}`);
  }

  function refresh(): void {
    const state = editor.form.state(pointer);
    const value = editor.form.get(pointer);
    const issues = editor.issuesAt(pointer);
    control.sync(value, state.issues);
    showIssues(messages, issues);

    const keeps = !state.relevant && asText(value).trim() !== "";
    element.classList.toggle("set-aside", !state.relevant);
    mark.replaceChildren(...(state.required ? [h("span", { "aria-hidden": "true" }, " *")] : []));
    chip.textContent = state.relevant ? (state.expected && !state.required ? t("expectedWord") : "") : t("notSent");
    aside.hidden = state.relevant;
    // Where a message already says why the value is not sent, the reason is not said twice.
    const reason = issues.some((issue) => issue.code === "not_relevant") ? undefined : neededWhen(info);
    aside.replaceChildren(
      ...(state.relevant ? [] : [[reason, keeps ? t("keptValue") : undefined].filter(Boolean).join(" · "), " "]),
      ...(keeps && !editor.readOnly
        ? [h("button", { type: "button", class: "link", onclick: () => editor.set(pointer, undefined) }, t("forget"), spoken(`: ${label}`))]
        : []),
    );
    const described = [hint?.id, state.relevant ? undefined : aside.id, issues.length > 0 ? messages.id : undefined];
    control.state({
      relevant: state.relevant,
      required: state.required,
      invalid: issues.some((issue) => issue.severity === "error"),
      describedBy: described.filter(Boolean).join(" ") || null,
    });
  }

  const view: View = { element, refresh, focus: () => control.focus() };
  editor.views.set(pointer, view);
  refresh();
  return view;
}
