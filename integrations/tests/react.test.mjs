// What React's own tools say of the adapter and of the page that uses it: the React Compiler compiles both, and the lint rules of hooks
// find nothing in them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, test } from "node:test";
import { ESLint } from "eslint";
import { compiled } from "./pages.mjs";
import { root } from "./support.mjs";

const adapter = join(root, "../pkg-config/src/react.ts");
const pages = ["react", "react-later"].map((name) => join(root, "apps", name, "main.tsx"));

const linter = new ESLint({ cwd: join(root, ".."), overrideConfigFile: join(root, "eslint.config.mjs") });

async function found(code, file) {
  const [{ messages }] = await linter.lintText(code, { filePath: file });
  return messages.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

for (const file of [adapter, ...pages]) {
  describe(relative(join(root, ".."), file), () => {
    const code = readFileSync(file, "utf8");

    test("the React Compiler compiles every hook and component", async () => {
      const done = (await compiled(code, file)).code;
      const names = [...code.matchAll(/^(?:export )?function ((?:use)?[A-Z]\w*)[<(]/gm)].map(([, name]) => name);
      assert.ok(names.length >= 5);
      for (const name of names) {
        const from = done.search(new RegExp(`function ${name}[<(]`));
        assert.match(done.slice(from, done.indexOf("\n}\n", from)), /\b_c\(\d+\)/, `${name} is left as it was`);
      }
    });

    test("the lint rules of hooks find nothing", async () => {
      assert.deepEqual(await found(code, file), []);
    });
  });
}

test("the lint rules are at work", async () => {
  const wrong = "export function useIt(on: boolean) { if (on) useState(1); }\nexport function Bad({ form }: { form: { version: number } }) { useState(1); form.version = 1; return null; }\n";
  const rules = (await found(wrong, join(root, "apps/react/wrong.tsx"))).map((message) => message.split(":")[0]);
  assert.deepEqual(rules, ["react-hooks/rules-of-hooks", "react-hooks/immutability"]);
});
