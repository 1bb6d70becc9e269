// The live form: edits and what they change, values as typed, subscriptions, options, history, and what becomes of memory.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, test, vi } from "vitest";
import { cycleCreate, resultsBulkUpdate, type Changes, type Form, type Issue } from "portform";
import { example, fresh } from "./support.js";

let restore = (): void => undefined;
afterEach(() => restore());

const codes = (issues: readonly Issue[]): string[] => issues.map(({ pointer, code }) => `${pointer} ${code}`);
const row = (number: string, more: object = {}): object => ({ request_number: number, result_status: "FAILED", test_mark: 1, ...more });

describe("edits", () => {
  test("set makes what is missing on the way and tells what changed", () => {
    const form = cycleCreate.form();
    expect(form.value()).toEqual({});
    expect(form.version).toBe(0);
    const changes = form.set("/address/city", "Москва");
    expect(form.value()).toEqual({ address: { city: "Москва" } });
    expect(Object.keys(changes)).toEqual(["added", "removed", "states", "shifted", "summary"]);
    expect(codes(changes.added)).toEqual(["/address/region required"]);
    expect(changes.removed).toEqual([]);
    expect(form.version).toBe(1);
    expect(changes.summary).toEqual(form.summary());
  });

  test("a tick makes other fields relevant and required, and says so", () => {
    const form = cycleCreate.form({ ...example("cycle.create"), is_paid: false });
    expect(form.state("/price")).toMatchObject({ pointer: "/price", relevant: false, required: false });
    form.set("/price", "");
    const changes = form.set("/is_paid", true);
    expect(changes.states).toContainEqual({ pointer: "/price", relevant: true, required: true, expected: false });
    expect(codes(changes.added)).toContain("/price required_when");
    expect(form.state("/price").issues).toMatchObject([{ code: "required_when" }]);
    expect(codes(form.set("/price", "12 000,50").removed)).toContain("/price required_when");
    expect(form.get("/price")).toBe("12 000,50");
    expect((form.report().value as { price: number }).price).toBe(12000.5);
    form.free();
  });

  test("rows are inserted, moved and removed; their issues move along and are not listed", () => {
    const form = resultsBulkUpdate.form({ cycle_id: "1", results: [row("1"), row("2", { test_mark: 9 })] });
    expect(form.length("/results")).toBe(2);
    const key = form.key("/results/1");
    const inserted = form.insert("/results", 0, row("3"));
    expect(inserted.shifted).toEqual([{ pointer: "/results", from: 0, by: 1 }]);
    expect([inserted.added, inserted.removed]).toEqual([[], []]);
    expect(codes(form.issues())).toEqual(["/results/2/test_mark too_large"]);
    expect(form.key("/results/2")).toBe(key);
    form.move("/results", 2, 0);
    expect(form.key("/results/0")).toBe(key);
    expect(codes(form.issues())).toEqual(["/results/0/test_mark too_large"]);
    expect(codes(form.remove("/results", 0).removed)).toEqual(["/results/0/test_mark too_large"]);
    expect(form.summary()).toEqual({ errors: 0, warnings: 0, notes: 0 });
    expect(form.value()).toEqual({ cycle_id: "1", results: [row("3"), row("1")] });
    form.insert("/results", 2);
    expect(form.value()).toEqual({ cycle_id: "1", results: [row("3"), row("1"), {}] });
    form.free();
  });

  test("a duplicate is told at the later row, and goes when either changes", () => {
    const form = resultsBulkUpdate.form({ cycle_id: "1", results: [row("1"), row("2"), row("3")] });
    expect(form.set("/results/2/request_number", "1").added).toMatchObject([
      { pointer: "/results/2/request_number", code: "duplicate", params: { first: 0 }, rule: "RES-11" },
    ]);
    expect(codes(form.set("/results/0/request_number", "0").removed)).toEqual(["/results/2/request_number duplicate"]);
    form.free();
  });

  test("paste fills and adds rows in one batch, which one undo takes back", () => {
    const form = resultsBulkUpdate.form({ cycle_id: "1", results: [row("1")] });
    const before = form.value();
    const changes = form.paste("/results", 0, [["1", "SUCCEED", "5"], ["1", undefined, 3n], ["7", null, {}]], ["request_number", "result_status", "test_mark"]);
    expect(form.length("/results")).toBe(3);
    expect(codes(changes.added)).toContain("/results/1/request_number duplicate");
    expect(form.get("/results/1/test_mark")).toBe(3n);
    expect(form.get("/results/2")).toEqual({ request_number: "7", result_status: null, test_mark: {} });
    expect(form.undo()).toMatchObject({ summary: { errors: 0 } });
    expect(form.value()).toEqual(before);
    expect(form.undo()).toBeUndefined();
    expect(form.redo()).toMatchObject({ summary: changes.summary });
    expect(form.length("/results")).toBe(3);
    form.free();
  });

  test("replace takes another draft, of any shape", () => {
    const form = cycleCreate.form(example("cycle.create"));
    form.replace("nonsense");
    expect(form.value()).toBe("nonsense");
    expect(codes(form.issues())).toEqual([" type"]);
    form.replace(example("cycle.create"));
    expect(form.value()).toEqual(example("cycle.create"));
    expect(form.report()).toEqual(cycleCreate.check(example("cycle.create")));
    form.free();
  });

  test("values come back as they were typed, also those that JSON does not have", () => {
    const date = new Date();
    const typed: unknown[] = [5n, date, Symbol.iterator, () => 1, Number.NaN, "  12 ", 0, false, null, "", [1, [2]], { a: { b: 1 } }];
    const form = cycleCreate.form({ ID: "as spelt", notes: typed[0], unheard_of: { deep: typed } });
    expect(form.value()).toEqual({ ID: "as spelt", notes: 5n, unheard_of: { deep: typed } });
    for (const value of typed) {
      form.set("/phone", value);
      expect(form.get("/phone")).toBe(value);
    }
    form.set("/phone", undefined);
    expect(form.get("/phone")).toBeUndefined();
    expect(Object.keys(form.value() as object)).not.toContain("phone");
    form.free();
  });
});

describe("questions", () => {
  test("issues are filtered and paged", () => {
    const results = Array.from({ length: 50 }, (_, i) => row(String(i), { test_mark: 9, attended: i % 2 === 0 ? "true" : true }));
    const form = resultsBulkUpdate.form({ cycle_id: 1, results });
    const all = form.issues();
    expect(all.length).toBe(76);
    expect(form.issues({ severity: "error" })).toEqual(all.filter(({ severity }) => severity === "error"));
    expect(form.issues({ under: "/results/4" })).toEqual(all.filter(({ pointer }) => pointer.startsWith("/results/4/")));
    expect(form.issues({ under: "/results" })).toHaveLength(75);
    expect(form.issues({ offset: 10, limit: 5 })).toEqual(all.slice(10, 15));
    expect(form.issues({ severity: "note", offset: 1, limit: Infinity })).toEqual(all.filter(({ severity }) => severity === "note").slice(1));
    expect(form.issues({ offset: 1000 })).toEqual([]);
    expect(Object.isFrozen(all)).toBe(true);
    form.free();
  });

  test("the form, its report and its preview agree with the payload's own", () => {
    const value = { ...example("cycle.create"), is_paid: "maybe", unheard_of: 1 };
    const form = cycleCreate.form(value, { locale: "en" });
    const own = cycleCreate.with({ locale: "en" });
    expect(form.report()).toEqual(own.check(value));
    expect(form.issues()).toEqual(own.check(value).issues);
    expect(form.preview()).toEqual(own.preview(value));
    expect(form.states()).toEqual(own.states(value));
    form.free();
  });

  test("a report stays as it was while the form goes on", () => {
    const form = cycleCreate.form(example("cycle.create"));
    const report = form.report();
    form.replace({});
    expect(report.valid).toBe(true);
    expect(report.value).toEqual(cycleCreate.check(example("cycle.create")).value);
    expect(form.report().valid).toBe(false);
    form.free();
  });

  test("an answer of the upstream is shown at its field until that is edited", () => {
    const form = cycleCreate.form(example("cycle.create"));
    const refusal = { status: 200, body: { success: false, reason: "already_exists", description: "Цикл уже есть" } };
    expect(form.explain(refusal).added).toMatchObject([{ pointer: "/id", code: "refused", params: { reason: "already_exists", status: 200 } }]);
    expect(form.issues()).toContainEqual(cycleCreate.explain(refusal)[0]);
    expect(form.state("/id").issues).toMatchObject([{ code: "refused" }]);
    expect(codes(form.set("/id", "another").removed)).toEqual(["/id refused"]);
    expect(form.explain({ status: 200, body: '{"success":true}' }).added).toEqual([]);
    form.free();
  });
});

describe("options of a form", () => {
  test("another locale, day or context is followed by messages and states", () => {
    const form = cycleCreate.with({ locale: "uk" }).form(example("cycle.create"), { today: "2019-01-01" });
    expect(codes(form.issues())).not.toContain("/begin_date inconsistent");
    expect(codes(form.setOptions({ today: "2026-01-01" }).added)).toContain("/begin_date inconsistent");
    const uk = form.issues().map(({ message }) => message);
    form.setOptions({ locale: "en" });
    const en = form.issues().map(({ message }) => message);
    expect(codes(form.issues())).toContain("/begin_date inconsistent");
    expect(en.every((message, i) => message !== uk[i])).toBe(true);
    form.setOptions({ locale: undefined, context: { programme: { program_number: "another" } } });
    expect(form.issues().filter(({ code }) => code !== "mismatch").map(({ message }) => message)).toEqual(uk);
    expect(codes(form.issues())).toContain("/programme mismatch");
    form.setOptions({ context: { programme: undefined }, today: undefined });
    expect(codes(form.issues())).toEqual(codes(cycleCreate.check(example("cycle.create")).issues));
    form.free();
  });

  test("a wrong option changes nothing", () => {
    const form = cycleCreate.form({}, { locale: "en" });
    const before = form.issues();
    expect(() => form.setOptions({ locale: "fr" as "en" })).toThrow(TypeError);
    expect(form.issues()).toEqual(before);
    expect(form.version).toBe(0);
    form.set("/id", "1");
    expect(form.issues()[0]?.message).not.toMatch(/[а-я]/i);
    form.free();
  });
});

describe("subscriptions", () => {
  test("every listener is told of every change, until it stops listening", () => {
    const form = cycleCreate.form();
    const [first, second] = [vi.fn<(changes: Changes) => void>(), vi.fn<(changes: Changes) => void>()];
    const stop = form.subscribe(first);
    form.subscribe(second);
    const changes = form.set("/id", "1");
    expect(first).toHaveBeenCalledExactlyOnceWith(changes);
    stop();
    stop();
    form.undo();
    form.setOptions({ locale: "en" });
    expect(first).toHaveBeenCalledTimes(1);
    expect(second).toHaveBeenCalledTimes(3);
    form.free();
  });

  test("a listener may edit the form; one that throws hinders neither the edit nor the others", async () => {
    const form = cycleCreate.form();
    const thrown: unknown[] = [];
    const keep = (error: unknown): number => thrown.push(error);
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.on("uncaughtException", keep);
    const seen: number[] = [];
    form.subscribe(() => {
      throw new Error("a listener's own");
    });
    form.subscribe(() => {
      seen.push(form.version);
      if (form.version === 1) form.set("/programme", "P");
    });
    form.set("/id", "1");
    expect(form.value()).toEqual({ id: "1", programme: "P" });
    expect(seen).toEqual([1, 2]);
    await new Promise((resolve) => setTimeout(resolve));
    process.removeListener("uncaughtException", keep);
    for (const other of others) process.on("uncaughtException", other);
    expect(thrown.map(String)).toEqual(["Error: a listener's own", "Error: a listener's own"]);
    form.free();
  });
});

describe("wrong calls", () => {
  const form = resultsBulkUpdate.form({ cycle_id: "1", results: [row("1")] });

  test.each<[string, () => unknown]>([
    ["a field that is not there", () => form.set("/nothing", 1)],
    ["a pointer without a slash", () => form.get("results")],
    ["no text as a pointer", () => form.get(5 as unknown as string)],
    ["a field of a field", () => form.set("/cycle_id/x", 1)],
    ["an item's field that is not there", () => form.state("/results/0/nothing")],
    ["a list that is none", () => form.insert("/cycle_id", 0)],
    ["the length of what is no list", () => form.length("/cycle_id")],
    ["the key of what is no item", () => form.key("/cycle_id")],
    ["a column that is not there", () => form.paste("/results", 0, [["x"]], ["nothing"])],
    ["columns that are no list", () => form.paste("/results", 0, [["x"]], "request_number" as unknown as string[])],
    ["rows that are no list", () => form.paste("/results", 0, "x" as unknown as unknown[][], ["request_number"])],
    ["rows that are no lists", () => form.paste("/results", 0, [5] as unknown as unknown[][], ["request_number"])],
    ["a severity that is none", () => form.issues({ severity: "fatal" as "error" })],
    ["an answer that is none", () => form.explain(5 as unknown as { status: number; body: unknown })],
    ["an answer without a status", () => resultsBulkUpdate.explain({ status: "200" as unknown as number, body: "" })],
  ])("%s: TypeError", (_, call) => {
    const before = form.value();
    expect(call).toThrow(TypeError);
    expect(call).toThrow(/^[^\n]+\.$/);
    expect(form.value()).toEqual(before);
  });

  test.each<[string, () => unknown]>([
    ["an item past the end", () => form.set("/results/5/cycle_id", 1)],
    ["an insertion past the end", () => form.insert("/results", 2)],
    ["a removal past the end", () => form.remove("/results", 1)],
    ["a move past the end", () => form.move("/results", 0, 1)],
    ["a negative index", () => form.insert("/results", -1)],
    ["half an index", () => form.remove("/results", 0.5)],
    ["no index", () => form.remove("/results", Number.NaN)],
    ["a negative offset", () => form.issues({ offset: -1 })],
  ])("%s: RangeError", (_, call) => {
    const before = form.value();
    expect(call).toThrow(RangeError);
    expect(form.value()).toEqual(before);
  });

  test("a freed form says so, and can be freed again", () => {
    const freed = cycleCreate.form(example("cycle.create"));
    freed.free();
    freed.free();
    const calls: ((form: Form<unknown>) => unknown)[] = [
      (gone) => gone.set("/id", 1),
      (gone) => gone.insert("/results", 0),
      (gone) => gone.remove("/results", 0),
      (gone) => gone.move("/results", 0, 1),
      (gone) => gone.replace({}),
      (gone) => gone.paste("/results", 0, [], []),
      (gone) => gone.get("/id"),
      (gone) => gone.value(),
      (gone) => gone.length("/results"),
      (gone) => gone.key("/results/0"),
      (gone) => gone.state("/id"),
      (gone) => gone.states(),
      (gone) => gone.issues(),
      (gone) => gone.summary(),
      (gone) => gone.report(),
      (gone) => gone.preview(),
      (gone) => gone.explain({ status: 200, body: "" }),
      (gone) => gone.setOptions({}),
      (gone) => gone.undo(),
      (gone) => gone.redo(),
      (gone) => gone.subscribe(() => undefined),
    ];
    for (const call of calls) {
      expect(() => call(freed)).toThrow(TypeError);
      expect(() => call(freed)).toThrow("freed");
    }
  });

  test("a form frees itself at the end of `using`, where the platform has it", () => {
    const { dispose } = Symbol as { dispose?: symbol };
    const own = cycleCreate.form() as unknown as Record<symbol, () => void> & { free(): void; value(): unknown };
    if (dispose === undefined) {
      own.free();
    } else {
      (own[dispose] as () => void).call(own);
    }
    expect(() => own.value()).toThrow("freed");
  });
});

describe("memory", () => {
  const rows = { cycle_id: "1", results: Array.from({ length: 300 }, (_, i) => row(String(i))) };

  test("1,000 forms that were opened, edited and freed leave it as it was", async () => {
    const { module, memory, restore: undo } = await fresh();
    restore = undo;
    const use = (times: number): void => {
      for (let i = 0; i < times; i++) {
        const form = module.resultsBulkUpdate.form(rows);
        form.set("/results/5/request_number", "1");
        form.insert("/results", 0, row("new"));
        form.undo();
        form.issues();
        form.free();
      }
    };
    use(20);
    const size = memory().buffer.byteLength;
    use(1_000);
    expect(memory().buffer.byteLength).toBe(size);
  });

  test("forms that nobody holds any more are freed by the collector", async () => {
    const { module, memory, restore: undo } = await fresh();
    restore = undo;
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const use = async (times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        module.resultsBulkUpdate.form(rows).set("/results/5/request_number", "1");
        if (i % 20 === 19) {
          collect();
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    };
    await use(200);
    const size = memory().buffer.byteLength;
    await use(1_000);
    // When a form is collected is the engine's business; kept alive, these would take well over 60 MB.
    expect(memory().buffer.byteLength - size).toBeLessThan(16 << 20);
  });
});
