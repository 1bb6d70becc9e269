// Where the wasm cannot be started at once, or at all: the default entry says in one sentence why, and what to do; portform/slim
// starts without keeping anybody waiting, and says what came from where when it cannot.
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, test, vi } from "vitest";
import { example, fresh } from "./support.js";

const file = new URL("../node_modules/portform/dist/portform.wasm", import.meta.url);
const wasm = readFileSync(file);
const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0)) one();
  vi.useRealTimers();
});

async function entry(name: "portform" | "portform/slim"): Promise<Awaited<ReturnType<typeof fresh>>> {
  const here = await fresh(name);
  undo.unshift(here.restore);
  return here;
}

/** Puts something in the place of a global until the test is over. */
function put(name: string, value: unknown): void {
  const before = Object.getOwnPropertyDescriptor(globalThis, name) as PropertyDescriptor;
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  undo.unshift(() => Object.defineProperty(globalThis, name, before));
}

/** As Chromium up to 114 on the main thread: nothing of more than 4 KB is compiled or started at once. */
function refuseSynchronous(): void {
  const refuse = (what: string): never => {
    throw new RangeError(`WebAssembly.${what} is disallowed on the main thread, if the buffer size is larger than 4KB. Use WebAssembly.${what.toLowerCase()}.`);
  };
  WebAssembly.Module = new Proxy(WebAssembly.Module, { construct: () => refuse("Compile") });
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, { construct: () => refuse("Instance") });
}

function message(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

const cycle = example("cycle.create");

describe("the default entry", () => {
  const causes: readonly [string, () => void, RegExp][] = [
    ["where nothing is compiled at once", refuseSynchronous, /^portform cannot start: this browser does not compile WebAssembly of this size synchronously here; import portform\/slim instead, and await its init\(\)\.$/],
    [
      "where the policy forbids it",
      () => {
        WebAssembly.Module = new Proxy(WebAssembly.Module, {
          construct: () => {
            throw new WebAssembly.CompileError("WebAssembly.Module(): Wasm code generation disallowed by embedder");
          },
        });
      },
      /^portform cannot start: the page's content security policy \(it has to allow 'wasm-unsafe-eval'\) or the runtime forbids [^\n]*portform\/slim\.$/,
    ],
    ["where there is none", () => put("WebAssembly", undefined), /^portform cannot start: there is no WebAssembly here, which portform\/slim needs as well\.$/],
    [
      "where instances are not started at once",
      () => {
        const { Module } = WebAssembly;
        refuseSynchronous();
        WebAssembly.Module = Module;
      },
      /^portform cannot start: this browser [^\n]*portform\/slim[^\n]*\.$/,
    ],
  ];

  test.each(causes)("says what to do %s, each time", async (_, arrange, words) => {
    const { module } = await entry("portform");
    arrange();
    expect(module.cycleCreate.name).toBe("cycle.create");
    for (const use of [
      () => module.cycleCreate.check(cycle),
      () => module.cycleCreate.checkJson("{}"),
      () => module.cycleCreate.form(),
      () => module.cycleCreate.title,
      () => module.cycleCreate.fields(),
      () => module.cycleCreate.with({ locale: "en" }),
      () => module.cycleCreate["~standard"].validate({}),
    ]) {
      expect(message(use)).toMatch(words);
    }
  });

  test("starts when it can after all", async () => {
    const { module } = await entry("portform");
    put("WebAssembly", undefined);
    expect(() => module.cycleCreate.check(cycle)).toThrow("portform/slim");
    undo.shift()?.();
    expect(module.cycleCreate.check(cycle).valid).toBe(true);
  });
});

describe("slim where nothing is started at once", () => {
  test("starts, checks and keeps forms", async () => {
    const { module, started } = await entry("portform/slim");
    refuseSynchronous();
    await module.init(wasm);
    expect(module.cycleCreate.check(cycle).valid).toBe(true);
    const form = module.cycleCreate.form(cycle);
    form.set("/id", "");
    expect(form.summary().errors).toBe(1);
    expect(module.cycleCreate.check(cycle).valid).toBe(true);
    expect(started()).toBeLessThanOrEqual(2);
  });

  test("starts again after a failure, and nothing is lost", async () => {
    const { module, breaks } = await entry("portform/slim");
    refuseSynchronous();
    await module.init(wasm);
    const form = module.cycleCreate.form(cycle);
    form.set("/notes", "typed");
    for (let i = 0; i < 3; i++) {
      breaks("form_set", () => new WebAssembly.RuntimeError("unreachable"));
      expect(() => form.set("/notes", "lost")).toThrow(/not enough memory/);
      let answered: unknown;
      try {
        answered = form.get("/notes");
      } catch (error) {
        expect((error as Error).message).toMatch(/^portform starts again, because a call failed inside: try once more in a moment\.$/);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
      answered ??= form.get("/notes");
      expect(answered).toBe("typed");
      expect(module.cycleCreate.check(cycle).valid).toBe(true);
    }
  });
});

describe("init", () => {
  /** A server whose answers the test decides; gives its address. */
  async function serve(answer: (response: ServerResponse, path: string) => void): Promise<string> {
    const server: Server = createServer((request, response) => answer(response, request.url ?? ""));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    undo.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/portform.wasm`;
  }

  const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
    good: (response) => response.writeHead(200, { "content-type": "application/wasm" }).end(wasm),
    "good, of another type": (response) => response.writeHead(200, { "content-type": "application/octet-stream" }).end(wasm),
    "good, of no type": (response) => response.writeHead(200).end(wasm),
    "good, of a type in capitals with a parameter": (response) => response.writeHead(200, { "content-type": "Application/WASM; charset=binary" }).end(wasm),
    "404": (response) => response.writeHead(404, { "content-type": "text/html; charset=utf-8" }).end("<!doctype html><p>not here"),
    "500": (response) => response.writeHead(500).end(),
    html: (response) => response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>The page of a single-page application</title>"),
    "html that calls itself wasm": (response) => response.writeHead(200, { "content-type": "application/wasm" }).end("<!doctype html>"),
    empty: (response) => response.writeHead(200, { "content-type": "application/wasm" }).end(),
    truncated: (response) => response.writeHead(200, { "content-type": "application/wasm" }).end(wasm.subarray(0, wasm.length / 2)),
    "truncated, of another type": (response) => response.writeHead(200, { "content-type": "application/octet-stream" }).end(wasm.subarray(0, wasm.length / 2)),
    "broken off": (response) => {
      response.writeHead(200, { "content-type": "application/octet-stream", "content-length": wasm.length });
      response.write(wasm.subarray(0, 1000), () => response.destroy());
    },
  };
  const failed: Readonly<Record<string, RegExp>> = {
    "404": /could not be loaded from http:\/\/127\.0\.0\.1:\d+\/portform\.wasm: the answer was 404, text\/html; charset=utf-8\.$/,
    "500": /could not be loaded from http:\/\/127[^ ]*\/portform\.wasm: the answer was 500 without a content type\.$/,
    html: /could not be compiled from http:\/\/127[^ ]*\/portform\.wasm: the answer was 200, text\/html, and its \d+ bytes are no WebAssembly but a page of HTML\.$/,
    "html that calls itself wasm": /could not be compiled from http:\/\/127[^ ]*: the answer was 200, application\/wasm, and it does not compile/,
    empty: /could not be compiled from http:\/\/127[^ ]*: the answer was 200, application\/wasm, and it does not compile/,
    truncated: /could not be compiled from http:\/\/127[^ ]*: the answer was 200, application\/wasm, and it does not compile: it is cut off or damaged/,
    "truncated, of another type": /could not be compiled from http:\/\/127[^ ]*: the answer was 200, application\/octet-stream, and it does not compile: it is cut off or damaged/,
    "broken off": /could not be loaded from http:\/\/127[^ ]*: the answer was 200, application\/octet-stream, and broke off\.$/,
  };
  const good = Object.keys(answers).filter((name) => !(name in failed));

  const ways: Readonly<Record<string, (address: string) => Parameters<typeof import("portform/slim").init>[0]>> = {
    "an address": (address) => address,
    "a URL": (address) => new URL(address),
    "a Request": (address) => new Request(address),
    "a Promise of a Response": (address) => fetch(address),
    "{ module: address }": (address) => ({ module: address }),
    "{ module: Promise of a Response }": (address) => ({ module: fetch(address) }),
  };

  describe.each(Object.keys(ways))("of %s", (way) => {
    const source = ways[way] as (typeof ways)[string];

    test.each(good)("that is %s starts", async (name) => {
      const { module } = await entry("portform/slim");
      const address = await serve(answers[name] as (typeof answers)[string]);
      await module.init(source(address));
      expect(module.cycleCreate.check(cycle).valid).toBe(true);
    });

    test.each(Object.keys(failed))("that is %s says so, and can be tried again", async (name) => {
      const { module } = await entry("portform/slim");
      const address = await serve(answers[name] as (typeof answers)[string]);
      await expect(module.init(source(address))).rejects.toThrow(failed[name] as RegExp);
      expect(() => module.cycleCreate.check({})).toThrow("init()");
      await module.init(wasm);
      expect(module.cycleCreate.check(cycle).valid).toBe(true);
    });
  });

  test("says when there is no answer", async () => {
    const { module } = await entry("portform/slim");
    await expect(module.init("http://127.0.0.1:9/portform.wasm")).rejects.toThrow(/^portform\.wasm could not be loaded from http:\/\/127\.0\.0\.1:9\/portform\.wasm: there was no answer\.$/);
    await expect(module.init(Promise.reject(new Error("offline")))).rejects.toThrow("offline");
    await module.init(file);
  });

  test("reads a file, and says when it is not there or is something else", async () => {
    const { module } = await entry("portform/slim");
    const folder = mkdtempSync(join(tmpdir(), "portform-slim-"));
    undo.push(() => rmSync(folder, { recursive: true }));
    const other = pathToFileURL(join(folder, "other.wasm"));
    await expect(module.init(other)).rejects.toThrow(/^portform\.wasm could not be read from file:[^ ]*other\.wasm\.$/);
    writeFileSync(other, "not wasm");
    await expect(module.init(other.href)).rejects.toThrow(/^portform\.wasm could not be compiled from file:[^ ]*other\.wasm: its 8 bytes are no WebAssembly\.$/);
    writeFileSync(other, wasm);
    await module.init(other);
    expect(module.cycleCreate.check(cycle).valid).toBe(true);
  });

  test("takes bytes of every kind, and a module, as they are or as { module }", async () => {
    const odd = new Uint8Array(wasm.length + 3);
    odd.set(wasm, 3);
    const all = [wasm, new Uint8Array(wasm).buffer, new DataView(new Uint8Array(wasm).buffer), odd.subarray(3), new WebAssembly.Module(wasm), Promise.resolve(new WebAssembly.Module(wasm))] as const;
    for (const source of all) {
      for (const given of [source, { module: source }]) {
        const { module } = await entry("portform/slim");
        await module.init(given as WebAssembly.Module);
        expect(module.cycleCreate.check(cycle).valid).toBe(true);
      }
    }
  });

  test("of anything else is a TypeError", async () => {
    const { module } = await entry("portform/slim");
    for (const source of [null, 5, true, {}, [], () => wasm, Symbol("x"), new Map()]) {
      await expect(module.init(source as unknown as string)).rejects.toThrow(/^init takes an address \(a text, a URL or a Request\), a Response, the bytes of portform\.wasm, or a WebAssembly\.Module\.$/);
    }
  });

  test("many at once load once, and one that fails lets the next try", async () => {
    const { module, started } = await entry("portform/slim");
    let asked = 0;
    const address = await serve((response) => (asked++ === 0 ? answers["500"] : answers["good"])?.(response));
    const first = await Promise.allSettled(Array.from({ length: 5 }, () => module.init(address)));
    expect(first.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => "rejected"));
    await Promise.all(Array.from({ length: 5 }, () => module.init(address)));
    await module.init("http://127.0.0.1:9/never");
    expect(asked).toBe(2);
    expect(started()).toBe(1);
  });

  test("says that there is no WebAssembly", async () => {
    const { module } = await entry("portform/slim");
    put("WebAssembly", undefined);
    await expect(module.init(wasm)).rejects.toThrow(/^portform\/slim cannot start: there is no WebAssembly here\.$/);
  });
});
