// An object as a fieldset, and the choice of a view for any field of the tree.
import { attribute, h, spoken } from "./dom.js";
import { showIssues } from "./issue-lines.js";
import { leafView, neededWhen } from "./leaf.js";
import { listView } from "./list.js";
import { isBlank, type Screen, type View } from "./screen.js";
import type { FieldNode } from "./tree.js";

export function fieldView(screen: Screen, node: FieldNode, parent: string): View {
  const pointer = `${parent}/${node.info.name.replace(/~/g, "~0").replace(/\//g, "~1")}`;
  if (node.item) return listView(screen, node, node.item, pointer);
  if (node.info.type === "object") return objectView(screen, node, pointer);
  return leafView(screen, node.info, pointer);
}

/** What the heading of an object or a list needs; both look and behave the same. */
export function groupFrame(screen: Screen, node: FieldNode, pointer: string, isEmpty: () => boolean) {
  const { info } = node;
  const id = `field${pointer}`;
  const mark = h("span", { class: "mark" });
  const chip = h("span", { class: "chip" });
  const clear = h(
    "button",
    {
      type: "button",
      class: "link clear",
      onclick: () => {
        screen.set(pointer, undefined);
        // The button goes with what it has cleared.
        legend.focus();
      },
    },
    screen.words.clearSection,
    spoken(`: ${info.label}`),
  );
  const count = h("span", { class: "count" });
  const legend = h(
    "legend",
    { tabindex: -1 },
    h("span", { class: "label" }, info.label, mark),
    chip,
    count,
    h("code", { class: "key", "aria-hidden": "true" }, info.name),
  );
  const hint = info.hint ? h("p", { class: "hint", id: `${id}:hint` }, info.hint) : undefined;
  const aside = h("p", { class: "aside", id: `${id}:aside`, hidden: true });
  const messages = h("div", { class: "issues", id: `${id}:issues` });
  const body = h("div", { class: "group-body" });
  const element = h("fieldset", { class: `group ${info.type}`, id, "data-pointer": pointer }, legend, clear, hint, aside, messages, body);

  const refresh = (): boolean => {
    const state = screen.form.state(pointer);
    const issues = screen.issuesAt(pointer);
    const empty = isEmpty();
    showIssues(screen.words, messages, issues);
    element.classList.toggle("set-aside", !state.relevant);
    mark.replaceChildren(...(state.required ? [h("span", { "aria-hidden": "true" }, " *")] : []));
    chip.textContent = state.relevant ? (state.expected && !state.required ? screen.words.expectedWord : "") : screen.words.notSent;
    aside.hidden = state.relevant;
    aside.textContent = [neededWhen(screen, info), empty ? undefined : screen.words.keptValue].filter(Boolean).join(" · ");
    body.hidden = !state.relevant;
    clear.hidden = empty || screen.readOnly;
    const described = [hint?.id, state.relevant ? undefined : aside.id, issues.length > 0 ? messages.id : undefined];
    attribute(element, "aria-describedby", described.filter(Boolean).join(" ") || null);
    return state.relevant;
  };
  return { element, body, count, refresh, focus: () => legend.focus() };
}

function objectView(screen: Screen, node: FieldNode, pointer: string): View {
  const frame = groupFrame(screen, node, pointer, () => isBlank(screen.form.get(pointer)));
  const view: View = { element: frame.element, refresh: () => void frame.refresh(), focus: frame.focus };
  screen.views.set(pointer, view);
  frame.body.classList.add("grid");
  frame.body.append(...node.children.map((child) => fieldView(screen, child, pointer).element));
  view.refresh();
  return view;
}
