// Reports: plain objects whose issues, value and body are made when they are looked at, once, and stay as they were.
import { describe, expect, test, vi } from "vitest";
import { cycleCreate, resultsBulkUpdate, type Issue } from "portform";
import { example } from "./support.js";

const bad = (): object => ({ cycle_id: "1", results: [{ request_number: "1", result_status: "?" }, { request_number: "1" }] });

describe("a report", () => {
  test("has its members as own enumerable properties, in the order of the interface", () => {
    for (const report of [cycleCreate.check({}), cycleCreate.check(example("cycle.create"))]) {
      expect(Object.keys(report)).toEqual(["valid", "issues", "value"]);
      expect({ ...report }).toEqual(report);
      expect(structuredClone({ ...report })).toEqual(report);
      expect(structuredClone(report)).toEqual(report);
      expect((JSON.parse(JSON.stringify(report)) as { issues: Issue[] }).issues).toEqual(report.issues);
    }
    for (const report of [cycleCreate.checkJson("{}"), cycleCreate.checkJson(JSON.stringify(example("cycle.create")))]) {
      expect(Object.keys(report)).toEqual(["valid", "issues", "body"]);
      expect(structuredClone(report)).toEqual(report);
    }
  });

  test("reads issues when they are looked at, and not before", () => {
    // A text of its own, so that its template stands in the block and has to be parsed.
    const value = { ...example("cycle.create"), unheard_of: 1 };
    cycleCreate.check(value).issues.at(-1);
    const parse = vi.spyOn(JSON, "parse");
    const decode = vi.spyOn(TextDecoder.prototype, "decode");
    try {
      const report = cycleCreate.check(value);
      expect(report.valid).toBe(true);
      expect(parse).not.toHaveBeenCalled();
      expect(decode).not.toHaveBeenCalled();
      expect(report.issues.at(-1)?.pointer).toBe("/unheard_of");
      expect(decode).toHaveBeenCalled();
      expect(parse).not.toHaveBeenCalled();
      expect(report.value).toBeTypeOf("object");
      expect(parse).toHaveBeenCalledTimes(1);
    } finally {
      parse.mockRestore();
      decode.mockRestore();
    }
  });

  test("gives the same frozen issues and the same value each time", () => {
    const report = cycleCreate.check(example("cycle.create"));
    expect(report.issues).toBe(report.issues);
    expect(report.value).toBe(report.value);
    expect(Object.isFrozen(report.issues)).toBe(true);
    for (const issue of resultsBulkUpdate.check(bad()).issues) {
      expect(Object.isFrozen(issue) && Object.isFrozen(issue.path) && Object.isFrozen(issue.params)).toBe(true);
    }
  });

  test("stays as it was, whatever happens to the value or in other calls", () => {
    const value = example("cycle.create");
    const report = cycleCreate.check(value);
    const text = JSON.stringify(value);
    const bytes = new TextEncoder().encode(text);
    const ofBytes = cycleCreate.checkJson(bytes);
    const wanted = { ...(cycleCreate.check(example("cycle.create")).value as object) };
    value["id"] = "changed";
    bytes.fill(0);
    for (let i = 0; i < 10; i++) resultsBulkUpdate.check(bad()).issues.at(0);
    expect(report.value).toEqual(wanted);
    expect(report.issues).toHaveLength(cycleCreate.check(example("cycle.create")).issues.length);
    expect(JSON.parse(ofBytes.body as string)).toEqual(wanted);
  });

  test("says in each issue where, what, how much and why", () => {
    const { issues } = resultsBulkUpdate.check(bad(), { locale: "en" });
    expect(issues).toEqual([
      expect.objectContaining({
        path: ["results", 0, "result_status"],
        pointer: "/results/0/result_status",
        code: "enum",
        severity: "error",
        rule: "RES-04",
        params: { allowed: ["not_trained", "failed", "succeed"] },
      }),
      expect.objectContaining({ pointer: "/results/1/request_number", code: "duplicate", rule: "RES-11", params: { first: 0 } }),
      expect.objectContaining({ pointer: "/results/1/result_status", code: "required", params: {} }),
    ]);
    expect(issues[1]?.message).toMatch(/\b1\b/);
    const [wrapped] = resultsBulkUpdate.check({ cycle_id: "1", results: [null] }, { locale: "en" }).issues;
    expect(wrapped).toMatchObject({ path: ["results", 0], code: "required" });
    expect(wrapped?.message).toMatch(/\b1\b/);
  });

  test("names an unknown key as it is, and escapes it in the pointer", () => {
    const keys = ["a/b~c", "", "кириллица", "$&", "\u0001", "x".repeat(5000), "😀"];
    const report = cycleCreate.check({ ...example("cycle.create"), ...Object.fromEntries(keys.map((key) => [key, 1])) });
    const found = report.issues.filter(({ code }) => code === "unknown_field");
    expect(found.map(({ path }) => path)).toEqual(keys.map((key) => [key]));
    expect(found.map(({ pointer }) => pointer)).toEqual(keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`));
    for (const [i, issue] of found.entries()) expect(issue.message).toContain(keys[i]);
  });

  test("of 10,000 rows that are all wrong tells each row's own place", () => {
    const results = Array.from({ length: 10_000 }, (_, i) => ({ request_number: String(i % 5_000), result_status: "FAILED", test_mark: 9 }));
    const { issues } = resultsBulkUpdate.check({ cycle_id: "1", results });
    const large = issues.filter(({ code }) => code === "too_large");
    const twice = issues.filter(({ code }) => code === "duplicate");
    expect(large.map(({ path }) => path[1])).toEqual(results.map((_, i) => i));
    expect(twice.map(({ path, params }) => [path[1], params["first"]])).toEqual(results.slice(5_000).map((_, i) => [5_000 + i, i]));
  });

  test("speaks the language of the options", () => {
    const said = (locale: "ru" | "uk" | "en"): string => cycleCreate.check({}, { locale }).issues[0]?.message ?? "";
    expect(new Set([said("ru"), said("uk"), said("en")]).size).toBe(3);
    expect(cycleCreate.check({}).issues[0]?.message).toBe(said("ru"));
    expect(said("en")).not.toMatch(/[а-яіїєґё]/i);
    expect(said("ru")).toMatch(/[а-я]/i);
  });
});
