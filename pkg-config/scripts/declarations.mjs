// Keeps of the emitted declaration files those that an entry reaches; the rest describes internals.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

export function pruneDeclarations(folder, entries) {
  const kept = new Set();
  const visit = (name) => {
    if (kept.has(name)) return;
    kept.add(name);
    const text = readFileSync(join(folder, name), "utf8");
    for (const [, path] of text.matchAll(/(?:from|import\()\s*"\.\/([^"]+)\.js"/g)) visit(`${path}.d.ts`);
  };
  for (const entry of entries) visit(`${entry}.d.ts`);
  for (const name of readdirSync(folder)) {
    if (name.endsWith(".d.ts") && !kept.has(name)) rmSync(join(folder, name));
  }
}
