// When something between the page and the Portal fails: each fault gives a clear message in the page's language, what
// was typed stays, and the next try works. The proxy's log has neither secrets nor what was typed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startProxy, surroundings, visit } from "./support.js";

const credentials = {
  PORTFORM_PORTAL_CLIENT_ID: "client",
  PORTFORM_PORTAL_CLIENT_SECRET: "secret",
  PORTFORM_PORTAL_USERNAME: "smith",
  PORTFORM_PORTAL_PASSWORD: "qwerty123",
};

const here = surroundings({ arguments_: ["--timeout", "2"] });

/** Fills a cycle with its own id, submits it under a fault, then checks that everything typed is still there. */
async function submitUnder(person, id) {
  await person.example();
  await person.type("/id", id);
  await person.type("/notes", "Анна Сидоренко, 112-233-445 95");
  const typed = await person.typed();
  const answer = await person.submitted();
  assert.deepEqual(await person.typed(), typed, "what was typed stays");
  assert.notEqual(answer.kind, "accepted");
  return answer;
}

const faults = [
  { fault: "html_500", kind: "unknown", says: { ru: /Сервер прислал страницу вместо данных/, uk: /Сервер надіслав сторінку замість даних/, en: /sent a page instead of data/ } },
  { fault: "slow", kind: "unknown", says: { ru: /[а-яё]{4}/i, uk: /[а-яіїє]{4}/i, en: /[a-z]{4}/i } },
  { fault: "drop", kind: "unknown", says: { ru: /[а-яё]{4}/i, uk: /[а-яіїє]{4}/i, en: /[a-z]{4}/i } },
  { fault: "empty", kind: "unknown", says: { ru: /Неизвестно/, uk: /Невідомо/, en: /Not known/ } },
  { fault: "truncated", kind: undefined, says: { ru: /[а-яё]{4}/i, uk: /[а-яіїє]{4}/i, en: /[a-z]{4}/i } },
];

for (const { fault, kind, says } of faults) {
  for (const locale of ["ru", "uk", "en"]) {
    test(`${fault}, in ${locale}`, async () => {
      await here.proxy.reset();
      const person = await here.visit("cycle.create", { locale });
      await here.proxy.fault(fault, { seconds: 30 });
      const answer = await submitUnder(person, `${fault}-${locale}`);
      if (kind) assert.equal(answer.kind, kind, answer.text);
      assert.match(answer.text, says[locale]);
      // What is not known is not called a refusal in the same breath, and nobody is told just to try again.
      assert.doesNotMatch(answer.text, /не принят|не прийнят|not accepted|повторите|повторіть|try again|позже|пізніше|later/i);
      await person.reload();
      assert.equal(await person.input("/id").inputValue(), `${fault}-${locale}`, "also over a reload");
      await person.type("/id", `${fault}-${locale}-next`);
      assert.equal((await person.submitted()).kind, "accepted", "the next try works");
      person.assertClean();
      await person.close();
    });
  }
}

test("a Portal that cannot be reached is told in words, and nothing typed is lost", async () => {
  const alone = await startProxy({ arguments_: ["--portal-url", "http://127.0.0.1:9/"], sandbox: false, environment: credentials });
  try {
    const person = await visit(here.browser, alone.address, "cycle.create", { locale: "uk" });
    const answer = await submitUnder(person, "nobody-there");
    assert.equal(answer.kind, "failed", answer.text);
    assert.match(answer.text, /Нічого не надіслано/);
    person.assertClean();
    await person.close();
  } finally {
    await alone.stop();
  }
});

test("an expired token in mid-use is renewed without the person noticing", async () => {
  await here.proxy.reset();
  const person = await here.visit("cycle.create");
  await person.example();
  assert.equal((await person.submitted()).kind, "accepted");
  await here.proxy.fault("expire_tokens");
  await person.type("/id", "after-expiry");
  assert.equal((await person.submitted()).kind, "accepted");
  person.assertClean();
  await person.close();
});

test("wrong credentials of the proxy are told in words", async () => {
  const wrong = await startProxy({ environment: { PORTFORM_PORTAL_CLIENT_SECRET: "wrong" } });
  try {
    const person = await visit(here.browser, wrong.address, "cycle.create");
    const answer = await submitUnder(person, "x");
    assert.equal(answer.kind, "failed", answer.text);
    assert.match(answer.text, /[а-яё]{4}/i);
    person.assertClean();
    await person.close();
  } finally {
    await wrong.stop();
  }
});

test("a proxy that goes away, and comes without: the form still works, and says what does not", async () => {
  const short = await startProxy();
  const person = await visit(here.browser, short.address, "cycle.create", { locale: "en" });
  await person.example();
  await short.stop();
  const typed = await person.typed();
  const answer = await person.submitted();
  assert.equal(answer.kind, "failed", answer.text);
  assert.match(answer.text, /submission server cannot be reached/);
  assert.deepEqual(await person.typed(), typed);
  await person.page.waitForSelector(".proxy-note:not([hidden])");
  await person.type("/price", "abc");
  assert.deepEqual((await person.state("/price")).codes, ["type"], "checking needs no proxy");
  await person.close();
});

test("stopping a slow submission leaves the form as it was", async () => {
  await here.proxy.reset();
  const person = await here.visit("cycle.create", { locale: "en" });
  await person.example();
  await here.proxy.fault("slow", { seconds: 30 });
  const typed = await person.typed();
  await person.submit();
  await person.page.locator(".answer button").click();
  await person.settled();
  const answer = await person.answer();
  assert.match(answer.text, /stopped/);
  assert.deepEqual(await person.typed(), typed);
  person.assertClean();
  await person.close();
});

test("the proxy's log has no secret and nothing that was typed", () => {
  const log = here.proxy.log();
  assert.doesNotMatch(log, /Сидоренко|112-233-445|qwerty123|Y2xpZW50OnNlY3JldA|Bearer [0-9a-f]/);
});
