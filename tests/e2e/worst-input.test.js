// What a form meets in the field: very long texts, emoji, right-to-left marks, broken JSON, huge pastes, thousands of
// rows. The page stays usable, keeps what was typed and sends it unharmed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixture, surroundings } from "./support.js";

const here = surroundings();

/** Puts a text on the page as if it were pasted, without sending megabytes through the driver. */
async function paste(locator, makeText) {
  await locator.focus();
  await locator.page().evaluate(`window.pasted = (${makeText})()`);
  await locator.evaluate((element) => {
    const data = new DataTransfer();
    data.setData("text/plain", window.pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
}

test("emoji, right-to-left text, combining marks and markup arrive as they were typed", async () => {
  const person = await here.visit("cycle.create");
  await person.example();
  const texts = {
    "/notes": "👩🏽‍⚕️ שלום עולם — مرحبا \u202Eabc\u202C é e\u0301 <img src=x onerror=alert(1)>\nвторая строка\t\"кавычки\" \\",
    "/clinical_base": "</script><script>alert(1)</script>",
    "/places_notes": "𝒳𝓎𝓏 ".repeat(200).trim(),
  };
  for (const [pointer, text] of Object.entries(texts)) await person.type(pointer, text);
  await person.type("/id", "worst-1");
  const preview = await person.preview();
  const answer = await person.submitted();
  assert.equal(answer.kind, "accepted", answer.text);
  const received = await here.proxy.received("education/cycle/create");
  assert.deepEqual(received, Buffer.from(preview));
  const sent = JSON.parse(received.toString("utf8"));
  for (const [pointer, text] of Object.entries(texts)) assert.equal(sent[pointer.slice(1)], text);
  assert.equal(await person.page.locator("#fields img, #fields script, .side img, .side script").count(), 0);
  person.assertClean();
  await person.close();
});

test("a text over the bound is reported, shown as long, and can be taken back", async () => {
  const person = await here.visit("cycle.create");
  await person.example();
  await paste(person.input("/notes"), () => "🙂".repeat(60_000));
  assert.ok((await person.state("/notes")).codes.includes("too_long"));
  assert.ok(await person.field("/notes").locator(".large").isVisible());
  await person.field("/notes").locator(".large button").click();
  assert.deepEqual((await person.state("/notes")).codes, []);
  assert.equal(await person.input("/notes").inputValue(), "");
  person.assertClean();
  await person.close();
});

test("fifty megabytes in a field or in the JSON box are declined in words, and the page goes on", async () => {
  const person = await here.visit("cycle.create", { locale: "en" });
  const { page } = person;
  await person.example();
  await paste(person.input("/notes"), () => "x".repeat(50_000_000));
  await page.waitForSelector("[data-pointer='/notes'] .complaint");
  assert.equal(await person.input("/notes").inputValue(), "asdaad");
  await page.getByTestId("paste").click();
  await paste(page.locator("dialog textarea"), () => "[".repeat(50_000_000));
  await page.waitForFunction(() => /too large/.test(document.querySelector(".paste-verdict")?.textContent ?? ""));
  await page.keyboard.press("Escape");
  await person.type("/id", "still-alive");
  assert.equal(JSON.parse(await person.preview()).id, "still-alive");
  person.assertClean();
  await person.close();
});

test("JSON that does not parse is answered with the place of the fault, and nothing is loaded", async () => {
  const person = await here.visit("cycle.create", { locale: "en" });
  const { page } = person;
  await person.example();
  const typed = await person.typed();
  await page.getByTestId("paste").click();
  await page.locator("dialog textarea").fill('{\n  "id": "a",\n  "price": 12,,\n}');
  await page.waitForSelector(".paste-verdict .excerpt-line.current");
  assert.match(await page.locator(".paste-verdict .excerpt-line.current").innerText(), /price/);
  await page.locator("dialog button.primary").click();
  assert.ok(await page.locator("dialog").isVisible());
  await page.keyboard.press("Escape");
  assert.deepEqual(await person.typed(), typed);

  await page.getByTestId("paste").click();
  await page.locator("dialog textarea").fill(await fixture("cycle.create"));
  await page.locator("dialog button.primary").click();
  await page.waitForFunction(() => !document.querySelector("dialog")?.open);
  assert.deepEqual(await person.typed(), typed);
  person.assertClean();
  await person.close();
});

for (const text of ["null", "[]", "42", '"text"', '{"address":[{"region":"Москва","city":"Москва"}]}', '{"is_paid":"maybe","price":{},"id":[1],"__proto__":{"x":1}}']) {
  test(`loaded into the form: ${text}`, async () => {
    const person = await here.visit("cycle.create", { locale: "uk" });
    const { page } = person;
    await page.getByTestId("paste").click();
    await page.locator("dialog textarea").fill(text);
    await page.locator("dialog button.primary").click();
    await page.waitForFunction(() => !document.querySelector("dialog")?.open);
    await person.type("/programme", "TEST-1234");
    assert.equal(await person.input("/programme").inputValue(), "TEST-1234");
    await person.submit();
    await page.waitForSelector(".summary .summary-title.error");
    await person.reload();
    assert.equal(await person.input("/programme").inputValue(), "TEST-1234");
    person.assertClean();
    await person.close();
  });
}

test("five thousand rows: a page of them is drawn, and the last ones can be found and edited", async () => {
  const person = await here.visit("results.bulk_update", { locale: "en" });
  const { page } = person;
  await page.getByTestId("paste").click();
  await paste(page.locator("dialog textarea"), () => {
    const results = Array.from({ length: 5000 }, (_, index) => ({ request_number: String(index + 1), result_status: "SUCCEED", test_mark: 5 }));
    results[4990].request_number = "1";
    return JSON.stringify({ cycle_id: "c", results });
  });
  await page.waitForSelector("dialog .held:not([hidden])");
  await page.locator("dialog button.primary").click();
  await page.waitForFunction(() => !document.querySelector("dialog")?.open);
  await page.waitForSelector(".summary .summary-title.error");
  assert.ok((await page.locator("#fields .item").count()) <= 10, "one page of rows is drawn");

  await page.locator(".summary-list a").first().click();
  await page.waitForFunction(() => document.activeElement?.id === "field/results/4990/request_number");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("4991");
  await page.waitForSelector(".status .ready, .status:not(:has(.error))");
  assert.equal(JSON.parse(await page.evaluate(() => new Promise((resolve) => {
    document.querySelector(".preview .panel-head button").click();
    setTimeout(() => resolve(navigator.clipboard.readText()), 500);
  }))).results[4990].request_number, "4991");

  await person.field("/results/4990").locator(".tools [data-tool=remove]").click();
  await page.getByTestId("undo").click();
  await page.locator(".pager input").fill("3");
  await page.locator(".pager input").press("Enter");
  await page.waitForSelector("[data-pointer='/results/20']");
  person.assertClean();
  await person.close();
});
