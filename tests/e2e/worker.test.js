// Big texts and big blocks: a worker checks a file of 100,000 rows while the page goes on drawing, whoever waits sees how far it
// is and can stop it, by the keyboard too; and rows from a spreadsheet come in slices, as one step.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { surroundings } from "./support.js";

const ROWS = 100_000;

const here = surroundings();
let folder;
let file;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "portform-worker-"));
  file = join(folder, "results.json");
  // Rows of some 220 bytes, every thousandth with a mark out of its bounds.
  const results = Array.from({ length: ROWS }, (_, at) => ({
    request_number: String(at + 1),
    attended: true,
    result_status: "SUCCEED",
    attendance: 5,
    practical_skills: 5,
    interview: 5,
    case_solving: 5,
    test_percentage: 95,
    test_mark: at % 1_000 === 0 ? 77 : 5,
    certificate: `Удостоверение № ${at + 1}`,
  }));
  await writeFile(file, JSON.stringify({ cycle_id: "1", results }));
});

after(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function openBox() {
  const person = await here.visit("results.bulk_update", { locale: "en" });
  await person.page.getByTestId("paste").click();
  return person;
}

const choose = (page) => page.locator("dialog.paste input[type=file]").setInputFiles(file);

test("while 100,000 rows are checked the page goes on drawing, and shows how far it is", async () => {
  const person = await openBox();
  const { page } = person;
  // What a person sees, frame by frame, as long as the bar is there.
  await page.evaluate(() => {
    window.seen = [];
    const bar = document.querySelector("[data-testid=progress]");
    const look = () => {
      if (bar.checkVisibility()) window.seen.push(bar.value);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await choose(page);
  await page.waitForFunction(() => /The text was read/.test(document.querySelector(".paste-verdict").textContent));
  assert.match(await page.locator(".paste-verdict").innerText(), /Errors: 100\b/);
  const seen = await page.evaluate(() => window.seen);
  assert.ok(seen.length > 5, `${seen.length} frames were drawn meanwhile`);
  assert.deepEqual(seen, [...seen].sort((a, b) => a - b), "the bar never goes back");
  assert.ok(new Set(seen.filter((value) => value > 0 && value < 1)).size > 2, "and moves");
  assert.equal(await page.getByTestId("progress").isVisible(), false);

  await page.locator("dialog.paste button.primary").click();
  await page.waitForSelector(".summary .summary-title.error");
  assert.equal(await page.locator("[data-pointer='/results/0']").count(), 1);
  person.assertClean();
  await person.close();
});

test("a check is stopped in the middle, and the text can be checked again", async () => {
  const person = await openBox();
  const { page } = person;
  await page.evaluate(() => {
    const bar = document.querySelector("[data-testid=progress]");
    const look = () => {
      if (bar.checkVisibility() && bar.value > 0) document.querySelector("[data-testid=stop]").click();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await choose(page);
  await page.waitForFunction(() => /Checking was stopped/.test(document.querySelector(".paste-verdict").textContent));
  await page.locator("dialog.paste button.primary").click();
  await page.waitForFunction(() => !document.querySelector("dialog.paste").open);
  await page.waitForSelector(".summary .summary-title.error");
  person.assertClean();
  await person.close();
});

test("the bar and its button are there for the keyboard and for screen readers", async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const person = await here.visit("results.bulk_update", { locale: "uk" });
  const { page } = person;
  // The thread's script is late, so that there is time to look.
  let arrive;
  const late = new Promise((resolve) => {
    arrive = resolve;
  });
  await page.route("**/worker-thread*.js", async (route) => {
    await late;
    await route.continue();
  });
  await page.getByTestId("paste").click();
  await choose(page);
  await page.waitForSelector("[data-testid=progress]");
  await person.shot("worker-progress");
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ["violations"] })).violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target)}`));
  assert.deepEqual(violations, []);
  for (let presses = 0; presses < 8 && (await page.evaluate(() => document.activeElement?.dataset.testid)) !== "stop"; presses += 1) await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.testid), "stop");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => /Перевірку зупинено/.test(document.querySelector(".paste-verdict").textContent));
  arrive();
  await page.keyboard.press("Escape");
  await person.type("/cycle_id", "still-here");
  person.assertClean();
  await person.close();
});

test("where no worker can run, the text is checked all the same", async () => {
  const person = await here.visit("results.bulk_update", { locale: "en" });
  const { page } = person;
  await page.route("**/worker-thread*.js", (route) => route.abort());
  await page.getByTestId("paste").click();
  await choose(page);
  await page.waitForFunction(() => /The text was read/.test(document.querySelector(".paste-verdict").textContent));
  assert.match(await page.locator(".paste-verdict").innerText(), /Errors: 100\b/);
  person.assertClean();
  await person.close();
});

/** Pastes a block of so many rows into the first cell of the form. */
async function pasteRows(person, count) {
  await person.input("/results/0/request_number").focus();
  await person.page.evaluate((count) => {
    const data = new DataTransfer();
    data.setData("text/plain", Array.from({ length: count }, (_, at) => `${at + 1}\tДа`).join("\n"));
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, count);
}

const items = async (page) => (await page.locator("[data-pointer='/results'] .count").first().innerText()).replace(/\D/g, "");

test("a block of 20,000 rows comes in slices behind a bar, and is one step", async () => {
  const person = await here.visit("results.bulk_update");
  const { page } = person;
  await person.example();
  const before = await items(page);
  await pasteRows(person, 20_000);
  await page.waitForSelector("dialog.busy [data-testid=progress]");
  await page.waitForFunction(() => document.querySelector("dialog.busy") === null);
  assert.equal(await items(page), "20000");
  await page.getByTestId("undo").click();
  assert.equal(await items(page), before);
  await page.getByTestId("redo").click();
  assert.equal(await items(page), "20000");
  person.assertClean();
  await person.close();
});

test("a block that is stopped leaves the form as it was", async () => {
  const person = await here.visit("results.bulk_update");
  const { page } = person;
  await person.example();
  const typed = await person.typed();
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      if (document.querySelector("dialog.busy") === null) return;
      observer.disconnect();
      document.querySelector("dialog.busy [data-testid=stop]").click();
    }).observe(document.body, { childList: true });
  });
  await pasteRows(person, 20_000);
  await page.waitForFunction(() => document.querySelector("dialog.busy") === null && /Вставка остановлена/.test(document.querySelector("[aria-live=polite]").textContent));
  assert.deepEqual(await person.typed(), typed);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "field/results/0/request_number", "the focus is where it was");
  person.assertClean();
  await person.close();
});
