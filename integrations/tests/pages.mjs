// How each framework's page is built: with the framework's own plug-in for Vite, and nothing that portform would ask for.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { transformAsync } from "@babel/core";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import react from "@vitejs/plugin-react";
import vue from "@vitejs/plugin-vue";
import { build } from "vite";
import { root, run, tool } from "./support.mjs";

/** The React Compiler, which fails the build where it cannot compile a component or a hook. */
const compiler = {
  name: "react-compiler",
  enforce: "pre",
  async transform(code, id) {
    if (!/\.tsx$/.test(id)) return undefined;
    const done = await compiled(code, id);
    if (!done.code.includes("react/compiler-runtime")) throw new Error(`The React Compiler left ${id} as it was.`);
    return { code: done.code, map: done.map };
  },
};

export function compiled(code, filename) {
  return transformAsync(code, {
    filename,
    babelrc: false,
    configFile: false,
    sourceMaps: true,
    parserOpts: { plugins: ["typescript", "jsx"] },
    plugins: [["babel-plugin-react-compiler", { panicThreshold: "all_errors" }]],
  });
}

const PAGES = {
  react: () => page("react", [compiler, react()]),
  // Without StrictMode's doubling, as it is published.
  "react-production": () => page("react", [compiler, react()], "react-production", "production"),
  // The oldest one that is promised; the compiler's code wants a newer one.
  "react-18": () => page("react", [react()], "react-18", "development", { react: "react-18", "react-dom": "react-dom-18" }),
  vue: () => page("vue", [vue()]),
  svelte: () => page("svelte", [svelte({ configFile: false })]),
  "react-later": () => page("react-later", [compiler, react()]),
  async angular() {
    run(process.execPath, [join(root, "node_modules/@angular/compiler-cli/bundles/src/bin/ngc.js"), "-p", join(root, "apps/angular/tsconfig.json")]);
    await page("angular", []);
  },
};

/** The pages that say the same in each framework. */
export const names = Object.keys(PAGES).filter((name) => name !== "react-later");

/** Builds a page for development, so that the framework's own warnings and StrictMode are there; gives its folder. */
export async function built(name) {
  await PAGES[name]();
  return join(root, "dist", name);
}

async function page(name, plugins, folder = name, mode = "development", alias = {}) {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = mode;
  try {
    await build({
      root: join(root, "apps", name),
      configFile: false,
      mode,
      base: "./",
      logLevel: "error",
      plugins,
      resolve: { alias },
      define: { "process.env.NODE_ENV": JSON.stringify(mode) },
      build: { outDir: join(root, "dist", folder), emptyOutDir: true, target: "es2022", minify: mode === "production", chunkSizeWarningLimit: 4000, modulePreload: { polyfill: false } },
    });
  } finally {
    process.env.NODE_ENV = before;
  }
}

export const source = (path) => readFileSync(join(root, "..", path), "utf8");
export { tool };
