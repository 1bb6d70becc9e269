// Keeps of the emitted declaration files those that an entry reaches; the rest describes internals.
import { readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { join, posix } from "node:path";

export function pruneDeclarations(folder, entries) {
  const kept = new Set();
  const visit = (name) => {
    if (kept.has(name)) return;
    kept.add(name);
    const text = readFileSync(join(folder, name), "utf8");
    for (const [, path] of text.matchAll(/(?:from|import\()\s*"(\.\.?\/[^"]+)\.js"/g)) {
      visit(`${posix.join(posix.dirname(name), path)}.d.ts`);
    }
  };
  for (const entry of entries) visit(`${entry}.d.ts`);
  prune(folder, "", kept);
}

function prune(folder, under, kept) {
  for (const item of readdirSync(join(folder, under), { withFileTypes: true })) {
    const name = posix.join(under, item.name);
    if (item.isDirectory()) {
      prune(folder, name, kept);
      if (readdirSync(join(folder, name)).length === 0) rmdirSync(join(folder, name));
    } else if (name.endsWith(".d.ts") && !kept.has(name)) rmSync(join(folder, name));
  }
}
