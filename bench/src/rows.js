// What is run for each row of the targets: contestants, sizes and kinds of data. `plan` is { quick, samples, native }; what comes
// back is kept in results.json and judged in targets.js.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { coldStarts } from "./browser.js";
import { contest, Native } from "./contest.js";
import { results, SHARES } from "./data.js";
import { watched } from "./frames.js";
import { sizes } from "./sizes.js";

const SIZES = [100, 1_000, 10_000, 100_000];
const MIDDLE = 10_000;
const KEYSTROKE_PEERS = ["ajv over the whole value", "react-hook-form + zod", "react-hook-form + ajv", "TanStack Form + zod", "TanStack Form + ajv"];

const say = (text) => process.stderr.write(`    ${text}\n`);

async function T1(plan) {
  const out = { sizes: {}, apart: {} };
  for (const size of plan.quick ? [100, MIDDLE] : SIZES) {
    say(`T1, ${size} rows`);
    out.sizes[size] = await contest("keystroke", ["portform", ...KEYSTROKE_PEERS], { size }, plan);
    out.apart[size] = await contest("keystroke", ["portform, a row in front", "portform, a group of ten duplicates"], { size }, plan);
  }
  return out;
}

/** Whole values: by size with valid data, and at the middle size with every share of bad rows, looked at and not. */
async function whole(id, from, contestants, growth, plan) {
  const out = { sizes: {}, shares: {} };
  const base = { from, payload: "results", read: true };
  for (const size of plan.quick || growth.length === 0 ? [] : SIZES) {
    say(`${id}, ${size} rows`);
    out.sizes[size] = await contest("check", growth, { ...base, size, share: 0 }, plan);
  }
  for (const [name, share] of Object.entries(SHARES)) {
    for (const read of share === 0 ? [true] : [true, false]) {
      say(`${id}, ${name}${read ? "" : ", issues not looked at"}`);
      const who = read ? contestants.filter((other) => other !== "ajv without messages") : contestants;
      out.shares[`${name}${read ? "" : ", not looked at"}`] = await contest("check", who, { ...base, size: MIDDLE, share, read }, plan);
    }
  }
  return out;
}

const FAST = ["portform", "ajv", "ajv standalone", "ajv without messages", "zod", "valibot", "JSON.parse alone"];
const T2 = (plan) => whole("T2", "bytes", FAST, ["portform", "ajv", "zod", "valibot", "JSON.parse alone"], plan);
const T3 = (plan) => whole("T3", "text", FAST, [], plan);
const T4 = (plan) => whole("T4", "objects", ["portform", "ajv", "ajv standalone", "ajv without messages", "zod", "valibot", "arktype", "yup"], [], plan);

function T5(plan) {
  say("T5");
  return contest("check", ["portform", "ajv", "ajv standalone", "zod", "valibot", "arktype", "yup"], { from: "objects", payload: "programme", read: true }, plan);
}

async function T6(plan) {
  say("T6");
  const folder = mkdtempSync(join(tmpdir(), "portform-bench-"));
  const file = join(folder, "results.json");
  writeFileSync(file, JSON.stringify(results(MIDDLE)));
  const native = (name, what) => new Native(name, plan.native, [what, "results.bulk_update", file]);
  try {
    const params = { from: "bytes", payload: "results", size: MIDDLE, share: 0, read: true };
    const others = [native("portform, native", "portform"), native("serde + validator, native", "validator"), native("serde_json::Value alone, native", "serde_json")];
    return await contest("check", ["portform"], params, { ...plan, others });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function T7() {
  say("T7");
  return sizes();
}

function T8(plan) {
  say("T8");
  return coldStarts(plan.samples);
}

function T9(plan) {
  say("T9");
  const { stdout, status, stderr } = spawnSync(process.execPath, [fileURLToPath(new URL("memory.js", import.meta.url))], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  const folder = mkdtempSync(join(tmpdir(), "portform-bench-"));
  const file = join(folder, "results.json");
  const rows = 100_000;
  writeFileSync(file, JSON.stringify(results(rows)));
  const native = spawnSync(plan.native, ["memory", "results.bulk_update", file], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  return { ...JSON.parse(stdout), counted: Number(native.stdout) / rows };
}

function W(plan) {
  say("W");
  return watched(plan);
}

export const rows = { T1, T2, T3, T4, T5, T6, T7, T8, T9, W };
