// What the tests share: the package as npm would install it, pages built with each framework's own plug-in, and a browser that reports
// whatever goes wrong in them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { chromium } from "playwright-core";

export const root = fileURLToPath(new URL("../", import.meta.url));
const pkg = fileURLToPath(new URL("../../pkg/", import.meta.url));

/** Packs the package and lays it where an install would. */
export function install() {
  assert.ok(existsSync(join(pkg, "package.json")), "the package is not built: run `cargo xtask build`");
  const folder = mkdtempSync(join(tmpdir(), "portform-pack-"));
  try {
    run("npm", ["pack", "--silent", "--pack-destination", folder, pkg]);
    const [tarball] = readdirSync(folder);
    const at = join(root, "node_modules/portform");
    rmSync(at, { recursive: true, force: true });
    mkdirSync(at, { recursive: true });
    run("tar", ["-xzf", join(folder, tarball), "--strip-components=1", "-C", at]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a program here, and fails with what it printed. */
export function run(program, arguments_, environment = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, arguments_, { cwd: root, encoding: "utf8", env: { ...process.env, ...environment } });
  assert.equal(status, 0, `${program} ${arguments_.join(" ")}: ${error ?? ""}\n${stdout}\n${stderr}`);
  return stdout;
}

export const tool = (name) => join(root, "node_modules/.bin", name);

/** Prints what was tried, with the versions that are installed. Lines are printed when their tests have run; those that failed say so above. */
export function table(what, lines) {
  const version = (name) => JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;
  console.log(`\n| ${what} | versions | how |\n| --- | --- | --- |`);
  for (const [name, packages, how] of lines) console.log(`| ${name} | ${packages.map((one) => `${one} ${version(one)}`).join(", ")} | ${how} |`);
}

/** A framework renders when it sees fit: waits for what is to be seen, and fails with what is there instead. */
export async function is(look, expected) {
  for (let tries = 0; tries < 50; tries++) {
    if (isDeepStrictEqual(await look(), expected)) return;
    await new Promise((done) => setTimeout(done, 40));
  }
  assert.deepEqual(await look(), expected);
}

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css" };

/** Serves a folder on a free port of this machine. */
export async function serve(folder) {
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    if (!existsSync(file)) return void response.writeHead(204).end();
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(readFileSync(file));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { address: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise((done) => server.close(done)) };
}

export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.PORTFORM_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--js-flags=--expose-gc"],
  });
}

/** Opens a page; `faults` lists console errors, warnings and exceptions. */
export async function open(browser, address) {
  const page = await browser.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`exception: ${error.stack ?? error}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`);
  });
  await page.goto(address);
  await page.locator("#summary").waitFor({ state: "attached" });
  return { page, faults };
}
