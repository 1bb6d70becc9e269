// RESULTS.md and the plots, from the figures of results.json: rows that were not run this time keep their figures and their date.
import { duration, plot } from "./plot.js";
import { targets } from "./targets.js";

const TITLES = {
  T1: "One keystroke in a form of `results.bulk_update`",
  T2: "JSON bytes of 10,000 rows to all issues",
  T3: "JSON text of the same",
  T4: "10,000 rows as JS objects to all issues",
  T5: "One full programme as a JS object",
  T6: "The same engine natively",
  T7: "What a browser downloads",
  T8: "Cold start in Chromium, from the import to the first verdict",
  T9: "Memory of a live form",
  W: "A page while 100,000 rows are checked",
};

const count = (number) => Number(number).toLocaleString("en");
const table = (head, rows) => [`| ${head.join(" | ")} |`, `|${head.map((_, index) => (index === 0 ? " --- " : " ---: ")).join("|")}|`, ...rows.map((row) => `| ${row.join(" | ")} |`), ""];
const told = (figures) => (figures === undefined ? "" : `${duration(figures.median)} (${duration(figures.low)} – ${duration(figures.high)}${figures.samples < 30 ? `; ${figures.samples} samples` : ""})`);

/** A table of contests: a column per contest, a row per contestant. */
function contests(columns) {
  const names = [...new Set(Object.values(columns).flatMap(Object.keys))];
  return table(["contestant", ...Object.keys(columns)], names.map((name) => [name, ...Object.values(columns).map((figures) => told(figures[name]))]));
}

const sized = (sizes) => Object.fromEntries(Object.entries(sizes).map(([size, figures]) => [`${count(size)} rows`, figures]));

const DETAILS = {
  T1: ({ sizes, apart }) => [...contests(sized(sizes)), "Measured apart:", "", ...contests(sized(apart))],
  T2: ({ sizes, shares }) => [...(Object.keys(sizes).length > 0 ? ["Valid data by size:", "", ...contests(sized(sizes))] : []), "10,000 rows:", "", ...contests(shares)],
  T3: ({ shares }) => contests(shares),
  T4: ({ shares }) => contests(shares),
  T5: (figures) => contests({ "a programme": figures }),
  T6: (figures) => contests({ "10,000 rows, JSON bytes": figures }),
  T7: (figures) =>
    table(
      ["entry", "as it is", "gzip", "brotli"],
      Object.entries(figures).map(([name, { raw, gzip, brotli }]) => [name, ...[raw, gzip, brotli].map((bytes) => `${(bytes / 1024).toFixed(1)} KB`)]),
    ),
  T8: ({ version, out }) => [`Chromium ${version}.`, "", ...contests({ "full speed": out[1], "4 × throttled": out[4] })],
  T9: ({ rows }) => [`A form of ${count(rows.size)} rows: wasm memory grew by ${count(rows.grown)} bytes, of which texts ${count(rows.texts)}; the input buffer and free space are in it.`, ""],
  W: ({ version, size, out, cancelled }) => [
    `Chromium ${version}; JSON of ${count(size)} characters; issues not looked at. Given up, a check rejects within ${told(cancelled)}.`,
    "",
    ...table(
      ["", "longest time between two frames", "time in all", "reports of progress a second", "longest time between two"],
      Object.entries(out).map(([name, { gap, time, rate, pause }]) => [name, told(gap), told(time), ...(rate.high > 0 ? [rate.median.toFixed(0), told(pause)] : ["", ""])]),
    ),
  ],
};

function verdict(reached) {
  if (reached === undefined) return "published";
  return reached ? "reached" : "**missed**";
}

/** The whole document. */
export function document({ machine, agreement, rows }) {
  const ids = Object.keys(TITLES).filter((id) => rows[id] !== undefined);
  const summary = ids.flatMap((id) => targets[id](rows[id].figures).map(({ asked, measured, reached }, index) => [index === 0 ? `[${id}](#${id.toLowerCase()})` : "", asked, measured, verdict(reached)]));
  return `${[
    "# portform and its peers, side by side",
    "",
    "Written by `cargo xtask bench`; nothing here is edited by hand. How it is measured, and what the peers leave out, is in [README.md](README.md).",
    "",
    `Machine: ${machine.cpu}, ${machine.cores} cores, ${machine.memory} GB; ${machine.system}. Node ${machine.node}, V8 ${machine.v8}, ${machine.rust}.`,
    `Contestants: ${machine.versions}.`,
    `Agreement: the same set of (pointer, code) from all of them on ${agreement.results.values} batches with ${agreement.results.faults} faults and ${agreement.programme.values} programmes with ${agreement.programme.faults}.`,
    "Times are medians of the main thread's processor time (T8, W: time on the wall), with the quartiles in brackets; they depend on the machine, ratios hardly.",
    "",
    "## Targets",
    "",
    ...table(["", "target", "measured", "verdict"], summary),
    "![T1: one keystroke over the number of rows](t1.svg)",
    "",
    "![T2: JSON bytes to all issues over the number of rows](t2.svg)",
    "",
    ...ids.flatMap((id) => [
      `## ${id}`,
      "",
      `${TITLES[id]}. Run on ${rows[id].date} with \`${rows[id].command}\` (${rows[id].samples} samples).`,
      "",
      ...DETAILS[id](rows[id].figures),
    ]),
  ]
    .join("\n")
    .trimEnd()}\n`;
}

const lines = (sizes, names) => Object.fromEntries(names(sizes).map((name) => [name, Object.entries(sizes).flatMap(([size, figures]) => (figures[name] ? [[Number(size), figures[name].median]] : []))]));
const everyone = (sizes) => Object.keys(Object.values(sizes)[0]);

/** The plots by file name, of the rows that have figures over sizes. */
export function plots(rows) {
  const out = {};
  const shown = (id, title, subtitle) => {
    const sizes = rows[id]?.figures.sizes ?? {};
    if (Object.keys(sizes).length > 1) out[`${id.toLowerCase()}.svg`] = plot(title, subtitle, lines(sizes, everyone));
  };
  shown("T1", "T1: one keystroke, to the changed issues", "results.bulk_update with a rule over all rows; median, both axes logarithmic");
  shown("T2", "T2: JSON bytes to all issues", "results.bulk_update, valid rows; median, both axes logarithmic");
  return out;
}

/** The verdicts of one row, for the terminal. */
export function brief(id, figures) {
  return targets[id](figures).map(({ asked, measured, reached }) => `    ${id}  ${asked}: ${measured}  ${reached === undefined ? "" : reached ? "reached" : "MISSED"}`);
}
