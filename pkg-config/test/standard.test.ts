// Every payload as a Standard Schema and a Standard JSON Schema, as other libraries use it.
import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import { expect, test } from "vitest";
import { cycleCreate, payloads } from "portform";
import { example } from "./support.js";

const schemas: readonly (StandardSchemaV1 & StandardJSONSchemaV1)[] = Object.values(payloads);

test("every payload says version and vendor, the same object each time", () => {
  for (const schema of schemas) {
    const standard = schema["~standard"];
    expect(standard).toBe(schema["~standard"]);
    expect(Object.isFrozen(standard)).toBe(true);
    expect(standard).toMatchObject({ version: 1, vendor: "portform" });
  }
});

test("validate gives the value, or the errors alone, and needs no `this`", () => {
  const { validate } = cycleCreate["~standard"];
  const report = cycleCreate.check(example("cycle.create"));
  expect(report.issues.length).toBeGreaterThan(0);
  expect(validate(example("cycle.create"))).toEqual({ value: report.value });
  const value = { ...example("cycle.create"), is_paid: "maybe", phone: "?", is_budget: "true" };
  expect(validate(value)).toEqual({ issues: cycleCreate.check(value).issues.filter(({ severity }) => severity === "error") });
});

test("validate gives issues that may be written into, and are nobody else's", () => {
  const { validate } = cycleCreate["~standard"];
  const issues = (): StandardSchemaV1.Issue[] => {
    const result = validate({ education_form: "?" });
    return "then" in result ? [] : [...(result.issues ?? [])];
  };
  const before = issues();
  for (const issue of issues() as unknown as Record<string, unknown>[]) {
    for (const part of [issue, issue["path"], issue["params"], ...Object.values(issue["params"] as object)]) expect(Object.isFrozen(part) && typeof part === "object").toBe(false);
    issue["$message"] = issue["message"];
    (issue["path"] as unknown[]).push("more");
    (issue["params"] as Record<string, unknown>)["allowed"] = undefined;
    issue["message"] = "mine";
  }
  expect(issues()).toEqual(before);
  expect(before).toEqual(cycleCreate.check({ education_form: "?" }).issues.filter(({ severity }) => severity === "error"));
});

test("options may come in libraryOptions", () => {
  const { validate } = cycleCreate["~standard"];
  const message = (libraryOptions?: Record<string, unknown>): string | undefined => {
    const result = validate({}, { libraryOptions });
    return "then" in result ? undefined : result.issues?.[0]?.message;
  };
  expect(message({ locale: "en" })).toBe(cycleCreate.check({}, { locale: "en" }).issues[0]?.message);
  expect(message()).toBe(cycleCreate.check({}).issues[0]?.message);
  expect(() => message({ locale: "fr" })).toThrow(TypeError);
});

test("JSON Schema of either side for the targets that there are", () => {
  const { jsonSchema } = cycleCreate["~standard"];
  expect(jsonSchema.output({ target: "draft-2020-12" })).toEqual(cycleCreate.jsonSchema());
  expect(jsonSchema.input({ target: "openapi-3.0" })).toEqual(cycleCreate.jsonSchema("openapi-3.0", "input"));
  expect(() => jsonSchema.input({ target: "draft-04" })).toThrow(TypeError);
});
