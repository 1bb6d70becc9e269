// Runtimes that have nothing but the language and WebAssembly: no coders of text, no timers, no registry of what is forgotten, as old
// workers and Jest's jsdom have it. Importing makes nothing of any platform, and everything works.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createContext, runInContext, type Context } from "node:vm";
import { buildSync } from "esbuild";
import { describe, expect, test } from "vitest";
import * as portform from "portform";
import { example } from "./support.js";

/** What a younger engine has of itself. */
const YOUNG = ["FinalizationRegistry", "WeakRef", "SharedArrayBuffer", "Atomics"];
/** What a page, a worker or Node has, and what may be called at use but never at import. */
const PLATFORM = [
  ...["TextDecoder", "TextEncoder", "URL", "URLSearchParams", "Blob", "File", "FormData", "Headers", "Request", "Response", "AbortController", "AbortSignal", "Worker", "MessageChannel"],
  ...["BroadcastChannel", "EventTarget", "Event", "CustomEvent", "HTMLElement", "CSSStyleSheet", "DOMParser", "FinalizationRegistry", "WeakRef", "Intl"],
];
const CALLED = ["fetch", "atob", "btoa", "setTimeout", "setInterval", "queueMicrotask", "structuredClone", "reportError", "addEventListener", "postMessage", "matchMedia", "requestAnimationFrame"];

/** An entry of the package as a script. */
function script(entry: string): string {
  const built = buildSync({ entryPoints: [createRequire(import.meta.url).resolve(entry)], bundle: true, format: "iife", globalName: "entry", write: false, logLevel: "silent", external: ["node:*"] });
  return `${built.outputFiles[0]?.text}\nentry;`;
}

function bare(): Context {
  const context = createContext({});
  runInContext(`for (const name of ${JSON.stringify(YOUNG)}) delete globalThis[name]; delete Symbol.dispose;`, context);
  return context;
}

const scripts = Object.fromEntries(["portform", "portform/slim", "portform/worker", "portform/store"].map((entry) => [entry, script(entry)])) as Readonly<Record<string, string>>;

test.each(Object.keys(scripts))("importing %s needs nothing, and makes nothing of what there is", (entry) => {
  const without = runInContext(scripts[entry] as string, bare()) as object;
  expect(Object.keys(without).length).toBeGreaterThan(0);
  const touched: string[] = [];
  const platform: Record<string, unknown> = {};
  for (const name of [...PLATFORM, ...CALLED]) {
    platform[name] = class {
      constructor() {
        touched.push(name);
      }
    };
    if (CALLED.includes(name)) platform[name] = () => touched.push(name);
  }
  platform["crypto"] = new Proxy({}, { get: (_, key) => touched.push(`crypto.${String(key)}`) });
  platform["performance"] = { now: () => touched.push("performance.now") };
  runInContext(scripts[entry] as string, createContext(platform));
  expect(touched).toEqual([]);
});

describe("without a platform", () => {
  const context = bare();
  const without = runInContext(scripts["portform"] as string, context) as typeof portform;
  const inside = (value: unknown): unknown => runInContext(`JSON.parse(${JSON.stringify(JSON.stringify(value))})`, context);
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

  test("checks are the same, in every language", () => {
    for (const locale of ["ru", "uk", "en"] as const) {
      for (const value of [example("cycle.create"), { id: "ключ 🗝", "невідомо \ud83d": "x", notes: "\udc00" }, {}]) {
        expect(plain(without.cycleCreate.check(inside(value), { locale }))).toEqual(plain(portform.cycleCreate.check(value, { locale })));
        const text = JSON.stringify(value);
        expect(plain(without.cycleCreate.checkJson(text, { locale }))).toEqual(plain(portform.cycleCreate.checkJson(text, { locale })));
      }
    }
    expect(plain(without.cycleCreate.fields())).toEqual(plain(portform.cycleCreate.fields()));
    expect(plain(without.cycleCreate.jsonSchema())).toEqual(plain(portform.cycleCreate.jsonSchema()));
  });

  test("a form lives", () => {
    const [form, right] = [without.cycleCreate.form(inside(example("cycle.create"))), portform.cycleCreate.form(example("cycle.create"))];
    for (const one of [form, right]) {
      one.set("/notes", "Примітка 😀".repeat(50));
      one.set("/price", "12 000,50");
      one.undo();
    }
    expect(plain([form.value(), form.issues(), form.preview()])).toEqual(plain([right.value(), right.issues(), right.preview()]));
    form.free();
    right.free();
    expect(() => form.value()).toThrow(/freed/);
  });

  test("large inputs are given back at once", () => {
    const text = `{"cycle_id":"1","results":[${Array.from({ length: 100_000 }, (_, at) => `{"request_number":"${at}","result_status":"FAILED","test_mark":2,"certificate":"${"ж".repeat(100)}"}`).join()}]}`;
    expect(without.resultsBulkUpdate.checkJson(text).valid).toBe(true);
    expect(without.resultsBulkUpdate.checkJson(text).body).toBe(portform.resultsBulkUpdate.checkJson(text).body);
  });

  test("a listener's error is seen", async () => {
    const seen = new Promise((resolve) => process.once("unhandledRejection", resolve));
    const before = process.listeners("unhandledRejection");
    const form = without.cycleCreate.form();
    form.subscribe(() => {
      throw new Error("mine");
    });
    for (const listener of before.slice(0, -1)) process.removeListener("unhandledRejection", listener);
    form.set("/id", "1");
    expect(await seen).toMatchObject({ message: "mine" });
    for (const listener of before.slice(0, -1)) process.on("unhandledRejection", listener);
  });
});

test("slim starts without a platform, from bytes or a module", async () => {
  const bytes = readFileSync(new URL("../node_modules/portform/dist/portform.wasm", import.meta.url));
  for (const source of [bytes, new Uint8Array(bytes).buffer, new WebAssembly.Module(bytes)]) {
    const slim = runInContext(scripts["portform/slim"] as string, bare()) as typeof import("portform/slim");
    await slim.init(source);
    expect(slim.cycleCreate.check({}).valid).toBe(false);
  }
});
