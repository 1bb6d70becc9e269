// Whatever the value is, a check answers with a report: it never throws, never hangs and never tells what was typed.
import { describe, expect, test } from "vitest";
import { cycleCreate, payloads, resultsBulkUpdate, type Report } from "portform";
import { example, garbage, SECRET } from "./support.js";

function sound(report: Report<unknown>): void {
  expect(typeof report.valid).toBe("boolean");
  expect(report.valid).toBe(!report.issues.some(({ severity }) => severity === "error"));
  // A key of the data is part of a pointer; a value is part of nothing.
  const told = JSON.stringify(report.issues.map(({ params, message, path }) => [params, path.includes(SECRET) ? "" : message]));
  expect(told).not.toContain(SECRET);
  if (report.valid) expect(report.value).toBeTypeOf("object");
  else expect(report.value).toBeUndefined();
}

describe.each(Object.entries(garbage))("%s", (_, make) => {
  test("as a whole payload", () => {
    for (const payload of Object.values(payloads)) {
      const report = payload.check(make());
      sound(report);
      payload.states(make());
      expect(payload.preview(make()).valid).toBe(report.valid);
    }
  });

  test("in every field of a cycle", () => {
    for (const name of Object.keys(example("cycle.create"))) {
      sound(cycleCreate.check({ ...example("cycle.create"), [name]: make() }));
    }
  });

  test("in a nested object, an unknown field, a list, an item and a field of an item", () => {
    const batch = example("results.bulk_update") as { results: Record<string, unknown>[] };
    const [first] = batch.results;
    for (const value of [
      { ...example("cycle.create"), address: { city: make() } },
      { ...example("cycle.create"), address: [make()] },
      { ...example("cycle.create"), unheard_of: make() },
    ]) {
      sound(cycleCreate.check(value));
    }
    for (const results of [make(), [make()], [first, make(), first]]) {
      sound(resultsBulkUpdate.check({ ...batch, results }));
    }
    for (const name of Object.keys(first as object)) {
      sound(resultsBulkUpdate.check({ ...batch, results: [{ ...first, [name]: make() }] }));
    }
  });

  test("in a form, which gives it back as typed", () => {
    const value = make();
    const form = cycleCreate.form(value);
    const report = form.report();
    expect(report.valid).toBe(cycleCreate.check(make()).valid);
    const inner = make();
    form.replace({});
    form.set("/notes", inner);
    expect(form.get("/notes")).toBe(inner);
    form.free();
  });
});

describe("values that look like others", () => {
  const codes = (value: unknown): string[] => cycleCreate.check(value).issues.map(({ pointer, code }) => `${pointer} ${code}`);

  test("what a prototype has is not there", () => {
    expect(codes(Object.create({ id: "x" }))).toContain("/id required");
    class Cycle {
      id = "1";
      get programme(): string {
        return "inherited";
      }
    }
    expect(codes(new Cycle())).not.toContain("/id required");
    expect(codes(new Cycle())).toContain("/programme required");
  });

  test("a polluted prototype changes nothing", () => {
    const before = codes(example("cycle.create"));
    (Object.prototype as Record<string, unknown>)["price_foms"] = 5;
    try {
      expect(codes(example("cycle.create"))).toEqual(before);
      expect(codes({})).toContain("/id required");
    } finally {
      delete (Object.prototype as Record<string, unknown>)["price_foms"];
    }
  });

  test("__proto__, constructor and prototype are unknown fields like any other", () => {
    const value = JSON.parse('{"__proto__":{"id":"x"},"constructor":1,"prototype":2}') as object;
    const found = codes(value);
    expect(found.slice(-3)).toEqual(["/__proto__ unknown_field", "/constructor unknown_field", "/prototype unknown_field"]);
    expect(found).toContain("/id required");
    expect(cycleCreate.preview(value).leftOut).toContainEqual({ pointer: "/__proto__", reason: "unknown_field" });
    const form = cycleCreate.form(value);
    expect(Object.keys(form.value() as object)).toEqual(["__proto__", "constructor", "prototype"]);
    expect(Object.getPrototypeOf(form.value())).toBe(Object.prototype);
    form.free();
  });

  test("a date, a map and a set are no texts, objects or lists", () => {
    expect(codes({ begin_date: new Date(), address: new Map(), id: new String("x") })).toEqual(
      expect.arrayContaining(["/begin_date type", "/address type", "/id type"]),
    );
    expect(codes(new Map())).toEqual([" type"]);
    expect(codes([])).toEqual([" type"]);
  });

  test("a getter counts as its value; one that throws is unreadable, and the others are read", () => {
    const value = {
      get id(): string {
        return "1";
      },
      get programme(): string {
        throw new Error("no");
      },
      begin_date: "2026-01-01",
    };
    expect(codes(value)).not.toContain("/id required");
    expect(codes(value)).toContain("/programme type");
    expect(codes(value)).not.toContain("/begin_date required");
  });

  test("a proxy over a plain object reads like the object", () => {
    expect(codes(new Proxy(example("cycle.create"), {}))).toEqual(codes(example("cycle.create")));
  });

  test("an object of another realm reads like one of this", async () => {
    const { runInNewContext } = await import("node:vm");
    const text = JSON.stringify(example("cycle.create"));
    expect(codes(runInNewContext(`JSON.parse(${JSON.stringify(text)})`))).toEqual(codes(example("cycle.create")));
  });

  test("undefined is absent, wherever it stands", () => {
    expect(codes({ ...example("cycle.create"), unheard_of: undefined })).toEqual(codes(example("cycle.create")));
    expect(codes({ ...example("cycle.create"), id: undefined })).toContain("/id required");
  });

  test("nesting is refused from the same depth on as in JSON text", () => {
    for (let depth = 28; depth < 36; depth++) {
      const text = `{"notes":${"[".repeat(depth)}${"]".repeat(depth)},"more":${'{"a":'.repeat(depth)}1${"}".repeat(depth)}}`;
      const told = (issues: Report<unknown>["issues"]): string[] => issues.map(({ pointer, code }) => `${pointer} ${code}`);
      expect(told(cycleCreate.check(JSON.parse(text)).issues)).toEqual(told(cycleCreate.checkJson(text).issues));
    }
  });

  test("100,001 items are too many, and 4,000,000,000 as well", () => {
    const row = example("results.bulk_update")["results"] as object[];
    const many = { cycle_id: "1", results: new Array(100_001).fill(row[0]) };
    expect(resultsBulkUpdate.check(many).issues.map(({ pointer, code, params }) => [pointer, code, params])).toEqual([
      ["/results", "too_many", { max: 100_000 }],
    ]);
    const results: unknown[] = [];
    results.length = 4_000_000_000;
    expect(resultsBulkUpdate.check({ cycle_id: "1", results }).issues).toMatchObject([{ code: "too_many" }]);
  });
});
