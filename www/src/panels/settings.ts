// The package's options that a person may want to try: reading, dialects, the object's status, the parts of the address.
// The parts of the address are those that the endpoint names in braces; nothing here knows a payload.
import type { Dialect, Options } from "portform";
import { announce, fill, h } from "../dom";
import type { AnyPayload } from "../editor";
import { readSettings, writeSettings } from "../store";
import { t } from "../texts";

export interface Settings {
  mode: "lenient" | "strict";
  resultStatus: "" | "example" | "table";
  price: "" | "number" | "text";
  address: "" | "object" | "list";
  status: string;
  keys: "" | "shown";
  params: Record<string, string>;
}

const initial: Settings = { mode: "lenient", resultStatus: "", price: "", address: "", status: "", keys: "", params: {} };

export interface SettingsPanel {
  readonly element: HTMLElement;
  draw(payload: AnyPayload): void;
  options(payload: AnyPayload): Options;
}

export function settingsPanel(changed: () => void): SettingsPanel {
  const settings: Settings = { ...initial, ...readSettings() };
  // What the Portal's own reference services answered; asked for only by hand, and not kept over a reload.
  let references: { specialities?: unknown; programmes?: unknown } = {};
  const body = h("div", { class: "grid settings-grid" });
  const summary = h("summary", {});
  const element = h("details", { class: "settings" }, summary, body);

  function store(): void {
    writeSettings(settings);
    showKeys();
    changed();
  }

  function showKeys(): void {
    document.body.classList.toggle("with-keys", settings.keys === "shown");
  }

  function select<K extends "mode" | "resultStatus" | "price" | "address" | "keys">(key: K, label: string, options: readonly (readonly [Settings[K], string])[]): HTMLElement {
    const id = `setting-${key}`;
    const input = h("select", { id, onchange: () => {
      settings[key] = input.value as Settings[K];
      store();
    } }, ...options.map(([value, text]) => h("option", { value, selected: settings[key] === value }, text)));
    return h("div", { class: "field" }, h("label", { class: "label", for: id }, label), h("div", { class: "control" }, input));
  }

  function text(id: string, label: string, value: string, hint: string | undefined, take: (value: string) => void): HTMLElement {
    const input = h("input", { id, type: "text", value, autocomplete: "off", "aria-describedby": hint ? `${id}-hint` : null, onchange: () => {
      take(input.value.trim());
      store();
    } });
    return h("div", { class: "field" }, h("label", { class: "label", for: id }, label), hint ? h("p", { class: "hint", id: `${id}-hint` }, hint) : null, h("div", { class: "control" }, input));
  }

  async function loadReferences(): Promise<void> {
    const [specialities, programmes] = await Promise.all(["specialities", "programmes"].map((name) => get(`/portal/umk/${name}`)));
    references = { ...(specialities === undefined ? {} : { specialities }), ...(programmes === undefined ? {} : { programmes }) };
    try {
      changed();
    } catch {
      // The Portal answered something that is no such list: the package says so by a TypeError, and goes on without it.
      references = {};
      changed();
    }
    showReferences();
    announce(`${t("references")}: ${referencesVerdict.textContent}`);
  }

  const referencesVerdict = h("span", {});
  const referencesButton = h("button", { type: "button", class: "quiet", onclick: () => void loadReferences() });

  function showReferences(): void {
    referencesButton.textContent = t("referencesLoad");
    referencesVerdict.textContent = t(Object.keys(references).length === 2 ? "referencesLoaded" : "referencesAbsent");
  }

  return {
    element,
    draw(payload) {
      summary.textContent = t("settings");
      showKeys();
      showReferences();
      const parts = pathParts(payload).map((name) =>
        text(`setting-part-${name}`, part(name), settings.params[name] ?? "", undefined, (value) => {
          if (value === "") delete settings.params[name];
          else settings.params[name] = value;
        }),
      );
      fill(
        body,
        ...parts,
        select("keys", t("keys"), [["", t("hidden")], ["shown", t("shown")]]),
        select("mode", t("mode"), [["lenient", t("lenient")], ["strict", t("strict")]]),
        h("div", { class: "field" }, h("p", { class: "label" }, `${t("references")}: `, referencesVerdict), h("div", { class: "control" }, referencesButton)),
        text("setting-status", t("status"), settings.status, t("statusHint"), (value) => {
          settings.status = value;
        }),
        select("resultStatus", t("resultStatus"), [["", t("asWritten")], ["example", "NOT_TRAINED / FAILED / SUCCEED"], ["table", "not_trained / failed / succed"]]),
        select("price", t("price"), [["", t("asWritten")], ["number", t("priceNumber")], ["text", t("priceText")]]),
        select("address", t("address"), [["", t("asWritten")], ["object", t("addressObject")], ["list", t("addressList")]]),
      );
    },
    options(payload) {
      const dialect: Dialect = {
        ...(settings.resultStatus ? { resultStatus: settings.resultStatus } : {}),
        ...(settings.price ? { price: settings.price } : {}),
        ...(settings.address ? { address: settings.address } : {}),
      };
      const params = Object.fromEntries(pathParts(payload).flatMap((name) => (settings.params[name] ? [[name, settings.params[name]]] : [])));
      const contractType = params["contract_type"]?.toUpperCase();
      return {
        mode: settings.mode,
        dialect,
        context: {
          ...references,
          ...(settings.status ? { status: settings.status } : {}),
          ...(contractType === "CAPITATION" || contractType === "REIMBURSEMENT" ? { contractType } : {}),
        },
        ...(Object.keys(params).length > 0 ? { endpoint: { params } } : {}),
      };
    },
  };
}

async function get(path: string): Promise<unknown> {
  try {
    const answer = await fetch(path, { signal: AbortSignal.timeout(10_000) });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

/** What a parameter of the path is called; only eHealth's have a name here, and all are needed to send. */
function part(name: string): string {
  const known: Readonly<Record<string, string>> = { id: t("part_id"), contract_type: t("part_contract_type") };
  return `${known[name] ?? name} *`;
}

function pathParts(payload: AnyPayload): string[] {
  return [...(payload.endpoint?.path ?? "").matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
}
