// JSON text and bytes: whatever they hold, the answer is a report with a place.
import { afterEach, describe, expect, test } from "vitest";
import { cycleCreate, resultsBulkUpdate } from "portform";
import { example, fresh } from "./support.js";

let restore = (): void => undefined;
afterEach(() => restore());

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("checkJson", () => {
  test("agrees with check on the same value, from text and from bytes", () => {
    for (const value of [example("cycle.create"), {}, { ...example("cycle.create"), is_paid: "maybe", unheard_of: [1] }]) {
      const text = JSON.stringify(value);
      const { valid, issues } = cycleCreate.check(value);
      expect(cycleCreate.checkJson(text)).toMatchObject({ valid, issues });
      expect(cycleCreate.checkJson(utf8(text))).toEqual(cycleCreate.checkJson(text));
      expect(cycleCreate.checkJson(Buffer.from(text))).toEqual(cycleCreate.checkJson(text));
    }
  });

  test.each([
    ["", 1, 1],
    ["{", 1, 2],
    ['{"id": 1,\n "x" 3}', 2, 6],
    ['{"id": "truncated', 1, 18],
    ["nonsense", 1, 2],
    ['{"id": 1} {"id": 2}', 1, 11],
    ['{"id": NaN}', 1, 9],
  ])("tells where %j stops being JSON", (text, line, column) => {
    const report = cycleCreate.checkJson(text, { locale: "en" });
    expect(report.valid).toBe(false);
    expect(report.issues).toMatchObject([{ pointer: "", code: "syntax", rule: "GEN-01" }]);
    const { params, message } = report.issues[0] as (typeof report.issues)[0];
    expect(params["line"]).toBe(line);
    expect(Math.abs((params["column"] as number) - column)).toBeLessThanOrEqual(1);
    expect(message).toContain(String(line));
  });

  test("tells where bytes stop being UTF-8", () => {
    const bytes = utf8('{"id":\n "при??"}');
    bytes[bytes.indexOf(0x3f)] = 0xff;
    expect(cycleCreate.checkJson(bytes).issues).toMatchObject([{ code: "syntax", params: { line: 2, column: 6 } }]);
    expect(cycleCreate.checkJson(utf8('{"id": "\u0431"}').slice(0, -3)).issues).toMatchObject([{ code: "syntax" }]);
  });

  test("passes over a byte order mark", () => {
    expect(cycleCreate.checkJson(`\ufeff${JSON.stringify(example("cycle.create"))}`).valid).toBe(true);
  });

  test("reports a key that stands twice, whatever its spelling", () => {
    const codes = (text: string): string[] => cycleCreate.checkJson(text).issues.map(({ pointer, code }) => `${pointer} ${code}`);
    expect(codes('{"id": "1", "id": "2"}')).toContain("/id duplicate_key");
    expect(codes('{"id": "1", "ID": "2"}')).toContain("/id duplicate_key");
    expect(codes('{"x": "1", "x": "2", "x": "3"}').filter((found) => found === "/x duplicate_key")).toHaveLength(1);
  });

  test("reads 50 MB of rows, of one text, of unknown keys and of brackets, and gives the memory back", { timeout: 120_000 }, async () => {
    const { module, memory, restore: undo } = await fresh();
    restore = undo;
    const row = JSON.stringify({ request_number: "1", result_status: "FAILED", test_mark: 1, certificate: "x".repeat(430) });
    const rows = `{"cycle_id":"1","results":[${new Array(100_000).fill(row).join(",")}]}`;
    expect(rows.length).toBeGreaterThan(48_000_000);
    const many = module.resultsBulkUpdate.checkJson(rows);
    expect(many.valid).toBe(false);
    expect(many.issues.filter(({ code }) => code === "duplicate")).toHaveLength(99_999);
    expect(module.cycleCreate.checkJson(JSON.stringify({ notes: "щ".repeat(25_000_000) })).issues).toContainEqual(
      expect.objectContaining({ pointer: "/notes", code: "too_long" }),
    );
    const keys = `{${Array.from({ length: 1_000_000 }, (_, i) => `"${"unheard_of".repeat(4)}${i}":1`).join(",")}}`;
    expect(keys.length).toBeGreaterThan(48_000_000);
    expect(module.cycleCreate.checkJson(keys).valid).toBe(false);
    expect(module.cycleCreate.checkJson("[".repeat(25_000_000) + "]".repeat(25_000_000)).issues).toMatchObject([{ code: "too_deep" }]);
    expect(module.cycleCreate.checkJson("[".repeat(50_000_000)).issues).toMatchObject([{ code: "syntax" }]);
    const size = memory().buffer.byteLength;
    for (let i = 0; i < 3; i++) module.resultsBulkUpdate.checkJson(rows);
    expect(memory().buffer.byteLength).toBe(size);
  });

  test("a text for which there is no memory is one clear error, and neither later calls nor living forms suffer", async () => {
    const { module, restore: undo } = await fresh();
    restore = undo;
    const form = module.cycleCreate.form(example("cycle.create"));
    const before = form.value();
    // More than the memory of a 32-bit module can hold in one piece.
    const beyond = new Uint8Array(2 ** 31 + 16);
    for (let i = 0; i < 3; i++) {
      expect(() => module.cycleCreate.checkJson(beyond)).toThrow(/^There is not enough memory for this: nothing was changed, and later calls go on working\.$/);
      expect(module.cycleCreate.check(example("cycle.create")).valid).toBe(true);
      expect(module.cycleCreate.checkJson("{}").issues.length).toBeGreaterThan(5);
      expect(form.value()).toEqual(before);
      expect(form.set("/id", String(i)).summary.errors).toBe(0);
      expect(form.undo()).toBeDefined();
    }
    form.free();
  });

  test("takes a string or a Uint8Array and nothing else", () => {
    for (const text of [undefined, null, 5, {}, [], new ArrayBuffer(2), new Uint16Array(2)]) {
      expect(() => resultsBulkUpdate.checkJson(text as string)).toThrow(TypeError);
    }
  });

  test("gives the outgoing body: the text that the preview shows", () => {
    const value = example("results.bulk_update");
    const report = resultsBulkUpdate.checkJson(JSON.stringify(value));
    expect(report.body).toBe(resultsBulkUpdate.preview(value).body);
    expect(resultsBulkUpdate.checkJson("{}").body).toBeUndefined();
  });
});
