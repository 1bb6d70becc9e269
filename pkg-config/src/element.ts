// portform/element: the form on the screen. Importing it makes the elements known where there is a page and does nothing on a server;
// the engine and the client are loaded when the first element needs them.
import { PortformPreview, PortformSummary } from "./element/companions.js";
import { PortformForm } from "./element/form-element.js";
import { PortformImport } from "./element/import-element.js";
import type { AnyPayload } from "./element/form-element.js";
import type { Client } from "./client-types.js";
import type { Outcome } from "./client-types.js";
import type { Changes, Preview, Summary } from "./types.js";

export { PortformForm, PortformImport, PortformPreview, PortformSummary };

PortformForm.sources = {
  async payload(name) {
    // Beside this file, so that a page without a bundler needs no import map; bundlers find the default entry there as well.
    const { payloads } = await import("./index.js");
    return Object.values(payloads as Readonly<Record<string, AnyPayload>>).find((payload) => payload.name === name);
  },
  async client(locale): Promise<Client> {
    const { createClient } = await import("./client.js");
    return createClient({ locale });
  },
};

PortformImport.reader = async () => (await import("./table.js")).readTable;

/** What the elements tell, for `addEventListener`. */
export interface PortformEvents {
  "portform-ready": CustomEvent<null>;
  "portform-input": CustomEvent<null>;
  "portform-change": CustomEvent<Changes>;
  "portform-invalid": CustomEvent<Summary>;
  "portform-submit": CustomEvent<Preview>;
  "portform-outcome": CustomEvent<Outcome>;
  "portform-imported": CustomEvent<Changes>;
}

declare global {
  interface HTMLElementTagNameMap {
    "portform-form": PortformForm;
    "portform-summary": PortformSummary;
    "portform-preview": PortformPreview;
    "portform-import": PortformImport;
  }
  interface HTMLElementEventMap extends PortformEvents {}
}

if (typeof customElements === "object") {
  for (const [name, element] of [["portform-form", PortformForm], ["portform-summary", PortformSummary], ["portform-preview", PortformPreview], ["portform-import", PortformImport]] as const) {
    // Two versions of the package on one page: the first stays.
    if (customElements.get(name) === undefined) customElements.define(name, element);
  }
}
