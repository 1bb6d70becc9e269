// `npm run bench -- [--quick] [T1 …]`: proves that the contestants agree, runs the rows, judges them, and writes results.json,
// RESULTS.md and the plots. With --quick there are few samples and sizes, and nothing is written.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem, type as system } from "node:os";
import { fileURLToPath } from "node:url";
import { agree } from "./agree.js";
import { brief, document, plots } from "./report.js";
import { rows } from "./rows.js";

const file = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

function request() {
  const given = process.argv.slice(2);
  const quick = given.includes("--quick");
  const ids = given.filter((word) => word !== "--quick").map((word) => word.toUpperCase());
  const unknown = ids.filter((id) => rows[id] === undefined);
  if (unknown.length > 0) {
    console.error(`there is no row ${unknown.join(", ")}: ${Object.keys(rows).join(", ")}, and --quick`);
    process.exit(2);
  }
  return { quick, ids: ids.length > 0 ? ids : Object.keys(rows), command: ["cargo xtask bench", ...given].join(" ") };
}

function machine() {
  const { dependencies } = JSON.parse(readFileSync(file("package.json"), "utf8"));
  const versions = Object.entries(dependencies).map(([name, version]) => (name === "portform" ? `portform ${JSON.parse(readFileSync(file("node_modules/portform/package.json"), "utf8")).version}` : `${name} ${version}`));
  return {
    cpu: cpus()[0].model.trim(),
    cores: cpus().length,
    memory: Math.round(totalmem() / 2 ** 30),
    system: `${system()} ${release()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    rust: execFileSync("rustc", ["--version"], { encoding: "utf8" }).trim(),
    versions: versions.join(", "),
  };
}

function kept() {
  try {
    return JSON.parse(readFileSync(file("results.json"), "utf8"));
  } catch {
    return { rows: {} };
  }
}

const { quick, ids, command } = request();
const native = process.env.PORTFORM_BENCH_NATIVE;
if (native === undefined) {
  console.error("PORTFORM_BENCH_NATIVE is not set: run the benchmark with `cargo xtask bench`, which builds the native contestants");
  process.exit(2);
}
const plan = { quick, samples: quick ? 7 : 31, native };

const agreement = agree(native);
console.error(`    the contestants agree: ${agreement.results.faults + agreement.programme.faults} faults in ${agreement.results.values + agreement.programme.values} values`);

const all = { ...kept(), machine: machine(), agreement };
for (const id of ids) {
  const figures = await rows[id](plan);
  all.rows[id] = { date: new Date().toISOString().slice(0, 10), command, samples: plan.samples, figures };
  console.log(brief(id, figures).join("\n"));
  if (quick) continue;
  // After each row, so that a run that is broken off keeps what it has.
  writeFileSync(file("results.json"), `${JSON.stringify(all, (_, value) => (typeof value === "number" ? Number(value.toPrecision(6)) : value), 1)}\n`);
  writeFileSync(file("RESULTS.md"), document(all));
  for (const [name, svg] of Object.entries(plots(all.rows))) writeFileSync(file(name), svg);
}
process.exit(0);
