// <portform-form>: a payload's form as one element of a page. It builds its fields from what the payload says of them, shows what may
// be shown, and submits through a client. It decides no rule and keeps no copy of the draft. In a <form> it is a control like any
// other: name, value, validity, reset, restore.
import type { Client, Outcome } from "../client-types.js";
import type { Drafts } from "../store/drafts.js";
import type { Changes, Context, Form, Locale, Options, Payload, Preview } from "../types.js";
import { attribute, Announcer, fill, h, icon } from "./dom.js";
import { fieldView } from "./group.js";
import { OutcomeView } from "./outcome-view.js";
import { isBlank, Screen } from "./screen.js";
import { adopt } from "./styles.js";
import { SummaryList } from "./summary-list.js";
import { isLocale, moment, wordsOf } from "./words/index.js";

export type AnyPayload = Payload<unknown, unknown>;

/** Where the engine and the client are had from, when they are first needed. */
export interface Sources {
  payload(name: string): Promise<AnyPayload | undefined>;
  client(locale: Locale): Promise<Client>;
}

/** What stands elsewhere on the page and shows something of a form. */
export interface Companion {
  /** The form's own summary is not shown where another element shows it. */
  readonly summary: boolean;
  update(screen: Screen, shown: { readonly preview: Preview; readonly blank: boolean }): void;
}

/** Where there is no DOM, as on a server, the element is a class that nobody makes an object of. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

export class PortformForm extends Base {
  static readonly formAssociated = true;
  static readonly observedAttributes = ["payload", "locale", "readonly"];
  static sources: Sources;

  readonly #internals = this.attachInternals();
  readonly #root: ShadowRoot;
  readonly #announcer = new Announcer();
  readonly #summary = new SummaryList();
  readonly #outcome = new OutcomeView();
  readonly #fields = h("div", { class: "fields grid", part: "fields" });
  readonly #legend = h("p", { class: "legend hint" });
  readonly #note = h("p", { class: "note", part: "note", role: "status", hidden: true });
  readonly #status = h("p", { class: "status", part: "status" });
  readonly #submitButton = h("button", { type: "button", class: "primary", part: "button submit" });
  readonly #undoButton = h("button", { type: "button", class: "quiet", part: "button" });
  readonly #redoButton = h("button", { type: "button", class: "quiet", part: "button" });
  readonly #actions: HTMLElement;
  readonly #companions = new Set<Companion>();

  #payloadGiven: AnyPayload | undefined;
  #payload: AnyPayload | undefined;
  #options: Options = {};
  #context: Context | undefined;
  #client: Client | undefined;
  #drafts: Drafts | undefined;
  #screen: Screen | undefined;
  /** What stands in the form when it is made, and after a reset. */
  #initial: unknown;
  /** What was set before there was a form. */
  #waiting: { readonly value: unknown } | undefined;
  #starting = 0;
  #updating: ReturnType<typeof setTimeout> | undefined;
  #lastUpdate = 0;
  #sending: AbortController | undefined;
  #stopSaving: (() => Promise<void>) | undefined;
  #title: string | undefined;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open", delegatesFocus: true });
    adopt(this.#root);
    this.#submitButton.addEventListener("click", () => void this.submit());
    this.#undoButton.addEventListener("click", () => this.undo());
    this.#redoButton.addEventListener("click", () => this.redo());
    this.#actions = h("div", { class: "actions", part: "actions" }, this.#submitButton, this.#undoButton, this.#redoButton, this.#status);
    this.#root.append(
      h("div", { class: "form", part: "form" }, this.#note, this.#summary.element, this.#legend, this.#fields, this.#outcome.element, this.#actions),
      this.#announcer.element,
    );
    this.#actions.hidden = this.#legend.hidden = true;
    this.#root.addEventListener("keydown", (event) => this.#keyboard(event as KeyboardEvent));
    this.addEventListener("invalid", (event) => {
      // The browser's own bubble says less than the summary, and cannot point at the field.
      event.preventDefault();
      this.#fixFirst();
    });
  }

  connectedCallback(): void {
    if (this.#screen === undefined) void this.#start();
    else this.#save();
  }

  disconnectedCallback(): void {
    void this.#stopSaving?.();
    this.#stopSaving = undefined;
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.isConnected) return;
    if (name === "locale" && this.#screen !== undefined) this.#speak();
    else if (name === "payload") {
      this.#payloadGiven = undefined;
      void this.#start();
    } else void this.#start(this.value);
  }

  formResetCallback(): void {
    this.#screen?.replace(this.#initial, false);
    this.#outcome.clear();
  }

  formDisabledCallback(disabled: boolean): void {
    this.#fields.inert = disabled;
    attribute(this.#fields, "aria-disabled", disabled ? "true" : null);
    this.#submitButton.disabled = disabled;
  }

  formStateRestoreCallback(state: unknown): void {
    if (typeof state !== "string") return;
    try {
      this.value = JSON.parse(state);
    } catch {
      // Another page's state.
    }
  }

  /** The payload: its name, or one of the objects that `portform` or `portform/slim` exports. */
  get payload(): AnyPayload | string | undefined {
    return this.#payloadGiven ?? this.getAttribute("payload") ?? undefined;
  }
  set payload(payload: AnyPayload | string | undefined) {
    if (payload === undefined || typeof payload === "string") {
      this.#payloadGiven = undefined;
      if (payload === undefined) this.removeAttribute("payload");
      else this.setAttribute("payload", payload);
      return;
    }
    this.#payloadGiven = payload;
    if (this.isConnected) void this.#start();
  }

  /** The draft, as typed. Setting it is one step of undo. */
  get value(): unknown {
    return this.#waiting === undefined ? this.#screen?.form.value() : this.#waiting.value;
  }
  set value(value: unknown) {
    if (this.#screen === undefined) {
      this.#waiting = { value };
      this.#initial = value;
      return;
    }
    this.#screen.replace(value, false);
    this.#screen.touchFilled();
    this.#screen.refreshAll();
    this.#outcome.clear();
  }

  /** Options of the form; without `today` the day of this computer counts. */
  get options(): Options {
    return this.#options;
  }
  set options(options: Options | undefined) {
    this.#options = options ?? {};
    this.#speak();
  }

  get context(): Context | undefined {
    return this.#context ?? this.#options.context;
  }
  set context(context: Context | undefined) {
    this.#context = context;
    this.#speak();
  }

  /** What submits; without one, a client of the page's own origin is made when it is first needed. */
  get client(): Client | undefined {
    return this.#client;
  }
  set client(client: Client | undefined) {
    this.#client = client;
    this.#drawActions();
  }

  /** Where the draft is kept, under the element's `name` or the payload's. */
  get drafts(): Drafts | undefined {
    return this.#drafts;
  }
  set drafts(drafts: Drafts | undefined) {
    if (drafts === this.#drafts) return;
    void this.#stopSaving?.();
    this.#stopSaving = undefined;
    this.#drafts = drafts;
    if (this.#screen !== undefined) void this.#restore();
  }

  get readonly(): boolean {
    return this.hasAttribute("readonly");
  }
  set readonly(readonly: boolean) {
    this.toggleAttribute("readonly", readonly);
  }

  get locale(): Locale {
    const own = this.getAttribute("locale") ?? this.#options.locale ?? this.closest("[lang]")?.getAttribute("lang")?.slice(0, 2);
    return isLocale(own) ? own : this.#payload?.upstream === "ehealth" ? "uk" : "ru";
  }
  set locale(locale: Locale) {
    this.setAttribute("locale", locale);
  }

  get name(): string {
    return this.getAttribute("name") ?? "";
  }
  set name(name: string) {
    this.setAttribute("name", name);
  }

  /** The live form, once the element is connected and the engine has loaded: `portform-ready` tells of it. */
  get form(): Form<unknown> | undefined {
    return this.#screen?.form;
  }

  /** The payload whose form is shown. */
  get opened(): AnyPayload | undefined {
    return this.#payload;
  }

  get validity(): ValidityState {
    return this.#internals.validity;
  }
  get validationMessage(): string {
    return this.#internals.validationMessage;
  }
  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }
  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  undo(): boolean {
    return this.#stepped("undo");
  }
  redo(): boolean {
    return this.#stepped("redo");
  }

  /** Shows every message, as after an attempt to submit. */
  reveal(): void {
    this.#screen?.reveal();
  }

  /** Puts the focus on a field of the form, wherever it stands. */
  focusField(pointer: string): void {
    this.#screen?.focus(pointer);
  }

  /** Checks, asks `portform-submit`, sends, and shows what became of it. */
  async submit(): Promise<Outcome | undefined> {
    const screen = this.#screen;
    if (screen === undefined || screen.readOnly || this.#sending !== undefined) return undefined;
    const preview = screen.form.preview();
    screen.reveal();
    if (!preview.valid) {
      this.#fixFirst();
      return undefined;
    }
    const meant = this.dispatchEvent(new CustomEvent("portform-submit", { detail: preview, bubbles: true, composed: true, cancelable: true }));
    if (!meant || preview.endpoint === undefined) return undefined;
    const controller = (this.#sending = new AbortController());
    attribute(this.#submitButton, "aria-disabled", "true");
    this.#outcome.waiting(screen, () => controller.abort());
    try {
      const client = (this.#client ??= await PortformForm.sources.client(screen.locale));
      const outcome = await client.submit(screen.form, { signal: controller.signal, locale: screen.locale });
      this.#answered(screen, client, outcome);
      return outcome;
    } catch (error) {
      this.#outcome.failed(screen, error);
      throw error;
    } finally {
      this.#sending = undefined;
      attribute(this.#submitButton, "aria-disabled", null);
    }
  }

  /** Another element shows something of this form from now on; the function ends it. */
  accompany(companion: Companion): () => void {
    this.#companions.add(companion);
    this.#update();
    return () => {
      this.#companions.delete(companion);
      this.#update();
    };
  }

  async #start(keep: unknown = this.#initial): Promise<void> {
    const starting = ++this.#starting;
    const name = this.getAttribute("payload");
    const given = this.#payloadGiven;
    if (given === undefined && name === null) return;
    this.#say(wordsOf(this.locale).loading, false);
    let payload: AnyPayload | undefined;
    try {
      payload = given ?? (await PortformForm.sources.payload(name ?? ""));
      if (payload === undefined) throw new RangeError(`portform-form: there is no payload ${JSON.stringify(name)}.`);
      if (starting !== this.#starting) return;
      this.#open(payload, keep);
    } catch (error) {
      if (starting !== this.#starting) return;
      this.#say(`${wordsOf(this.locale).loadFailed}. ${error instanceof Error ? error.message : ""}`, true);
      this.dispatchEvent(new ErrorEvent("error", { error, message: error instanceof Error ? error.message : String(error) }));
      return;
    }
    this.#note.hidden = true;
    await this.#restore();
    this.dispatchEvent(new CustomEvent("portform-ready", { bubbles: true, composed: true }));
  }

  #open(payload: AnyPayload, keep: unknown): void {
    void this.#stopSaving?.();
    this.#stopSaving = undefined;
    this.#screen?.leave();
    this.#payload = payload;
    const options = this.#optionsNow();
    const draft = this.#waiting === undefined ? keep : this.#waiting.value;
    this.#waiting = undefined;
    this.#screen = new Screen(payload.form(draft, options), payload.fields(options), {
      locale: this.locale,
      readOnly: this.readonly || payload.direction === "inbound",
      announce: (text) => this.#announcer.say(text),
      changed: (changes) => this.#changed(changes),
    });
    this.#screen.context = options.context;
    this.#screen.touchFilled();
    this.#outcome.clear();
    this.#draw();
  }

  /** The draft that was kept, unless the page gave one. */
  async #restore(): Promise<void> {
    const screen = this.#screen;
    if (screen === undefined || this.#drafts === undefined || screen.readOnly) return;
    const kept = await this.#drafts.load(this.#draftId());
    if (screen !== this.#screen) return;
    if (kept !== undefined && isBlank(screen.form.value()) && !isBlank(kept)) {
      screen.replace(kept, false);
      screen.touchFilled();
      screen.refreshAll();
      this.#say(`${screen.words.draftRestored} ${screen.words.draftKept}`, false);
    }
    this.#save();
  }

  #draftId(): string {
    return this.name === "" ? (this.#payload?.name ?? "") : this.name;
  }

  #save(): void {
    const screen = this.#screen;
    if (screen === undefined || this.#drafts === undefined || this.#stopSaving !== undefined || screen.readOnly) return;
    this.#stopSaving = this.#drafts.autosave(this.#draftId(), screen.form, { onProblem: (problem) => this.#draftProblem(problem) });
  }

  /** The draft could not be kept, or another tab has changed it: nothing is overwritten before the person decides. */
  #draftProblem(problem: Error): void {
    const screen = this.#screen;
    const drafts = this.#drafts;
    if (screen === undefined || drafts === undefined) return;
    const { mine, theirs } = problem as { mine?: { at?: string }; theirs?: { at: string; value: unknown } };
    if (theirs === undefined) {
      this.#say(problem.message, true);
      return;
    }
    const { words, locale } = screen;
    const text = words.draftConflict.replace("{theirs}", moment(theirs.at, locale)).replace("{mine}", mine?.at === undefined ? words.never : moment(mine.at, locale));
    const button = (word: string, act: () => Promise<unknown>): HTMLElement =>
      h("button", { type: "button", class: "quiet", part: "button", onclick: () => void act().then(() => this.#say("", false)) }, word);
    fill(
      this.#note,
      icon("warning"),
      ` ${text} `,
      button(words.draftTheirs, async () => {
        screen.replace(await drafts.load(this.#draftId()), true);
      }),
      button(words.draftMine, () => drafts.save(this.#draftId(), screen.form, { overwrite: true })),
    );
    this.#note.hidden = false;
  }

  #say(text: string, problem: boolean): void {
    fill(this.#note, text === "" ? null : problem ? icon("error") : null, text);
    this.#note.hidden = text === "";
  }

  #optionsNow(): Options {
    const { today = day() } = this.#options;
    const context = this.#context === undefined ? this.#options.context : { ...this.#options.context, ...this.#context };
    return { ...this.#options, today, locale: this.locale, ...(context === undefined ? {} : { context }) };
  }

  /** Another language or context: what was typed, the place on the page and the focus stay. */
  #speak(): void {
    const screen = this.#screen;
    const payload = this.#payload;
    if (screen === undefined || payload === undefined) return;
    const options = this.#optionsNow();
    screen.speak(this.locale, payload.fields(options));
    screen.context = options.context;
    screen.form.setOptions(options);
    const focused = this.#root.activeElement?.id;
    this.#draw();
    if (focused !== undefined && focused !== "") this.#root.getElementById(focused)?.focus();
  }

  #draw(): void {
    const screen = this.#screen;
    if (screen === undefined) return;
    const { words } = screen;
    attribute(this.#fields, "lang", screen.locale);
    screen.views.clear();
    fill(this.#fields, ...screen.tree.roots.map((node) => fieldView(screen, node, "").element));
    fill(this.#legend, h("span", { class: "mark", "aria-hidden": "true" }, "*"), ` — ${words.requiredLegend}`);
    fill(this.#submitButton, icon("send"), words.submit);
    fill(this.#undoButton, icon("undo"), words.undo);
    fill(this.#redoButton, icon("redo"), words.redo);
    this.#legend.hidden = screen.readOnly;
    this.#drawActions();
    this.#update();
  }

  /** In a <form> the page's own button submits, unless the element was given a client. */
  #drawActions(): void {
    const screen = this.#screen;
    this.#actions.hidden = screen === undefined || screen.readOnly;
    this.#submitButton.hidden = this.#payload?.endpoint === undefined || (this.#internals.form !== null && this.#client === undefined);
  }

  /** Something changed: what stands around the fields follows, at the pace that the size of the draft allows. */
  #changed(changes: Changes | undefined): void {
    if (changes !== undefined) {
      this.dispatchEvent(new CustomEvent("portform-input", { bubbles: true, composed: true }));
      this.dispatchEvent(new CustomEvent("portform-change", { detail: changes, bubbles: true, composed: true }));
    }
    clearTimeout(this.#updating);
    this.#updating = setTimeout(() => this.#update(), Math.min(1_000, Math.max(16, this.#lastUpdate * 4)));
  }

  #update(): void {
    const screen = this.#screen;
    if (screen === undefined) return;
    const began = performance.now();
    clearTimeout(this.#updating);
    const draft = screen.form.value();
    const blank = isBlank(draft);
    const preview = screen.form.preview();
    const elsewhere = [...this.#companions].some(({ summary }) => summary);
    if (elsewhere) this.#summary.element.hidden = true;
    else this.#summary.update(screen);
    for (const companion of this.#companions) companion.update(screen, { preview, blank });
    const { errors, warnings } = screen.form.summary();
    this.#internals.setFormValue(blank ? null : preview.body, JSON.stringify(draft ?? null));
    this.#internals.setValidity(errors === 0 || screen.readOnly ? {} : { customError: true }, `${screen.words.errors}: ${screen.count(errors)}`, this.#anchor());
    if (errors === 0 && this.#title !== undefined) this.#retitle(undefined);
    this.#drawStatus(screen, blank, errors, warnings);
    this.#outcome.follow(preview.body);
    this.#lastUpdate = performance.now() - began;
  }

  #anchor(): HTMLElement {
    return this.#fields.querySelector<HTMLElement>("[aria-invalid=true], input, select, textarea, legend") ?? this.#fields;
  }

  #drawStatus(screen: Screen, blank: boolean, errors: number, warnings: number): void {
    const badge = (kind: "error" | "warning", word: string, value: number): HTMLElement | null =>
      value === 0 ? null : h("span", { class: `badge ${kind}` }, icon(kind), `${word}: ${screen.count(value)}`);
    if (!screen.revealed && blank) fill(this.#status);
    else if (errors + warnings === 0) fill(this.#status, h("span", { class: "badge ready" }, icon("note"), screen.words.nothingWrong));
    else fill(this.#status, badge("error", screen.words.errors, errors), badge("warning", screen.words.warnings, warnings));
  }

  #fixFirst(): void {
    const screen = this.#screen;
    if (screen === undefined) return;
    screen.reveal();
    this.#update();
    screen.announce(screen.words.fixFirst);
    this.#retitle(`${screen.words.error}: ${this.#title ?? document.title}`);
    if (this.#summary.element.hidden) screen.focus(screen.shown("error", 1).issues[0]?.pointer ?? "");
    else this.#summary.focus();
    this.dispatchEvent(new CustomEvent("portform-invalid", { detail: screen.form.summary(), bubbles: true, composed: true }));
  }

  /** The page's title says that there is an error, until there is none; a title that the page has changed meanwhile stays. */
  #retitle(title: string | undefined): void {
    const before = this.#title;
    if (title !== undefined) {
      this.#title ??= document.title;
      document.title = title;
    } else if (before !== undefined) {
      if (document.title.endsWith(before)) document.title = before;
      this.#title = undefined;
    }
  }

  #answered(screen: Screen, client: Client, outcome: Outcome): void {
    // Another payload was opened meanwhile: its form is not the one that was sent.
    if (screen === this.#screen) {
      this.#update();
      this.#outcome.show(screen, outcome, {
        again: () => void this.submit(),
        ask: () => void client.outcome("key" in outcome ? outcome.key : "").then((later) => this.#answered(screen, client, later)),
      });
    }
    this.dispatchEvent(new CustomEvent("portform-outcome", { detail: outcome, bubbles: true, composed: true }));
  }

  #stepped(which: "undo" | "redo"): boolean {
    const screen = this.#screen;
    if (screen === undefined || screen.readOnly || !screen[which]()) return false;
    screen.announce(screen.words[which]);
    return true;
  }

  /** The form's own undo replaces the browser's inside its fields. */
  #keyboard(event: KeyboardEvent): void {
    const command = event.ctrlKey || event.metaKey;
    const back = command && event.code === "KeyZ" && !event.shiftKey;
    const forth = command && (event.code === "KeyY" || (event.code === "KeyZ" && event.shiftKey));
    if (command && event.key === "Enter" && !this.#submitButton.hidden) void this.submit();
    else if (back) this.undo();
    else if (forth) this.redo();
    else return;
    event.preventDefault();
  }
}

/** This computer's day, in its own time zone. */
function day(): string {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}
