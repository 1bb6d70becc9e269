// Views of a form: what they answer, that it stays as it is, and that what is equal is the same object. A form is frozen, and needs
// no `this`; what a front end attaches stands at its row.
import { afterEach, describe, expect, test } from "vitest";
import { cycleCreate, resultsBulkUpdate } from "portform";
import { fresh } from "./support.js";

const row = (number: string): Record<string, unknown> => ({ request_number: number, result_status: "NOT_TRAINED" });

describe("views", () => {
  test("a view is one object until the form changes, and another one after", () => {
    const form = cycleCreate.form({ id: "1" });
    const view = form.view();
    expect(form.view()).toBe(view);
    form.set("/id", "1");
    expect(form.view()).toBe(view);
    form.set("/id", "2");
    const next = form.view();
    expect(next).not.toBe(view);
    expect([view.version, next.version]).toEqual([0, 1]);
    expect(next.value("/id")).toBe("2");
    expect(Object.isFrozen(next)).toBe(true);
  });

  test("what a view answered it answers ever after, and what it was never asked it answers for its version", () => {
    const form = resultsBulkUpdate.form({ cycle_id: "1", results: [row("a"), row("b")] });
    const view = form.view();
    const before = [view.value("/results"), view.state("/cycle_id"), view.issues(), view.length("/results"), view.key("/results", 1), view.report(), view.preview()];
    form.remove("/results", 0);
    form.set("/cycle_id", "");
    expect(form.view().key("/results", 0)).toBe(view.key("/results", 1));
    expect([view.value("/results"), view.state("/cycle_id"), view.issues(), view.length("/results"), view.key("/results", 1), view.report(), view.preview()]).toEqual(before);
    expect(view.value("/results")).toEqual([row("a"), row("b")]);
    expect(view.value("/cycle_id")).toBe("1");
    expect(view.state("/results/1/request_number").pointer).toBe("/results/1/request_number");
    expect(() => form.state("/results/1/request_number")).toThrow(RangeError);
    form.free();
    expect(view.value()).toEqual({ cycle_id: "1", results: [row("a"), row("b")] });
    expect(view.issues({ severity: "error" })).toEqual([]);
  });

  test("equal answers are the same object, across versions and of the form itself", () => {
    const form = resultsBulkUpdate.form({ cycle_id: "1", results: [row("a"), row("b")] });
    const first = form.view();
    const asked = [first.state("/results/1/request_number"), first.value("/results/1"), first.issues({ under: "/results/1" })];
    form.set("/cycle_id", "2");
    const second = form.view();
    const again = [second.state("/results/1/request_number"), second.value("/results/1"), second.issues({ under: "/results/1" })];
    again.forEach((answer, i) => expect(answer).toBe(asked[i]));
    expect(form.state("/results/1/request_number")).toBe(asked[0]);
    form.set("/results/1/request_number", "");
    expect(form.state("/results/1/request_number")).not.toBe(asked[0]);
    expect(form.view().value("/results/1")).not.toBe(asked[1]);
  });
});

test("a form is frozen, and its methods need no this", () => {
  const form = cycleCreate.form();
  expect(Object.isFrozen(form)).toBe(true);
  const { set, state, view, undo, value, free } = form;
  set("/id", "1");
  expect(state("/id").pointer).toBe("/id");
  expect(view().value()).toEqual({ id: "1" });
  undo();
  expect(value()).toEqual({});
  free();
  expect(() => value()).toThrow("freed");
  expect(() => view()).toThrow("freed");
});

describe("attach", () => {
  test("a front end's findings count, move along with their rows, and are replaced source by source", () => {
    const form = resultsBulkUpdate.form({ cycle_id: "1", results: [row("a"), row("b")] });
    expect(form.report().valid).toBe(true);
    const { added } = form.attach("server", [{ pointer: "/results/1/request_number", message: "taken", code: "taken" }]);
    expect(added).toMatchObject([{ pointer: "/results/1/request_number", code: "taken", severity: "error", message: "taken", source: "server" }]);
    expect(form.report().valid).toBe(false);
    form.remove("/results", 0);
    expect(form.state("/results/0/request_number").issues).toMatchObject([{ message: "taken", pointer: "/results/0/request_number" }]);
    form.attach("page", [{ pointer: "", message: "look", severity: "warning" }]);
    form.attach("server", []);
    expect(form.report().valid).toBe(true);
    expect(form.issues()).toMatchObject([{ pointer: "", severity: "warning", code: "attached", source: "page" }]);
  });

  test.each<[string, () => unknown]>([
    ["a place that is not there", () => cycleCreate.form().attach("x", [{ pointer: "/nothing", message: "x" }])],
    ["no source", () => cycleCreate.form().attach(5 as unknown as string, [])],
    ["no list", () => cycleCreate.form().attach("x", {} as unknown as [])],
    ["no message", () => cycleCreate.form().attach("x", [{ pointer: "" } as { pointer: string; message: string }])],
    ["a note", () => cycleCreate.form().attach("x", [{ pointer: "", message: "x", severity: "note" as "error" }])],
  ])("%s is a TypeError", (_, call) => {
    expect(call).toThrow(TypeError);
    expect(call).toThrow(/^[^\n]+\.$/);
  });
});

describe("views of a form", () => {
  let here: Awaited<ReturnType<typeof fresh>> | undefined;
  afterEach(() => here?.restore());

  test("answer for their version after a call failed inside", async () => {
    here = await fresh();
    const form = here.module.resultsBulkUpdate.form({ cycle_id: "1", results: [row("a"), row("b")] });
    const kept = new Date(0);
    form.set("/results/0/certificate", kept);
    const view = form.view();
    form.remove("/results", 0);
    here.breaks("form_set", () => new WebAssembly.RuntimeError("memory access out of bounds"));
    expect(() => form.set("/cycle_id", "2")).toThrow(/nothing was changed/);
    expect(view.value("/results/0/certificate")).toBe(kept);
    expect(view.length("/results")).toBe(2);
    expect(view.key("/results", 1)).toBe(form.key("/results/0"));
    form.set("/cycle_id", "3");
    expect(view.report().issues).toMatchObject([{ pointer: "/results/0/certificate", code: "not_relevant" }]);
    expect(form.value()).toEqual({ cycle_id: "3", results: [row("b")] });
    form.free();
  });

  test("answer for their version across so many edits that these are kept as the draft that they make", async () => {
    here = await fresh();
    const { module, breaks } = here;
    const form = module.cycleCreate.form({ id: "1" });
    const first = form.view();
    const texts = ["x", "y", "z"].map((letter) => letter.repeat(9_000_000));
    const views = texts.map((text) => {
      form.set("/notes", text);
      return form.view();
    });
    form.undo();
    form.set("/id", "2");
    const last = form.view();
    form.set("/id", "3");
    expect(first.value()).toEqual({ id: "1" });
    expect(first.issues().length).toBeGreaterThan(0);
    expect(views.map((view) => (view.value("/notes") as string)[0])).toEqual(["x", "y", "z"]);
    expect([last.value("/id"), (last.value("/notes") as string)[0]]).toEqual(["2", "y"]);
    expect(last.state("/id").issues).toEqual([]);
    // And what was taken back stays so when the form is made again.
    breaks("form_set", () => new WebAssembly.RuntimeError("memory access out of bounds"));
    expect(() => form.set("/id", "4")).toThrow(/nothing was changed/);
    expect([form.get("/id"), (form.get("/notes") as string)[0]]).toEqual(["3", "y"]);
    form.free();
  });

  test("cost nothing but what is asked: no other form is made before", async () => {
    here = await fresh();
    const made = (): number => here?.instances().length ?? 0;
    const form = here.module.cycleCreate.form({ id: "1" });
    const views = Array.from({ length: 50 }, (_, at) => {
      const view = form.view();
      form.set("/id", String(at));
      return view;
    });
    expect(made()).toBe(1);
    expect(views.map((view) => view.value("/id"))).toEqual(["1", ...Array.from({ length: 49 }, (_, at) => String(at))]);
    form.free();
  });
});
