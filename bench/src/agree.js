// Proof that the contestants have the same rules: over a corpus of good and bad values, each finds the same set of (pointer, code).
// Run before every timing; one that disagrees ends the run. What no peer can say, or only some, is not in the corpus: see README.md.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FAULTS, programme, results } from "./data.js";
import { ajv, ajvStandalone } from "./peers/ajv.js";
import { arktype } from "./peers/arktype.js";
import { portform } from "./peers/portform.js";
import { valibot } from "./peers/valibot.js";
import { yupSchemas } from "./peers/yup.js";
import { zod } from "./peers/zod.js";
import { agreedForm } from "./places.js";

const contestants = { portform, ajv, "ajv standalone": ajvStandalone, zod, valibot, arktype, yup: yupSchemas };

const without = (value, key) => {
  const { [key]: _, ...rest } = value;
  return rest;
};

/** Values of `results.bulk_update`. */
function batches() {
  const good = results(40);
  const one = (change) => ({ ...good, results: good.results.map((row, index) => (index === 7 ? { ...row, ...change } : row)) });
  const taught = { result_status: "SUCCEED", attended: true, test_mark: 5 };
  const changes = [
    ...[null, "x", {}, [], true].map((attended) => ({ attended })),
    ...[null, 0, 1, 5, 6, -3, 2.5, {}, false].map((practical_skills) => ({ ...taught, practical_skills })),
    ...[null, 0, 1, 2, 3, 5, 6, 2.5, []].flatMap((test_mark) => [
      { ...taught, test_mark },
      { ...taught, result_status: "FAILED", certificate: null, test_mark },
    ]),
    ...[-1, 0, 100, 101, 50.5, null, {}].flatMap((share) => [{ ...taught, test_percentage: share }, { attendance: share }]),
    ...[null, undefined, "", " ", true, {}, ["x"]].map((request_number) => ({ request_number })),
    ...[null, undefined, "", "PASSED"].map((result_status) => ({ result_status })),
    ...[null, "", "ПК 1"].flatMap((certificate) => [{ ...taught, certificate }, { ...taught, result_status: "FAILED", test_mark: 2, certificate }]),
    ...[{}, false].map((certificate) => ({ ...taught, certificate })),
    ...[null, "another", good.cycle_id, {}].map((cycle_id) => ({ cycle_id })),
    ...[null, true, false, "x"].map((certificate_applied) => ({ certificate_applied })),
    { remark: 1 },
    { ...taught, attended: false },
    { request_number: good.results[3].request_number },
  ];
  return [
    good,
    results(1),
    results(FAULTS.length * 3, 1),
    results(400, 0.01),
    ...changes.map((change) => one(JSON.parse(JSON.stringify(change, (_, value) => (value === undefined ? null : value))))),
    ...["cycle_id", "results"].map((key) => without(good, key)),
    { ...good, results: [] },
    { ...good, results: "x" },
    { ...good, cycle_id: " " },
    { ...good, cycle_id: {} },
    { ...good, remark: "x" },
  ];
}

/** Values of `programme.create`. */
function programmes() {
  const good = programme();
  const set = (change) => ({ ...good, ...change });
  const part = (field, change) => set({ [field]: { ...good[field], ...change } });
  const price = (change) => set({ prices: [{ ...good.prices[0], ...change }, good.prices[1]] });
  const [first, second] = good.specialities;
  const speciality = (change) => set({ specialities: [{ ...first, ...change }, second] });
  const fiveYear = (change) => speciality({ programmes: [{ ...first.programmes[0], ...change }, first.programmes[1]] });
  return [
    good,
    ...Object.keys(good).map((key) => without(good, key)),
    ...["name", "program_number", "education_form", "specialities"].map((key) => set({ [key]: null })),
    ...["name", "annotation", "price_reason", "internet_link"].flatMap((key) => [set({ [key]: {} }), set({ [key]: true }), set({ [key]: "" })]),
    ...["is_budget", "is_paid", "is_network", "is_simulation", "is_new_competency"].flatMap((key) => [set({ [key]: "x" }), set({ [key]: 1 }), set({ [key]: false })]),
    ...[1899, 1900, 2100, 2101, 2026.5, {}, "x"].map((development_year) => set({ development_year })),
    ...[16, 15.5, 11, 0, -1, {}, "x"].map((volume_zet_total) => set({ volume_zet_total })),
    ...[0, 36, 37, -1, null].flatMap((part) => ["fulltime", "semiremote", "remote"].map((form) => set({ volume_zet_extramural: part, education_form: form }))),
    set({ education_form: "evening" }),
    set({ is_budget: false, is_paid: false, is_paid_foms: false, prices: null, prices_foms: [] }),
    ...["example.org", "ftp://example.org", "http://example.org/a b?c", "https://"].map((internet_link) => set({ internet_link })),
    ...["simulation", "internship", "remote"].flatMap((field) => [
      part(field, { volume: 37 }),
      part(field, { volume: -1 }),
      part(field, { volume: {} }),
      part(field, { description: 1 > 2 }),
      part(field, { remark: "x" }),
      set({ [field]: null }),
      set({ [field]: "x" }),
      set({ [`is_${field}`]: false }),
      set({ [`is_${field}`]: false, [field]: null }),
    ]),
    ...[0, 1, 2, 3, 4, 5, 2.5, null, {}].map((participants) => part("network", { participants })),
    ...[[], ["", "b"], [{}, "b"], ["a"], null, "x"].map((organizations) => part("network", { organizations })),
    ...[0, 1.13, 4.35, 19.99, 1.005, -1, null, {}].map((amount) => price({ price: amount })),
    ...["2026-02-30", "2024-02-29", "1899-12-31", "2101-01-01", "x", "", null, {}, "2026-07-01"].map((start_date) => price({ start_date })),
    price({ remark: 1 }),
    set({ prices: "x" }),
    set({ prices: [] }),
    set({ specialities: [] }),
    set({ specialities: [first] }),
    set({ specialities: [second] }),
    ...[null, true, false, "x"].flatMap((main) => [speciality({ main }), speciality({ all_partitions: main })]),
    ...["", " ", null, {}, second.name].map((name) => speciality({ name })),
    speciality({ programmes: [] }),
    speciality({ programmes: null }),
    speciality({ all_partitions: true, programmes: [] }),
    ...["x", "", null, {}, first.programmes[1].id, first.programmes[0].id.toUpperCase()].map((id) => fiveYear({ id })),
    ...["x", null].map((id) => fiveYear({ umk: [{ id, partitions: [{ id }] }] })),
    fiveYear({ partitions: [{ id: first.programmes[0].id }] }),
    fiveYear({ umk: null, partitions: [{ id: first.programmes[0].id }] }),
    fiveYear({ umk: [], partitions: [{ id: "x" }] }),
  ];
}

export const corpus = { results: batches(), programme: programmes() };
const NAMES = { results: "results.bulk_update", programme: "programme.create" };

/** How many values the contestants agree on, by payload; throws when they disagree, and says where. */
export function agree(native) {
  const apart = [];
  const folder = mkdtempSync(join(tmpdir(), "portform-bench-"));
  try {
    const counts = {};
    for (const [payload, values] of Object.entries(corpus)) {
      counts[payload] = { values: values.length, faults: 0 };
      for (const [index, value] of values.entries()) {
        const found = Object.entries(contestants).map(([name, contestant]) => [name, agreedForm(contestant[payload].list(contestant[payload].run(value), value))]);
        const text = JSON.stringify(value);
        const ours = portform[payload];
        found.push(["portform, JSON text", agreedForm(ours.list(ours.runText(text)))]);
        found.push(["portform, JSON bytes", agreedForm(ours.list(ours.runText(new TextEncoder().encode(text))))]);
        if (native) {
          const file = join(folder, "value.json");
          writeFileSync(file, text);
          const { stdout } = spawnSync(native, ["check", NAMES[payload], file], { encoding: "utf8", maxBuffer: 1 << 28 });
          found.push(["portform, native", agreedForm(ours.list(JSON.parse(stdout)))]);
        }
        apart.push(...differences(found, `${payload} ${index}`));
        counts[payload].faults += found[0][1].length;
      }
    }
    if (apart.length > 0) throw new Error(`the contestants disagree:\n${apart.slice(0, 20).join("\n")}`);
    return counts;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function differences([[first, wanted], ...others], place) {
  return others.flatMap(([name, got]) => [
    ...got.filter((line) => !wanted.includes(line)).map((line) => `${place}: only ${name} has ${line}`),
    ...wanted.filter((line) => !got.includes(line)).map((line) => `${place}: ${first} has ${line}, ${name} has not`),
  ]);
}

if (process.argv[1] === new URL(import.meta.url).pathname) console.log(agree(process.argv[2]));
