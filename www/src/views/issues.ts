// How an issue looks: its severity as shape, word and colour, then the message, then the rule it comes from.
import type { Issue } from "portform";
import { fill, h, icon, spoken } from "../dom";
import { t } from "../texts";

export function issueLine(issue: Issue, ...before: (Node | string)[]): HTMLElement {
  return h(
    "p",
    { class: `issue ${issue.severity}`, "data-code": issue.code },
    icon(issue.severity),
    h(
      "span",
      { class: "issue-text" },
      spoken(`${t(issue.severity)}: `),
      ...before,
      issue.message,
      " ",
      h("span", { class: "rule", title: issue.source }, issue.rule),
    ),
  );
}

export function showIssues(container: HTMLElement, issues: readonly Issue[]): void {
  // The same messages are left alone, so that a screen reader is not made to read them again.
  const signature = issues.map((issue) => `${issue.code} ${issue.message}`).join("\n");
  if (container.dataset["shown"] === signature) return;
  container.dataset["shown"] = signature;
  fill(container, ...issues.map((issue) => issueLine(issue)));
}

/** «2 errors, 1 warning» as two small badges. */
export function badges(issues: readonly Issue[]): HTMLElement[] {
  return (["error", "warning"] as const).flatMap((severity) => {
    const count = issues.filter((issue) => issue.severity === severity).length;
    if (count === 0) return [];
    const word = t(severity === "error" ? "errors" : "warnings");
    return [h("span", { class: `badge ${severity}` }, icon(severity), spoken(`${word}: `), count)];
  });
}
