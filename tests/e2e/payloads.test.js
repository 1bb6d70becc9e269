// Every payload is drawn from its table alone: each field that the package lists has a control, outbound ones can be
// typed in, inbound ones are read-only, and the documents' examples load into them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { surroundings } from "./support.js";

const here = surroundings();

test("every payload opens, empty and with its example, in every language", async () => {
  const person = await here.visit("cycle.create");
  const { page } = person;
  const names = await page.locator("#payload option").evaluateAll((options) => options.map((option) => option.value));
  assert.ok(names.includes("cycle.create") && names.includes("results.bulk_update"));
  for (const [at, name] of names.entries()) {
    await page.locator(`#locale-${["ru", "uk", "en"][at % 3]}`).check();
    await page.locator("#payload").selectOption(name);
    await page.waitForFunction((wanted) => location.hash.startsWith(`#${wanted}/`), name);
    await person.ready();
    assert.equal(await page.locator("#fields .issue.error").count(), 0, `${name}: an empty form does not complain`);
    const unnamed = await page
      .locator("#fields")
      .evaluate((fields) => [...fields.querySelectorAll("[id^='field/']:is(input, textarea, select)")].filter((control) => !control.labels?.[0]?.textContent?.trim()).map((control) => control.id));
    assert.deepEqual(unnamed, [], `${name}: every control has a label`);
    const example = page.getByTestId("example");
    if ((await example.count()) === 0) continue;
    await example.click();
    const opened = await page.waitForFunction(() => document.activeElement?.closest("#fields, dialog")?.tagName);
    if ((await opened.jsonValue()) === "DIALOG") {
      assert.ok(await page.locator(".paste-verdict .excerpt").isVisible(), `${name}: the place of the fault is shown`);
      await page.keyboard.press("Escape");
    } else {
      await person.shot(`payload-${name}`, { fullPage: true });
    }
  }
  person.assertClean();
  await person.close();
});

test("inbound payloads cannot be typed in or submitted", async () => {
  const person = await here.visit("cycle.create");
  const { page } = person;
  const inbound = await page
    .locator("#payload optgroup")
    .evaluateAll((groups) => groups.filter((group) => /получаем/.test(group.label)).flatMap((group) => [...group.querySelectorAll("option")].map((option) => option.value)));
  for (const name of inbound) {
    await page.locator("#payload").selectOption(name);
    await person.ready();
    assert.equal(await page.locator("#fields :is(input, textarea, select, button.add)").count(), 0, name);
    assert.equal(await page.getByTestId("submit").isVisible(), false, name);
  }
  person.assertClean();
  await person.close();
});

test("the sandbox's technical review is moved by hand, and an update is accepted only while it asks for revision", async () => {
  await here.proxy.reset();
  const person = await here.visit("programme.update", { locale: "en" });
  const { page } = person;
  await person.example();
  await person.type("/change_comment", "as asked");
  assert.equal((await person.submitted()).kind, "refused", "approved programmes do not change");

  await page.locator(".sandbox > summary").click();
  const row = page.locator(".sandbox-row", { hasText: "TEST-1234" });
  await row.locator("select").selectOption("needs_revision");
  await row.locator("input").fill("shorten the annotation");
  await row.locator("button").click();
  await page.waitForFunction(() => /Status changed/.test(document.querySelector("[role=status]")?.textContent ?? ""));
  assert.equal((await person.submitted()).kind, "accepted");
  person.assertClean();
  await person.close();
});
