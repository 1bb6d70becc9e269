// The front end's own words for issues. They are asked for when an issue is looked at, and nothing of what is asked can break what
// asks: where there is no text to be had, our words stay.
import type { Issue } from "./types.js";

export type Words = (issue: Issue) => string | undefined;

/** Those that are being asked now, and those that failed once: a failure is written to the console, and once is enough. */
const asked = /* @__PURE__ */ new Set<Words>();
const failed = /* @__PURE__ */ new WeakSet<Words>();

/** The `message` among options. */
export function wordsOf(options: unknown): Words | undefined {
  const message: unknown = typeof options === "object" && options !== null ? (options as { message?: unknown }).message : undefined;
  if (message !== undefined && typeof message !== "function") throw new TypeError("message: must be a function.");
  return message as Words | undefined;
}

/** The options without `message`, which stays on this side. */
export function withoutWords(options: object): object {
  if (!("message" in options)) return options;
  const { message: _, ...others } = options as { message: unknown };
  return others;
}

/** Throws where options have words, which cannot travel to another thread. */
export function unworded(options: unknown): void {
  if (wordsOf(options) !== undefined) throw new TypeError("message: a function cannot be given to a worker; put your own words to the issues that it gives.");
}

/** The issues in the words of the front end, where it has its own. */
export function worded(issues: readonly Issue[], words: Words | undefined): readonly Issue[] {
  // Words that ask for issues with the same words get ours, and so have an end.
  if (words === undefined || issues.length === 0 || asked.has(words)) return issues;
  asked.add(words);
  try {
    return Object.freeze(issues.map((issue) => one(issue, words)));
  } finally {
    asked.delete(words);
  }
}

function one(issue: Issue, words: Words): Issue {
  try {
    const message: unknown = words(issue);
    if (typeof message === "string") return message === issue.message ? issue : Object.freeze({ ...issue, message });
    if (message !== undefined) throw new TypeError("message has to give a text, or undefined for portform's own words.");
  } catch (error) {
    tell(words, error);
  }
  return issue;
}

function tell(words: Words, error: unknown): void {
  if (failed.has(words)) return;
  failed.add(words);
  try {
    console.error("portform: message failed, and portform's own words are shown.", error);
  } catch {
    // There is no console, or it is the page's own and throws.
  }
}
