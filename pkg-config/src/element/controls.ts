// The controls: one per kind of value. Each shows what was typed exactly as it was typed and passes on what is typed
// next; none of them parses, rounds or rejects anything.
import type { FieldInfo, Issue } from "../types.js";
import { readBlock, type Block } from "./block.js";
import { attribute, h, icon, spoken } from "./dom.js";
import { choicesAt, refersTo } from "./lookups.js";
import type { Screen } from "./screen.js";

export interface ControlState {
  readonly relevant: boolean;
  readonly required: boolean;
  readonly invalid: boolean;
  readonly describedBy: string | null;
}

export interface Control {
  readonly element: HTMLElement;
  /** A group is named by aria-labelledby, a single input by its label element. */
  readonly group: boolean;
  sync(value: unknown, issues: readonly Issue[]): void;
  state(state: ControlState): void;
  focus(): void;
}

/** A longer text is not put into an input, where it would make every keystroke slow. */
const shownLimit = 20_000;
/** A longer text is not taken at all: no field of any payload may be longer. */
const takenLimit = 16 * 1024 * 1024;
/** A longer list is no help. */
const OFFERED = 2_000;

export function createControl(screen: Screen, info: FieldInfo, pointer: string, id: string, labelId: string): Control {
  if (screen.readOnly) return readOnlyControl(screen, info, id);
  if (info.type === "boolean") return choiceControl(screen, pointer, id, labelId, booleanOptions(screen));
  if (info.type === "enum" && info.options) {
    const options = info.options.map(({ value, label }) => ({ value, label, set: value as unknown }));
    return selectControl(screen, pointer, id, options);
  }
  if (info.type === "date") return dateControl(screen, pointer, id);
  return textControl(screen, info, pointer, id);
}

/** A value as a person reads it: the label of a choice, else the text as typed. */
export function asWords(screen: Screen, info: FieldInfo, value: unknown): string {
  const choices = info.type === "boolean" ? booleanOptions(screen) : (info.options ?? []).map((option) => ({ ...option, set: undefined }));
  return chosen(choices, value, [])?.label ?? asText(value);
}

export function asText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "object") return JSON.stringify(value) ?? "";
  return String(value);
}

function single(element: HTMLElement, input: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement) {
  return (state: ControlState): void => {
    input.disabled = !state.relevant;
    attribute(input, "aria-required", state.required ? "true" : null);
    attribute(input, "aria-invalid", state.invalid ? "true" : null);
    attribute(input, "aria-describedby", state.describedBy);
    element.classList.toggle("invalid", state.invalid);
  };
}

function pasteBlock(screen: Screen, block: Block): void {
  screen.paste(block);
  screen.announce(`${screen.words.rowsPasted}: ${screen.count(block.rows.length)}`);
}

function textControl(screen: Screen, info: FieldInfo, pointer: string, id: string): Control {
  const figures = info.type === "number" || info.type === "integer" || info.type === "money";
  // A free text may have line breaks, which a one-line input would drop without a word.
  const roomy = info.type === "text" && info.format === undefined && info.required === "never" && !refersTo(screen, pointer);
  const input = roomy
    ? h("textarea", { id, rows: 1, autocomplete: "off" })
    : h("input", {
        id,
        type: "text",
        autocomplete: "off",
        spellcheck: info.type === "text" && info.format === undefined ? "true" : "false",
        inputmode: figures ? (info.type === "integer" ? "numeric" : "decimal") : null,
        class: figures || info.type === "uuid" ? "figures" : null,
      });
  const large = h("div", { class: "large", hidden: true });
  const element = h("div", { class: "control" }, input, large);
  if (input instanceof HTMLInputElement && refersTo(screen, pointer)) element.append(...offered(screen, pointer, input));
  const state = single(element, input);
  let several: HTMLTextAreaElement | undefined;

  const current = (): HTMLInputElement | HTMLTextAreaElement => several ?? input;
  const listen = (target: HTMLInputElement | HTMLTextAreaElement): void => {
    target.addEventListener("input", () => screen.type(pointer, target.value === "" ? undefined : target.value));
    target.addEventListener("paste", (event) => {
      const pasted = (event as ClipboardEvent).clipboardData?.getData("text") ?? "";
      const block = pasted.length > takenLimit ? undefined : readBlock(screen, pointer, pasted, target instanceof HTMLTextAreaElement);
      if (block) {
        event.preventDefault();
        pasteBlock(screen, block);
        return;
      }
      if (pasted.length <= shownLimit) return;
      event.preventDefault();
      if (pasted.length > takenLimit) {
        complain(`${screen.words.fieldTooLarge}: ${screen.count(takenLimit)}`);
        return;
      }
      const { value, selectionStart, selectionEnd } = target;
      screen.set(pointer, value.slice(0, selectionStart ?? 0) + pasted + value.slice(selectionEnd ?? value.length));
    });
  };
  const complain = (text: string): void => {
    element.querySelector(".complaint")?.remove();
    element.append(h("p", { class: "complaint issue warning" }, icon("warning"), h("span", {}, text)));
    screen.announce(text);
  };
  listen(input);

  return {
    element,
    group: false,
    sync(value) {
      const text = asText(value);
      const isLarge = text.length > shownLimit;
      large.hidden = !isLarge;
      current().hidden = isLarge;
      if (isLarge) {
        large.replaceChildren(
          `${screen.words.largeText}: ${screen.count(text.length)} `,
          h(
            "button",
            {
              type: "button",
              class: "link",
              onclick: () => {
                screen.set(pointer, undefined);
                current().focus();
              },
            },
            screen.words.forget,
          ),
        );
        current().value = "";
        return;
      }
      if (current().value === text) return;
      element.querySelector(".complaint")?.remove();
      if (several === undefined && input instanceof HTMLInputElement && /[\r\n]/.test(text)) {
        several = h("textarea", { id, rows: 2, autocomplete: "off" });
        listen(several);
        input.replaceWith(several);
      }
      // A textarea turns CR LF into LF; an untouched text keeps its own line ends in the draft.
      if (current().value !== text.replace(/\r\n?/g, "\n")) current().value = text;
    },
    state(next) {
      state(next);
      if (several) single(element, several)(next);
    },
    focus: () => (large.hidden ? current().focus() : large.querySelector("button")?.focus()),
  };
}

/** What was typed, as the browser's picker takes it. */
function asPicked(text: string): string {
  const [, day = "", month = "", year = ""] = /^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})/.exec(text) ?? [];
  if (year !== "") return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return /^\s*(\d{4}-\d\d-\d\d)/.exec(text)?.[1] ?? "";
}

/** The list that an input offers, filled when the person comes to it: what there is to choose may depend on other fields. */
function offered(screen: Screen, pointer: string, input: HTMLInputElement): HTMLElement[] {
  const list = h("datalist", { id: `${input.id}:list` });
  input.setAttribute("list", list.id);
  input.addEventListener("focus", () => {
    const choices = choicesAt(screen, pointer).slice(0, OFFERED);
    list.replaceChildren(...choices.map(({ value, name }) => h("option", { value, label: name ?? null })));
  });
  return [list];
}

function dateControl(screen: Screen, pointer: string, id: string): Control {
  const input = h("input", { id, type: "text", autocomplete: "off", inputmode: "numeric", class: "figures", placeholder: screen.words.datePlaceholder });
  // The browser's own picker, opened by the button; typing stays free text, because a native date input would throw
  // away what it cannot read.
  const picker = h("input", { type: "date", class: "picker", tabindex: -1, "aria-hidden": "true" });
  const button = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      onclick: () => {
        picker.value = asPicked(input.value);
        picker.showPicker();
      },
    },
    icon("calendar"),
    spoken(`${screen.words.openCalendar}: ${screen.label(pointer)}`),
  );
  const element = h("div", { class: "control with-button" }, input, button, picker);
  const state = single(element, input);
  input.addEventListener("input", () => screen.type(pointer, input.value === "" ? undefined : input.value));
  input.addEventListener("change", () => {
    // Typed without dots, as on a number pad; what is no day stays as it was typed.
    const [, day, month, year] = /^([0-3]\d)([01]\d)((?:19|20)\d\d)$/.exec(input.value.trim()) ?? [];
    if (day !== undefined) screen.type(pointer, `${day}.${month}.${year}`);
  });
  picker.addEventListener("change", () => {
    if (picker.value === "") return;
    screen.set(pointer, picker.value.split("-").reverse().join("."));
    screen.touch(pointer);
    input.focus();
  });
  return {
    element,
    group: false,
    sync(value) {
      const text = asText(value);
      if (input.value !== text) input.value = text;
    },
    state(next) {
      state(next);
      button.disabled = !next.relevant;
    },
    focus: () => input.focus(),
  };
}

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly set: unknown;
}

function booleanOptions(screen: Screen): readonly Choice[] {
  return [
    { value: "true", label: screen.words.yes, set: true },
    { value: "false", label: screen.words.no, set: false },
  ];
}

/** Which choice the typed value is read as: as written, in another letter case, or by the alias that a note tells of. */
function chosen(options: readonly Choice[], value: unknown, issues: readonly Issue[]): Choice | undefined {
  const find = (text: string): Choice | undefined => options.find((option) => option.value.toLowerCase() === text.trim().toLowerCase());
  const alias = issues.find((issue) => issue.code === "alias")?.params["to"];
  return find(asText(value)) ?? (typeof alias === "string" ? find(alias) : undefined);
}

function choiceControl(screen: Screen, pointer: string, id: string, labelId: string, options: readonly Choice[]): Control {
  const radios = new Map<string, HTMLInputElement>();
  const radio = (value: string, content: Node, set: unknown): HTMLElement => {
    const input = h("input", { type: "radio", name: id, value, onchange: () => screen.set(pointer, set) });
    radios.set(value, input);
    return h("label", { class: "choice" }, input, h("span", {}, content));
  };
  const none = h("span", {}, h("span", { "aria-hidden": "true" }, "—"), spoken(screen.words.unset));
  const typed = h("p", { class: "typed", hidden: true });
  const group = h(
    "div",
    { class: "choices", role: "radiogroup", id, "aria-labelledby": labelId },
    radio("", none, undefined),
    ...options.map((option) => radio(option.value, document.createTextNode(option.label), option.set)),
  );
  return {
    element: h("div", { class: "control" }, group, typed),
    group: true,
    sync(value, issues) {
      const choice = chosen(options, value, issues);
      const blank = asText(value).trim() === "";
      const unreadable = choice === undefined && !blank;
      for (const [key, input] of radios) input.checked = choice ? key === choice.value : blank && key === "";
      typed.hidden = !unreadable;
      typed.textContent = unreadable ? `${screen.words.typed}: ${asText(value).slice(0, 200)}` : "";
    },
    state(next) {
      for (const input of radios.values()) input.disabled = !next.relevant;
      attribute(group, "aria-required", next.required ? "true" : null);
      attribute(group, "aria-invalid", next.invalid ? "true" : null);
      attribute(group, "aria-describedby", next.describedBy);
      group.classList.toggle("invalid", next.invalid);
    },
    focus() {
      const checked = [...radios.values()].find((input) => input.checked);
      (checked ?? radios.get(options[0]?.value ?? ""))?.focus();
    },
  };
}

function selectControl(screen: Screen, pointer: string, id: string, options: readonly Choice[]): Control {
  const select = h(
    "select",
    { id },
    h("option", { value: "" }, `— ${screen.words.choose}`),
    ...options.map(({ value, label }) => h("option", { value }, label)),
  );
  const foreign = h("option", { value: "\u0000" });
  const element = h("div", { class: "control" }, select);
  select.addEventListener("change", () => {
    const option = options.find(({ value }) => value === select.value);
    screen.set(pointer, option?.set);
  });
  return {
    element,
    group: false,
    sync(value, issues) {
      const choice = chosen(options, value, issues);
      const unreadable = choice === undefined && asText(value).trim() !== "";
      if (unreadable) {
        foreign.textContent = `${asText(value).slice(0, 200)} — ${screen.words.notInList}`;
        select.append(foreign);
      } else foreign.remove();
      select.value = unreadable ? foreign.value : (choice?.value ?? "");
    },
    state: single(element, select),
    focus: () => select.focus(),
  };
}

/** What an upstream sends is shown as text; there is nothing to type. */
function readOnlyControl(screen: Screen, info: FieldInfo, id: string): Control {
  const output = h("output", { class: `value ${info.type === "uuid" ? "figures" : ""}`, id, tabindex: -1 });
  return {
    element: h("div", { class: "control" }, output),
    group: false,
    sync(value, issues) {
      const options =
        info.type === "boolean" ? booleanOptions(screen) : (info.options ?? []).map((option) => ({ ...option, set: undefined }));
      output.textContent = chosen(options, value, issues)?.label ?? (asText(value) || "—");
    },
    state(next) {
      attribute(output, "aria-describedby", next.describedBy);
    },
    focus: () => output.focus(),
  };
}
