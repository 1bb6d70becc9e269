// How an issue looks: its severity as shape, word and colour, then the message, then the rule it comes from.
import type { Issue } from "../types.js";
import { fill, h, icon, spoken } from "./dom.js";
import type { Words } from "./words/index.js";

export function issueLine(words: Words, issue: Issue, ...before: (Node | string)[]): HTMLElement {
  return h(
    "p",
    { class: `issue ${issue.severity}`, part: `issue ${issue.severity}`, "data-code": issue.code },
    icon(issue.severity),
    h(
      "span",
      { class: "issue-text" },
      spoken(`${words[issue.severity]}: `),
      ...before,
      issue.message,
      issue.rule === "" ? null : " ",
      issue.rule === "" ? null : h("span", { class: "rule", title: issue.source }, issue.rule),
    ),
  );
}

export function showIssues(words: Words, container: HTMLElement, issues: readonly Issue[]): void {
  // The same messages are left alone, so that a screen reader is not made to read them again.
  const signature = issues.map((issue) => `${issue.code} ${issue.message}`).join("\n");
  if (container.dataset["shown"] === signature) return;
  container.dataset["shown"] = signature;
  fill(container, ...issues.map((issue) => issueLine(words, issue)));
}

/** «2 errors, 1 warning» as two small badges. */
export function badges(words: Words, issues: readonly Issue[]): HTMLElement[] {
  return (["error", "warning"] as const).flatMap((severity) => {
    const count = issues.filter((issue) => issue.severity === severity).length;
    if (count === 0) return [];
    const word = severity === "error" ? words.errors : words.warnings;
    return [h("span", { class: `badge ${severity}` }, icon(severity), spoken(`${word}: `), count)];
  });
}
