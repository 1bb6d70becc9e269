// Options: what they change, how a call's own come on top, and what a wrong one is answered with.
import { describe, expect, test } from "vitest";
import { cycleCreate, cycleUpdate, programmeCreate, resultsBulkUpdate, type Options } from "portform";
import { example } from "./support.js";

const codes = (issues: readonly { pointer: string; code: string }[]): string[] => issues.map(({ pointer, code }) => `${pointer} ${code}`);

describe("a wrong option is a TypeError that names it", () => {
  test.each([
    ["options", null],
    ["options", 5],
    ["options", "ru"],
    ["options", []],
    ["locale", { locale: "fr" }],
    ["locale", { locale: null }],
    ["mode", { mode: "loose" }],
    ["today", { today: "tomorrow" }],
    ["today", { today: "2026-02-30" }],
    ["today", { today: "01.02.2026" }],
    ["today", { today: new Date() }],
    ["context", { context: null }],
    ["context", { context: [] }],
    ["context.status", { context: { status: 1 } }],
    ["context.specialities", { context: { specialities: 1 } }],
    ["context.specialities", { context: { specialities: [{}] } }],
    ["context.programmes", { context: { programmes: "x" } }],
    ["context.programme", { context: { programme: 1 } }],
    ["context.requestNumbers", { context: { requestNumbers: "1" } }],
    ["context.requestNumbers", { context: { requestNumbers: [{}] } }],
    ["context.previous", { context: { previous: 1 } }],
    ["context.contractType", { context: { contractType: "OTHER" } }],
    ["context.dictionaries", { context: { dictionaries: [] } }],
    ["context.dictionaries.MEDICAL_SERVICE", { context: { dictionaries: { MEDICAL_SERVICE: 5 } } }],
    ["dialect.resultStatus", { dialect: { resultStatus: "TABLE" } }],
    ["dialect.price", { dialect: { price: true } }],
    ["dialect.address", { dialect: { address: "both" } }],
    ["promote", { promote: "CYC-08" }],
    ["endpoint.base", { endpoint: { base: 1 } }],
    ["endpoint.params.id", { endpoint: { params: { id: 1 } } }],
    ["lcoale", { lcoale: "ru" }],
    ["prise", { dialect: { prise: "text" } }],
    ["url", { endpoint: { url: "x" } }],
    ["today", { context: { today: "2026-01-01" } }],
  ])("%s: %j", (name, options) => {
    const wrong = options as unknown as Options;
    for (const call of [
      () => cycleCreate.check({}, wrong),
      () => cycleCreate.checkJson("{}", wrong),
      () => cycleCreate.fields(wrong),
      () => cycleCreate.states({}, wrong),
      () => cycleCreate.preview({}, wrong),
      () => cycleCreate.form({}, wrong),
      () => cycleCreate.with(wrong),
      () => cycleCreate.form().setOptions(wrong),
    ]) {
      expect(call).toThrow(TypeError);
      expect(call).toThrow(name);
      expect(call).toThrow(/^[^\n]+\.$/);
    }
    // A wrong call leaves nothing behind.
    expect(cycleCreate.check(example("cycle.create")).valid).toBe(true);
  });

  test("undefined is not given", () => {
    const nothing: Options = { locale: undefined, mode: undefined, today: undefined, context: undefined, dialect: undefined, promote: undefined, endpoint: undefined };
    expect(cycleCreate.check({}, nothing)).toEqual(cycleCreate.check({}));
    const empty: Options = { context: { status: undefined, programmes: undefined, requestNumbers: undefined }, dialect: { price: undefined } };
    expect(cycleCreate.check({}, empty)).toEqual(cycleCreate.check({}));
  });
});

describe("what options change", () => {
  test("strict refuses what lenient reads with a note", () => {
    const value = { ...example("cycle.create"), is_paid: "true", price: "15 000,50" };
    expect(cycleCreate.check(value).valid).toBe(true);
    expect(codes(cycleCreate.check(value, { mode: "strict" }).issues)).toEqual(expect.arrayContaining(["/is_paid type", "/price type"]));
    expect(cycleCreate.check(example("cycle.create"), { mode: "strict" }).valid).toBe(true);
  });

  test("promote turns a warning into an error", () => {
    const value = { ...example("cycle.create"), is_budget: false, is_paid: false };
    const severity = (promote: readonly string[]): string | undefined =>
      cycleCreate.check(value, { promote }).issues.find(({ rule }) => rule === "CYC-08")?.severity;
    expect(severity([])).toBe("warning");
    expect(severity(["CYC-09"])).toBe("warning");
    expect(severity(["CYC-08"])).toBe("error");
  });

  test("today lets the rules run that need it", () => {
    const found = (today?: string): string[] => codes(cycleCreate.check(example("cycle.create"), { today }).issues);
    expect(found("2026-01-01")).toContain("/begin_date inconsistent");
    expect(found("2019-01-01")).not.toContain("/begin_date inconsistent");
    expect(found()).not.toContain("/begin_date inconsistent");
  });

  test("dialects decide spellings: statuses, prices, addresses", () => {
    const batch = { cycle_id: "1", results: [{ request_number: "1", result_status: "success", test_mark: 5 }] };
    const sent = (resultStatus?: "example" | "table"): unknown =>
      resultsBulkUpdate.check(batch, { dialect: { resultStatus } }).value?.results[0]?.result_status;
    expect([sent(), sent("example"), sent("table")]).toEqual(["SUCCEED", "SUCCEED", "succed"]);
    const address = (dialect: "object" | "list"): unknown =>
      (cycleCreate.check(example("cycle.create"), { dialect: { address: dialect } }).value as { address: unknown }).address;
    expect(address("list")).toEqual([address("object")]);
    const two = { ...example("cycle.create"), address: [{ region: "a", city: "b" }, { region: "c" }] };
    expect(codes(cycleCreate.check(two).issues)).toContain("/address too_many");
    expect(codes(cycleCreate.check(two, { dialect: { address: "list" } }).issues)).toContain("/address/1/city required");
    const prices = (price: "number" | "text"): unknown =>
      programmeCreate.check(example("programme.create"), { dialect: { price } }).value?.prices?.[0]?.price;
    expect([typeof prices("number"), typeof prices("text")]).toEqual(["number", "string"]);
  });

  test("context lets the rules run that need it", () => {
    const batch = { cycle_id: "1", results: [{ request_number: 7, result_status: "FAILED", test_mark: 1 }] };
    const unknown = (requestNumbers: unknown): boolean =>
      codes(resultsBulkUpdate.check(batch, { context: { requestNumbers: requestNumbers as string[] } }).issues).includes(
        "/results/0/request_number unknown_reference",
      );
    expect([unknown(undefined), unknown(["7"]), unknown([7]), unknown(["8"]), unknown([])]).toEqual([false, false, false, true, true]);
    const programme = { program_number: "another", education_form: "remote" };
    expect(codes(cycleCreate.check(example("cycle.create"), { context: { programme } }).issues)).toContain("/programme mismatch");
    const status = (text: string): boolean => codes(cycleUpdate.check(example("cycle.create"), { context: { status: text } }).issues).includes(" wrong_status");
    expect([status("approved"), status("Утвержден"), status("Отменен"), status("???")]).toEqual([false, false, true, true]);
    const specialities = (given: unknown): boolean =>
      codes(programmeCreate.check(example("programme.create"), { context: { specialities: given } }).issues).some((code) => code.includes("name unknown_reference"));
    expect(specialities(["другая"])).toBe(true);
    expect(specialities({ specialities: [{ name: "другая" }] })).toBe(true);
    expect(specialities(undefined)).toBe(false);
  });

  test("endpoint decides the address in the preview", () => {
    const url = (endpoint: Options["endpoint"]): string | undefined => cycleCreate.preview({}, { endpoint }).endpoint?.url;
    expect(url(undefined)).toBe("education/cycle/create");
    expect(url({ base: "/portal/" })).toBe("/portal/education/cycle/create");
    expect(url({ base: "https://x.example", path: "v2/cycles" })).toBe("https://x.example/v2/cycles");
  });
});

describe("with", () => {
  test("binds options; a call's own come on top, member by member in context, dialect and endpoint", () => {
    const bound = cycleCreate.with({ locale: "en", context: { programme: { program_number: "another" } }, today: "2026-01-01" });
    expect(bound).not.toBe(cycleCreate);
    expect(bound.name).toBe("cycle.create");
    expect(Object.isFrozen(bound)).toBe(true);
    const found = bound.check(example("cycle.create"));
    expect(codes(found.issues)).toEqual(expect.arrayContaining(["/programme mismatch", "/begin_date inconsistent"]));
    expect(found.issues[0]?.message).not.toMatch(/[а-я]/i);
    const own = bound.check(example("cycle.create"), { locale: "uk", context: { status: "approved" }, today: undefined });
    expect(codes(own.issues)).toEqual(codes(found.issues));
    expect(own.issues[0]?.message).not.toBe(found.issues[0]?.message);
    expect(codes(bound.with({ today: "2019-01-01" }).check(example("cycle.create")).issues)).not.toContain("/begin_date inconsistent");
    expect(codes(cycleCreate.check(example("cycle.create")).issues)).not.toContain("/programme mismatch");
  });

  test("keeps the options as they were given", () => {
    const options: { locale: "ru" | "en"; promote: string[] } = { locale: "en", promote: [] };
    const bound = cycleCreate.with(options);
    const { message } = bound.check({}).issues[0] as { message: string };
    options.locale = "ru";
    options.promote.push("CYC-08");
    expect(bound.check({}).issues[0]?.message).toBe(message);
    expect(cycleCreate.check({}, options).issues[0]?.message).not.toBe(message);
  });

  test("goes on working after hundreds of other options", () => {
    const bound = cycleCreate.with({ today: "2026-01-01", context: { programme: { program_number: "another" } } });
    const report = bound.check(example("cycle.create"));
    for (let i = 0; i < 300; i++) cycleCreate.check({}, { promote: [`CYC-${String((i % 21) + 1).padStart(2, "0")}`], today: `2026-01-${String((i % 28) + 1).padStart(2, "0")}` });
    expect(codes(bound.check(example("cycle.create")).issues)).toEqual(codes(cycleCreate.check(example("cycle.create"), { today: "2026-01-01", context: { programme: { program_number: "another" } } }).issues));
    expect(report.valid).toBe(false);
    const valid = cycleCreate.with({ dialect: { address: "list" } }).check(example("cycle.create"));
    for (let i = 0; i < 300; i++) cycleCreate.check({}, { promote: [`CYC-${String((i % 21) + 1).padStart(2, "0")}`], today: `2026-01-${String((i % 28) + 1).padStart(2, "0")}` });
    expect((valid.value as { address: unknown }).address).toBeInstanceOf(Array);
  });
});
