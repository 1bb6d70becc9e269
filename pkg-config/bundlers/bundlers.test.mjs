// The built package through each bundler, as an application would use it: no plug-in for wasm and no option
// that names it. What comes out is run in Node, and in a worker, and has to say what the package says itself. So is an application
// of the worker entry, whose thread needs a second file: Vite and webpack find it, esbuild and Rollup leave it to be copied.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import { afterAll, describe, expect, test, vi } from "vitest";
import { build as vite } from "vite";
import webpack from "webpack";

// A hang is what the limit is for; a busy machine must not look like one.
vi.setConfig({ testTimeout: 60_000 });

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "portform-bundlers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (file, ...options) => execFileSync(process.execPath, [...options, file], { encoding: "utf8" });
const app = here("app.js");
const expected = run(app);

const bundlers = {
  esbuild: (entry, out) =>
    esbuild.build({ entryPoints: [entry], outfile: join(out, "app.mjs"), bundle: true, minify: true, format: "esm" }),
  rollup: async (entry, out) => {
    const bundle = await rollup({ input: entry, plugins: [nodeResolve()] });
    await bundle.write({ file: join(out, "app.mjs"), format: "es" });
  },
  vite: (entry, out) =>
    vite({
      root: here("."),
      base: "./",
      configFile: false,
      logLevel: "error",
      build: {
        outDir: out,
        target: "esnext",
        modulePreload: false,
        rollupOptions: { input: entry, output: { entryFileNames: "app.mjs" } },
      },
    }),
  webpack: (entry, out) =>
    new Promise((resolve, reject) => {
      const output = { path: out, filename: "app.mjs", module: true };
      webpack({ mode: "production", entry, output, experiments: { outputModule: true } }, (error, stats) => {
        if (error || stats.hasErrors()) reject(error ?? new Error(stats.toString()));
        else resolve();
      });
    }),
};

/** Bundlers that see that the worker's script is a file of its own. */
const finding = ["vite", "webpack"];

describe.each(Object.entries(bundlers))("%s", (name, bundle) => {
  const out = join(folder, name);

  test("bundles the package into what says the same", async () => {
    await bundle(app, out);
    expect(run(join(out, "app.mjs"))).toBe(expected);
  });

  test("needs no second file and no eval", () => {
    expect(readdirSync(out)).toEqual(["app.mjs"]);
    expect(readFileSync(join(out, "app.mjs"), "utf8")).not.toMatch(/\beval\(|\bnew Function\b/);
  });

  test("runs in a worker", async () => {
    const worker = new Worker(join(out, "app.mjs"), { stdout: true });
    let text = "";
    worker.stdout.on("data", (data) => (text += data));
    await new Promise((resolve, reject) => worker.once("exit", resolve).once("error", reject));
    expect(text).toBe(expected);
  });

  test("carries the worker's script along, or leaves it where it was", async () => {
    const out = join(folder, `${name}-worker`);
    await bundle(here("worker-app.js"), out);
    if (finding.includes(name)) {
      // Made for browsers: their kind of worker is what the application looks for.
      expect(run(join(out, "app.mjs"), "--import", new URL("web-worker.mjs", import.meta.url).href)).toBe(expected);
      return;
    }
    copyFileSync(here("../node_modules/portform/dist/worker-thread.js"), join(out, "worker-thread.js"));
    expect(run(join(out, "app.mjs"))).toBe(expected);
  });
});

test("an application that imports nothing of it carries nothing of it", async () => {
  const { outputFiles } = await esbuild.build({
    stdin: { contents: 'import "portform"; import { payloads } from "portform"; console.log(1);', resolveDir: join(app, "..") },
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    logLevel: "silent",
  });
  expect(outputFiles[0].text).toBe("console.log(1);\n");
});
