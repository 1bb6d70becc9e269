// The whole path without a mouse: Tab, arrows, Space, Enter and typing only.
import assert from "node:assert/strict";
import { test } from "node:test";
import { surroundings } from "./support.js";

const here = surroundings();

/** Presses Tab until the focus is where `reached` says; what was passed on the way is returned. */
async function tabTo(page, reached, limit = 80) {
  const passed = [];
  for (let step = 0; step < limit; step += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const element = document.activeElement;
      const outline = element ? getComputedStyle(element) : undefined;
      // A radio is invisible itself; its label shows the focus.
      const shown = element?.matches("input[type=radio]") ? getComputedStyle(element.nextElementSibling) : outline;
      return { id: element?.id ?? "", name: element?.name ?? "", testid: element?.dataset.testid ?? "", visible: shown ? shown.outlineStyle !== "none" && shown.outlineWidth !== "0px" : false };
    });
    passed.push(here);
    if (reached(here)) return passed;
  }
  assert.fail(`not reached by Tab; passed ${passed.map((here) => here.id || here.name || here.testid).join(", ")}`);
}

test("a cycle is entered, mended and submitted by keyboard alone", async () => {
  const person = await here.visit("cycle.create");
  const { page } = person;
  const { keyboard } = page;

  const toExample = await tabTo(page, (here) => here.testid === "example");
  assert.ok(toExample.every((here) => here.visible), `each stop shows the focus: ${JSON.stringify(toExample)}`);
  await keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "field/id");

  await keyboard.press("Control+A");
  await keyboard.type("keyboard-1");
  await tabTo(page, (here) => here.name === "field/is_paid");
  await keyboard.press("ArrowRight");
  assert.equal((await person.state("/price")).setAside, true, "paid is now «no»");
  await keyboard.press("ArrowLeft");
  assert.equal((await person.state("/price")).required, true, "and «yes» again");

  const toPrice = await tabTo(page, (here) => here.id === "field/price");
  assert.ok(!toPrice.some((here) => here.id === "field/price_foms"), "what is not sent is passed over");
  await keyboard.press("Control+A");
  await keyboard.press("Delete");
  await keyboard.press("Control+Enter");
  await page.waitForFunction(() => document.activeElement?.classList.contains("summary"));
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "field/price");
  await keyboard.type("9000");

  const toSubmit = await tabTo(page, (here) => here.testid === "submit");
  assert.ok(toSubmit.every((here) => here.visible));
  await keyboard.press("Enter");
  await person.settled();
  assert.equal((await person.answer()).kind, "accepted");
  assert.deepEqual(await here.proxy.received("education/cycle/create"), Buffer.from(await person.preview()));
  assert.ok(await page.evaluate(() => document.activeElement?.classList.contains("answer")), "the answer has the focus");
  person.assertClean();
  await person.close();
});

test("Enter in a field sends nothing", async () => {
  await here.proxy.reset();
  const person = await here.visit("cycle.create");
  await person.example();
  await person.input("/id").focus();
  await person.page.keyboard.press("Enter");
  await person.page.waitForTimeout(300);
  assert.equal(await here.proxy.received("education/cycle/create"), undefined);
  person.assertClean();
  await person.close();
});

test("list rows are added, moved and removed by keyboard, and the focus stays at the work", async () => {
  const person = await here.visit("results.bulk_update");
  const { page } = person;
  await person.example();
  const numbers = () => page.locator("#fields .items > .item [id$='/request_number']").evaluateAll((inputs) => inputs.map((input) => input.value));
  await person.field("/results/0").locator("[data-tool=down]").focus();
  await page.keyboard.press("Enter");
  assert.deepEqual(await numbers(), ["2", "1", "3"]);
  await page.keyboard.press("Enter");
  assert.deepEqual(await numbers(), ["2", "3", "1"]);
  assert.ok(await page.evaluate(() => document.activeElement?.closest("[data-pointer='/results/2']") !== null), "the focus moves with the row");
  await person.field("/results/2").locator("[data-tool=remove]").focus();
  await page.keyboard.press("Space");
  assert.deepEqual(await numbers(), ["2", "3"]);
  assert.ok(await page.evaluate(() => document.activeElement?.dataset.tool === "remove"));
  await person.field("/results").locator("button.add").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("77");
  assert.equal((await numbers()).length, 3);
  person.assertClean();
  await person.close();
});
