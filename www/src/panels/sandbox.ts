// A small control of the trial sandbox, shown only when the proxy runs one: what it holds, and the technical review of
// each programme, moved by hand as the Portal's reviewers would. Nothing here exists against a real upstream.
import { announce, fill, h, spoken } from "../dom";
import { isRecord } from "../submit";
import { t } from "../texts";

const statuses = ["in_progress", "needs_revision", "approved", "archived"] as const;

export interface SandboxPanel {
  readonly element: HTMLElement;
  /** Shows or hides the panel, and asks the sandbox anew while it is open. */
  update(present: boolean): void;
}

interface Programme {
  readonly program_number: string;
  readonly name: string;
  readonly status: string;
  readonly comment: string;
}

export function sandboxPanel(): SandboxPanel {
  const summary = h("summary", {});
  const body = h("div", { class: "sandbox-body" });
  const element = h("details", { class: "panel sandbox", hidden: true, ontoggle: () => void draw() }, summary, body);

  async function draw(): Promise<void> {
    if (!element.open) return;
    const state = await ask("/sandbox/state");
    if (!isRecord(state)) {
      fill(body, h("p", { class: "muted" }, t("proxyGone")));
      return;
    }
    const programmes = rows(state["programmes"]).map(asProgramme);
    const cycles = rows(state["cycles"]);
    fill(
      body,
      h("h3", {}, t("sandboxProgrammes")),
      ...programmes.map((programme) => row(programme)),
      cycles.length > 0 && h("h3", {}, t("sandboxCycles")),
      cycles.length > 0 && h("ul", {}, ...cycles.map(cycleRow)),
    );
  }

  /** A cycle, to which a made-up specialist applies. */
  function cycleRow(cycle: Record<string, unknown>): HTMLElement {
    const id = text(cycle["id"]);
    const path = `/sandbox/cycles/${encodeURIComponent(id)}/applications`;
    let last = "";
    const cancel = h("button", { type: "button", class: "quiet", hidden: true, onclick: () => void tell(`${path}/${encodeURIComponent(last)}/cancel`) }, t("sandboxCancelLast"), spoken(`: ${id}`));
    const tell = async (to: string): Promise<void> => {
      const made = await ask(to, {});
      announce(made === undefined ? t("proxyGone") : t("sandboxMoved"));
      if (isRecord(made) && typeof made["request_number"] === "string") last = made["request_number"];
      cancel.hidden = last === "";
    };
    return h(
      "li",
      {},
      h("strong", {}, id),
      ` — ${text(cycle["programme"])}, ${text(cycle["status"])} `,
      h("button", { type: "button", class: "quiet", "data-testid": "apply", onclick: () => void tell(path) }, t("sandboxApply"), spoken(`: ${id}`)),
      cancel,
    );
  }

  function row(programme: Programme): HTMLElement {
    const id = `sandbox-${programme.program_number}`;
    const known = statuses.some((status) => status === programme.status);
    const select = h(
      "select",
      { id: `${id}-status` },
      ...(known ? [] : [h("option", { value: "", selected: true }, programme.status)]),
      ...statuses.map((status) => h("option", { value: status, selected: status === programme.status }, t(status))),
    );
    const comment = h("input", { type: "text", id: `${id}-comment`, value: programme.comment, autocomplete: "off", placeholder: t("sandboxComment") });
    const apply = async (): Promise<void> => {
      if (select.value === "") return;
      const path = `/sandbox/programmes/${encodeURIComponent(programme.program_number)}/status`;
      const done = await ask(path, { status: select.value, comment: comment.value });
      announce(done === undefined ? t("proxyGone") : t("sandboxMoved"));
      await draw();
    };
    return h(
      "div",
      { class: "sandbox-row" },
      h("p", {}, h("strong", {}, programme.program_number), ` ${programme.name}`),
      h("label", { for: select.id }, spoken(`${t("status")}: ${programme.program_number}`)),
      select,
      h("label", { for: comment.id }, spoken(`${t("sandboxComment")}: ${programme.program_number}`)),
      comment,
      h("button", { type: "button", class: "quiet", onclick: () => void apply() }, t("sandboxMove"), spoken(`: ${programme.program_number}`)),
    );
  }

  return {
    element,
    update(present) {
      summary.textContent = t("sandbox");
      element.hidden = !present;
      if (present) void draw();
    },
  };
}

async function ask(path: string, body?: unknown): Promise<unknown> {
  try {
    const answer = await fetch(path, {
      signal: AbortSignal.timeout(5000),
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

function rows(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function asProgramme(row: Record<string, unknown>): Programme {
  return { program_number: text(row["program_number"]), name: text(row["name"]), status: text(row["status"]), comment: text(row["comment"]) };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
