// Lone surrogates, of which UTF-8 has none: a text or a key with one is told to be no Unicode, is never confused with another one,
// and stands in a form as it was typed.
import { describe, expect, test } from "vitest";
import { cycleCreate, resultsBulkUpdate } from "portform";
import { example } from "./support.js";

/** Without what the document's own example has issues in. */
const cycle = { ...example("cycle.create"), phone: null, email: null, price_foms: null };
const told = (issues: readonly { pointer: string; code: string }[]): string[] => issues.map(({ pointer, code }) => `${pointer} ${code}`);

/** Texts that a careless encoder takes for one another, short and long. */
const texts = ["\ud800", "a\ud800", "a\udfff", "a\ufffd", "a\udc00b", "\ud83d\ud83d\ude00", "\ufffd\u{10f800}", "\ufffd\u{10f7ff}", "\ufffd\ufffd\ud800", "\u{10f800}", "я".repeat(100) + "\udbff", "\ude00\ud83d"];

describe.each(texts.map((text) => [JSON.stringify(text), text] as const))("%s", (_, text) => {
  const isUnicode = !/[\ud800-\udfff]|\ufffd/u.test(text);

  test("as a text: an error format, and in a form as typed", () => {
    const value = { ...cycle, notes: text };
    expect(told(cycleCreate.check(value).issues)).toEqual(isUnicode ? [] : ["/notes format"]);
    const form = cycleCreate.form(value);
    expect(form.get("/notes")).toBe(text);
    expect(form.set("/notes", text)).toMatchObject({ added: [], removed: [] });
    expect(form.version).toBe(0);
    form.set("/notes", `${text}!`);
    form.undo();
    expect((form.value() as { notes: unknown }).notes).toBe(text);
    expect(form.preview().body).not.toMatch(/[\ufffd\u{10f7ff}]/u);
    form.replace({ notes: [text] });
    expect(form.value()).toEqual({ notes: [text] });
    form.free();
  });

  test("as a key: told where it stands, left out, and in a form as typed", () => {
    const value = { ...cycle, [text]: 1, address: { region: "r", city: "c", [text]: 2 } };
    const code = isUnicode ? "unknown_field" : "format";
    const pointers = [`/address/${text}`, `/${text}`];
    const report = cycleCreate.check(value);
    expect(told(report.issues)).toEqual(pointers.map((pointer) => `${pointer} ${code}`));
    expect(report.issues[1]?.path).toEqual([text]);
    const form = cycleCreate.form(value);
    expect(form.issues()).toEqual(report.issues);
    expect(form.value()).toEqual(value);
    expect(form.report()).toEqual(report);
    expect(form.preview()).toEqual(cycleCreate.preview(value));
    expect(form.preview().leftOut.map(({ pointer }) => pointer).sort()).toEqual([...pointers].sort());
    expect(told(form.issues({ under: "/address" }))).toEqual([`/address/${text} ${code}`]);
    form.free();
  });

  test("in JSON text: what is no Unicode is a syntax error at its place, U+FFFD is format", () => {
    const json = `{"notes":"${text}"}`;
    const lone = text.search(/[\ud800-\udfff]/u);
    for (const given of lone === -1 ? [] : [json, JSON.stringify({ notes: text }), `{"${text}":1}`]) {
      const { issues } = cycleCreate.checkJson(given);
      expect(told(issues)).toEqual([" syntax"]);
      expect(issues[0]?.params).toMatchObject({ line: 1 });
    }
    if (lone !== -1) return;
    expect(told(cycleCreate.checkJson(json).issues).includes("/notes format")).toBe(!isUnicode);
  });

  test("in a row, from a paste, and as what a front end or an upstream said", () => {
    const form = resultsBulkUpdate.form({ cycle_id: "1", results: [{ request_number: "1", result_status: "NOT_TRAINED" }] });
    form.paste("/results", 0, [[text]], ["certificate"]);
    expect(form.get("/results/0/certificate")).toBe(text);
    form.attach(`source ${text}`, [{ pointer: "/cycle_id", message: text, severity: "warning" }]);
    expect(form.state("/cycle_id").issues).toMatchObject([{ message: text, source: `source ${text}` }]);
    expect(form.issues({ under: "/cycle_id" })).toMatchObject([{ message: text }]);
    expect(resultsBulkUpdate.explain({ status: 400, body: { error: "x", details: text } })[0]?.message).toContain(text);
    form.free();
  });
});

test("keys that differ in a lone surrogate only are two keys", () => {
  const value = { ...cycle, "a\ud800": 1, "a\ud801": 2, "a\ufffd": 3 };
  const report = cycleCreate.check(value);
  expect(told(report.issues)).toEqual(["/a\ud800 format", "/a\ud801 format", "/a\ufffd format"]);
  const form = cycleCreate.form(value);
  expect(form.value()).toEqual(value);
  expect(told(form.issues())).toEqual(told(report.issues));
  form.free();
});

test("texts that differ in a lone surrogate only are two texts", () => {
  const form = cycleCreate.form({ id: "\ud800" });
  expect(form.set("/id", "\ud801").summary).toEqual(form.summary());
  expect(form.version).toBe(1);
  expect(form.get("/id")).toBe("\ud801");
  form.free();
});

test("the position of a lone surrogate in JSON text is told, unless the text stops being JSON before", () => {
  const at = (text: string): unknown => cycleCreate.checkJson(text).issues[0]?.params;
  expect(at('{\n"id":"ж\ud800"}')).toEqual({ line: 2, column: 8 });
  expect(at('{"id":"\ud83d\ude00\udc00"}')).toEqual(cycleCreate.checkJson(new Uint8Array([...new TextEncoder().encode('{"id":"\ud83d\ude00'), 0xed])).issues[0]?.params);
  expect(at('{"id" "\ud800"}')).toEqual({ line: 1, column: 7 });
});
