// Three languages: the whole page follows, what was typed stays, and a reload remembers the choice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { surroundings } from "./support.js";

const here = surroundings();

const words = {
  ru: { submit: /Отправить/, errors: /Что нужно исправить/, letters: /[ыэъё]/i },
  uk: { submit: /Надіслати/, errors: /Що потрібно виправити/, letters: /[іїєґ]/i },
  en: { submit: /Submit/, errors: /What needs correcting/, letters: /[a-z]/i },
};

test("the page, the labels and the messages follow the language; what was typed does not change", async () => {
  const person = await here.visit("cycle.create");
  const { page } = person;
  await person.example();
  await person.type("/price", "12 000,5055");
  await person.type("/id", "");
  const typed = await person.typed();
  const labels = new Set();
  for (const locale of ["uk", "en", "ru", "en"]) {
    const expected = words[locale];
    await page.locator(`#locale-${locale}`).check();
    assert.equal(await page.evaluate(() => document.documentElement.lang), locale);
    assert.equal(await page.evaluate(() => document.activeElement?.id), `locale-${locale}`, "the focus stays at the switch");
    assert.match(await page.getByTestId("submit").innerText(), expected.submit);
    await page.waitForFunction((source) => new RegExp(source).test(document.querySelector(".summary")?.textContent ?? ""), expected.errors.source);
    const price = await person.state("/price");
    assert.ok(price.codes.includes("decimal_places"), price.codes.join());
    assert.match(price.messages.join(" "), expected.letters);
    labels.add(await person.field("/price").locator(".label").innerText());
    assert.deepEqual(await person.typed(), typed);
    if (locale === "en") assert.doesNotMatch(await page.locator(".work").innerText(), /Заполните|Вкажіть|обязательн|обов/);
  }
  assert.equal(labels.size, 3, `three different labels: ${[...labels].join(", ")}`);
  await person.reload();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  assert.match(page.url(), /#cycle\.create\/en$/);
  person.assertClean();
  await person.close();
});

test("drafts of different payloads do not mix", async () => {
  const person = await here.visit("cycle.create", { locale: "uk" });
  const { page } = person;
  await person.type("/id", "цикл-1");
  await page.locator("#payload").selectOption("results.bulk_update");
  await page.waitForSelector("[data-pointer='/results']");
  assert.equal(await person.input("/cycle_id").inputValue(), "");
  await person.type("/cycle_id", "інший");
  await page.locator("#payload").selectOption("cycle.create");
  await page.waitForSelector("[data-pointer='/id']");
  assert.equal(await person.input("/id").inputValue(), "цикл-1");
  person.assertClean();
  await person.close();
});

test("an empty form does not complain, and says so only where the person has been", async () => {
  const person = await here.visit("cycle.create", { locale: "en" });
  const { page } = person;
  assert.equal(await page.locator("#fields .issue").count(), 0);
  assert.equal(await page.locator(".summary").isVisible(), false);
  await person.input("/id").focus();
  await person.input("/programme").focus();
  assert.deepEqual((await person.state("/id")).codes, ["required"]);
  assert.deepEqual((await person.state("/programme")).codes, []);
  await person.submit();
  await page.waitForSelector(".summary .summary-title.error");
  assert.deepEqual((await person.state("/programme")).codes, ["required"]);
  person.assertClean();
  await person.close();
});
