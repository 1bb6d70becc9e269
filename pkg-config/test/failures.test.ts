// Whatever comes out of the wasm that it did not mean to throw: a trap, memory that cannot grow, a call stack that is used up, an
// exception of somebody else. It is one clear error, and nothing is lost but the call that failed.
import { afterEach, describe, expect, test } from "vitest";
import type { Form } from "portform";
import { example, fresh } from "./support.js";

type Fresh = Awaited<ReturnType<typeof fresh>>;

let here: Fresh;
afterEach(() => here.restore());

const DEFECT = /^portform failed inside \([^\n]*\): this is a defect of portform, not of your data; nothing was changed, and later calls go on working\.$/;
const SHORTAGE = /^There is not enough memory for this: nothing was changed, and later calls go on working\.$/;
const STACK = /^The call stack is too full for portform: nothing was changed, and later calls go on working\.$/;

const faults: readonly [string, () => unknown, RegExp][] = [
  ["a trap without a word", () => new WebAssembly.RuntimeError("unreachable"), SHORTAGE],
  ["an access out of bounds", () => new WebAssembly.RuntimeError("memory access out of bounds"), DEFECT],
  ["a stack overflow of V8", () => new RangeError("Maximum call stack size exceeded"), STACK],
  ["a stack overflow of SpiderMonkey", () => Object.assign(new Error("too much recursion"), { name: "InternalError" }), STACK],
  ["another range error", () => new RangeError("Invalid array length"), DEFECT],
  ["a type error", () => new TypeError("x is not a function"), DEFECT],
  ["a text", () => "thrown", DEFECT],
  ["null", () => null, DEFECT],
  ["undefined", () => undefined, DEFECT],
];

function broken(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error(`it did not fail: ${work}`);
}

const cycle = example("cycle.create");
const batch = example("results.bulk_update");

/** Right answers of calls that leave nothing behind. */
function checksAreRight({ module }: Fresh): void {
  expect(module.cycleCreate.check(cycle).valid).toBe(true);
  expect(module.cycleCreate.check({ ...cycle, id: "" }).issues[0]).toMatchObject({ pointer: "/id", code: "required" });
  expect(module.cycleCreate.checkJson(JSON.stringify(cycle)).valid).toBe(true);
  expect(module.cycleCreate.checkJson("{").issues).toMatchObject([{ code: "syntax" }]);
  expect(module.resultsBulkUpdate.check(batch, { locale: "en" }).valid).toBe(true);
}

/** All that a form tells. */
function everything(form: Form<unknown>): unknown {
  const rows = !Array.isArray((form.value() as { results?: unknown }).results) ? [] : Array.from({ length: form.length("/results") }, (_, row) => form.key(`/results/${row}`));
  return [form.version, form.value(), form.states(), form.issues(), form.summary(), { ...form.report() }, form.preview(), rows];
}

describe.each(faults)("%s", (_, thrown, words) => {
  test("in any call that checks is one clear error, and later calls are right", async () => {
    here = await fresh();
    const { module, breaks } = here;
    let size = 0;
    const calls: readonly (readonly [string, () => unknown])[] = [
      ["find", () => module.cycleUpdate.title],
      ["describe", () => module.resultUpdate.check({})],
      ["input", () => module.cycleCreate.check({ ...cycle, notes: "x".repeat((size += 100_000)) })],
      ["check", () => module.cycleCreate.check(cycle)],
      ["output", () => module.cycleCreate.check({})],
      ["template", () => module.cycleCreate.check({}).issues],
      ["check_text", () => module.cycleCreate.checkJson("{}")],
      ["body", () => module.cycleCreate.check(cycle).value],
      ["options_new", () => module.cycleCreate.check(cycle, { today: "2026-11-25" })],
      ["states", () => module.cycleCreate.states({})],
      ["preview", () => module.cycleCreate.preview({})],
      ["fields", () => module.cycleCreate.fields()],
      ["json_schema", () => module.cycleCreate.jsonSchema()],
      ["explain", () => module.cycleCreate.explain({ status: 422, body: "{}" })],
    ];
    for (const after of [false, true]) {
      for (const [name, call] of calls) {
        // A payload's names are asked once.
        if (after && (name === "find" || name === "describe")) continue;
        breaks(name, thrown, { after });
        const error = broken(call);
        expect(error.message).toMatch(words);
        expect(error.cause).toEqual(thrown());
        checksAreRight(here);
        expect(call).not.toThrow();
      }
    }
    // Each failed in an instance of its own, compiled once.
    expect(here.compiled()).toBe(1);
  });

  test("in any edit of a form leaves it as it was before, and the others too", async () => {
    here = await fresh();
    const { module, breaks } = here;
    const other: Form<unknown> = module.cycleCreate.form(cycle, { locale: "en" });
    other.set("/notes", "typed");
    const form: Form<unknown> = module.resultsBulkUpdate.form(batch);
    form.set("/results/0/test_mark", "4,5");
    form.insert("/results", 0, { request_number: "new", unheard_of: Symbol.iterator });
    form.explain({ status: 200, body: { success: false, reason: "unknown_request" } });
    form.undo();
    const edits: readonly (readonly [string, () => unknown])[] = [
      ["form_set", () => form.set("/results/0/request_number", "77")],
      ["form_insert", () => form.insert("/results", 1, { request_number: "78" })],
      ["form_remove", () => form.remove("/results", 0)],
      ["form_move", () => form.move("/results", 0, 1)],
      ["form_replace", () => form.replace({})],
      ["form_paste", () => form.paste("/results", 0, [["1"]], ["request_number"])],
      ["form_explain", () => form.explain({ status: 500, body: "" })],
      ["form_options", () => form.setOptions({ locale: "uk" })],
      ["form_history", () => form.undo()],
      ["form_history", () => form.redo()],
      ["output", () => form.set("/results/0/request_number", "77")],
    ];
    for (const after of [false, true]) {
      for (const [name, edit] of edits) {
        const [before, others] = [everything(form), everything(other)];
        const heard: unknown[] = [];
        const stop = form.subscribe((changes) => heard.push(changes));
        breaks(name, thrown, { after });
        expect(broken(edit).message).toMatch(words);
        expect(heard).toEqual([]);
        expect(everything(form)).toEqual(before);
        expect(everything(other)).toEqual(others);
        checksAreRight(here);
        stop();
      }
    }
    // All of it can still be taken back.
    let steps = 0;
    while (form.undo() !== undefined) steps++;
    expect(steps).toBe(1);
    expect(form.value()).toEqual(module.resultsBulkUpdate.form(batch).value());
    other.undo();
    expect((other.value() as { notes: unknown }).notes).toBe(cycle["notes"]);
  });

  test("in any question to a form leaves it as it was", async () => {
    here = await fresh();
    const { module, breaks } = here;
    const form: Form<unknown> = module.resultsBulkUpdate.form(batch);
    form.set("/results/0/test_mark", "9");
    const before = everything(form);
    const questions: readonly (readonly [string, () => unknown])[] = [
      ["form_get", () => form.value()],
      ["form_length", () => form.length("/results")],
      ["form_key", () => form.key("/results/0")],
      ["form_state", () => form.state("/cycle_id")],
      ["form_states", () => form.states()],
      ["form_issues", () => form.issues()],
      ["form_report", () => form.report()],
      ["form_preview", () => form.preview()],
    ];
    for (const after of [false, true]) {
      for (const [name, ask] of questions) {
        breaks(name, thrown, { after });
        expect(broken(ask).message).toMatch(words);
        expect(everything(form)).toEqual(before);
      }
    }
  });

  test("while a form is opened or made again is told, and the next call tries anew", async () => {
    here = await fresh();
    const { module, breaks, mend } = here;
    const form: Form<unknown> = module.cycleCreate.form(cycle);
    form.set("/notes", "typed");
    const before = everything(form);
    breaks("form_new", thrown);
    expect(broken(() => module.cycleCreate.form()).message).toMatch(words);
    for (const name of ["form_new", "form_resume", "form_set", "input"]) {
      breaks("form_states", thrown);
      expect(broken(() => form.states()).message).toMatch(words);
      breaks(name, thrown, { always: true });
      for (let i = 0; i < 3; i++) expect(broken(() => form.value()).message).toMatch(words);
      mend();
      expect(everything(form)).toEqual(before);
    }
  });
});

test("what the wasm means to throw is no failure", async () => {
  here = await fresh();
  const { module, started } = here;
  const form = module.cycleCreate.form(cycle);
  module.cycleCreate.check(cycle);
  const engines = started();
  expect(() => module.cycleCreate.check(cycle, { today: "soon" })).toThrow(TypeError);
  expect(() => form.set("/no_such_field", 1)).toThrow(TypeError);
  expect(() => form.remove("/address", 0)).toThrow();
  form.set("/notes", "x");
  module.cycleCreate.check(cycle);
  expect(started()).toBe(engines);
});

test("a report that was made before a failure can be looked at after it", async () => {
  here = await fresh();
  const { module, breaks } = here;
  const expected = module.cycleCreate.check({}).issues.map(({ message }) => message);
  const invalid = module.resultsBulkUpdate.check({ cycle_id: 1, results: [{}] }, { locale: "en" });
  const valid = module.cycleCreate.check(cycle);
  const again = module.cycleCreate.check({});
  breaks("check", () => new WebAssembly.RuntimeError("unreachable"));
  expect(() => module.cycleCreate.check(cycle)).toThrow(SHORTAGE);
  module.cycleCreate.check(cycle);
  expect(again.issues.map(({ message }) => message)).toEqual(expected);
  expect(invalid.issues).toEqual(module.resultsBulkUpdate.check({ cycle_id: 1, results: [{}] }, { locale: "en" }).issues);
  expect(valid.value).toEqual(module.cycleCreate.check(cycle).value);
});

test("an input that is missing is an error, and never empty", async () => {
  here = await fresh();
  const { module, instances } = here;
  const form: Form<unknown> = module.cycleCreate.form(cycle);
  const before = everything(form);
  for (const call of [() => module.cycleCreate.check(cycle), () => module.cycleCreate.checkJson("{}"), () => module.cycleCreate.preview({}), () => form.set("/notes", "x"), () => form.get("/notes")]) {
    checksAreRight(here);
    form.get("/notes");
    // Its buffer is taken away behind its back.
    for (const { release } of instances()) (release as () => void)();
    expect(call).toThrow(DEFECT);
    // The instance for forms, or the one for checks, is still without.
    for (const other of [() => form.get("/notes"), () => module.cycleCreate.check(cycle)]) {
      try {
        other();
      } catch (error) {
        expect((error as Error).message).toMatch(DEFECT);
      }
    }
    expect(everything(form)).toEqual(before);
    checksAreRight(here);
  }
});
