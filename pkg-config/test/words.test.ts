// The front end's own words for issues: everywhere that issues are told, whatever the words do.
import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { cycleCreate, resultsBulkUpdate, type Issue, type Options } from "portform";
import { openWorker } from "portform/worker";
import { example } from "./support.js";

const own = (issue: Issue): string | undefined => (issue.code === "required" ? `own ${issue.pointer}` : undefined);
const options: Options = { message: own };
const bad = { ...example("cycle.create"), id: "", price: "x" };
const all = (issues: readonly Issue[]): readonly string[] => issues.map(({ message }) => message);

afterEach(() => vi.restoreAllMocks());

test("undefined keeps ours, a text is told in its place, and nothing else differs", () => {
  const ours = cycleCreate.check(bad).issues;
  const theirs = cycleCreate.check(bad, options).issues;
  expect(theirs).toEqual(ours.map((issue) => ({ ...issue, message: own(issue) ?? issue.message })));
  expect(all(theirs)).toContain("own /id");
  expect(theirs.every((issue) => Object.isFrozen(issue))).toBe(true);
  expect(Object.isFrozen(theirs)).toBe(true);
});

test("everywhere that issues are told", () => {
  const bound = cycleCreate.with(options);
  expect(all(bound.check(bad).issues)).toContain("own /id");
  expect(all(bound.checkJson(JSON.stringify(bad)).issues)).toContain("own /id");
  const standard = bound["~standard"].validate(bad) as { issues: readonly { message: string }[] };
  expect(standard.issues.map(({ message }) => message)).toContain("own /id");
  const chosen = cycleCreate["~standard"].validate(bad, { libraryOptions: { ...options } }) as { issues: readonly { message: string }[] };
  expect(chosen.issues.map(({ message }) => message)).toContain("own /id");
  const noted = { message: (issue: Issue) => (issue.severity === "note" ? "own note" : undefined) };
  expect(all(cycleCreate.preview({ ...example("cycle.create"), price: "12 000" }, noted).readings)).toEqual(["own note"]);
  const refused = { message: ({ code }: Issue) => (code === "refused" ? "own refusal" : undefined) };
  expect(all(cycleCreate.explain({ status: 200, body: { success: false, reason: "already_exists" } }, refused))).toEqual(["own refusal"]);
});

test("in a form: issues, report, changes, states, views, attached findings and refusals", () => {
  const form = cycleCreate.form(bad, options);
  expect(all(form.issues())).toContain("own /id");
  expect(all(form.report().issues)).toContain("own /id");
  expect(all(form.state("/id").issues)).toEqual(["own /id"]);
  expect(all(form.view().issues({ under: "/id" }))).toEqual(["own /id"]);
  const heard: string[] = [];
  form.subscribe(({ added, removed }) => heard.push(...all(added), ...all(removed)));
  expect(all(form.set("/programme", "").added)).toEqual(["own /programme"]);
  expect(all(form.set("/programme", "p").removed)).toEqual(["own /programme"]);
  expect(heard).toEqual(["own /programme", "own /programme"]);
  const before = form.view();
  form.setOptions({ message: ({ code }) => `other ${code}` });
  expect(form.view()).not.toBe(before);
  expect(all(form.view().state("/id").issues)).toEqual(["other required"]);
  form.attach("page", [{ pointer: "/id", message: "theirs", code: "taken" }]);
  form.explain({ status: 200, body: { success: false, reason: "already_exists" } });
  expect(new Set(all(form.state("/id").issues))).toEqual(new Set(["other required", "other taken", "other refused"]));
  // An old view speaks as the form did.
  expect(all(before.state("/id").issues)).toEqual(["own /id"]);
  form.setOptions({ message: undefined });
  expect(all(form.state("/id").issues)).not.toContain("other required");
  form.free();
});

describe.each<[string, () => unknown]>([
  ["throws", () => { throw new Error("no words"); }],
  ["throws what is no error", () => { throw undefined; }],
  ["gives null", () => null],
  ["gives a number", () => 5],
  ["gives a promise", () => Promise.resolve("later")],
  ["never ends", () => { const more = (): unknown => [more()]; return more(); }],
])("words that %s", (_, words) => {
  test("keep ours, are told on the console once, and break nothing", () => {
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const message = (): string => words() as string;
    expect(cycleCreate.check(bad, { message }).issues).toEqual(cycleCreate.check(bad).issues);
    const form = cycleCreate.form(bad, { message });
    expect(form.set("/id", "1").removed).toEqual(cycleCreate.form(bad).set("/id", "1").removed);
    expect(form.issues()).toEqual(cycleCreate.form({ ...bad, id: "1" }).issues());
    expect(told).toHaveBeenCalledTimes(1);
    form.free();
  });
});

test("words may call portform, and edit the form", () => {
  const form = cycleCreate.form(bad);
  const message = (issue: Issue): string => {
    form.set("/notes", issue.pointer);
    return `${cycleCreate.check(bad, { message }).issues.length} ${form.issues().length}`;
  };
  form.setOptions({ message });
  const { added } = form.set("/programme", "");
  expect(all(added)).toHaveLength(1);
  expect(form.get("/notes")).toBe("/programme");
  expect(form.report().valid).toBe(false);
  form.undo();
  expect(form.get("/programme")).toBe("");
  form.free();
});

test.each([null, "x", 5, {}])("%j is no message", (message) => {
  const wrong = { message: message as unknown as undefined };
  for (const call of [() => cycleCreate.check({}, wrong), () => cycleCreate.with(wrong), () => cycleCreate.form({}, wrong), () => cycleCreate.form().setOptions(wrong)]) {
    expect(call).toThrow(new TypeError("message: must be a function."));
  }
});

test("a worker takes none, and says so", async () => {
  const worker = openWorker();
  try {
    const refusal = /^message: a function cannot be given to a worker; [^\n]+\.$/;
    await expect(worker.checkJson(cycleCreate, "{}", options)).rejects.toThrow(refusal);
    await expect(worker.checkJson(cycleCreate.with(options), "{}")).rejects.toThrow(TypeError);
    await expect(worker.form(cycleCreate, {}, options)).rejects.toThrow(refusal);
    const form = await worker.form(cycleCreate, { id: "1" }, { message: undefined });
    await expect(form.setOptions(options)).rejects.toThrow(refusal);
    expect(await form.get("/id")).toBe("1");
    form.free();
  } finally {
    worker.terminate();
  }
});

describe("what is printed and copied", () => {
  const seen = [
    ["a report", () => cycleCreate.check(bad)],
    ["a valid report", () => cycleCreate.check({ ...example("cycle.create"), email: null })],
    ["a report of a text", () => cycleCreate.checkJson(JSON.stringify(example("cycle.create")))],
    ["a report of a form", () => cycleCreate.form(bad).report()],
    ["changes", () => cycleCreate.form(bad).set("/id", "1")],
    ["large changes", () => resultsBulkUpdate.form().replace({ results: Array.from({ length: 1_000 }, () => ({})) })],
    ["a preview", () => cycleCreate.preview(bad)],
    ["a state", () => cycleCreate.form(bad).state("/id")],
  ] as const;

  test.each(seen)("%s shows its members, and is copied whole", (_, make) => {
    const made = make() as object;
    const text = inspect(made, { depth: 1 });
    expect(text).not.toMatch(/Getter|inspect/);
    for (const name of Object.keys(made)) expect(text).toContain(name);
    expect(structuredClone(made)).toEqual(made);
    expect(JSON.parse(JSON.stringify(made))).toEqual(JSON.parse(JSON.stringify({ ...made })));
    expect(Object.getOwnPropertySymbols({ ...made })).toEqual([]);
  });
});
