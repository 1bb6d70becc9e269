// What was sent from this browser and what still waits: one line per submission, with what can be done about it. It shows what the
// outbox of the package says and decides nothing.
import { payloads, type Locale } from "portform";
import type { Outbox, OutboxEntry } from "portform/store";
import { announce, fill, h, spoken } from "../dom";
import { outbox, payloadOf } from "../submit";
import { moment, number, t } from "../texts";

/** So many are listed, the newest first. */
const listed = 50;

export interface OutboxPanel {
  readonly element: HTMLElement;
  draw(): void;
}

export function outboxPanel(): OutboxPanel {
  const summary = h("summary", {});
  const note = h("p", { class: "muted", hidden: true });
  const list = h("ul", { class: "outbox-list" });
  const element = h("details", { class: "panel outbox", hidden: true, "data-testid": "outbox" }, summary, note, list);
  let box: Outbox | undefined;

  function draw(): void {
    if (!box) return;
    const entries = [...box.entries()].reverse();
    const open = entries.filter(({ state }) => state !== "accepted" && state !== "refused").length;
    element.hidden = entries.length === 0 && box.problem === undefined;
    summary.textContent = open === 0 ? `${t("outbox")}: ${number(entries.length)}` : `${t("outbox")}: ${number(entries.length)} (${t("outboxOpen")}: ${number(open)})`;
    note.hidden = box.problem === undefined;
    note.textContent = box.problem?.message ?? "";
    fill(list, ...entries.slice(0, listed).map(line));
  }

  function line(entry: OutboxEntry): HTMLElement {
    const title = Object.values(payloads).find(({ name }) => name === payloadOf(entry))?.title[document.documentElement.lang as Locale] ?? entry.endpoint?.url ?? "";
    const label = `${title}, ${moment(entry.addedAt)}`;
    const button = (word: string, act: () => Promise<unknown>): HTMLElement =>
      h("button", { type: "button", class: "quiet", onclick: () => void done(act) }, word, spoken(`: ${label}`));
    return h(
      "li",
      { class: `outbox-entry ${entry.state}`, "data-key": entry.key, "data-state": entry.state },
      h("p", {}, h("strong", {}, title), ` — ${t(`state_${entry.state}`)}`),
      h("p", { class: "muted" }, `${moment(entry.changedAt)} · ${t("submissionKey")}: ${entry.key}`),
      entry.outcome && "message" in entry.outcome ? h("p", { class: "muted" }, entry.outcome.message) : null,
      h(
        "div",
        { class: "actions-row" },
        entry.state === "unknown" && button(t("askOutcome"), async () => box?.retry(entry.key)),
        (entry.state === "waiting" || entry.state === "not_sent") && button(t("sendNow"), async () => box?.retry(entry.key)),
        entry.state !== "sending" && button(t("outboxRemove"), async () => box?.remove(entry.key)),
      ),
    );
  }

  async function done(act: () => Promise<unknown>): Promise<void> {
    // The button goes with the line that is drawn anew: the focus stays in the list.
    summary.focus();
    try {
      await act();
    } catch (error) {
      announce(error instanceof Error ? error.message : String(error));
    }
  }

  void outbox().then((opened) => {
    box = opened;
    box.subscribe(draw);
    draw();
  });

  return { element, draw };
}
