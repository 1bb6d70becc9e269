// A batch of results: a status decides which marks are asked for, and rows can be added, moved and removed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { surroundings } from "./support.js";

const here = surroundings();

test("a status change asks for the test mark and lets it go again, keeping its value", async () => {
  const person = await here.visit("results.bulk_update");
  await person.example();
  const status = person.input("/results/2/result_status");
  assert.equal((await person.state("/results/2/test_mark")).setAside, true);

  await status.selectOption("SUCCEED");
  const asked = await person.state("/results/2/test_mark");
  assert.deepEqual([asked.required, asked.setAside, asked.codes], [true, false, ["required_when"]]);

  await person.type("/results/2/test_mark", "5");
  assert.deepEqual((await person.state("/results/2/test_mark")).codes.filter((code) => code !== "coerced"), []);
  assert.equal(JSON.parse(await person.preview()).results[2].test_mark, 5);

  await status.selectOption("NOT_TRAINED");
  const setAside = await person.state("/results/2/test_mark");
  assert.deepEqual([setAside.required, setAside.setAside], [false, true]);
  assert.equal(await person.input("/results/2/test_mark").inputValue(), "5", "the value is kept");
  assert.equal("test_mark" in JSON.parse(await person.preview()).results[2], false, "and not sent");
  person.assertClean();
  await person.close();
});

test("rows move with their values and messages", async () => {
  const person = await here.visit("results.bulk_update");
  await person.example();
  await person.type("/results/0/test_mark", "семь");
  assert.deepEqual((await person.state("/results/0/test_mark")).codes, ["type"]);

  await person.field("/results/0").locator("[data-tool=down]").click();
  assert.equal(await person.input("/results/1/test_mark").inputValue(), "семь");
  assert.deepEqual((await person.state("/results/1/test_mark")).codes, ["type"]);
  assert.deepEqual((await person.state("/results/0/test_mark")).codes, []);

  await person.field("/results/1").locator("[data-tool=remove]").click();
  assert.equal(await person.page.locator("#fields .items > .item").count(), 2);
  await person.page.getByTestId("undo").click();
  assert.equal(await person.input("/results/1/test_mark").inputValue(), "семь");

  await person.field("/results").locator("button.add").click();
  assert.equal(await person.page.locator("#fields .items > .item").count(), 4);
  const focused = await person.page.evaluate(() => document.activeElement?.id);
  assert.match(focused, /^field\/results\/3\//, "the new row has the focus");
  person.assertClean();
  await person.close();
});

test("the same request twice in a batch is reported at the later one", async () => {
  const person = await here.visit("results.bulk_update");
  await person.example();
  await person.type("/results/2/request_number", "1");
  assert.ok((await person.state("/results/2/request_number")).codes.includes("duplicate"));
  assert.ok(!(await person.state("/results/0/request_number")).codes.includes("duplicate"));
  person.assertClean();
  await person.close();
});

test("a block from a spreadsheet goes into the cells, labels and «да» included, as one step", async () => {
  const person = await here.visit("results.bulk_update");
  await person.example();
  const label = await person.input("/results/0/result_status").locator("option[value=SUCCEED]").innerText();
  await person.input("/results/2/request_number").focus();
  await person.page.evaluate((status) => {
    const data = new DataTransfer();
    data.setData("text/plain", `31\tТак\tПройшов навчання\t\t\t\t\t\t5\r\n\t\t\r\n32\tнет\t${status}\r\n`);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, label);
  const { results } = JSON.parse(await person.preview());
  assert.equal(results.length, 4);
  assert.deepEqual(
    results.slice(2).map(({ request_number, attended, result_status, test_mark }) => [request_number, attended, result_status, test_mark]),
    [["31", true, "SUCCEED", 5], ["32", false, "SUCCEED", undefined]],
  );
  assert.equal(await person.input("/results/2/result_status").inputValue(), "SUCCEED", "what a word of another language stands for is shown");
  await person.page.getByTestId("undo").click();
  assert.equal(JSON.parse(await person.preview()).results.length, 3);
  person.assertClean();
  await person.close();
});

test("taking back a row while typing in it leaves the page whole", async () => {
  const person = await here.visit("results.bulk_update");
  await person.example();
  await person.field("/results").locator("button.add").click();
  await person.page.keyboard.type("x");
  await person.page.keyboard.press("Control+z");
  await person.page.keyboard.press("Control+z");
  assert.equal(await person.page.locator("#fields .items > .item").count(), 3);
  await person.page.locator("#payload").selectOption("cycle.create");
  await person.ready();
  person.assertClean();
  await person.close();
});

test("of many errors the summary shows the first, and the others at the press of a button", async () => {
  const person = await here.visit("results.bulk_update");
  await person.example();
  // Two errors in each row that is added.
  for (let row = 0; row < 8; row += 1) await person.field("/results").locator("button.add").click();
  await person.submit();
  const links = person.page.locator(".summary [data-severity=error] > li a");
  assert.equal(await links.count(), 12);
  await person.page.locator(".summary button", { hasText: "Показать остальные (4)" }).click();
  assert.equal(await links.count(), 16);
  const focused = await person.page.evaluate(() => document.activeElement?.getAttribute("href"));
  assert.equal(focused, await links.nth(12).getAttribute("href"), "the first that is new has the focus");
  person.assertClean();
  await person.close();
});
