// An .xlsx of 3,000 rows, made by LibreOffice, with titles above its header and Russian headings in another order, in a page with a strict
// policy: read on a thread of its own, put right, given to a form as one step of undo, and given up half way.
import assert from "node:assert/strict";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startBrowser, startProxy } from "./support.js";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const script = `
import { resultsBulkUpdate } from "./portform/index.js";
import { readTable } from "./portform/table.js";
const form = resultsBulkUpdate.form({ cycle_id: "1", results: [{ request_number: "first" }] });
document.querySelector("input").addEventListener("change", async ({ target }) => {
  try {
    window.table = await readTable(target.files[0], { payload: resultsBulkUpdate, list: "/results", locale: "uk" });
  } catch (error) {
    window.fault = { name: error.name, message: error.message };
  }
  document.title = "read";
});
Object.assign(window, { form });
`;

let folder;
let proxy;
let browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "portform-table-"));
  await cp(at("../../pkg/dist"), join(folder, "portform"), { recursive: true });
  await writeFile(join(folder, "page.js"), script);
  await writeFile(join(folder, "index.html"), '<!doctype html><html lang="uk"><head><meta charset="utf-8"><title>page</title><script type="module" src="/page.js"></script></head><body><input type="file" aria-label="file"></body></html>');
  proxy = await startProxy({ pages: folder });
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await proxy?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function choose(file) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const faults = [];
  const workers = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !message.text().startsWith("Failed to load resource") && faults.push(message.text()));
  page.on("worker", (worker) => workers.push(worker.url()));
  await page.goto(proxy.address);
  await page.locator("input").setInputFiles(at(`../../pkg-config/test/fixtures/tables/${file}`));
  await page.waitForFunction(() => document.title === "read");
  return { page, faults, workers, close: () => context.close() };
}

test("3,000 rows of a workbook become a list, in one step of undo", async () => {
  const { page, faults, workers, close } = await choose("long.xlsx");
  assert.ok(workers.some((url) => url.endsWith("/portform/table-thread.js")));
  const told = await page.evaluate(() => ({
    columns: window.table.columns.map(({ header, pointer }) => [header, pointer]),
    length: window.table.length,
    skipped: window.table.skipped.map(({ reason, row, column, cells }) => [reason, row ?? column, cells]),
    values: window.table.values.map(({ text, count, proposal }) => [text, count, proposal ?? null]),
  }));
  assert.deepEqual(told.columns, [
    ["Оценка", "/results/*/test_mark"],
    ["Результат обучения", "/results/*/result_status"],
    ["Слушатель", undefined],
    ["Посещаемость, %", "/results/*/attendance"],
    ["Номер заявки", "/results/*/request_number"],
    ["Посещение", "/results/*/attended"],
  ]);
  assert.equal(told.length, 3_000);
  assert.deepEqual(told.skipped, [["title", 1, 1], ["title", 2, 1], ["blank", 3, 0], ["header", 4, 6], ["total", 3_005, 1], ["unknown_column", 2, 3_000]]);
  assert.deepEqual(told.values, [["нет", 30, null], ["зачтено", 1_500, "SUCCEED"]]);

  const made = await page.evaluate(async () => {
    const { table, form } = window;
    for (const { column, text, proposal } of table.values) if (proposal !== undefined) table.assignValue(column, text, proposal);
    const steps = [];
    let heard = 0;
    form.subscribe(() => heard++);
    const { summary } = await table.apply(form, { at: "replace", onProgress: ({ done, total }) => steps.push(done / total) });
    const wrong = form.issues({ severity: "error" });
    const result = { summary, heard, ended: steps.at(-1), length: form.length("/results"), last: form.get("/results/2999"), wrong: wrong.map(({ pointer }) => pointer).slice(0, 2), codes: [...new Set(wrong.map(({ code }) => code))] };
    form.undo();
    return { ...result, undone: form.value() };
  });
  assert.deepEqual(made, {
    summary: { errors: 30, warnings: 0, notes: 0 },
    heard: 1,
    ended: 1,
    length: 3_000,
    last: { request_number: "003000", attended: true, result_status: "SUCCEED", attendance: 90, test_mark: "нет" },
    wrong: ["/results/99/test_mark", "/results/199/test_mark"],
    codes: ["type"],
    undone: { cycle_id: "1", results: [{ request_number: "first" }] },
  });
  assert.deepEqual(faults, []);
  await close();
});

test("given up half way, the form is as it was", async () => {
  const { page, faults, close } = await choose("long.xlsx");
  const left = await page.evaluate(async () => {
    const control = new AbortController();
    const name = await window.table.apply(window.form, { signal: control.signal, onProgress: ({ done, total }) => done > total / 3 && control.abort() }).catch((error) => error.name);
    return { name, value: window.form.value(), version: window.form.version };
  });
  assert.deepEqual(left, { name: "AbortError", value: { cycle_id: "1", results: [{ request_number: "first" }] }, version: 0 });
  assert.deepEqual(faults, []);
  await close();
});

test("a PDF with the name of a workbook is told in the page's language", async () => {
  const { page, faults, close } = await choose("letter.xlsx");
  assert.deepEqual(await page.evaluate(() => window.fault), { name: "TableError", message: "Це документ PDF, а не таблиця. Збережіть таблицю як .xlsx або .csv." });
  assert.deepEqual(faults, []);
  await close();
});
