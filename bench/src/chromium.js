// Headless Chromium and the files that it is given, over loopback: what the rows that run in a browser share.
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const PAGE = "<!doctype html><meta charset=utf-8><title>portform</title>";

/** A file of the built package. */
export const dist = (name) => readFileSync(fileURLToPath(new URL(`../node_modules/portform/dist/${name}`, import.meta.url)));

/** Runs the work with a browser and the origin of an empty page, beside which the files are; `files` gives type and body by path. */
export async function inChromium(row, files, work) {
  const executablePath = PLACES.find(existsSync);
  if (executablePath === undefined) throw new Error(`${row} needs Chromium: install it (Debian: apt-get install chromium) and run the benchmark again`);
  const all = { "/": ["text/html", PAGE], ...files };
  const server = createServer((request, response) => {
    const [type, body] = all[request.url] ?? [];
    if (type === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"] });
  try {
    return await work(browser, `http://127.0.0.1:${server.address().port}/`);
  } finally {
    await browser.close();
    server.close();
  }
}
