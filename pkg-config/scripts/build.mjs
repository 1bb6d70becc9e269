// Turns the optimised wasm, its glue and the TypeScript sources into the npm package in pkg/. Run by
// `cargo xtask build`, which makes build/ first. It decides how the package is laid out; it knows no payload.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { pruneDeclarations } from "./declarations.mjs";
import { writeGlue } from "./glue.mjs";
import { writeInline } from "./inline.mjs";
import { writeLicences } from "./licences.mjs";
import { writeManifest } from "./manifest.mjs";
import { built, config, dist, installed, pkg, root, sources } from "./paths.mjs";

const required = ["index", "slim"];
const optional = ["client", "store", "worker", "worker-thread", "element", "table", "table-sheets", "table-thread"];
/** Each is thin, and its framework the page's own. */
const frameworks = { react: ["react"], vue: ["vue"], svelte: ["svelte", "svelte/*"], angular: ["@angular/core"] };

for (const [path, remedy] of [
  ...["portform.wasm", "bindgen.js", "client.wasm", "client-glue.js"].map((file) => [join(built, file), "run `cargo xtask build`, which makes it"]),
  ...required.map((entry) => [join(sources, `${entry}.ts`), "restore it: it is an entry of the package"]),
]) {
  if (!existsSync(path)) {
    console.error(`${path} is missing: ${remedy}`);
    process.exit(1);
  }
}
const entries = [...required, ...[...optional, ...Object.keys(frameworks)].filter((entry) => existsSync(join(sources, `${entry}.ts`)))];

rmSync(pkg, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
writeGlue(built);
await writeInline(join(built, "portform.wasm"), join(built, "wasm-inline"));
await writeInline(join(built, "client.wasm"), join(built, "client-inline"));

/** Style sheets as text, minified. */
const styleSheets = {
  name: "style-sheets",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(readFileSync(path, "utf8"), { loader: "css", minify: true, target: "es2022" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

/** What papaparse asks Node for, to parse streams, which nothing here does. */
const noStreams = {
  name: "no-streams",
  setup(build) {
    build.onResolve({ filter: /^stream$/ }, () => ({ path: "stream", namespace: "nothing" }));
    build.onLoad({ filter: /^stream$/, namespace: "nothing" }, () => ({ contents: "" }));
  },
};

// One self-contained file per entry: whoever imports one never loads another, and no bundler has to
// find a second file (but slim's wasm).
const { metafile } = await esbuild.build({
  entryPoints: entries.map((entry) => join(sources, `${entry}.ts`)),
  outdir: dist,
  bundle: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  minify: true,
  legalComments: "none",
  metafile: true,
  // Relative ones stand beside the entry: a page without a bundler finds them too.
  external: ["portform", "portform/*", "./index.js", "./client.js", "./table.js", "./table-sheets.js", ...Object.values(frameworks).flat()],
  // papaparse has no other.
  mainFields: ["module", "main"],
  plugins: [styleSheets, noStreams],
  logLevel: "warning",
});

const declarations = spawnSync(
  process.execPath,
  [join(config, "node_modules/typescript/bin/tsc"), "-p", join(config, "tsconfig.json"), "--outDir", dist],
  { stdio: "inherit" },
);
if (declarations.status !== 0) process.exit(declarations.status ?? 1);
pruneDeclarations(dist, entries);

cpSync(join(built, "portform.wasm"), join(dist, "portform.wasm"));
for (const folder of ["schemas", "reference"]) {
  cpSync(join(config, folder), join(pkg, folder), { recursive: true });
}
for (const file of ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"]) {
  cpSync(join(root, file), join(pkg, file));
}
writeLicences(Object.keys(metafile.inputs));
writeManifest(entries);

// As an install would lay it out, so that tests import it by its public name through its `exports`.
rmSync(installed, { recursive: true, force: true });
cpSync(pkg, installed, { recursive: true });

// Its one dependency (types only) beside it, so that pkg/ can also be used where it is, through a `file:`
// link. npm never packs this folder.
cpSync(join(config, "node_modules/@standard-schema"), join(pkg, "node_modules/@standard-schema"), { recursive: true });
