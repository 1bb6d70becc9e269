// React over time, in StrictMode and compiled by the React Compiler: nothing that was typed is lost, and nothing is shown that is not there.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { built } from "./pages.mjs";
import { install, is, open, serve, startBrowser } from "./support.mjs";

let browser, site, page, faults;
before(async () => {
  install();
  browser = await startBrowser();
  site = await serve(await built("react-later"));
  ({ page, faults } = await open(browser, `${site.address}/?rows=3`));
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

test("another payload is another form", async () => {
  const [payload, set] = [page.locator("#payload"), page.locator("#set")];
  const errors = await payload.innerText();
  await set.click();
  await is(() => set.innerText(), "x");
  await payload.click();
  await is(() => set.innerText(), "undefined");
  assert.notEqual(await payload.innerText(), errors);
  await set.click();
  await is(() => set.innerText(), "x");
});

test("what is hidden and shown again keeps what was typed, and catches up", async () => {
  await page.locator("#own").fill("typed");
  await page.locator("#kept").fill("typed too");
  await page.locator("#hide").click();
  await is(() => page.locator("#kept").isVisible(), false);
  await page.locator("#edit").click();
  await page.locator("#hide").click();
  await is(() => page.locator("#kept").inputValue(), "edited");
  assert.equal(await page.locator("#own").inputValue(), "typed");
  await page.locator("#own").fill("and on");
  await is(() => page.locator("#own").inputValue(), "and on");
});

test("options that say the same are not given to the form again", async () => {
  const version = () => page.locator("#rerender").innerText();
  await page.locator("#rerender").click();
  const before = await version();
  for (let i = 0; i < 3; i++) await page.locator("#rerender").click();
  assert.equal(await version(), before);
});

test("a list that is rendered later than it changes shows no row that is gone", async () => {
  await page.evaluate(() => {
    for (let i = 0; i < 3; i++) window.form.remove("/results", 0);
  });
  await is(() => page.locator("li").count(), 0);
  await page.evaluate(() => void window.form.undo());
  await is(() => page.locator("li input").evaluateAll((all) => all.map(({ value }) => value)), ["n2"]);
});

test("a form whose first rendering was thrown away works", async () => {
  await page.locator("#waited").fill("after all");
  await is(() => page.locator("#waited").inputValue(), "after all");
});

test("nothing has gone wrong on the way", () => {
  assert.deepEqual(faults, []);
});
