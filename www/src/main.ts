// The demo page: picks a payload, edits it with the live form, previews what will be sent and sends it through the
// proxy. It draws whatever the package's tables describe; the rules, labels and messages all come from the package.
import { payloads, type Locale, type Options } from "portform";
import "./styles/base.css";
import "./styles/form.css";
import "./styles/panels.css";
import { announce, fill, h, icon, installAnnouncer, spoken } from "./dom";
import { Editor, isBlank, type AnyPayload } from "./editor";
import { hasExample, loadExample } from "./examples";
import { answerPanel } from "./panels/answer";
import { pasteBox } from "./panels/paste";
import { previewPanel } from "./panels/preview";
import { sandboxPanel } from "./panels/sandbox";
import { settingsPanel } from "./panels/settings";
import { summaryPanel } from "./panels/summary";
import { draftLimit, readDraft, readPlace, writeDraft, writePlace, type Place } from "./store";
import { askHealth, send, type Health } from "./submit";
import { number, setLocale, t } from "./texts";
import { fieldView } from "./views/group";

const names = Object.keys(payloads);
const slowAfter = 6000;

let place = knownPlace(readPlace("cycle.create"));
let editor: Editor;
let health: Health | undefined;
let sending: AbortController | undefined;
let keepDraft = true;
let updating = 0;
let lastUpdate = 0;
/** Characters of the outgoing body: about as long as the draft, and known without writing the draft out. */
let size = 0;

const summary = summaryPanel();
const preview = previewPanel();
const answer = answerPanel();
const sandbox = sandboxPanel();
const settings = settingsPanel(() => {
  editor.setOptions(optionsNow());
  drawForm();
});
const paste = pasteBox((draft) => load(draft));

const header = h("header", { class: "top" });
const intro = h("div", { class: "intro" });
const fields = h("div", { class: "grid", id: "fields" });
const legend = h("p", { class: "legend muted" });
const status = h("p", { class: "status", "data-testid": "status" });
const draftNote = h("p", { class: "muted draft-note" });
const proxyNote = h("div", { class: "proxy-note", hidden: true });
const submitButton = h("button", { type: "button", class: "primary", "data-testid": "submit", onclick: () => void submit() });
const undoButton = h("button", { type: "button", class: "quiet", "data-testid": "undo", onclick: () => step("undo") });
const redoButton = h("button", { type: "button", class: "quiet", "data-testid": "redo", onclick: () => step("redo") });
const actions = h("div", { class: "actions" }, h("div", { class: "actions-row" }, submitButton, undoButton, redoButton, status));
const form = h("form", { class: "form", id: "form", novalidate: true, autocomplete: "off", onsubmit: (event: Event) => event.preventDefault() }, legend, fields);
const crash = h("p", { class: "crash issue error", hidden: true });
const skip = h("a", { class: "skip", href: "#form", onclick: (event: Event) => {
  event.preventDefault();
  fields.querySelector<HTMLElement>("input, textarea, select, legend")?.focus();
} });

function knownPlace(wanted: Place): Place {
  return names.includes(wanted.payload) ? wanted : { ...wanted, payload: names[0] ?? wanted.payload };
}

function payloadNow(): AnyPayload {
  const payload = payloads[place.payload];
  if (!payload) throw new RangeError(`there is no payload named ${place.payload}`);
  return payload;
}

/** The calendar day where the person is: the package itself reads no clock. */
function today(): string {
  const now = new Date();
  return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
}

function optionsNow(): Options {
  const payload = payloadNow();
  const chosen = settings.options(payload);
  return { ...chosen, locale: place.locale, today: today(), endpoint: { ...chosen.endpoint, base: `/${payload.upstream}/` } };
}

/** Another payload, or the first one: its kept draft, else an empty form. */
function open(): void {
  editor?.dispose();
  const payload = payloadNow();
  const kept = readDraft(payload.name);
  settings.draw(payload);
  editor = new Editor(payload, kept?.draft, optionsNow(), kept?.revealed ?? false, () => changed());
  editor.touchFilled();
  answer.clear();
  writePlace(place);
  drawChrome();
  drawForm();
  draftNote.textContent = editor.readOnly ? "" : kept && !isBlank(kept.draft) ? `${t("draftRestored")} ${t("draftKept")}` : t("draftKept");
}

function go(next: Partial<Place>): void {
  const other = next.payload !== undefined && next.payload !== place.payload;
  save(editor.form.value());
  place = knownPlace({ ...place, ...next });
  setLocale(place.locale);
  if (other) {
    open();
    return;
  }
  // The same form in another language: what was typed, the place on the page and the focus stay.
  const focused = document.activeElement?.id;
  settings.draw(payloadNow());
  editor.setOptions(optionsNow());
  answer.clear();
  writePlace(place);
  drawChrome();
  drawForm();
  draftNote.textContent = editor.readOnly ? "" : t("draftKept");
  if (focused) document.getElementById(focused)?.focus();
}

function load(draft: unknown): void {
  editor.replace(draft, true);
  drawForm();
  answer.clear();
  fields.querySelector<HTMLElement>("input, textarea, select, output, legend")?.focus({ preventScroll: true });
}

async function example(): Promise<void> {
  const payload = payloadNow();
  const text = await loadExample(payload.name);
  if (text === undefined) return;
  let draft: unknown;
  try {
    draft = JSON.parse(text);
  } catch {
    paste.open(payload, optionsNow(), text, t("exampleBroken"));
    return;
  }
  load(draft);
}

function clear(): void {
  editor.replace(undefined, false);
  drawForm();
  answer.clear();
  announce(t("cleared"));
  draftNote.textContent = t("cleared");
}

function step(direction: "undo" | "redo"): void {
  if (direction === "undo" ? editor.undo() : editor.redo()) announce(t(direction));
}

/** Something changed: the panels follow, at the pace that the size of the draft allows. */
function changed(): void {
  window.clearTimeout(updating);
  preview.element.setAttribute("aria-busy", "true");
  updating = window.setTimeout(update, Math.min(1000, Math.max(16, lastUpdate * 4)));
}

function update(): void {
  const began = performance.now();
  window.clearTimeout(updating);
  updating = 0;
  const draft = editor.form.value();
  const blank = isBlank(draft);
  summary.update(editor);
  const shown = editor.form.preview();
  preview.update(editor, shown, blank);
  size = shown.body.length;
  preview.element.removeAttribute("aria-busy");
  drawStatus(blank);
  if (!blank && draftNote.textContent === t("cleared")) draftNote.textContent = t("draftKept");
  save(draft);
  lastUpdate = performance.now() - began;
}

function save(draft: unknown): void {
  if (editor.readOnly) return;
  const large = size > draftLimit;
  // What was kept of an earlier, shorter draft must not come back in its place.
  const done = writeDraft(editor.payload.name, large || isBlank(draft) ? undefined : { draft, revealed: editor.revealed });
  const kept = done && !large;
  if (kept !== keepDraft) draftNote.textContent = t(kept ? "draftKept" : "draftTooLarge");
  keepDraft = kept;
}

function drawStatus(blank: boolean): void {
  const { errors, warnings } = editor.form.summary();
  const untouched = !editor.revealed && blank;
  const count = (kind: "error" | "warning", word: "errors" | "warnings", value: number): HTMLElement | null =>
    value === 0 ? null : h("span", { class: `badge ${kind}` }, icon(kind), `${t(word)}: ${number(value)}`);
  if (untouched) fill(status);
  else if (errors + warnings === 0) fill(status, h("span", { class: "badge ready" }, icon("note"), t("nothingWrong")));
  else fill(status, count("error", "errors", errors), count("warning", "warnings", warnings));
}

function drawForm(): void {
  editor.views.clear();
  fill(fields, ...editor.tree.roots.map((node) => fieldView(editor, node, "").element));
  update();
}

function drawChrome(): void {
  const payload = payloadNow();
  skip.textContent = t("skip");
  fill(header, brand(), payloadPicker(), localePicker());
  const exampleButton = hasExample(payload.name)
    ? h("button", { type: "button", class: "quiet", "data-testid": "example", onclick: () => void example() }, t("loadExample"))
    : h("p", { class: "muted no-example" }, t("noExample"));
  fill(
    intro,
    h("h1", {}, titleOf(payload), h("code", { class: "payload-name" }, payload.name)),
    editor.readOnly && h("p", { class: "notice" }, t("readOnly")),
    h(
      "div",
      { class: "tools-row" },
      exampleButton,
      h("button", { type: "button", class: "quiet", "data-testid": "paste", onclick: () => paste.open(payload, optionsNow(), "") }, t("pasteJson")),
      h("button", { type: "button", class: "quiet", "data-testid": "clear", onclick: clear }, t("clear")),
    ),
    settings.element,
  );
  fill(legend, h("span", { class: "mark", "aria-hidden": "true" }, "*"), ` — ${t("requiredLegend")}`);
  legend.hidden = actions.hidden = editor.readOnly;
  fill(submitButton, icon("send"), t("submit"));
  fill(undoButton, icon("undo"), h("span", { class: "word" }, t("undo")));
  fill(redoButton, icon("redo"), h("span", { class: "word" }, t("redo")));
  drawProxyNote();
}

function brand(): HTMLElement {
  return h("div", { class: "brand" }, h("strong", {}, "portform"), h("span", { class: "tagline" }, t("tagline")));
}

function titleOf(payload: AnyPayload): string {
  return payload.title[place.locale];
}

function payloadPicker(): HTMLElement {
  const select = h("select", { id: "payload", "data-testid": "payload", onchange: () => go({ payload: select.value }) });
  for (const upstream of ["portal", "ehealth"] as const) {
    for (const direction of ["outbound", "inbound"] as const) {
      const options = names.flatMap((name) => {
        const payload = payloads[name];
        if (!payload || payload.upstream !== upstream || payload.direction !== direction) return [];
        return [h("option", { value: name, selected: name === place.payload }, titleOf(payload))];
      });
      if (options.length > 0) select.append(h("optgroup", { label: `${t(upstream)} — ${t(direction)}` }, ...options));
    }
  }
  return h("div", { class: "picker" }, h("label", { for: "payload" }, spoken(t("payload"))), select);
}

function localePicker(): HTMLElement {
  const names: Readonly<Record<Locale, string>> = { ru: "Русский", uk: "Українська", en: "English" };
  return h(
    "div",
    { class: "locales choices", role: "radiogroup", "aria-label": t("language") },
    ...(Object.keys(names) as Locale[]).map((locale) =>
      h(
        "label",
        { class: "choice", lang: locale, title: names[locale] },
        h("input", { type: "radio", name: "locale", id: `locale-${locale}`, value: locale, checked: locale === place.locale, onchange: () => go({ locale }) }),
        h("span", {}, h("span", { "aria-hidden": "true" }, locale.toUpperCase()), spoken(names[locale])),
      ),
    ),
  );
}

function drawProxyNote(): void {
  sandbox.update(health?.sandbox === true);
  const upstream = payloadNow().upstream;
  const reason = health === undefined ? t("proxyAbsent") : health.configured[upstream] === false ? t("notConfigured") : undefined;
  proxyNote.hidden = reason === undefined || editor.readOnly;
  if (reason === undefined) return;
  fill(proxyNote, h("p", {}, icon("warning"), reason), h("button", { type: "button", class: "quiet", onclick: () => void checkProxy() }, t("retryProxy")));
}

async function checkProxy(): Promise<void> {
  health = await askHealth();
  drawProxyNote();
}

async function submit(): Promise<void> {
  if (sending || editor.readOnly) return;
  const used = editor;
  const shown = used.form.preview();
  used.reveal();
  update();
  if (!shown.valid || shown.endpoint === undefined) {
    announce(t("fixFirst"));
    summary.focus();
    return;
  }
  const controller = new AbortController();
  sending = controller;
  submitButton.setAttribute("aria-disabled", "true");
  answer.waiting(() => controller.abort());
  const slow = window.setTimeout(() => answer.slow(), slowAfter);
  const outcome = await send(shown.endpoint, shown.body, place.locale, controller.signal);
  window.clearTimeout(slow);
  sending = undefined;
  submitButton.removeAttribute("aria-disabled");
  sandbox.update(health?.sandbox === true);
  if (outcome.kind === "unreachable") void checkProxy();
  // Another payload was opened meanwhile: its form is not the one that was sent.
  if (used !== editor) {
    answer.clear();
    return;
  }
  if (outcome.kind === "upstream") used.explain({ status: outcome.status, body: outcome.body });
  update();
  answer.show(used, outcome);
  answer.focus();
}

function keyboard(event: KeyboardEvent): void {
  if (document.querySelector("dialog[open]")) return;
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === "Enter") {
    event.preventDefault();
    void submit();
  } else if (command && event.code === "KeyZ" && !editor.readOnly && inForm(event)) {
    event.preventDefault();
    step(event.shiftKey ? "redo" : "undo");
  } else if (command && event.code === "KeyY" && !editor.readOnly && inForm(event)) {
    event.preventDefault();
    step("redo");
  }
}

/** The form's own undo replaces the browser's inside its fields only. */
function inForm(event: KeyboardEvent): boolean {
  return event.target === document.body || form.contains(event.target as Node) || actions.contains(event.target as Node);
}

/** A fault of the page itself must not pass in silence. */
function crashed(): void {
  fill(crash, icon("error"), t("crashed"));
  crash.hidden = false;
  announce(t("crashed"));
}

function start(): void {
  const root = document.getElementById("app");
  if (!root) return;
  setLocale(place.locale);
  root.replaceChildren(
    skip,
    header,
    h(
      "main",
      { class: "page" },
      h("div", { class: "work" }, crash, intro, form, proxyNote, actions, draftNote),
      h("div", { class: "side" }, answer.element, summary.element, preview.element, sandbox.element),
    ),
    paste.element,
  );
  installAnnouncer();
  open();
  void checkProxy();
  document.addEventListener("keydown", keyboard);
  window.addEventListener("pagehide", () => save(editor.form.value()));
  window.addEventListener("hashchange", () => {
    const next = knownPlace(readPlace(place.payload));
    if (next.payload !== place.payload || next.locale !== place.locale) go(next);
  });
  window.addEventListener("error", crashed);
  window.addEventListener("unhandledrejection", crashed);
}

start();
