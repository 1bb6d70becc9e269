// Real code of the form libraries, compiled against the types of the package as installed. Each file of types/ is one library; nothing in
// it is cast away, and an error is expected only where it proves that a mistake does not compile.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import ts from "typescript";
import { install, root, table } from "./support.mjs";

/** The packages that a file of types/ tries, whose versions the table shows. */
const LIBRARIES = {
  "angular-signal-forms": ["@angular/forms"],
  conform: ["@conform-to/react"],
  mantine: ["@mantine/form"],
  payloads: ["@standard-schema/spec"],
  "react-hook-form": ["react-hook-form", "@hookform/resolvers"],
  regle: ["@regle/schemas"],
  superforms: ["sveltekit-superforms"],
  "tanstack-react": ["@tanstack/react-form"],
  "tanstack-vue": ["@tanstack/vue-form"],
  "vee-validate": ["vee-validate"],
};
const folder = join(root, "types");
const files = readdirSync(folder).filter((name) => /\.tsx?$/.test(name));
let found;

before(() => {
  install();
  const config = ts.parseJsonConfigFileContent(ts.readConfigFile(join(folder, "tsconfig.json"), ts.sys.readFile).config, ts.sys, folder);
  assert.deepEqual(config.errors, []);
  const program = ts.createProgram(config.fileNames, config.options);
  found = ts.getPreEmitDiagnostics(program).map((one) => ({
    file: one.file?.fileName ?? "",
    text: `${basename(one.file?.fileName ?? "")}:${one.file === undefined ? 0 : one.file.getLineAndCharacterOfPosition(one.start).line + 1}: ${ts.flattenDiagnosticMessageText(one.messageText, " ")}`,
  }));
});
after(() => table("types", files.map((file) => file.replace(/\.tsx?$/, "")).map((name) => [name, LIBRARIES[name] ?? [], found?.some(({ file }) => basename(file).replace(/\.tsx?$/, "") === name) === false ? "compiles" : "does not compile"])));

for (const file of files) {
  test(file, () => {
    assert.notEqual(LIBRARIES[file.replace(/\.tsx?$/, "")], undefined, "name its library above");
    const code = readFileSync(join(folder, file), "utf8");
    assert.doesNotMatch(code, /\bas (any|never|unknown)\b|@ts-ignore|@ts-nocheck|@ts-expect-error\s*$/m);
    assert.deepEqual(found.filter((one) => basename(one.file) === file).map(({ text }) => text), []);
  });
}

test("the pages, and nothing else is wrong", () => {
  assert.deepEqual(found.filter((one) => !files.includes(basename(one.file))).map(({ text }) => text), []);
});
