// What npm publishes: every file that the manifest names, the licences of what is compiled in, and nothing of the
// machine on which it was built.
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const manifestAt = createRequire(import.meta.url).resolve("portform/package.json");
const folder = dirname(manifestAt);
const manifest = JSON.parse(readFileSync(manifestAt, "utf8")) as {
  files: string[];
  exports: Record<string, string | Record<string, string>>;
};
const checkout = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

describe("the published package", () => {
  test("every file that its manifest names is there", () => {
    const named = Object.values(manifest.exports).flatMap((target) => (typeof target === "string" ? [target] : Object.values(target)));
    const plain = named.filter((target) => !target.includes("*"));
    expect(plain.length).toBeGreaterThan(5);
    for (const file of [...plain, ...manifest.files]) expect(existsSync(join(folder, file)), file).toBe(true);
  });

  test("nothing in it names a folder of whoever built it", () => {
    for (const file of ["dist/portform.wasm", "dist/slim.js", "dist/client.js", "dist/store.js", "dist/worker.js"]) {
      const bytes = readFileSync(join(folder, file));
      for (const own of [homedir(), checkout]) expect(bytes.includes(own), `${file} names a folder of the builder`).toBe(false);
    }
  });

  test("its elements can be imported where there is no page, as on a server", async () => {
    const { PortformForm } = await import("portform/element");
    expect(PortformForm.formAssociated).toBe(true);
    expect(globalThis.customElements).toBeUndefined();
  });

  test("the licences of the crates and npm packages in it come with it", () => {
    const licences = readFileSync(join(folder, "THIRD_PARTY.md"), "utf8");
    for (const part of ["chrono", "wasm-bindgen", "gloo-net", "idb (npm)"]) expect(licences).toContain(`* ${part} `);
    expect(licences).not.toContain("proptest");
  });
});
