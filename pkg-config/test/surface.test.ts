// What a front end imports: the payload objects, and nothing that happens before the first use.
import { afterEach, describe, expect, test } from "vitest";
import * as portform from "portform";
import { cycleCreate, payloads, resultsBulkUpdate, version, type Payload } from "portform";
import { example, fresh } from "./support.js";

/** By names that are only known while it runs. */
const byName: Readonly<Record<string, Payload<unknown, unknown>>> = payloads;

let restore = (): void => undefined;
afterEach(() => restore());

describe("importing", () => {
  test("starts nothing and touches no global; the first use starts the wasm, once", async () => {
    const before = Reflect.ownKeys(globalThis);
    const { module, compiled, restore: undo } = await fresh();
    restore = undo;
    expect(compiled()).toBe(0);
    expect(Reflect.ownKeys(globalThis)).toEqual(before);
    expect(module.cycleCreate.name).toBe("cycle.create");
    expect(module.cycleCreate.direction).toBe("outbound");
    expect(module.cycleCreate.endpoint).toEqual({ method: "POST", path: "education/cycle/create" });
    expect(Object.keys(module.payloads)).toContain("results.bulk_update");
    expect(compiled()).toBe(0);
    module.cycleCreate.check({});
    module.resultsBulkUpdate.checkJson("{}");
    expect(compiled()).toBe(1);
  });

  test("gives the same payload by its own name and by its place in `payloads`", () => {
    const named = Object.entries(portform).filter(([name]) => name !== "payloads" && name !== "version");
    const objects = named.map(([, payload]) => payload);
    expect(new Set(objects)).toEqual(new Set(Object.values(payloads)));
    expect(payloads["cycle.create"]).toBe(cycleCreate);
    expect(payloads["results.bulk_update"]).toBe(resultsBulkUpdate);
    expect(byName["constructor"]).toBeUndefined();
    expect(Object.isFrozen(payloads)).toBe(true);
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

describe.each(Object.entries(byName))("%s", (name, payload) => {
  test("is a frozen object that says what it is", () => {
    expect(typeof payload).toBe("object");
    expect(Object.isFrozen(payload)).toBe(true);
    expect(payload.name).toBe(name);
    expect(["outbound", "inbound"]).toContain(payload.direction);
    expect(["portal", "ehealth"]).toContain(payload.upstream);
    for (const locale of ["ru", "uk", "en"] as const) expect(payload.title[locale].length).toBeGreaterThan(3);
    if (payload.endpoint !== undefined) expect(payload.endpoint.method).toMatch(/^(GET|POST)$/);
  });

  test("has functions that need no this", () => {
    const { check, checkJson, fields, states, form, preview, explain, jsonSchema, with: bound } = payload;
    const live = form({});
    expect([check({}), checkJson("{}"), fields(), states({}), preview({}), explain({ status: 422, body: "" }), jsonSchema(), live.value()].length).toBe(8);
    expect(bound({ locale: "en" }).check({}).issues).toEqual(check({}, { locale: "en" }).issues);
    const { validate } = payload["~standard"];
    expect(validate({})).toEqual({ issues: check({}).issues.filter(({ severity }) => severity === "error") });
    // Spread and copied, it is the same payload.
    expect({ ...payload }.check({}).issues).toEqual(check({}).issues);
    live.free();
  });

  test("lists its fields, each with a label, rules and a source, frozen", () => {
    const fields = payload.fields({ locale: "en" });
    expect(fields.length).toBeGreaterThan(0);
    expect(Object.isFrozen(fields)).toBe(true);
    for (const field of fields) {
      expect(Object.isFrozen(field)).toBe(true);
      expect(field.pointer).toMatch(/^\//);
      expect(field.label).not.toBe("");
      expect(field.rules[0]).toMatch(/^[A-Z]{3}-\d\d$/);
      expect(field.source).not.toBe("");
      expect(["always", "never", "conditional"]).toContain(field.required);
    }
    expect(new Set(fields.map(({ pointer }) => pointer)).size).toBe(fields.length);
  });

  test("tells the states of an empty draft for fields that it lists", () => {
    const known = new Set(payload.fields().map(({ pointer }) => pointer));
    const states = payload.states({});
    expect(states.length).toBeGreaterThan(0);
    for (const state of states) {
      expect(known).toContain(state.pointer);
      expect(state).toEqual({
        pointer: state.pointer,
        relevant: expect.any(Boolean) as boolean,
        required: expect.any(Boolean) as boolean,
        expected: expect.any(Boolean) as boolean,
      });
    }
  });

  test("answers the empty object with issues that are complete", () => {
    for (const issue of payload.check({}).issues) {
      expect(Object.keys(issue)).toEqual(["path", "pointer", "code", "severity", "rule", "source", "params", "message"]);
      expect(issue.pointer).toBe(issue.path.map((step) => `/${step}`).join(""));
      expect(issue.message).not.toMatch(/[\u0000-\u001f]|429496729/);
      expect(issue.rule).toMatch(/^[A-Z]{3}-\d\d$/);
    }
  });

  test("gives a JSON Schema of either side for every target", () => {
    for (const target of ["draft-2020-12", "draft-07", "openapi-3.0"] as const) {
      for (const side of ["output", "input"] as const) {
        const schema = payload.jsonSchema(target, side);
        expect(schema["type"]).toBeDefined();
        expect(schema["properties"]).toBeDefined();
      }
    }
    expect(payload.jsonSchema()).toEqual(payload.jsonSchema("draft-2020-12", "output"));
    expect(() => payload.jsonSchema("draft-04" as "draft-07")).toThrow(TypeError);
    expect(() => payload.jsonSchema("draft-07", "both" as "input")).toThrow(TypeError);
  });
});

describe("the documents' own examples", () => {
  test("a cycle is read without an error, and its body checked again is the same", () => {
    const report = cycleCreate.check(example("cycle.create"));
    expect(report.valid).toBe(true);
    const again = cycleCreate.check(report.value);
    expect(again).toEqual({ valid: true, issues: report.issues, value: report.value });
    const preview = cycleCreate.preview(example("cycle.create"));
    expect(JSON.parse(preview.body)).toEqual(report.value);
    expect(preview.endpoint).toEqual({ method: "POST", url: "education/cycle/create", contentType: "application/json" });
    expect(cycleCreate.checkJson(preview.body)).toMatchObject({ valid: true, body: preview.body });
  });

  test("a batch of results is read with notes, and sent in the example's spelling", () => {
    const report = resultsBulkUpdate.check(example("results.bulk_update"));
    expect(report.valid).toBe(true);
    expect(report.issues.map(({ severity }) => severity)).toContain("note");
    for (const result of report.value?.results ?? []) {
      expect(typeof result.request_number).toBe("string");
      expect(result.result_status).toMatch(/^[A-Z_]+$/);
    }
    expect(resultsBulkUpdate.check(report.value, { mode: "strict" })).toMatchObject({ valid: true, value: report.value });
  });
});
