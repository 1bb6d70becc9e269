// T7: what a browser downloads, compressed as a server would: portform's entries as they ship, and each peer with the rules of the
// two payloads that the benchmark has, bundled and minified. The peers' rules are of 2 payloads, portform's of all.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dist = (name) => readFileSync(here(`../node_modules/portform/dist/${name}`));

const PEERS = {
  "zod, with locales ru and uk": 'import { z } from "zod"; import { zod } from "./peers/zod.js"; z.config(z.locales.ru()); z.config(z.locales.ua()); export { zod };',
  "react-hook-form + zod, with locales": 'import { z } from "zod"; import { zod } from "./peers/zod.js"; z.config(z.locales.ru()); z.config(z.locales.ua()); export { zod }; export * from "react-hook-form"; export * from "@hookform/resolvers/zod";',
  valibot: 'export { valibot } from "./peers/valibot.js";',
  arktype: 'export { arktype } from "./peers/arktype.js";',
  "ajv, formats, compiling in the page": 'import { Ajv } from "ajv"; import formats from "ajv-formats"; import { resultsSchema } from "./peers/ajv-schemas.js"; export const validate = formats(new Ajv({ allErrors: true })).compile(resultsSchema); export * from "./rules.js";',
  yup: 'export { yupSchemas } from "./peers/yup.js";',
};

const compressed = (...parts) => ({
  raw: parts.reduce((sum, part) => sum + part.length, 0),
  gzip: parts.reduce((sum, part) => sum + gzipSync(part, { level: 9 }).length, 0),
  brotli: parts.reduce((sum, part) => sum + brotliCompressSync(part).length, 0),
});

/** One bundle of what stands in `contents`, minified, with the libraries that a page has anyway left out. */
export async function bundle(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: here("."), loader: "js" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: ["react", "react-dom"],
    write: false,
    logLevel: "silent",
  });
  return outputFiles[0].contents;
}

/** Sizes in bytes by name. */
export async function sizes() {
  const all = {
    "portform/slim": compressed(dist("slim.js"), dist("portform.wasm")),
    portform: compressed(dist("index.js")),
  };
  for (const [name, contents] of Object.entries(PEERS)) all[name] = compressed(await bundle(contents));
  return all;
}
