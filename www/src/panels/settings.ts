// The package's options that a person may want to try: reading, dialects, the object's status, the parts of the address.
// The parts of the address are those that the endpoint names in braces; nothing here knows a payload.
import type { Dialect, Options } from "portform";
import { fill, h } from "../dom";
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

  return {
    element,
    draw(payload) {
      summary.textContent = t("settings");
      showKeys();
      const parts = pathParts(payload).map((name) =>
        text(`setting-part-${name}`, `${t("pathParts")}: ${name}`, settings.params[name] ?? "", undefined, (value) => {
          if (value === "") delete settings.params[name];
          else settings.params[name] = value;
        }),
      );
      fill(
        body,
        ...parts,
        select("keys", t("keys"), [["", t("hidden")], ["shown", t("shown")]]),
        select("mode", t("mode"), [["lenient", t("lenient")], ["strict", t("strict")]]),
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
          ...(settings.status ? { status: settings.status } : {}),
          ...(contractType === "CAPITATION" || contractType === "REIMBURSEMENT" ? { contractType } : {}),
        },
        ...(Object.keys(params).length > 0 ? { endpoint: { params } } : {}),
      };
    },
  };
}

function pathParts(payload: AnyPayload): string[] {
  return [...(payload.endpoint?.path ?? "").matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
}
