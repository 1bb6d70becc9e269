// What outlives the page: drafts over a closed tab and between two tabs, submissions over a reload at any moment, what the Portal sends
// as it arrives, and the way of a contract from its contents through the signature to eHealth.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Person, surroundings } from "./support.js";

const here = surroundings({ arguments_: ["--timeout", "3"] });
const signed = fileURLToPath(new URL("../fixtures/signed/capitation.txt", import.meta.url));

/** Another tab of the same person. */
async function tab(person, payload) {
  const page = await person.context.newPage();
  const other = new Person(page, person.context, person.faults);
  await other.open(`${here.proxy.address}/#${payload}/ru`);
  return other;
}

const states = (person) => person.page.locator(".outbox-entry").evaluateAll((lines) => lines.map((line) => line.dataset.state));
const saved = (person) => person.page.waitForTimeout(900);

test("a draft survives closing the tab, and two tabs never overwrite each other's silently", async () => {
  const person = await here.visit("cycle.create");
  await person.type("/id", "first");
  await saved(person);
  const other = await tab(person, "cycle.create");
  assert.equal(await other.input("/id").inputValue(), "first");
  await other.type("/id", "second");
  await saved(other);
  await person.type("/id", "third");
  await person.page.waitForSelector(".conflict");
  const third = await tab(person, "cycle.create");
  assert.equal(await third.input("/id").inputValue(), "second", "nothing was overwritten");
  await person.page.locator(".draft-note button").last().click();
  await person.page.waitForSelector(".conflict", { state: "detached" });
  await third.reload();
  assert.equal(await third.input("/id").inputValue(), "third", "the person decided");
  person.assertClean();
  await person.close();
});

test("a reload while sending loses nothing and sends nothing twice", async () => {
  await here.proxy.reset();
  const person = await here.visit("cycle.create");
  await person.example();
  await person.type("/id", "reloaded");
  await saved(person);
  await here.proxy.fault("slow", { seconds: 1 });
  await person.submit();
  await person.page.waitForSelector(".answer .busy");
  await person.page.waitForTimeout(300);
  await person.reload();
  await person.page.waitForFunction(() => {
    const states = [...document.querySelectorAll(".outbox-entry")].map((line) => line.dataset.state);
    return states.length === 1 && states[0] !== "sending" && states[0] !== "waiting";
  });
  assert.ok((await here.proxy.count("education/cycle/create")) <= 1);
  const [state] = await states(person);
  assert.ok(["accepted", "unknown"].includes(state), state);
  person.assertClean();
  await person.close();
});

test("what cannot be sent offline waits, and goes out once when the network is back", async () => {
  await here.proxy.reset();
  const person = await here.visit("cycle.create", { locale: "uk" });
  await person.example();
  await person.type("/id", "offline");
  await person.context.setOffline(true);
  const answer = await person.submitted();
  assert.equal(answer.kind, "failed", answer.text);
  assert.deepEqual(await states(person), ["waiting"]);
  await person.context.setOffline(false);
  await person.page.waitForSelector(".outbox-entry.accepted", { state: "attached" });
  assert.equal(await here.proxy.count("education/cycle/create"), 1);
  await person.close();
});

test("«accepted» goes when the data change", async () => {
  await here.proxy.reset();
  const person = await here.visit("cycle.create");
  await person.example();
  await person.type("/id", "changing");
  assert.equal((await person.submitted()).kind, "accepted");
  await person.type("/notes", "ещё одно");
  await person.page.waitForSelector(".answer", { state: "hidden" });
  person.assertClean();
  await person.close();
});

test("an application arrives live, is commented on, and its cancellation arrives", async () => {
  await here.proxy.reset();
  const person = await here.visit("cycle.create");
  await person.example();
  await person.type("/id", "with-applications");
  assert.equal((await person.submitted()).kind, "accepted");
  await person.page.locator(".sandbox summary").click();
  await person.page.getByTestId("inbox").locator("summary").click();
  await person.page.getByTestId("apply").last().click();
  await person.page.waitForSelector(".inbox-item.application");
  await person.page.locator(".sandbox li button").last().click();
  await person.page.waitForSelector(".inbox-item.cancellation");
  await person.page.locator(".inbox-item.application button").first().click();
  await person.page.waitForFunction(() => location.hash.startsWith("#application.comment"));
  await person.type("/comment", "Ждём вас");
  assert.equal((await person.submitted()).kind, "accepted");
  const comment = JSON.parse((await here.proxy.received("education/request/comment")).toString());
  assert.equal(comment.cycle_id, "with-applications");
  assert.equal(comment.comment, "Ждём вас");
  person.assertClean();
  await person.close();
});

test("a contract: contents, the bytes to sign, the signed container, eHealth's answer", async () => {
  const person = await here.visit("contract_request.capitation", { locale: "uk" });
  const contents = await readFile(new URL("../fixtures/contracts/capitation.json", import.meta.url), "utf8");
  await person.page.getByTestId("paste").click();
  await person.page.locator("dialog textarea").fill(contents);
  await person.page.locator("dialog button.primary").click();
  await person.page.waitForSelector("dialog", { state: "hidden" });
  const [download] = await Promise.all([person.page.waitForEvent("download"), person.page.getByTestId("for-signing").click()]);
  assert.equal(await readFile(await download.path(), "utf8"), await person.preview());

  const envelope = await tab(person, "contract_request.envelope");
  await envelope.page.setInputFiles("#signed-file", signed);
  await envelope.page.locator(".settings summary").click();
  await envelope.page.locator("#setting-part-contract_type").fill("CAPITATION");
  await envelope.page.locator("#setting-part-id").fill("7ae1cf44-62f8-4e0f-9ce6-add76581886f");
  await envelope.page.locator("#setting-part-id").blur();
  const answer = await envelope.submitted();
  assert.ok(["accepted", "refused"].includes(answer.kind), answer.text);
  assert.equal(await here.proxy.count("api/contract_requests/capitation/7ae1cf44-62f8-4e0f-9ce6-add76581886f"), 1);
  person.assertClean();
  await person.close();
});
