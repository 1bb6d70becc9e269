// What every end-to-end test needs: a proxy with a fresh sandbox, a page that reports whatever goes wrong in it, and the
// few gestures by which a person uses the form. It asserts nothing about payloads; the tests do.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../../", import.meta.url));
const proxyBinary = process.env.PORTFORM_PROXY ?? process.env.PORTFORM_PROXY_BIN ?? join(root, "target/debug/portform-proxy");
const www = process.env.PORTFORM_WWW ?? join(root, "www/dist");
const shots = process.env.PORTFORM_SHOTS;

/** Text of one of the documents' examples. */
export const fixture = (name) => readFile(join(root, "tests/fixtures/examples", `${name}.json`), "utf8");

/** A proxy with its own sandbox on a free port; `arguments_` are added to its command line, and `pages` is what it serves. */
export async function startProxy({ arguments_ = [], environment = {}, sandbox = true, pages = www } = {}) {
  assert.ok(existsSync(proxyBinary), `the proxy is not built: ${proxyBinary}`);
  assert.ok(existsSync(join(pages, "index.html")), `the demo is not built: ${pages}`);
  const folder = await mkdtemp(join(tmpdir(), "portform-e2e-"));
  const child = spawn(
    proxyBinary,
    [...(sandbox ? ["--sandbox", "--sandbox-db", join(folder, "sandbox.sqlite")] : []), "--www", pages, "--listen", "127.0.0.1:0", ...arguments_],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...environment } },
  );
  let log = "";
  child.stderr.on("data", (chunk) => {
    log += chunk;
  });
  const address = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the proxy ended with ${code}: ${log}`)));
    createInterface({ input: child.stdout }).once("line", (line) => resolve(/http:\/\/\S+/.exec(line)?.[0]));
  });
  const call = async (path, body) => {
    const answer = await fetch(address + path, {
      method: body === undefined ? "GET" : "POST",
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer;
  };
  return {
    address,
    log: () => log,
    /** The bytes that the sandbox's Portal received last at this path, or undefined. */
    async received(path) {
      const answer = await fetch(`${address}/sandbox/received/${path}`);
      return answer.ok ? Buffer.from(await answer.arrayBuffer()) : undefined;
    },
    async count(path) {
      const answer = await fetch(`${address}/sandbox/received/${path}`);
      return Number(answer.headers.get("x-sandbox-count") ?? 0);
    },
    fault: (fault, more = {}) => call("/sandbox/faults", { fault, times: 1, ...more }),
    reset: () => call("/sandbox/reset", {}),
    async stop() {
      if (child.exitCode === null) {
        child.kill("SIGTERM");
        await once(child, "exit");
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.PORTFORM_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A fresh visitor on a payload's form. `faults()` lists console errors, exceptions and violations of the policy. */
export async function visit(browser, address, payload, { locale = "ru", width = 1280, height = 900, colorScheme = "light" } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce", locale: "en-GB" });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`exception: ${error.stack ?? error}`));
  page.on("console", (message) => {
    // The browser itself reports answers with a status of 400 or more; the tests look at those answers themselves.
    const network = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !network) faults.push(`console: ${message.text()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  const person = new Person(page, context, faults);
  await person.open(`${address}/#${payload}/${locale}`);
  return person;
}

/** A proxy and a browser for the tests of one file, from before the first to after the last. */
export function surroundings(options) {
  const here = { visit: (payload, wanted) => visit(here.browser, here.proxy.address, payload, wanted) };
  before(async () => {
    here.proxy = await startProxy(options);
    here.browser = await startBrowser();
  });
  after(async () => {
    await here.browser?.close();
    await here.proxy?.stop();
  });
  return here;
}

export class Person {
  constructor(page, context, faults) {
    this.page = page;
    this.context = context;
    this.faults = faults;
  }

  async open(url) {
    await this.page.goto(url);
    await this.ready();
  }

  async reload() {
    // A draft is saved when the typing pauses.
    await this.page.waitForTimeout(900);
    await this.page.reload();
    await this.ready();
  }

  async ready() {
    await this.page.waitForSelector("#fields > *");
  }

  field(pointer) {
    return this.page.locator(`[data-pointer="${pointer}"]`);
  }

  input(pointer) {
    return this.field(pointer).locator("input[type=text], textarea, select").first();
  }

  async type(pointer, text) {
    await this.input(pointer).fill(text);
    await this.input(pointer).blur();
  }

  /** «Да» or «Нет» of a yes-or-no field. */
  async choose(pointer, value) {
    await this.field(pointer).locator(`input[type=radio][value="${value ?? ""}"]`).check();
  }

  /** "required", "not sent" and what stands under the field. */
  async state(pointer) {
    const field = this.field(pointer);
    const control = field.locator("[id^='field/']:is(input, textarea, select, [role=radiogroup])").first();
    return {
      required: (await control.getAttribute("aria-required")) === "true",
      invalid: (await control.getAttribute("aria-invalid")) === "true",
      setAside: await field.evaluate((element) => element.classList.contains("set-aside")),
      codes: await field.locator(".issue[data-code]").evaluateAll((lines) => lines.map((line) => line.dataset.code)),
      messages: await field.locator(".issue .issue-text").allInnerTexts(),
    };
  }

  async example() {
    await this.page.getByTestId("example").click();
    // Loading a document puts the focus on its first field.
    await this.page.waitForFunction(() => document.activeElement?.closest("#fields") !== null);
  }

  /** Reads the preview once it has caught up with the last change. */
  async preview() {
    await this.page.waitForSelector(".preview:not([aria-busy])");
    return this.page.getByTestId("body").evaluate((element) => element.textContent);
  }

  async submit() {
    await this.page.getByTestId("submit").click();
  }

  /** Submits and waits until the answer is there. */
  async submitted() {
    await this.submit();
    await this.settled();
    return this.answer();
  }

  async settled() {
    await this.page.waitForSelector(".answer:is(.accepted, .refused, .failed, .unknown, .twice)");
  }

  async answer() {
    const panel = this.page.getByTestId("answer");
    const kind = await panel.evaluate((element) => element.className.replace(/\b(panel|answer)\b/g, "").trim());
    return { kind, text: await panel.innerText() };
  }

  /** Everything in the form's inputs, to compare before and after. */
  typed() {
    return this.page.locator("#fields").evaluate((fields) =>
      [...fields.querySelectorAll("input, textarea, select")].map((control) => [
        control.id || control.name,
        control.type === "radio" ? control.checked : control.value,
      ]),
    );
  }

  async shot(name, options = {}) {
    if (shots) await this.page.screenshot({ path: join(shots, `${name}.png`), ...options });
  }

  /** Nothing went wrong in the page while it was used. */
  assertClean() {
    assert.deepEqual(this.faults, []);
  }

  async close() {
    await this.context.close();
  }
}
