// portform/slim: nothing runs before `init`, everything after it, wherever the wasm comes from.
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import * as portform from "portform";
import { example, fresh } from "./support.js";

const file = new URL("../node_modules/portform/dist/portform.wasm", import.meta.url);
let restore = (): void => undefined;
let server: Server | undefined;
afterEach(() => {
  restore();
  server?.close();
  server = undefined;
});

async function slim(): Promise<typeof import("portform/slim")> {
  const { module, restore: undo } = await fresh("portform/slim");
  restore = undo;
  return module;
}

async function serve(status: number): Promise<string> {
  server = createServer((_, response) => response.writeHead(status).end(readFileSync(file)));
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/portform.wasm`;
}

test("has the surface of the default entry, and init", async () => {
  const module = await slim();
  expect(Object.keys(module).sort()).toEqual([...Object.keys(portform), "default", "init"].sort());
  expect(module.default).toBe(module.init);
});

test("says what to call when it is used before init, and works after it", async () => {
  const module = await slim();
  expect(module.cycleCreate.name).toBe("cycle.create");
  const bound = module.cycleCreate.with({ locale: "en" });
  for (const use of [
    () => module.cycleCreate.check({}),
    () => module.cycleCreate.checkJson("{}"),
    () => module.cycleCreate.fields(),
    () => module.cycleCreate.form(),
    () => module.cycleCreate["~standard"].validate({}),
    () => module.payloads["cycle.create"]?.title,
    () => bound.check({}),
  ]) {
    expect(use).toThrow(/^portform\/slim is not ready: call and await init\(\) first[^\n]*\.$/);
  }
  await module.init();
  expect(module.cycleCreate.check(example("cycle.create"))).toEqual(portform.cycleCreate.check(example("cycle.create")));
  expect(bound.check({}).issues[0]?.message).not.toMatch(/[а-я]/i);
});

describe("init takes", () => {
  test.each<[string, () => Parameters<typeof import("portform/slim").init>[0]]>([
    ["nothing", () => undefined],
    ["bytes", () => readFileSync(file)],
    ["an ArrayBuffer", () => new Uint8Array(readFileSync(file)).buffer],
    ["a module", () => new WebAssembly.Module(readFileSync(file))],
    ["a URL of a file", () => file],
    ["a URL of a file as text", () => file.href],
    ["a Response", () => new Response(readFileSync(file))],
    ["a Promise of a Response", () => Promise.resolve(new Response(readFileSync(file)))],
  ])("%s", async (_, source) => {
    const module = await slim();
    await module.init(source());
    expect(module.cycleCreate.check(example("cycle.create")).valid).toBe(true);
  });

  test("an address", async () => {
    const module = await slim();
    await module.init(await serve(200));
    expect(module.cycleCreate.check(example("cycle.create")).valid).toBe(true);
  });
});

test("init that fails says why, and can be tried again", async () => {
  const module = await slim();
  await expect(module.init(await serve(404))).rejects.toThrow("404");
  await expect(module.init(new Uint8Array([1, 2, 3]))).rejects.toThrow(WebAssembly.CompileError);
  expect(() => module.cycleCreate.check({})).toThrow("init()");
  await module.init(file);
  expect(module.cycleCreate.check(example("cycle.create")).valid).toBe(true);
});

test("further calls of init wait for the first", async () => {
  const module = await slim();
  const first = module.init();
  const second = module.init(new Uint8Array([1, 2, 3]));
  await Promise.all([first, second]);
  await module.init(new Uint8Array([1, 2, 3]));
  expect(module.cycleCreate.check(example("cycle.create")).valid).toBe(true);
});
