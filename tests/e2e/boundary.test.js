// The package's boundary in a real browser: calls within calls, listeners, the end of the call stack, hostile values, and a start
// that the browser or its policy forbids. The scripts are those of the package's own tests; the page has nothing but the package.
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { startBrowser } from "./support.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folders = { "/dist/": join(root, "pkg/dist"), "/scripts/": join(root, "pkg-config/test/scripts") };
const types = { ".js": "text/javascript", ".wasm": "application/wasm" };

let browser;
let server;
let address;

before(async () => {
  assert.ok(existsSync(folders["/dist/"]), "the package is not built");
  server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const folder = Object.keys(folders).find((prefix) => pathname.startsWith(prefix));
    if (folder !== undefined) {
      const file = join(folders[folder], normalize(pathname.slice(folder.length)));
      response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" }).end(await readFile(file));
    } else {
      const policy = searchParams.get("policy");
      response.writeHead(pathname === "/" ? 200 : 404, { "content-type": "text/html", ...(policy === null ? {} : { "content-security-policy": policy }) }).end("<!doctype html><title>portform</title>");
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${server.address().port}`;
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** Does something on a page of its own. */
async function onPage(work, { policy, prepare } = {}) {
  const context = await browser.newContext();
  const page = await context.newPage();
  if (prepare !== undefined) await page.addInitScript(prepare);
  await page.goto(`${address}/${policy === undefined ? "" : `?policy=${encodeURIComponent(policy)}`}`);
  try {
    return await work(page);
  } finally {
    await context.close();
  }
}

for (const name of ["within", "listeners", "depth"]) {
  const { scripts } = await import(`../../pkg-config/test/scripts/${name}.js`);
  describe(name, () => {
    for (const title of Object.keys(scripts)) {
      test(title, () =>
        onPage(async (page) => {
          const thrown = [];
          page.on("pageerror", (error) => thrown.push(error.message));
          const [seen, right, afterwards] = await page.evaluate(
            async ([name, title]) => {
              const portform = await import("/dist/index.js");
              const { scripts } = await import(`/scripts/${name}.js`);
              const errors = [];
              addEventListener("error", ({ error }) => errors.push(error.message));
              const [seen, right] = await scripts[title](portform, () => errors);
              const issue = portform.cycleCreate.check({ id: "1" }).issues[0];
              return [JSON.stringify(seen), JSON.stringify(right), `${issue.pointer} ${issue.code}`];
            },
            [name, title],
          );
          assert.deepEqual(JSON.parse(seen), JSON.parse(right));
          assert.equal(afterwards, "/programme required");
          // A script that throws on purpose says so.
          assert.deepEqual(thrown, right.includes('"mine"') ? ["mine"] : []);
        }),
      );
    }
  });
}

describe("hostile values", async () => {
  const { scripts } = await import("../../pkg-config/test/scripts/hostile.js");
  for (const title of Object.keys(scripts)) {
    test(title, () =>
      onPage(async (page) => {
        const [seen, right] = await page.evaluate(async (title) => {
          const portform = await import("/dist/index.js");
          const { scripts } = await import("/scripts/hostile.js");
          return scripts[title](portform, 30);
        }, title);
        assert.deepEqual(seen, right);
      }),
    );
  }

  test("values without end are one issue, and what comes after is right", () =>
    onPage(async (page) => {
      const told = await page.evaluate(async () => {
        const { cycleCreate, programmeCreate, resultsBulkUpdate } = await import("/dist/index.js");
        const wide = Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`key${at}`, at]));
        const itself = { name: "x" };
        itself.specialities = itself.programmes = Array.from({ length: 20 }, () => itself);
        const shared = resultsBulkUpdate.check({ cycle_id: "1", results: new Array(100_000).fill(wide) }).issues;
        const cyclic = programmeCreate.check(itself).issues.filter(({ pointer }) => pointer.startsWith("/specialities"));
        return [shared.map(({ pointer, code }) => `${pointer} ${code}`), new Set(cyclic.map(({ code }) => code)).size, cyclic.length, cycleCreate.check({ id: "1" }).issues[0].pointer];
      });
      assert.deepEqual(told, [["/results too_many"], 1, 20, "/programme"]);
    }));
});

/** What an entry says when it is used; slim is started first. */
const use = (page, entry, source) =>
  page.evaluate(
    async ([entry, source]) => {
      try {
        const { cycleCreate, init } = await import(`/dist/${entry}.js`);
        if (init !== undefined) await init(...(source === undefined ? [] : [source]));
        const form = cycleCreate.form({ id: "1" });
        form.set("/id", "");
        return [cycleCreate.check({}).valid, form.summary().errors > 0];
      } catch (error) {
        return error.message;
      }
    },
    [entry, source],
  );

/** As Chromium up to 114: nothing of more than 4 KB is compiled or started at once on the main thread. */
function refuseSynchronous() {
  for (const name of ["Module", "Instance"]) {
    WebAssembly[name] = new Proxy(WebAssembly[name], {
      construct() {
        throw new RangeError(`WebAssembly.${name === "Module" ? "Compile" : name} is disallowed on the main thread, if the buffer size is larger than 4KB. Use WebAssembly.${name === "Module" ? "compile" : "instantiate"}.`);
      },
    });
  }
}

describe("starting", () => {
  test("both entries start", async () => {
    for (const entry of ["index", "slim"]) assert.deepEqual(await onPage((page) => use(page, entry)), [false, true]);
  });

  test("a policy with 'wasm-unsafe-eval' is enough", async () => {
    const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
    for (const entry of ["index", "slim"]) assert.deepEqual(await onPage((page) => use(page, entry), { policy }), [false, true]);
  });

  test("a policy without it is told in one sentence", async () => {
    const policy = "default-src 'self'";
    assert.match(await onPage((page) => use(page, "index"), { policy }), /^portform cannot start: the page's content security policy \(it has to allow 'wasm-unsafe-eval'\)[^\n]*portform\/slim\.$/);
    assert.match(await onPage((page) => use(page, "slim"), { policy }), /^portform\.wasm could not be compiled from http[^\n]*'wasm-unsafe-eval'\)\.$/);
  });

  test("where nothing is started at once, the default entry names slim, and slim works", async () => {
    assert.match(await onPage((page) => use(page, "index"), { prepare: refuseSynchronous }), /^portform cannot start: this browser [^\n]*portform\/slim[^\n]*\.$/);
    assert.deepEqual(await onPage((page) => use(page, "slim"), { prepare: refuseSynchronous }), [false, true]);
  });

  test("init says what came from where", async () => {
    assert.match(await onPage((page) => use(page, "slim", "/nowhere.wasm")), /^portform\.wasm could not be loaded from http:\/\/127\.0\.0\.1:\d+\/nowhere\.wasm: the answer was 404, text\/html\.$/);
    assert.match(await onPage((page) => use(page, "slim", "/")), /^portform\.wasm could not be compiled from http:\/\/127\.0\.0\.1:\d+\/: the answer was 200, text\/html, and its \d+ bytes are no WebAssembly but a page of HTML\.$/);
    assert.match(await onPage((page) => use(page, "slim", "http://127.0.0.1:9/portform.wasm")), /^portform\.wasm could not be loaded from http:\/\/127\.0\.0\.1:9\/portform\.wasm: there was no answer\.$/);
    const offline = await onPage(async (page) => {
      await page.evaluate(async () => {
        window.slim = await import("/dist/slim.js");
      });
      await page.context().setOffline(true);
      return page.evaluate(() => window.slim.init().catch((error) => error.message));
    });
    assert.match(offline, /^portform\.wasm could not be loaded from http:\/\/127\.0\.0\.1:\d+\/dist\/portform\.wasm: there was no answer\.$/);
  });
});
