// The four adapters in a real browser: the same page in each framework, 10,000 rows, and what was rendered counted.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { built, names } from "./pages.mjs";
import { install, is, open, serve, startBrowser, table } from "./support.mjs";

let browser;
before(async () => {
  install();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  table("pages", PAGES);
});

const PAGES = [
  ["react", ["react", "@vitejs/plugin-react", "babel-plugin-react-compiler"], "development, StrictMode, compiled by the React Compiler; Chromium"],
  ["react-production", ["react", "vite"], "production, compiled by the React Compiler; Chromium"],
  ["react-18", ["react-18", "vite"], "development, StrictMode; Chromium"],
  ["vue", ["vue", "@vitejs/plugin-vue"], "ref(form), v-model and v-bind; Chromium"],
  ["svelte", ["svelte", "@sveltejs/vite-plugin-svelte"], "runes and stores; Chromium"],
  ["angular", ["@angular/core", "@angular/compiler-cli"], "ngc with strict templates, zoneless; Chromium"],
];
const number = (row) => `/results/${row}/request_number`;

for (const name of names) {
  describe(name, () => {
    let site;
    before(async () => {
      site = await serve(await built(name));
    });
    after(() => site?.stop());

    /** Does something on a fresh page, on which nothing may go wrong. */
    async function on(rows, work) {
      const { page, faults } = await open(browser, `${site.address}/?rows=${rows}`);
      const input = (pointer) => page.locator(`[data-field="${pointer}"] input`);
      /** What was rendered while something was done. */
      const rendered = async (what) => {
        await page.evaluate(() => void (window.renders = {}));
        await what();
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
        return page.evaluate(() => Object.keys(window.renders).filter((name) => name.startsWith("/") || name === "rows" || name === "page"));
      };
      const call = (code) => page.evaluate(code);
      await work({ page, input, rendered, call });
      assert.deepEqual(faults, []);
      await page.close();
    }

    test("in a form of 10,000 rows a field renders again only when it changed", async () => {
      await on(10_000, async ({ input, rendered, call, page }) => {
        await is(() => page.locator("[data-field]").count(), 10_001);
        const typed = async () => {
          await input(number(5000)).press("End");
          await input(number(5000)).pressSequentially("ab");
        };
        assert.deepEqual(await rendered(typed), [number(5000)]);
        await is(() => input(number(5000)).inputValue(), "n5000ab");
        // Leaving it touches it.
        assert.deepEqual(await rendered(() => input(number(5000)).blur()), [number(5000)]);
        // By the page itself, past the fields.
        assert.deepEqual(await rendered(() => call(() => void window.form.set("/results/7/request_number", "outside"))), [number(7)]);
        await is(() => input(number(7)).inputValue(), "outside");
        assert.deepEqual(await rendered(() => call(() => void window.form.undo())), [number(7)]);
        // Nothing shows another field's value.
        assert.deepEqual(await rendered(() => call(() => void window.form.set("/results/7/result_status", "SUCCEED"))), []);
        // Two rows with one number have an issue each, or one of both.
        const twice = await rendered(() => input(number(20)).fill("n30"));
        assert.deepEqual(twice.filter((name) => ![number(20), number(30)].includes(name)), []);
        assert.ok(twice.includes(number(20)));
        // A row at the end renders itself.
        const more = await rendered(() => call(() => void window.form.insert("/results", 10_000, { request_number: "last" })));
        assert.deepEqual(more.filter((name) => name !== "rows"), [number(10_000)]);
        await is(() => input(number(10_000)).inputValue(), "last");
        const fewer = await rendered(() => call(() => void window.form.remove("/results", 10_000)));
        assert.deepEqual(fewer.filter((name) => name !== "rows"), []);
        await is(() => page.locator("[data-field]").count(), 10_001);
        // What the page renders for itself leaves the fields alone; in React those that are memoised, by hand or by the compiler.
        const own = await rendered(() => page.locator("#page").evaluate((button) => button.click()));
        assert.deepEqual(own.filter((one) => !["page", ...(name === "react-18" ? ["rows", "/cycle_id"] : [])].includes(one)), []);
      });
    });

    test("rows keep their control, its focus and what was typed while they move", async () => {
      await on(4, async ({ input, call, page }) => {
        await input(number(2)).fill("mine");
        await input(number(2)).evaluate((control) => void (control.mark = "mine"));
        await input(number(2)).focus();
        await call(() => void window.form.insert("/results", 0, { request_number: "first" }));
        await is(() => input(number(3)).inputValue(), "mine");
        await is(() => input(number(0)).inputValue(), "first");
        await is(() => input(number(3)).evaluate((control) => control.mark), "mine");
        await is(() => input(number(3)).evaluate((control) => control === document.activeElement), true);
        await is(() => input(number(3)).getAttribute("name"), "results[3].request_number");
        await input(number(3)).pressSequentially("!");
        assert.equal(await call(() => window.form.get("/results/3/request_number")), "mine!");
        await call(() => void window.form.move("/results", 3, 0));
        await is(() => input(number(0)).evaluate((control) => control.mark), "mine");
        await is(() => input(number(1)).inputValue(), "first");
        await call(() => void window.form.remove("/results", 0));
        await is(() => page.locator("li input").evaluateAll((all) => all.map(({ value }) => value)), ["first", "n0", "n1", "n3"]);
        await call(() => void window.form.undo());
        await is(() => input(number(0)).inputValue(), "mine!");
        await call(() => void window.form.replace({ cycle_id: "c2", results: [{ request_number: "only" }] }));
        await is(() => page.locator("li input").evaluateAll((all) => all.map(({ value }) => value)), ["only"]);
        await call(() => void window.form.replace({}));
        await is(() => page.locator("li").count(), 0);
        await call(() => void window.form.set("/results/0/request_number", "made"));
        await is(() => page.locator("li input").evaluateAll((all) => all.map(({ value }) => value)), ["made"]);
      });
    });

    test("what was typed is one step of undo, and the caret stays in the middle", async () => {
      await on(3, async ({ input, call }) => {
        await input("/cycle_id").focus();
        await input("/cycle_id").press("Home");
        await input("/cycle_id").pressSequentially("abc");
        await is(() => input("/cycle_id").inputValue(), "abcc1");
        await is(() => input("/cycle_id").evaluate(({ selectionStart }) => selectionStart), 3);
        await call(() => void window.form.undo());
        await is(() => input("/cycle_id").inputValue(), "c1");
      });
    });

    test("messages are shown after a field was left, move along with their row, and are told to assistive technology", async () => {
      await on(3, async ({ input, call, page }) => {
        const control = input(number(1));
        await is(() => control.getAttribute("aria-required"), "true");
        await control.fill("");
        await is(() => page.locator(`[data-field="${number(1)}"] p`).count(), 0);
        await is(() => control.getAttribute("aria-invalid"), null);
        await control.blur();
        const message = page.locator(`[data-field="${number(1)}"] p`);
        assert.match(await message.innerText(), /[а-я]/);
        await is(() => control.getAttribute("aria-invalid"), "true");
        assert.equal(await control.getAttribute("aria-describedby"), await message.getAttribute("id"));
        await is(() => page.locator(`[data-field="${number(1)}"] label`).getAttribute("for"), await control.getAttribute("id"));
        await page.locator("#locale").click();
        await page.waitForFunction((at) => /^[^а-я]+$/i.test(document.querySelector(`[data-field="${at}"] p`)?.textContent ?? "я"), number(1));
        await call(() => void window.form.insert("/results", 0, { request_number: "", result_status: "NOT_TRAINED" }));
        await is(() => page.locator(`[data-field="${number(2)}"] p`).count(), 1);
        await is(() => page.locator(`[data-field="${number(0)}"] p`).count(), 0);
        await is(() => page.locator(`[data-field="${number(1)}"] p`).count(), 0);
        await input(number(2)).fill("7");
        await is(() => page.locator(`[data-field="${number(2)}"] p`).count(), 0);
        await is(() => page.locator("#summary").innerText().then((text) => text.split(" ")[0]), "1");
      });
    });

    test("a select, a checkbox and radios hold what the form holds", async () => {
      await on(3, async ({ call, page }) => {
        const [select, check, yes, no] = [page.locator("select"), page.locator("input[type=checkbox]"), page.locator("input[type=radio]").first(), page.locator("input[type=radio]").last()];
        await is(() => select.inputValue(), "NOT_TRAINED");
        await select.selectOption("SUCCEED");
        assert.equal(await call(() => window.form.get("/results/0/result_status")), "SUCCEED");
        await call(() => void window.form.set("/results/0/result_status", "NOT_TRAINED"));
        await is(() => select.inputValue(), "NOT_TRAINED");
        await check.check();
        assert.equal(await call(() => window.form.get("/results/0/attended")), true);
        await is(() => yes.isChecked(), true);
        await no.check();
        assert.equal(await call(() => window.form.get("/results/0/attended")), false);
        await is(() => check.isChecked(), false);
        await is(() => page.locator("fieldset output").innerText(), "false");
        await call(() => void window.form.undo());
        await is(() => check.isChecked(), true);
      });
    });

    test("a submission is pending once, shows every message, and leaves its outcome", async () => {
      await on(3, async ({ input, call, page }) => {
        await call(() => void window.form.set("/results/1/request_number", ""));
        await is(() => page.locator("p").count(), 0);
        await page.locator("#submit").click();
        const outcome = (kind) => page.waitForFunction((kind) => document.querySelector("#outcome").textContent === kind, kind);
        await outcome("pending");
        await is(() => page.locator("#submit").isDisabled(), true);
        await is(() => page.locator(`[data-field="${number(1)}"] p`).count(), 1);
        await page.locator("#again").click();
        await call(() => window.answer("accepted"));
        await outcome("accepted");
        await page.locator("#reset").click();
        await outcome("none");
        await is(() => page.locator("p").count(), 0);
        await page.locator("#again").click();
        await outcome("pending");
        await call(() => window.answer("fails"));
        await outcome("none");
        await is(() => page.locator("#submit").isDisabled(), false);
        await input(number(1)).fill("x");
      });
    });

    test("what is unmounted leaves no form behind", async () => {
      await on(3, async ({ call, page }) => {
        for (let i = 0; i < 40; i++) await page.locator("#toggle").click();
        await page.locator("#toggle").click();
        await call(() => void (window.form = undefined));
        const left = () => call(async () => {
          for (let i = 0; i < 5; i++) {
            window.gc();
            await new Promise((done) => setTimeout(done, 20));
          }
          return window.living;
        });
        let living = await left();
        for (let i = 0; i < 20 && living > 3; i++) living = await left();
        // A framework may hold what it rendered last.
        assert.ok(living <= 3, `${living} forms are left of 21`);
      });
    });
  });
}
