// The package holds to what the native checker says, byte for byte, over a corpus that the native side makes up; and a JSON Schema
// validator that is not ours agrees with both as far as a schema can say it. PORTFORM_CASES says how many cases, PORTFORM_SEED which;
// PORTFORM_CORPUS is the program that writes them, without which cargo runs it.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Ajv, type ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { payloads, type Issue, type Options, type Payload } from "portform";
import { expect, test } from "vitest";

/** By names that are only known while it runs. */
const byName: Readonly<Record<string, Payload<unknown, unknown>>> = payloads;

interface Case {
  readonly payload: string;
  readonly options: Options;
  /** Whether the text is JSON of which JSON.parse loses nothing that decides. */
  readonly lossless: boolean;
  readonly text: string;
  readonly valid: boolean;
  readonly issues: readonly Issue[];
  readonly body: string | null;
  readonly states?: unknown;
  readonly preview?: unknown;
}

/** A rule that a schema does not express. */
interface Unsaid {
  readonly rule: string;
  readonly code?: string;
  readonly at: readonly string[];
  readonly why: string;
}

interface Schema {
  readonly accepts: ValidateFunction;
  readonly unsaid: readonly Unsaid[];
}

const count = Number(process.env["PORTFORM_CASES"] ?? 5_000);
const seed = Number(process.env["PORTFORM_SEED"] ?? 1);
const root = fileURLToPath(new URL("../..", import.meta.url));

test(`native, wasm and JSON Schema agree over ${count} payloads (PORTFORM_SEED=${seed})`, { timeout: 3_600_000 }, async () => {
  console.log(`PORTFORM_SEED=${seed} PORTFORM_CASES=${count}`);
  const seen = new Map<string, { valid: number; invalid: number }>();
  let number = 0;
  for await (const line of corpus()) {
    const given = JSON.parse(line) as Case;
    const fault = disagreement(given, number % 10 === 0);
    if (fault !== undefined) {
      throw new Error(
        `case ${number} of seed ${seed}, ${given.payload}: ${fault}\noptions ${JSON.stringify(given.options)}\n${given.text}`,
      );
    }
    const counted = seen.get(given.payload) ?? { valid: 0, invalid: 0 };
    counted[given.valid ? "valid" : "invalid"] += 1;
    seen.set(given.payload, counted);
    number += 1;
  }
  expect(number).toBe(count);
  expect([...seen.keys()].sort()).toEqual(Object.keys(payloads).sort());
  for (const [name, { valid, invalid }] of seen) {
    expect(Math.min(valid, invalid), `${name}: ${valid} valid, ${invalid} not`).toBeGreaterThan(count / 1000);
  }
});

test("the schemas that ship are those that the package writes", async () => {
  const { readFile } = await import("node:fs/promises");
  for (const payload of Object.values(payloads)) {
    for (const [folder, target, side] of [
      ["", "draft-2020-12", "output"],
      ["input/", "draft-2020-12", "input"],
      ["draft-07/", "draft-07", "output"],
      ["openapi-3.0/", "openapi-3.0", "output"],
    ] as const) {
      const file = await readFile(`${root}/pkg-config/schemas/${folder}${payload.name}.json`, "utf8");
      expect(payload.jsonSchema(target, side), `${folder}${payload.name}`).toEqual(JSON.parse(file));
    }
  }
});

/** The lines of the corpus, as the native side writes them. */
async function* corpus(): AsyncGenerator<string> {
  const program = process.env["PORTFORM_CORPUS"];
  const numbers = [String(count), String(seed)];
  const child = program
    ? spawn(program, numbers, { stdio: ["ignore", "pipe", "inherit"] })
    : spawn("cargo", ["run", "--quiet", "--package", "portform", "--example", "corpus", "--", ...numbers], {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
      });
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  failed.catch(() => {});
  const lines = createInterface({ input: child.stdout, crlfDelay: Infinity })[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([lines.next(), failed]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    child.kill();
  }
}

/** What does not agree, in words. */
function disagreement(given: Case, rarely: boolean): string | undefined {
  const payload = byName[given.payload];
  if (payload === undefined) return "the package does not have the payload";
  const wanted = JSON.stringify(given.issues);
  const fromText = payload.checkJson(given.text, given.options);
  if (JSON.stringify(fromText.issues) !== wanted) return differ("checkJson: issues", wanted, JSON.stringify(fromText.issues));
  if (fromText.valid !== given.valid) return `checkJson: valid is ${fromText.valid}`;
  if ((fromText.body ?? null) !== given.body) return differ("checkJson: body", given.body, fromText.body);
  if (!given.lossless) return undefined;

  const value: unknown = JSON.parse(given.text);
  const fromValue = payload.check(value, given.options);
  if (JSON.stringify(fromValue.issues) !== wanted) return differ("check: issues", wanted, JSON.stringify(fromValue.issues));
  const body = given.body === null ? undefined : JSON.stringify(JSON.parse(given.body));
  if (JSON.stringify(fromValue.value) !== body) return differ("check: value", body, JSON.stringify(fromValue.value));
  if (given.states !== undefined) {
    const states = JSON.stringify(payload.states(value, given.options));
    if (states !== JSON.stringify(given.states)) return differ("states", JSON.stringify(given.states), states);
  }
  if (given.preview !== undefined) {
    const preview = JSON.stringify(payload.preview(value, given.options));
    if (preview !== JSON.stringify(given.preview)) return differ("preview", JSON.stringify(given.preview), preview);
  }
  return schemas(given, payload, value, rarely);
}

/** Where a schema accepts or refuses otherwise than the checker, and does not say that it does. */
function schemas(given: Case, payload: Payload<unknown, unknown>, value: unknown, rarely: boolean): string | undefined {
  const strict = given.options.mode === "strict";
  if (given.body !== null) {
    const body: unknown = JSON.parse(given.body);
    for (const target of rarely ? (["draft-2020-12", "draft-07"] as const) : (["draft-2020-12"] as const)) {
      const { accepts } = schema(payload, given.options, target, "output");
      if (!accepts(body)) return `the ${target} output schema refuses what is sent: ${said(accepts)}`;
    }
  }
  // To a schema a key in another spelling is an unknown one, which says nothing: so the list tells under GEN-06.
  if (given.issues.some((issue) => issue.code === "renamed" || (issue.rule === "GEN-06" && issue.code === "unknown_field"))) return undefined;
  // Strict mode reads canonical forms only, lenient mode everything that the input schema allows.
  const side = strict ? "output" : "input";
  const { accepts, unsaid } = schema(payload, given.options, "draft-2020-12", side);
  if (accepts(value)) {
    const untold = given.issues.find((issue) => issue.severity === "error" && !unsaid.some((entry) => tells(entry, issue, value, given.options)));
    if (untold !== undefined) return `the ${side} schema accepts what trips ${JSON.stringify(untold)}`;
  } else if (given.valid && !strict) {
    return `the input schema refuses what is valid: ${said(accepts)}`;
  }
  return undefined;
}

/** Codes of a row's own value: an entry without a code is about relations between fields, and excuses none of these. */
const own = new Set(["type", "required", "required_when", "integer", "date", "too_few", "too_many", "too_small", "too_large"]);

function tells(entry: Unsaid, issue: Issue, value: unknown, { promote = [] }: Options): boolean {
  if (entry.rule !== issue.rule) return false;
  // A bound that the schema says of numbers must hold of numbers.
  if (entry.why === "of a number written as text" && typeof at(value, issue.path) === "number") return false;
  if (entry.code !== undefined && entry.code !== issue.code) return false;
  const relation = promote.includes(issue.rule) || issue.pointer.includes("/signed_content/");
  if (entry.code === undefined && own.has(issue.code) && !relation) return false;
  if (entry.rule.startsWith("GEN-")) return true;
  const place = issue.path.map((step) => (typeof step === "number" ? "/*" : `/${step}`)).join("");
  return entry.at.some((at) => at === place || (entry.code === undefined && place.startsWith(`${at}/`)));
}

function at(value: unknown, path: Issue["path"]): unknown {
  return path.reduce<unknown>((inside, step) => (inside as Record<string | number, unknown> | undefined)?.[step], value);
}

const compiled = new Map<string, Schema>();
const settings = { strict: true, strictTypes: false, strictRequired: false, formats: { date: true } } as const;
const validators = { "draft-2020-12": new Ajv2020(settings), "draft-07": new Ajv(settings) };
for (const validator of Object.values(validators)) {
  validator.addVocabulary(["x-portform-rule", "x-portform-not-expressed"]);
}

function schema(
  payload: Payload<unknown, unknown>,
  options: Options,
  target: "draft-2020-12" | "draft-07",
  side: "output" | "input",
): Schema {
  const dictionaries = options.context?.dictionaries;
  const key = JSON.stringify([payload.name, options.dialect, dictionaries, target, side]);
  let known = compiled.get(key);
  if (known === undefined) {
    const bound = payload.with({ dialect: options.dialect, context: { dictionaries } });
    const json = bound.jsonSchema(target, side);
    known = { accepts: validators[target].compile(json), unsaid: json["x-portform-not-expressed"] as Unsaid[] };
    compiled.set(key, known);
  }
  return known;
}

function said(accepts: ValidateFunction): string {
  return JSON.stringify(accepts.errors?.map((error) => `${error.instancePath} ${error.message}`));
}

/** The two texts from where they begin to differ. */
function differ(what: string, native: string | null | undefined, wasm: string | null | undefined): string {
  const [one, other] = [String(native), String(wasm)];
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  const from = Math.max(0, at - 60);
  return `${what} differ at ${at}: native …${one.slice(from, at + 200)}…, wasm …${other.slice(from, at + 200)}…`;
}
