// Writes the published package.json: what package.json here says of the package, the version of the
// Cargo workspace (its only source), and the exports of the entries that were built.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { config, pkg, root } from "./paths.mjs";

/** Entries that do something when they are imported: what runs on a worker's thread, and what makes elements known. */
const EFFECTS = ["worker-thread", "element", "table-thread"];
/** Files that only stand beside an entry. */
const BESIDE = ["table-sheets", "table-thread"];

export function writeManifest(entries) {
  const { devDependencies, scripts, ...own } = JSON.parse(readFileSync(join(config, "package.json"), "utf8"));
  const [, version] = readFileSync(join(root, "Cargo.toml"), "utf8").match(
    /^\[workspace\.package\]\s+version = "([^"]+)"/m,
  );
  const exportOf = (entry) => ({ types: `./dist/${entry}.d.ts`, default: `./dist/${entry}.js` });
  const exports = Object.fromEntries(
    entries.filter((entry) => !BESIDE.includes(entry)).map((entry) => [entry === "index" ? "." : `./${entry}`, exportOf(entry)]),
  );
  const manifest = {
    name: own.name,
    version,
    ...own,
    sideEffects: entries.filter((entry) => EFFECTS.includes(entry)).map((entry) => `./dist/${entry}.js`),
    main: exports["."].default,
    types: exports["."].types,
    exports: { ...exports, "./portform.wasm": "./dist/portform.wasm", "./schemas/*": "./schemas/*", "./package.json": "./package.json" },
    files: ["dist", "schemas", "reference", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "THIRD_PARTY.md"],
  };
  writeFileSync(join(pkg, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}
