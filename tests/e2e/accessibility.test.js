// axe-core on each main view, in both colour schemes, wide and narrow. It finds what a machine can find; the keyboard
// test and the eyes of whoever looks at the screenshots do the rest.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { before, test } from "node:test";
import { fixture, surroundings } from "./support.js";

const here = surroundings();
let axe;

before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

async function assertAccessible(person) {
  // Evaluated by the driver, which the page's own policy does not bind.
  await person.page.evaluate(axe);
  const violations = await person.page.evaluate(async () => {
    const found = await window.axe.run(document, { resultTypes: ["violations"] });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`);
  });
  assert.deepEqual(violations, []);
  const sideways = await person.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(sideways <= 0, `the page is ${sideways} pixels wider than the window`);
}

const settings = [
  { name: "wide-light", width: 1440, height: 900, colorScheme: "light", locale: "ru" },
  { name: "wide-dark", width: 1440, height: 900, colorScheme: "dark", locale: "uk" },
  { name: "narrow-light", width: 360, height: 740, colorScheme: "light", locale: "en" },
  { name: "narrow-dark", width: 360, height: 740, colorScheme: "dark", locale: "ru" },
];

for (const { name, ...setting } of settings) {
  test(`the main views, ${name}`, async () => {
    await here.proxy.reset();
    const person = await here.visit("cycle.create", setting);
    const { page } = person;
    const look = async (view) => {
      await person.shot(`${name}-${view}`);
      await assertAccessible(person);
    };
    await look("1-empty");
    await person.example();
    await look("2-example");
    await person.type("/id", "");
    await person.choose("/is_paid", false);
    await person.choose("/is_paid_foms", true);
    await person.type("/price_foms", "12 000,50");
    await person.type("/end_date", "2019-02-30");
    await person.submit();
    await page.waitForSelector(".summary .summary-title.error");
    await look("3-errors");
    await page.getByTestId("clear").click();
    await person.example();
    await person.submitted();
    await look("4-accepted");
    await person.submitted();
    await look("5-refused");
    await page.locator(".settings > summary").click();
    await page.locator(".settings > summary").scrollIntoViewIfNeeded();
    await look("6-settings");
    await page.locator(".settings > summary").click();

    await page.locator("#payload").selectOption("results.bulk_update");
    await person.example();
    await look("7-results");
    const rows = JSON.parse(await fixture("results.bulk_update"));
    rows.results = Array.from({ length: 45 }, (_, index) => ({ ...rows.results[index % 3], request_number: index % 7 }));
    await page.getByTestId("paste").click();
    await page.locator("dialog textarea").fill(JSON.stringify(rows).replace("{", "{,"));
    await look("8-paste");
    await page.locator("dialog textarea").fill(JSON.stringify(rows));
    await page.locator("dialog button.primary").click();
    await page.waitForFunction(() => !document.querySelector("dialog")?.open);
    await look("9-many-rows");

    await page.locator("#payload").selectOption("programme.create");
    await person.ready();
    await person.example();
    await page.locator(".sandbox > summary").click();
    await page.waitForSelector(".sandbox-row");
    await look("10-programme");
    await page.locator(".sandbox > summary").scrollIntoViewIfNeeded();
    await look("11-sandbox");
    await page.locator("#payload").selectOption("reference.programmes");
    await person.ready();
    await person.example();
    await look("12-inbound");
    await page.locator("#payload").selectOption("contract_request.capitation");
    await person.ready();
    await page.getByTestId("example").click();
    await page.waitForSelector(".paste-verdict .excerpt");
    await look("13-broken-example");
    person.assertClean();
    await person.close();
  });
}
