// Making elements: one function instead of a framework, and the few icons. Text always goes in as text nodes, never
// as markup, so nothing that a person typed or an upstream answered can become part of the page.

export type Child = Node | string | number | null | undefined | false;
type Listener = (event: never) => void;
type Attributes = Record<string, string | number | boolean | null | undefined | Listener>;

/** An element; `on…` attributes are listeners, `true` is an empty attribute, false and absent ones are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, ...children);
  return element;
}

export function append(parent: Element, ...children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}

export function fill(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  append(parent, ...children);
}

/** Sets or removes an attribute. */
export function attribute(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Text for screen readers only. */
export function spoken(text: string): HTMLSpanElement {
  return h("span", { class: "spoken" }, text);
}

const shapes = {
  error: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 4.5v4M8 11v.2",
  warning: "M8 1.8 1.2 13.8h13.6L8 1.8ZM8 6.3v3.6M8 11.7v.2",
  note: "M3 8.5l3.2 3.2L13 4.5",
  up: "M8 13V3M3.5 7.5 8 3l4.5 4.5",
  down: "M8 3v10M3.5 8.5 8 13l4.5-4.5",
  remove: "M4 4l8 8M12 4l-8 8",
  add: "M8 3v10M3 8h10",
  chevron: "M6 3.5 10.5 8 6 12.5",
  undo: "M3 6.5h6.5a3.75 3.75 0 0 1 0 7.5H6M3 6.5 6 3.5M3 6.5l3 3",
  redo: "M13 6.5H6.5a3.75 3.75 0 0 0 0 7.5H10M13 6.5l-3-3M13 6.5l-3 3",
  calendar: "M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2v3M10.5 2v3",
  copy: "M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1",
  send: "M2 8h10M8.5 3.5 13 8l-4.5 4.5",
} as const;

/** A drawn icon; its meaning always stands beside it as text. */
export function icon(name: keyof typeof shapes): SVGSVGElement {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", shapes[name]);
  svg.append(path);
  return svg;
}

const polite = h("div", { class: "spoken", "aria-live": "polite", role: "status" });
let speaking = 0;
let said = "";
let saidAt = 0;

/** What was said a moment ago is said along with what comes now: it would not be heard otherwise. */
const MOMENT = 1_000;

/** Puts the live region into the page; once, before anything is announced. */
export function installAnnouncer(): void {
  document.body.append(polite);
}

/** Says something to screen readers without moving the focus. */
export function announce(text: string): void {
  const now = performance.now();
  said = now - saidAt < MOMENT && said !== "" && said !== text ? `${said} ${text}` : text;
  saidAt = now;
  window.clearTimeout(speaking);
  polite.textContent = "";
  speaking = window.setTimeout(() => {
    polite.textContent = said;
  }, 60);
}
