// What the Portal sent: applications, cancellations and the outcomes of reviews, as they arrive. An application can be commented on:
// that opens the form of a comment with what is known of it filled in.
import type { Received } from "portform/client";
import { announce, fill, h, icon, spoken } from "../dom";
import { client, isRecord } from "../submit";
import { moment, number, t } from "../texts";

/** So many are listed, the newest first. */
const listed = 50;

export interface InboxPanel {
  readonly element: HTMLElement;
  /** Listens from the first time that there is a proxy to ask. */
  update(present: boolean): void;
}

export function inboxPanel(comment: (draft: Record<string, unknown>) => void): InboxPanel {
  const summary = h("summary", {});
  const list = h("ul", { class: "inbox-list" });
  const element = h("details", { class: "panel inbox", hidden: true, "data-testid": "inbox" }, summary, list);
  const items: Received[] = [];
  let listening = false;
  let failed = "";

  async function listen(): Promise<void> {
    try {
      for await (const received of client().received()) {
        items.unshift(received);
        if (Date.parse(received.at) > began) announce(`${t("inboxNew")}: ${titleOf(received)}`);
        draw();
      }
    } catch (error) {
      failed = error instanceof Error ? error.message : String(error);
      draw();
    }
  }
  const began = Date.now();

  function draw(): void {
    summary.textContent = `${t("inbox")}: ${number(items.length)}`;
    fill(
      list,
      failed !== "" && h("li", { class: "muted" }, failed),
      items.length === 0 && failed === "" && h("li", { class: "muted" }, t("inboxEmpty")),
      ...items.slice(0, listed).map(line),
    );
  }

  function line(received: Received): HTMLElement {
    const value = isRecord(received.value) ? received.value : {};
    const detail = received.kind === "expertise" ? [value["program_id"], value["status"], value["comment"]] : [value["program_id"], value["cycle_id"]];
    return h(
      "li",
      { class: `inbox-item ${received.kind}`, "data-id": received.id, "data-kind": received.kind },
      h("p", {}, icon("note"), h("strong", {}, titleOf(received))),
      h("p", { class: "muted" }, [moment(received.at), ...detail.filter((part) => typeof part === "string" && part !== "")].join(" · ")),
      received.kind === "application" &&
        h(
          "button",
          { type: "button", class: "quiet", onclick: () => comment(commented(value)) },
          t("inboxComment"),
          spoken(`: ${titleOf(received)}`),
        ),
    );
  }

  return {
    element,
    update(present) {
      element.hidden = !present;
      draw();
      if (present && !listening) {
        listening = true;
        void listen();
      }
    },
  };
}

function titleOf({ kind, value }: Received): string {
  const number_ = isRecord(value) && typeof value["request_number"] === "string" ? ` № ${value["request_number"]}` : "";
  return `${t(kind === "application" ? "inboxApplication" : kind === "cancellation" ? "inboxCancellation" : "inboxExpertise")}${number_}`;
}

/** The draft of a comment on an application: what identifies it. */
function commented(value: Record<string, unknown>): Record<string, unknown> {
  const keys = ["program_id", "cycle_id", "request_id", "snils", "request_number"];
  return Object.fromEntries(keys.flatMap((key) => (value[key] === undefined ? [] : [[key, value[key]]])));
}
