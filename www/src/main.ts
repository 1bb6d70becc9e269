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
import { inboxPanel } from "./panels/inbox";
import { outboxPanel } from "./panels/outbox";
import { sandboxPanel } from "./panels/sandbox";
import { downloadButton, isSigned, uploadField } from "./panels/signing";
import { settingsPanel } from "./panels/settings";
import { summaryPanel } from "./panels/summary";
import { DraftConflict } from "portform/store";
import type { Health } from "portform/client";
import { readPlace, writePlace, type Place } from "./store";
import { askHealth, drafts, outbox, payloadOf, send } from "./submit";
import { moment, number, setLocale, t } from "./texts";
import { fieldView } from "./views/group";

const byName: Readonly<Record<string, AnyPayload>> = payloads;
const names = Object.keys(byName);
const slowAfter = 6000;

let place = knownPlace(readPlace("cycle.create"));
// Before the first panel: the client's words are in the page's language.
setLocale(place.locale);
let editor: Editor;
let health: Health | undefined;
let sending: AbortController | undefined;
let updating = 0;
let lastUpdate = 0;
/** Grows with every form that is opened: what was loaded for an earlier one comes too late. */
let openings = 0;
/** What stops saving the form that is shown. */
let stopSaving: (() => Promise<void>) | undefined;

const summary = summaryPanel();
const preview = previewPanel();
const answer = answerPanel();
const sandbox = sandboxPanel();
const sent = outboxPanel();
const inbox = inboxPanel((draft) => void go({ payload: "application.comment" }, draft));
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
const signing = h("span", {});
const actions = h("div", { class: "actions" }, h("div", { class: "actions-row" }, submitButton, signing, undoButton, redoButton, status));
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
  const payload = byName[place.payload];
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

/** Another payload, or the first one: its kept draft, else an empty form. A draft that is given counts instead. */
async function open(given?: unknown): Promise<void> {
  const opening = ++openings;
  const payload = payloadNow();
  const store = await drafts();
  const kept = given ?? (payload.direction === "inbound" ? undefined : await store.load(payload.name));
  if (opening !== openings) return;
  editor?.dispose();
  settings.draw(payload);
  editor = new Editor(payload, kept, optionsNow(), false, () => changed());
  editor.touchFilled();
  answer.clear();
  writePlace(place);
  drawChrome();
  drawForm();
  draftNote.textContent = editor.readOnly ? "" : kept !== undefined && !isBlank(kept) ? `${t("draftRestored")} ${t("draftKept")}` : t("draftKept");
  if (store.problem) draftNote.textContent = store.problem.message;
  if (!editor.readOnly) stopSaving = store.autosave(payload.name, editor.form, { delay: 50, onProblem: problem });
  await recall();
}

/** What became of the same data earlier, also before a reload. */
async function recall(): Promise<void> {
  const used = editor;
  const box = await outbox();
  if (used !== editor || used.readOnly) return;
  const { body } = used.form.preview();
  const entry = box.entries().findLast((entry) => payloadOf(entry) === used.payload.name && entry.body === body);
  if (entry && entry.state !== "waiting") answer.show(used, entry);
}

/** A draft that could not be saved: another tab has changed it, or the browser has no room. */
function problem(fault: Error): void {
  if (!(fault instanceof DraftConflict)) {
    draftNote.textContent = fault.message;
    announce(fault.message);
    return;
  }
  const { mine, theirs, id } = fault;
  const text = t("draftConflict").replace("{theirs}", moment(theirs.at)).replace("{mine}", mine.at === undefined ? t("never") : moment(mine.at));
  const decide = (word: string, act: () => Promise<void>): HTMLElement =>
    h("button", { type: "button", class: "quiet", onclick: () => void act() }, word);
  const decided = (): void => {
    draftNote.textContent = t("draftKept");
  };
  fill(
    draftNote,
    h("span", { class: "conflict" }, icon("warning"), text, " "),
    decide(t("draftTheirs"), async () => {
      load(await (await drafts()).load(id));
      decided();
    }),
    decide(t("draftMine"), async () => {
      await (await drafts()).save(id, editor.form, { overwrite: true });
      decided();
    }),
  );
  announce(text);
}

async function go(next: Partial<Place>, given?: unknown): Promise<void> {
  const other = given !== undefined || (next.payload !== undefined && next.payload !== place.payload);
  place = knownPlace({ ...place, ...next });
  setLocale(place.locale);
  if (other) {
    await stopSaving?.();
    stopSaving = undefined;
    await open(given);
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
  preview.element.removeAttribute("aria-busy");
  drawStatus(blank);
  if (!blank && draftNote.textContent === t("cleared")) draftNote.textContent = t("draftKept");
  // «Принято» is about the data that were sent.
  if (answer.shown && answer.shown.body !== shown.body) answer.clear();
  lastUpdate = performance.now() - began;
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
      uploadField(payload, () => editor),
    ),
    settings.element,
  );
  fill(legend, h("span", { class: "mark", "aria-hidden": "true" }, "*"), ` — ${t("requiredLegend")}`);
  legend.hidden = actions.hidden = editor.readOnly;
  fill(submitButton, icon("send"), t("submit"));
  fill(signing, isSigned(payload) && downloadButton(() => editor, needsFixing));
  submitButton.hidden = isSigned(payload);
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
  const select = h("select", { id: "payload", "data-testid": "payload", onchange: () => void go({ payload: select.value }) });
  for (const upstream of ["portal", "ehealth"] as const) {
    for (const direction of ["outbound", "inbound"] as const) {
      const options = names.flatMap((name) => {
        const payload = byName[name];
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
        h("input", { type: "radio", name: "locale", id: `locale-${locale}`, value: locale, checked: locale === place.locale, onchange: () => void go({ locale }) }),
        h("span", {}, h("span", { "aria-hidden": "true" }, locale.toUpperCase()), spoken(names[locale])),
      ),
    ),
  );
}

function drawProxyNote(): void {
  sandbox.update(health?.sandbox === true);
  inbox.update(health !== undefined);
  sent.draw();
  const upstream = payloadNow().upstream;
  const reason = health === undefined ? t("proxyAbsent") : health[upstream] === false ? t("notConfigured") : undefined;
  proxyNote.hidden = reason === undefined || editor.readOnly;
  if (reason === undefined) return;
  fill(proxyNote, h("p", {}, icon("warning"), reason), h("button", { type: "button", class: "quiet", onclick: () => void checkProxy() }, t("retryProxy")));
}

async function checkProxy(): Promise<void> {
  health = await askHealth();
  drawProxyNote();
}

function needsFixing(): void {
  editor.reveal();
  update();
  announce(t("fixFirst"));
  summary.focus();
}

async function submit(again = false): Promise<void> {
  if (sending || editor.readOnly) return;
  const used = editor;
  const shown = used.form.preview();
  used.reveal();
  update();
  if (!shown.valid || shown.endpoint === undefined) {
    needsFixing();
    return;
  }
  const controller = new AbortController();
  sending = controller;
  submitButton.setAttribute("aria-disabled", "true");
  answer.waiting(() => controller.abort());
  const box = await outbox();
  const earlier = box.entries().findLast((entry) => entry.state === "accepted" && entry.body === shown.body && entry.endpoint?.url === shown.endpoint?.url);
  if (earlier && !again) {
    sending = undefined;
    submitButton.removeAttribute("aria-disabled");
    answer.ask(earlier, () => void submit(true));
    answer.focus();
    return;
  }
  const slow = window.setTimeout(() => answer.slow(), slowAfter);
  const entry = await send(used.form, { payload: used.payload.name }, controller.signal);
  window.clearTimeout(slow);
  sending = undefined;
  submitButton.removeAttribute("aria-disabled");
  sandbox.update(health?.sandbox === true);
  if (entry.outcome?.kind === "not_sent") void checkProxy();
  // Another payload was opened meanwhile: its form is not the one that was sent.
  if (used !== editor) {
    answer.clear();
    return;
  }
  update();
  answer.show(used, entry);
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

async function start(): Promise<void> {
  const root = document.getElementById("app");
  if (!root) return;
  root.replaceChildren(
    skip,
    header,
    h(
      "main",
      { class: "page" },
      h("div", { class: "work" }, crash, intro, form, proxyNote, actions, draftNote),
      h("div", { class: "side" }, answer.element, summary.element, preview.element, sent.element, inbox.element, sandbox.element),
    ),
    paste.element,
  );
  installAnnouncer();
  await open();
  void checkProxy();
  document.addEventListener("keydown", keyboard);
  window.addEventListener("hashchange", () => {
    const next = knownPlace(readPlace(place.payload));
    if (next.payload !== place.payload || next.locale !== place.locale) void go(next);
  });
  window.addEventListener("error", crashed);
  window.addEventListener("unhandledrejection", crashed);
}

void start();
