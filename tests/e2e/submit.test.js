// The whole path: from the document's example through a change that makes another field required to the bytes that the
// Portal receives, and the Portal's refusal back at the field it is about.
import assert from "node:assert/strict";
import { test } from "node:test";
import { surroundings } from "./support.js";

const here = surroundings();

test("the Portal receives byte for byte what the preview showed, and refuses the same cycle a second time at its id", async () => {
  const person = await here.visit("cycle.create");
  await person.example();
  // The document's example is paid; first without, so that ticking it makes the price required.
  await person.choose("/is_paid", false);
  assert.equal((await person.state("/price")).required, false);
  assert.equal((await person.state("/price")).setAside, true);
  assert.deepEqual((await person.state("/price")).codes, ["not_relevant"], "the price is kept, and not sent");
  assert.equal("price" in JSON.parse(await person.preview()), false);
  await person.field("/price").locator(".aside button").click();

  await person.choose("/is_paid", true);
  const asked = await person.state("/price");
  assert.equal(asked.required, true);
  assert.equal(asked.setAside, false);
  assert.deepEqual(asked.codes, ["required_when"]);
  assert.equal(asked.invalid, true);
  assert.match(asked.messages.join(" "), /стоимост/i);

  await person.submit();
  await person.page.waitForSelector(".summary .summary-title.error");
  assert.equal(await here.proxy.received("education/cycle/create"), undefined, "an invalid form is not sent");

  await person.type("/price", "15 000,50");
  assert.deepEqual((await person.state("/price")).codes, ["coerced"]);
  const preview = await person.preview();
  assert.equal(JSON.parse(preview).price, 15000.5);

  const answer = await person.submitted();
  assert.equal(answer.kind, "accepted", answer.text);
  const received = await here.proxy.received("education/cycle/create");
  assert.deepEqual(received, Buffer.from(preview, "utf8"));
  assert.equal(await here.proxy.count("education/cycle/create"), 1);

  await person.reload();
  assert.equal(await person.input("/price").inputValue(), "15 000,50", "what was typed survives a reload as it was typed");
  assert.equal(await person.preview(), preview);
  await person.settled();
  assert.equal((await person.answer()).kind, "accepted", "what became of these data is known after a reload");
  await person.submit();
  assert.equal(await here.proxy.count("education/cycle/create"), 1, "the same data are not sent twice without a question");
  await person.page.getByTestId("send-again").click();
  await person.settled();
  const again = await person.answer();
  assert.equal(again.kind, "refused", again.text);
  const id = await person.state("/id");
  assert.deepEqual(id.codes, ["refused"]);
  assert.equal(id.invalid, true);
  assert.match(again.text, /already_exists/);

  await person.type("/id", "another-cycle");
  assert.deepEqual((await person.state("/id")).codes, [], "an edit takes the refusal away");
  assert.equal((await person.submitted()).kind, "accepted");
  person.assertClean();
  await person.close();
});

test("the preview can be copied, and the copy is what is sent", async () => {
  const person = await here.visit("results.bulk_update");
  await person.example();
  const preview = await person.preview();
  await person.page.locator(".preview .panel-head button").click();
  await person.page.waitForFunction(() => navigator.clipboard.readText().then((text) => text.length > 0));
  assert.equal(await person.page.evaluate(() => navigator.clipboard.readText()), preview);
  person.assertClean();
  await person.close();
});

test("a refusal that is about no field stands in the answer and in the summary", async () => {
  await here.proxy.reset();
  const person = await here.visit("results.bulk_update");
  await person.example();
  const answer = await person.submitted();
  assert.equal(answer.kind, "refused", answer.text);
  assert.match(answer.text, /unknown_request/);
  await person.page.waitForSelector(".summary .summary-title.error");
  person.assertClean();
  await person.close();
});

test("undo and redo bring values back, by button and by key", async () => {
  const person = await here.visit("cycle.create");
  await person.example();
  await person.type("/places_notes", "сорок мест");
  await person.page.getByTestId("clear").click();
  assert.equal(await person.input("/id").inputValue(), "");
  await person.page.getByTestId("undo").click();
  assert.equal(await person.input("/places_notes").inputValue(), "сорок мест");
  await person.page.getByTestId("redo").click();
  assert.equal(await person.input("/places_notes").inputValue(), "");
  await person.input("/id").focus();
  await person.page.keyboard.press("Control+z");
  assert.equal(await person.input("/places_notes").inputValue(), "сорок мест");
  person.assertClean();
  await person.close();
});
