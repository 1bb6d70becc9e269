// What a value may come to in all: shared and cyclic references make a small value endless, and nested lists make a large one of
// few bytes. Whatever the value is, what is too much of it is one clear issue, and everything else is read as ever.
import { describe, expect, test } from "vitest";
import { cycleCreate, programmeCreate, resultsBulkUpdate, type Issue, type Payload } from "portform";
import { example } from "./support.js";

/** The errors and warnings. */
const told = (issues: readonly Issue[]): string[] => issues.filter(({ severity }) => severity !== "note").map(({ pointer, code, params }) => `${pointer} ${code} ${JSON.stringify(params)}`);
const MUCH = 'too_many {"max":1048576}';
const DEEP = 'too_deep {"max":32}';

const row = { request_number: "1", result_status: "NOT_TRAINED" };
/** An object of so many keys that no table has. */
const wide = (count: number): Record<string, number> => Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, at]));

function same(payload: Payload<unknown, unknown>, value: unknown): void {
  const report = payload.check(value);
  const form = payload.form(value);
  expect(form.report()).toEqual(report);
  expect((form.value() as Record<string, unknown>)["results"]).toBe((value as Record<string, unknown>)["results"]);
  form.free();
}

/** Without what the documents' own examples have issues in. */
const cycle = { ...example("cycle.create"), phone: null, email: null, price_foms: null };
const programme = example("programme.create");

/** The next calls are right. */
function sane(): void {
  expect(cycleCreate.check(cycle)).toMatchObject({ valid: true, issues: [] });
  expect(cycleCreate.checkJson("{").issues).toMatchObject([{ code: "syntax" }]);
}

describe("shared references", () => {
  test("100,000 references to one object of 3,000 keys are one issue, and are kept by a form", () => {
    const value = { cycle_id: "1", results: new Array<unknown>(100_000).fill(wide(3_000)) };
    expect(told(resultsBulkUpdate.check(value).issues)).toEqual([`/results ${MUCH}`]);
    sane();
    same(resultsBulkUpdate, value);
    sane();
  });

  test("100,000 references to one long text are one issue", () => {
    const value = { cycle_id: "1", results: new Array<unknown>(100_000).fill({ ...row, certificate: "x".repeat(1 << 20) }) };
    expect(told(resultsBulkUpdate.check(value).issues)).toEqual([`/results ${MUCH}`]);
    sane();
  });

  test("lists of lists of lists of shared items are one issue, and the other members are read", () => {
    const partitions = new Array<unknown>(1_000).fill({ id: "x" });
    const umk = new Array<unknown>(1_000).fill({ id: "x", partitions });
    const programmes = new Array<unknown>(1_000).fill({ id: "x", umk });
    const value = { ...programme, specialities: new Array<unknown>(1_000).fill({ name: "n", main: false, programmes }), annotation: "\ud800" };
    expect(told(programmeCreate.check(value).issues)).toEqual(['/annotation format {"format":"unicode"}', `/specialities ${MUCH}`]);
    sane();
  });

  test("values that no table describes are looked into once", () => {
    const value = { cycle_id: "1", results: new Array<unknown>(10_000).fill({ ...row, more: { a: wide(10_000), b: [wide(10_000)] } }) };
    const { valid, issues } = resultsBulkUpdate.check(value);
    expect([valid, issues.length, new Set(issues.map(({ code }) => code))]).toEqual([false, 19_999, new Set(["unknown_field", "duplicate"])]);
  });

  test("what is much, and not too much, is read", () => {
    const results = Array.from({ length: 100_000 }, (_, at) => ({ ...row, request_number: String(at), ...wide(10) }));
    const report = resultsBulkUpdate.check({ cycle_id: "1", results });
    expect(report.valid).toBe(true);
    expect(report.issues.at(-1)).toMatchObject({ code: "too_many_issues", params: { more: 800_001 } });
  });
});

describe("cycles", () => {
  test("a body that holds itself 20 times nests too deep, at each of these places", () => {
    const body: Record<string, unknown> = {};
    const lists = ["specialities", "programmes", "umk", "partitions"];
    for (const list of lists) body[list] = Array.from({ length: 20 }, () => body);
    for (let i = 0; i < 20; i++) body[`more${i}`] = body;
    const codes = told(programmeCreate.check(body).issues).filter((issue) => !issue.includes(" required "));
    expect(codes.filter((issue) => issue.startsWith("/specialities/"))).toEqual(Array.from({ length: 20 }, (_, at) => `/specialities/${at} ${DEEP}`));
    expect(codes.filter((issue) => issue.startsWith("/more"))).toEqual(Array.from({ length: 20 }, (_, at) => `/more${at} ${DEEP}`));
    const form = programmeCreate.form(body);
    expect(form.get("/specialities/3")).toBe(body);
    expect(told(form.issues())).toEqual(told(programmeCreate.check(body).issues));
    form.free();
    sane();
  });

  test("an object that stands in one place twice, and not in itself, is no cycle", () => {
    const address = { region: "r", city: "c" };
    expect(cycleCreate.check({ ...cycle, address: [address] }).valid).toBe(true);
    const programmes = [{ id: "3fa85f64-5717-4562-b3fc-2c963f66afa6" }];
    const specialities = [{ name: "a", main: true, programmes }, { name: "b", main: false, programmes }];
    expect(programmeCreate.check({ ...programme, specialities }).valid).toBe(true);
  });
});

describe("nested lists", () => {
  const odd = (lists: number): unknown => ({ ...programme, specialities: Array.from({ length: lists }, () => ({ name: "n", main: false, programmes: new Array<number>(100_000).fill(0) })) });

  test("of more odd items than are read in all are one issue, as a value and as JSON text", () => {
    const value = odd(20);
    expect(told(programmeCreate.check(value).issues)).toEqual([`/specialities ${MUCH}`]);
    expect(told(programmeCreate.checkJson(JSON.stringify(value)).issues)).toEqual([`/specialities ${MUCH}`]);
    expect(programmeCreate.preview(value).leftOut).toContainEqual({ pointer: "/specialities", reason: "unreadable" });
    sane();
  });

  test("of fewer are told one by one, and counted", () => {
    const { issues } = programmeCreate.checkJson(JSON.stringify(odd(4)));
    expect(issues).toHaveLength(200_000);
    expect(issues.at(-1)).toMatchObject({ code: "too_many_issues" });
    expect(issues.filter(({ code }) => code === "type").length).toBeGreaterThan(199_000);
  });
});

describe("a form", () => {
  test("keeps a list that is far too long as it was given", () => {
    const results = new Array<unknown>(2_000_000).fill(row);
    const value = { cycle_id: "1", results };
    expect(told(resultsBulkUpdate.check(value).issues)).toEqual(['/results too_many {"max":100000}']);
    same(resultsBulkUpdate, value);
    const form = resultsBulkUpdate.form({ cycle_id: "1", results: [row] });
    form.set("/results", results);
    expect(form.get("/results")).toBe(results);
    expect(told(form.issues())).toEqual(['/results too_many {"max":100000}']);
    form.undo();
    expect(form.value()).toEqual({ cycle_id: "1", results: [row] });
    form.free();
  });

  test("keeps a text that is far too long as it was given", () => {
    const text = "x".repeat(20_000_000);
    const form = cycleCreate.form({ ...cycle, notes: text });
    expect((form.get("/notes") as string).length).toBe(text.length);
    expect(told(form.issues())).toEqual(told(cycleCreate.check({ ...cycle, notes: text }).issues));
    form.free();
  });

  test("takes a paste of two million cells, every one of them", () => {
    const names = ["request_number", "result_status", "certificate", "attended", "attendance", ...Array.from({ length: 7 }, (_, at) => `more${at}`)];
    const cells = Array.from({ length: 100_000 }, (_, at) => [String(at), "NOT_TRAINED", "c", "нет", 5, 1, 2, 3, 4, 5, 6, at]);
    const form = resultsBulkUpdate.form({ cycle_id: "1" });
    form.paste("/results", 0, cells, names.slice(0, 5));
    expect(form.length("/results")).toBe(100_000);
    expect(form.get("/results/99999")).toMatchObject({ request_number: "99999", attendance: 5 });
    form.free();
  });

  test("refuses a paste of cells without end, and loses nothing by it", () => {
    const form = resultsBulkUpdate.form({ cycle_id: "1", results: [row] });
    const cells = new Array<string[]>(100_000).fill(new Array<string>(1_000).fill("x"));
    expect(() => form.paste("/results", 0, cells, ["certificate"])).toThrow(/^So many cells are more than can be pasted at once: nothing was changed\.$/);
    expect(form.value()).toEqual({ cycle_id: "1", results: [row] });
    expect(form.version).toBe(0);
    form.free();
  });
});

test("long texts that come to too much in all are an issue each, and the other members are read", () => {
  const text = "я".repeat(17_000_000);
  const value = { ...cycle, notes: text, places_notes: text, clinical_base: text, change_comment: text, phone: text, programme: text, unheard: text, id: text, price: "x" };
  const issues = told(cycleCreate.check(value).issues);
  expect(issues).toContain('/price type {"expected":"money"}');
  expect(issues.filter((issue) => issue.includes(" too_long ") || issue.includes(MUCH)).length).toBeGreaterThan(4);
  sane();
});

test("options and answers that come to too much are told, or say nothing", () => {
  const endless = new Array<unknown>(1_000).fill(new Array<unknown>(10_000).fill("x".repeat(1 << 16)));
  expect(() => cycleCreate.check({}, { context: { specialities: endless } })).toThrow(TypeError);
  expect(cycleCreate.explain({ status: 400, body: { error: endless } })).toMatchObject([{ code: "refused", pointer: "" }]);
  sane();
});

test("GEN-07 counts a front end's own findings too, in a form's report as in its summary", () => {
  const many = { results: Array.from({ length: 99_000 }, () => ({ attended: "x", attendance: "x", result_status: "x" })) };
  const form = resultsBulkUpdate.form(many);
  const before = form.report().issues;
  expect(before.at(-1)?.code).toBe("too_many_issues");
  const { more } = before.at(-1)?.params as { more: number };
  form.attach("own", [
    { pointer: "/results/0", message: "first", severity: "warning" },
    { pointer: "/results/98999", message: "last" },
  ]);
  const { issues, valid } = form.report();
  const { errors, warnings, notes } = form.summary();
  expect(valid).toBe(false);
  expect(issues.length).toBe(200_000);
  expect(issues.some(({ message }) => message === "first")).toBe(true);
  expect(issues.at(-1)).toMatchObject({ code: "too_many_issues", params: { more: more + 2 } });
  expect(errors + warnings + notes).toBe(199_999 + more + 2);
});
