// What a person types into a form or pastes out of a sheet: plain writings leave no note, in strict mode neither; a program's values do.
// Values that JSON does not have, and holes in a block of cells, as only JavaScript has them.
import { describe, expect, test } from "vitest";
import { cycleCreate, programmeCreate, resultsBulkUpdate, type Form, type Issue, type Options } from "portform";
import { openWorker } from "portform/worker";

const codes = (issues: readonly Issue[]): string[] => issues.map(({ pointer, code }) => `${pointer} ${code}`);
const strict: Options = { mode: "strict" };
const cycle = {
  id: "c", programme: "P", begin_date: "2027-01-01", end_date: "2027-02-01", education_form: "fulltime", is_budget: false, is_paid: true,
  is_paid_foms: false, price: 5, has_paid_places: true, paid_places: 5,
};
const sent = (form: Form<unknown>): Record<string, unknown> => JSON.parse(form.preview().body) as Record<string, unknown>;
const rows = (form: Form<unknown>): Record<string, unknown>[] => sent(form)["results"] as Record<string, unknown>[];

describe.each([{}, strict])("typed in %o", (options) => {
  test.each([
    ["/price", "12000,5", 12000.5],
    ["/price", "12000.50", 12000.5],
    ["/paid_places", "90", 90],
    ["/id", 12, "12"],
    ["/end_date", "1.2.2027", "2027-02-01"],
    ["/end_date", "2027-02-01", "2027-02-01"],
    ["/is_outbound", "true", true],
    ["/is_outbound", "false", false],
  ])("%s %j leaves no note", (pointer, value, body) => {
    const form = cycleCreate.form(cycle, options);
    form.set(pointer, value);
    expect(codes(form.issues({ under: pointer }))).toEqual([]);
    expect(sent(form)[pointer.slice(1)]).toBe(body);
    expect(form.get(pointer)).toBe(value);
    form.free();
  });

  test("an item that is inserted is what a person typed, and stays so through undo, redo and other options", () => {
    const form = programmeCreate.form({ is_paid: true }, options);
    form.insert("/prices", 0, { price: "12000,5", start_date: "1.2.2027", comment: 7 });
    form.undo();
    form.redo();
    form.setOptions({ locale: "en" });
    form.setOptions(options);
    expect(codes(form.issues({ under: "/prices" }))).toEqual([]);
    form.free();
  });

  test("a pasted sheet is read in its own words", () => {
    const form = resultsBulkUpdate.form({ cycle_id: "c" }, options);
    form.paste("/results", 0, [["1", "Ні", "не проходил обучение"], ["2", "−", "DID NOT ATTEND"], [3, "Ложь", "Не проходив навчання"]], ["request_number", "attended", "result_status"]);
    expect(codes(form.issues())).toEqual([]);
    expect(rows(form)).toEqual(["1", "2", "3"].map((number) => ({ cycle_id: "c", request_number: number, attended: false, result_status: "NOT_TRAINED" })));
    expect(form.get("/results/0")).toEqual({ request_number: "1", attended: false, result_status: "NOT_TRAINED" });
    expect(resultsBulkUpdate.fields().find(({ name }) => name === "result_status")?.options?.map(({ value }) => value)).toContain("NOT_TRAINED");
    expect(codes(resultsBulkUpdate.check(form.value(), options).issues)).toEqual(options.mode ? ["/results/2/request_number type"] : ["/results/2/request_number coerced"]);
    expect(form.report().value?.results).toHaveLength(3);
    form.free();
  });
});

test("a draft as a whole is data: its readings are noted, and an error in strict mode", () => {
  const draft = { ...cycle, price: "90", end_date: "1.2.2027" };
  expect(codes(cycleCreate.form(draft).issues())).toEqual(["/end_date coerced", "/price coerced"]);
  expect(codes(cycleCreate.form(draft, strict).issues())).toEqual(["/end_date type", "/price type"]);
  const form = cycleCreate.form(cycle);
  form.replace(draft);
  expect(codes(form.issues())).toEqual(["/end_date coerced", "/price coerced"]);
  form.set("/price", "91");
  expect(codes(form.issues())).toEqual(["/end_date coerced"]);
  expect(codes(cycleCreate.check(form.value()).issues)).toEqual(["/end_date coerced", "/price coerced"]);
  form.free();
});

test("writings that are not plain are noted whoever typed them", () => {
  const form = cycleCreate.form(cycle);
  for (const [pointer, value, code] of [
    ["/price", "12 000,50", "coerced"],
    ["/price", " 90", "trimmed"],
    ["/price", "12,500", "inconsistent"],
    ["/end_date", "01.02.2027 г.", "coerced"],
    ["/education_form", "FullTime", "alias"],
    ["/is_outbound", "да", "type"],
    ["/id", 2 ** 53, "unsafe_number"],
  ] as const) {
    form.set(pointer, value);
    expect(codes(form.issues({ under: pointer })), String(value)).toEqual([`${pointer} ${code}`]);
    form.undo();
  }
  form.free();
});

test("Excel's day numbers are dates where they are pasted into a column of dates", () => {
  const form = programmeCreate.form({ is_paid: true });
  form.paste("/prices", 0, [[46419], ["46419"], [19999], [46419.5], [new Date(0)]], ["start_date"]);
  expect(codes(form.issues({ under: "/prices" })).filter((issue) => issue.includes("start_date"))).toEqual([
    "/prices/0/start_date coerced", "/prices/1/start_date coerced", "/prices/1/start_date duplicate",
    "/prices/2/start_date type", "/prices/3/start_date type", "/prices/4/start_date type",
  ]);
  expect((sent(form)["prices"] as { start_date?: string }[]).map(({ start_date }) => start_date)).toEqual(["2027-02-01", "2027-02-01", undefined, undefined, undefined]);
  expect([0, 1, 2].map((index) => form.get(`/prices/${index}/start_date`))).toEqual(["2027-02-01", "2027-02-01", 19999]);
  form.set("/prices/0/start_date", 46419);
  expect(codes(form.issues({ under: "/prices/0/start_date" }))).toEqual(["/prices/0/start_date type"]);
  form.free();
});

test("a cell that cannot be read keeps what was typed", () => {
  const form = resultsBulkUpdate.form({ cycle_id: "c" });
  const thing = new Date(0);
  form.paste("/results", 0, [["может быть", "зачтено", 7n], ["Да", "Прошел обучение", thing]], ["attended", "result_status", "test_mark"]);
  expect((form.value() as { results: unknown[] }).results).toEqual([
    { attended: "может быть", result_status: "зачтено", test_mark: 7n },
    { attended: true, result_status: "SUCCEED", test_mark: thing },
  ]);
  form.free();
});

test("rows in which nothing stands are no rows, and a blank cell in another row clears", () => {
  const form = resultsBulkUpdate.form({ cycle_id: "c" });
  const columns = ["request_number", "certificate"];
  const { version } = form;
  expect(form.paste("/results", 0, [["", ""], [undefined, null], [" ", "\u00a0"], []], columns).added).toEqual([]);
  expect([form.length("/results"), form.version, form.undo()]).toEqual([0, version, undefined]);
  form.paste("/results", 0, [["1", "A"], ["", ""], ["2", "B"], ["3", "C"], ["4", "D"]], columns);
  expect(form.length("/results")).toBe(4);
  form.paste("/results", 0, [["1", ""], ["2", undefined], ["3", null], ["4"]], columns);
  expect([0, 1, 2, 3].map((index) => form.get(`/results/${index}/certificate`))).toEqual(["", undefined, null, "D"]);
  form.undo();
  expect(form.get("/results/1/certificate")).toBe("B");
  form.free();
});

test("a worker's form reads what is typed and pasted as the page's does", async () => {
  const worker = openWorker();
  try {
    const there = await worker.form(resultsBulkUpdate, { cycle_id: "c" }, strict);
    const here = resultsBulkUpdate.form({ cycle_id: "c" }, strict);
    const columns = ["request_number", "attended", "result_status"];
    // More than one part of a paste, with blank rows in each.
    const block = Array.from({ length: 6_000 }, (_, at) => (at % 3 === 1 ? ["", null, ""] : [String(at), at % 2 ? "да" : "нет", "не проходил обучение"]));
    here.paste("/results", 0, block, columns);
    await there.paste("/results", 0, block, columns);
    expect(await there.length("/results")).toBe(here.length("/results"));
    expect(await there.summary()).toEqual(here.summary());
    expect((await there.preview()).body).toBe(here.preview().body);
    here.free();
    await there.free();
  } finally {
    worker.terminate();
  }
});
