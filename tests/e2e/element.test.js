// <portform-form> on a page that has nothing but a script tag, served and guarded by the proxy: filled in, checked, previewed, sent, by
// mouse and by keyboard alone, inside a <form>, in another language, with a kept draft, and looked at by axe.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { fixture, startBrowser, startProxy } from "./support.js";

const dist = fileURLToPath(new URL("../../pkg/dist", import.meta.url));
const shots = process.env.PORTFORM_SHOTS;
const page = (title, body, script = "") => `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><title>${title}</title><link rel="stylesheet" href="/page.css">
<script type="module" src="/portform/element.js"></script>${script}</head><body><main><h1>${title}</h1>${body}</main></body></html>`;

const pages = {
  "index.html": page("Цикл", '<portform-form payload="cycle.create"></portform-form>'),
  "around.html": page("Цикл", '<portform-preview for="cycle"></portform-preview><portform-summary for="cycle"></portform-summary><portform-form id="cycle" payload="cycle.create"></portform-form>'),
  "within.html": page("Цикл", '<form id="host"><portform-form name="body" payload="cycle.create"></portform-form><button id="send">Готово</button><button type="reset" id="reset">Сброс</button></form>'),
  "inbound.html": page("Справочник", '<portform-form payload="reference.specialities"></portform-form>'),
  "typo.html": page("Опечатка", '<portform-form payload="cycle.creat"></portform-form>'),
  "kept.html": page("Цикл", '<portform-form payload="cycle.create" name="kept"></portform-form>', '<script type="module" src="/kept.js"></script>'),
  "kept.js": 'import { openDrafts } from "./portform/store.js"; document.querySelector("portform-form").drafts = await openDrafts({ name: "element" });',
  "programme.html": page("Программа", '<portform-form payload="programme.create"></portform-form>'),
  "list.html": page("Результаты", '<portform-form payload="results.bulk_update"></portform-form>'),
  "import.html": page("Результаты", '<portform-import for="results" list="/results"></portform-import><portform-form id="results" payload="results.bulk_update"></portform-form>'),
  "page.css": "body { margin: 1rem; font: 1rem/1.5 sans-serif; background: #fff; color: #16202a } @media (prefers-color-scheme: dark) { :root { color-scheme: dark } body { background: #0f1418; color: #e5ebef } }",
};

let folder;
let proxy;
let browser;
let axe;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "portform-element-"));
  await cp(dist, join(folder, "portform"), { recursive: true });
  for (const [name, text] of Object.entries(pages)) await writeFile(join(folder, name), text);
  proxy = await startProxy({ pages: folder });
  browser = await startBrowser();
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
});

after(async () => {
  await browser?.close();
  await proxy?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A fresh visitor; `faults` lists exceptions, errors of the console and violations of the policy. */
async function visit(path = "", { width = 1280, height = 900, ready = true, ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: "reduce", locale: "en-GB", timezoneId: "Europe/Moscow", ...more });
  const tab = await context.newPage();
  const faults = [];
  tab.on("pageerror", (error) => faults.push(`exception: ${error.stack ?? error}`));
  tab.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) faults.push(message.text());
  });
  await tab.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  await tab.goto(`${proxy.address}/${path}`);
  const form = tab.locator("portform-form");
  if (ready) await form.locator(".fields > *").first().waitFor();
  return { tab, context, form, faults, field: (pointer) => form.locator(`[data-pointer="${pointer}"]`), control: (pointer) => form.locator(`[id="field${pointer}"]`) };
}

/** What has the focus, inside the shadow root. */
const focused = (tab) =>
  tab.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at === document.body ? "body" : at?.id || at?.name || at?.className || at?.localName || "nothing";
  });

const fillIn = (form, value) => form.evaluate((element, draft) => void (element.value = draft), value);
const example = async (name) => JSON.parse(await fixture(name));
const future = async () => ({ ...(await example("cycle.create")), begin_date: "2030-02-04", end_date: "2030-02-08" });

async function assertAccessible(tab, title) {
  await tab.evaluate(axe);
  const violations = await tab.evaluate(async () => {
    const found = await window.axe.run(document, { resultTypes: ["violations"] });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join(" | ")}`);
  });
  assert.deepEqual(violations, [], title);
  const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(sideways <= 0, `${title}: the page is ${sideways} pixels wider than the window`);
  if (shots) await tab.screenshot({ path: join(shots, `element-${title}.png`), fullPage: true });
}

test("a page with nothing but a script tag submits a cycle through the proxy", async () => {
  await proxy.reset();
  const { tab, form, control, faults, context } = await visit();
  await fillIn(form, await future());
  await control("/id").fill("element-1");
  await tab.evaluate(() => {
    const form = document.querySelector("portform-form");
    window.told = [];
    for (const name of ["portform-submit", "portform-outcome"]) document.addEventListener(name, (event) => window.told.push([name, event.detail.body ?? "", event.detail.kind ?? ""]));
    window.preview = form.form.preview().body;
  });
  await form.locator("button.primary").click();
  await form.locator(".outcome.accepted").waitFor();
  const body = await tab.evaluate(() => window.preview);
  assert.deepEqual(await proxy.received("education/cycle/create"), Buffer.from(body));
  assert.deepEqual(await tab.evaluate(() => window.told), [["portform-submit", body, ""], ["portform-outcome", body, "accepted"]]);
  assert.equal(await focused(tab), "outcome accepted");
  // «Принято» is about what was sent.
  await control("/notes").fill("ещё");
  await form.locator(".outcome").waitFor({ state: "hidden" });
  assert.deepEqual(faults, []);
  await context.close();
});

test("an upstream's refusal stands at its field, and is named with a link", async () => {
  await proxy.reset();
  const { tab, form, control, faults, context } = await visit();
  await fillIn(form, { ...(await future()), id: "element-2" });
  await form.locator("button.primary").click();
  await form.locator(".outcome.accepted").waitFor();
  await control("/places_notes").fill("то же под тем же номером");
  await form.locator("button.primary").click();
  await form.locator(".outcome.refused").waitFor();
  const issues = await form.evaluate((element) => element.form.issues().filter(({ code }) => code === "refused").map(({ pointer }) => pointer));
  assert.equal(issues.length, 1);
  assert.equal(await form.locator(".outcome .issue").count(), 1);
  assert.deepEqual(faults, []);
  await context.close();
});

test("nothing is held against a person who only passes by; an attempt to submit shows everything, in order, and says so in the title", async () => {
  const { tab, form, field, faults, context } = await visit();
  for (let step = 0; step < 12; step += 1) {
    await tab.keyboard.press("Tab");
    assert.notEqual(await focused(tab), "body");
  }
  assert.equal(await form.locator(".issue").count(), 0);
  assert.equal(await form.locator(".summary").isVisible(), false);
  assert.equal(await tab.title(), "Цикл");
  // A field that was edited and is empty again says what it needs, once it is left.
  await form.locator('[id="field/id"]').fill("1");
  await form.locator('[id="field/id"]').fill("");
  assert.equal(await field("/id").locator(".issue").count(), 0);
  await form.locator('[id="field/id"]').blur();
  assert.equal(await field("/id").locator(".issue").count(), 1);
  await form.locator("button.primary").click();
  assert.equal(await focused(tab), "summary");
  assert.match(await tab.title(), /^Ошибка: Цикл$/);
  const order = await form.locator(".summary a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const fields = await form.locator("[data-pointer]").evaluateAll((all) => all.map((one) => `#field${one.dataset.pointer}`));
  assert.deepEqual(order, [...order].sort((a, b) => fields.indexOf(a) - fields.indexOf(b)));
  await form.locator(".summary a").first().click();
  assert.equal(await focused(tab), "field/id");
  assert.equal(await field("/id").locator("input").getAttribute("aria-invalid"), "true");
  await fillIn(form, await future());
  await tab.waitForFunction(() => document.title === "Цикл");
  assert.deepEqual(faults, []);
  await context.close();
});

test("by keyboard alone: typed, undone, done again, mended from the summary, sent", async () => {
  await proxy.reset();
  const { tab, form, control, faults, context } = await visit();
  await fillIn(form, { ...(await future()), id: "" });
  await tab.keyboard.press("Tab");
  while ((await focused(tab)) !== "field/id") await tab.keyboard.press("Tab");
  await tab.keyboard.type("abc");
  await tab.keyboard.press("Control+z");
  assert.equal(await control("/id").inputValue(), "", "the keystrokes of a field are one step");
  await tab.keyboard.press("Control+y");
  assert.equal(await control("/id").inputValue(), "abc");
  await tab.keyboard.press("Control+A");
  await tab.keyboard.press("Delete");
  await tab.keyboard.press("Control+Enter");
  assert.equal(await focused(tab), "summary");
  await tab.keyboard.press("Tab");
  await tab.keyboard.press("Enter");
  assert.equal(await focused(tab), "field/id");
  await tab.keyboard.type("element-3");
  await tab.keyboard.press("Control+Enter");
  await form.locator(".outcome.accepted").waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test("a date is typed with digits alone, or picked; what will be sent stands beside it", async () => {
  const { form, control, field, faults, context } = await visit();
  await control("/begin_date").fill("04022030");
  await control("/begin_date").blur();
  assert.equal(await control("/begin_date").inputValue(), "04.02.2030");
  assert.equal(await field("/begin_date").locator(".sent").textContent(), "Будет отправлено: 2030-02-04");
  await control("/end_date").fill("99999999");
  await control("/end_date").blur();
  assert.equal(await control("/end_date").inputValue(), "99999999", "what is no day stays as it was typed");
  const names = await form.locator(".with-button button").allInnerTexts();
  assert.equal(new Set(names).size, names.length, "each calendar has a name of its own");
  assert.deepEqual(faults, []);
  await context.close();
});

test("a list: added, filled, moved, removed, pasted; the focus never falls to the body", async () => {
  const { tab, form, control, faults, context } = await visit("list.html");
  const add = form.locator("button.add");
  for (let row = 0; row < 3; row += 1) {
    await add.click();
    assert.match(await focused(tab), new RegExp(`^field/results/${row}/`));
    await control(`/results/${row}/request_number`).fill(String(100 + row));
  }
  await form.locator('[data-pointer="/results/2"] [data-tool="up"]').click();
  assert.deepEqual(await form.evaluate((element) => element.value.results.map(({ request_number }) => request_number)), ["100", "102", "101"]);
  assert.notEqual(await focused(tab), "body");
  for (let left = 3; left > 0; left -= 1) {
    await form.locator('[data-pointer="/results/0"] [data-tool="remove"]').click();
    assert.notEqual(await focused(tab), "body");
  }
  await add.click();
  await control("/results/0/request_number").evaluate((input) => {
    const data = new DataTransfer();
    data.setData("text", Array.from({ length: 60 }, (_, row) => `${row + 1}\tда`).join("\r\n"));
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  assert.equal(await form.evaluate((element) => element.form.length("/results")), 60);
  await form.locator('.pager [data-tool="next"]').click();
  assert.notEqual(await focused(tab), "body");
  await form.locator("button", { hasText: "Очистить раздел" }).first().click();
  assert.notEqual(await focused(tab), "body");
  assert.equal(await form.evaluate((element) => element.form.length("/results")), 0);
  assert.equal(await form.evaluate((element) => element.undo() && element.form.length("/results")), 60, "one step brings it back");
  assert.deepEqual(faults, []);
  await context.close();
});

test("in a <form> it is a control: name and value, validity, reset, disabled", async () => {
  const { tab, form, control, faults, context } = await visit("within.html");
  assert.equal(await form.locator("button.primary").isVisible(), false, "the page's own button submits");
  await tab.evaluate(() => document.getElementById("host").addEventListener("submit", (event) => {
    event.preventDefault();
    window.sent = new FormData(event.target).get("body");
  }));
  await tab.locator("#send").click();
  assert.equal(await tab.evaluate(() => window.sent), undefined, "not with errors in it");
  assert.equal(await focused(tab), "summary");
  await fillIn(form, await future());
  await tab.waitForFunction(() => document.querySelector("portform-form").validity.valid);
  await tab.locator("#send").click();
  assert.equal(await tab.evaluate(() => window.sent), await form.evaluate((element) => element.form.preview().body));
  await control("/id").fill("другое");
  await tab.locator("#reset").click();
  assert.equal(await control("/id").inputValue(), "");
  await tab.evaluate(() => {
    const set = document.createElement("fieldset");
    const form = document.querySelector("portform-form");
    form.before(set);
    set.append(form);
    set.disabled = true;
  });
  assert.equal(await form.locator(".fields").evaluate((fields) => fields.inert), true);
  assert.deepEqual(faults, []);
  await context.close();
});

test("another language, context or payload: what was typed and the focus stay, messages follow", async () => {
  const { tab, form, control, faults, context } = await visit();
  await control("/id").fill("17");
  await control("/price").focus();
  await form.evaluate((element) => element.setAttribute("locale", "uk"));
  assert.equal(await control("/id").inputValue(), "17");
  assert.equal(await focused(tab), "field/price");
  assert.match(await form.locator("button.primary").innerText(), /Надіслати/);
  await form.evaluate((element) => {
    element.locale = "en";
    element.context = { status: "archived" };
    element.reveal();
  });
  assert.match(await form.locator(".issue").first().innerText(), /[A-Za-z]{4}/);
  await form.evaluate((element) => void (element.payload = "cycle.cancel"));
  await form.locator('[data-pointer="/price"]').waitFor({ state: "detached" });
  assert.deepEqual(faults, []);
  await context.close();
});

test("a field that refers to a list of the context offers its names, and shows the name of an id", async () => {
  const { form, control, field, faults, context } = await visit("programme.html");
  const programmes = await example("reference.programmes");
  const [programme] = programmes.programmes;
  await form.evaluate((element, programmes) => {
    element.value = { specialities: [{ programmes: [{}] }] };
    element.context = { programmes, specialities: ["Терапия", "Педиатрия"] };
  }, programmes);
  await control("/specialities/0/name").focus();
  const offered = (pointer) => control(pointer).evaluate((input) => [...input.list.options].map(({ value, label }) => [value, label]));
  assert.deepEqual(await offered("/specialities/0/name"), [["Терапия", ""], ["Педиатрия", ""]]);
  await control("/specialities/0/programmes/0/id").focus();
  assert.deepEqual((await offered("/specialities/0/programmes/0/id"))[0], [programme.id, programme.name]);
  await control("/specialities/0/programmes/0/id").fill(programme.id);
  assert.ok((await field("/specialities/0/programmes/0/id").locator(".sent").innerText()).includes(programme.name));
  assert.deepEqual(faults, []);
  await context.close();
});

test("a sheet becomes rows by keyboard alone: columns put right, a value said once, one step of undo", async () => {
  const { tab, form, faults, context } = await visit("import.html");
  const importing = tab.locator("portform-import");
  const dialog = importing.locator("dialog");
  await importing.locator("button").first().focus();
  await tab.keyboard.press("Enter");
  await dialog.locator("textarea").fill("x");
  const rows = [["Список слушателей", "", ""], ["№ заявки", "Посещение", "Итог"], ...Array.from({ length: 60 }, (_, row) => [String(1000 + row), "да", row % 2 === 0 ? "зачёт" : "Прошел обучение"])];
  await dialog.locator("textarea").evaluate((field, text) => {
    const data = new DataTransfer();
    data.setData("text", text);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, composed: true, cancelable: true }));
  }, rows.map((row) => row.join("\t")).join("\r\n"));
  await dialog.locator("table").first().waitFor();
  assert.match(await dialog.innerText(), /Будет взято строк: 60/);
  await dialog.locator("#import-column-0").selectOption("/results/*/request_number");
  await dialog.locator("#import-column-1").selectOption("/results/*/attended");
  await dialog.locator("#import-column-2").selectOption("/results/*/result_status");
  await dialog.locator("#import-value-0").selectOption("SUCCEED");
  await dialog.locator("summary").click();
  assert.match(await dialog.innerText(), /Список слушателей/);
  await assertAccessible(tab, "import-dialog");
  await dialog.locator("button.primary").focus();
  await tab.keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await form.evaluate((element) => element.form.length("/results")), 60);
  assert.deepEqual(await form.evaluate((element) => element.form.preview().body.match(/"result_status":"SUCCEED"/g).length), 60);
  assert.notEqual(await focused(tab), "body");
  await form.evaluate((element) => element.undo());
  assert.equal(await form.evaluate((element) => element.form.length("/results")), 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a file that is no sheet is told, and nothing is lost", async () => {
  const { tab, form, faults, context } = await visit("import.html");
  const importing = tab.locator("portform-import");
  await importing.locator("button").first().click();
  await importing.locator("input[type=file]").setInputFiles({ name: "справка.xlsx", mimeType: "application/octet-stream", buffer: Buffer.from("%PDF-1.7 …") });
  await importing.locator("[role=alert]").waitFor();
  assert.match(await importing.locator("[role=alert]").innerText(), /PDF/);
  await tab.keyboard.press("Escape");
  await importing.locator("dialog").waitFor({ state: "hidden" });
  assert.match(await focused(tab), /quiet/);
  assert.equal(await form.evaluate((element) => element.form.length("/results")), 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a draft is kept over a reload, and one that another tab has changed is told", async () => {
  const { tab, form, control, faults, context } = await visit("kept.html");
  await control("/id").fill("draft-1");
  await tab.waitForTimeout(3_000);
  await tab.reload();
  await tab.waitForFunction(() => document.querySelector("portform-form").value?.id === "draft-1");
  const other = await context.newPage();
  await other.goto(`${proxy.address}/kept.html`);
  await other.waitForFunction(() => document.querySelector("portform-form").value?.id === "draft-1");
  await other.locator('[id="field/id"]').fill("draft-2");
  await other.waitForTimeout(3_000);
  await control("/id").fill("draft-3");
  await form.locator(".note button").first().waitFor();
  assert.match(await form.locator(".note").innerText(), /другой вкладке/);
  await form.locator(".note button").first().click();
  await tab.waitForFunction(() => document.querySelector("portform-form").value?.id === "draft-2");
  assert.deepEqual(faults, []);
  await context.close();
});

test("the summary and the preview stand where the page wants them", async () => {
  const { tab, form, faults, context } = await visit("around.html");
  await form.locator("button.primary").click();
  assert.equal(await form.locator(".summary").isVisible(), false);
  await tab.locator("portform-summary a").first().click();
  assert.equal(await focused(tab), "field/id");
  await fillIn(form, await future());
  const body = await form.evaluate((element) => element.form.preview().body);
  await tab.waitForFunction((body) => document.querySelector("portform-preview").shadowRoot.querySelector("pre").textContent === body, body);
  assert.match(await tab.locator("portform-preview .values").innerText(), /Форма обучения/);
  assert.deepEqual(faults, []);
  await context.close();
});

test("what comes in is shown, not edited; a payload that there is not is told", async () => {
  const { form, context } = await visit("inbound.html");
  await fillIn(form, await example("reference.specialities.mended"));
  assert.equal(await form.locator(".fields :is(input, textarea, select)").count(), 0);
  assert.equal(await form.locator("button.primary").isVisible(), false);
  await context.close();
  const typo = await visit("typo.html", { ready: false });
  // First it says that it is loading.
  await typo.form.locator(".note .icon-error").waitFor();
  assert.match(await typo.form.locator(".note").innerText(), /cycle\.creat/);
  await typo.context.close();
});

for (const setting of [
  { name: "wide-light" },
  { name: "narrow-dark", width: 320, height: 700, colorScheme: "dark" },
  { name: "forced-colours", forcedColors: "active" },
]) {
  test(`axe finds nothing: ${setting.name}`, async () => {
    await proxy.reset();
    for (const [path, name] of [["around.html", "cycle.create"], ["list.html", "results.bulk_update"]]) {
      const { tab, form, context } = await visit(path, setting);
      for (const locale of ["ru", "uk", "en"]) {
        await form.evaluate((element, locale) => void (element.locale = locale), locale);
        await assertAccessible(tab, `${setting.name}-${name}-${locale}-empty`);
      }
      await form.evaluate((element) => element.reveal());
      await tab.waitForTimeout(100);
      await assertAccessible(tab, `${setting.name}-${name}-errors`);
      await fillIn(form, name === "cycle.create" ? await future() : await example(name));
      await tab.waitForTimeout(100);
      await assertAccessible(tab, `${setting.name}-${name}-filled`);
      if (name === "cycle.create") {
        await form.locator("button.primary").click();
        await form.locator(".outcome.accepted").waitFor();
        await assertAccessible(tab, `${setting.name}-${name}-accepted`);
      }
      await context.close();
    }
  });
}
