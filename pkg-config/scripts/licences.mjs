// Writes THIRD_PARTY.md: the licence of everything that is compiled or bundled into the package. The crates come from
// `cargo metadata`, the bundled npm packages from esbuild's list of inputs, so that nothing is kept by hand.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { config, pkg, root } from "./paths.mjs";

/** The texts that hold: of a choice of licences the shortest one to fulfil, which is MIT. */
const TEXTS = [/^LICEN[CS]E-MIT/i, /^LICEN[CS]E(\.\w+)?$/i, /^COPYING/i, /^LICEN[CS]E/i];

export function writeLicences(inputs) {
  const parts = [...crates(), ...bundled(inputs)].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const byText = new Map();
  for (const part of parts) {
    const text = textOf(part.folder);
    const key = text.replace(/\s+/g, " ");
    const group = byText.get(key) ?? { text, parts: [] };
    group.parts.push(part);
    byText.set(key, group);
  }
  const sections = [...byText.values()].map(({ text, parts: same }) => {
    const names = same.map(({ name, version, license }) => `* ${name} ${version} (${license})`).join("\n");
    return text === "" ? `${names}\n\nIts sources carry no text of their own; LICENSE-MIT and LICENSE-APACHE hold the terms.` : `${names}\n\n~~~text\n${text}\n~~~`;
  });
  const head =
    "# What others wrote\n\nCompiled or bundled into this package, each under its own licence. The Rust standard library (MIT OR Apache-2.0,\n" +
    "The Rust Project Developers) is compiled in too.\n";
  writeFileSync(join(pkg, "THIRD_PARTY.md"), `${[head, ...sections].join("\n---\n\n")}\n`);
}

/** The crates that the modules of the package are compiled from. */
function crates() {
  const asked = ["metadata", "--format-version", "1", "--filter-platform", "wasm32-unknown-unknown"];
  const { status, stdout, stderr } = spawnSync(process.env.CARGO ?? "cargo", [...asked, "--features", "portform/wasm,portform/client-wasm"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`cargo metadata failed: ${stderr}`);
  const { packages, resolve } = JSON.parse(stdout);
  const byId = new Map(packages.map((one) => [one.id, one]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const own = packages.find((one) => one.name === "portform").id;
  const seen = new Set();
  const waiting = [own];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    // A macro's own code ends with the build.
    const macro = byId.get(id).targets.some((target) => target.kind.includes("proc-macro"));
    if (seen.has(id) || macro) continue;
    seen.add(id);
    for (const { pkg: needed, dep_kinds: kinds } of nodes.get(id).deps) {
      if (kinds.some(({ kind }) => kind === null)) waiting.push(needed);
    }
  }
  seen.delete(own);
  return [...seen].map((id) => {
    const { name, version, license, manifest_path: manifest } = byId.get(id);
    return { name, version, license, folder: dirname(manifest) };
  });
}

/** The npm packages whose code stands in the entries. */
function bundled(inputs) {
  const names = new Set();
  for (const input of inputs) {
    const [, name] = input.match(/(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//) ?? [];
    if (name !== undefined) names.add(name);
  }
  return [...names].map((name) => {
    const folder = join(config, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return { name: `${name} (npm)`, version, license, folder };
  });
}

function textOf(folder) {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  for (const wanted of TEXTS) {
    const found = files.find((file) => wanted.test(file));
    if (found !== undefined) return readFileSync(join(folder, found), "utf8").trim();
  }
  return "";
}
