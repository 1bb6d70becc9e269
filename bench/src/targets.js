// The targets, and how a row's figures are held against them. A target that is missed is written down like one that is reached.
import { duration, short } from "./plot.js";

const times = (ratio) => `${short(ratio)} ×`;
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

/** The fastest of the contestants whose name has one of these words. */
function fastest(figures, ...words) {
  const of = Object.entries(figures).filter(([name]) => words.some((word) => name.includes(word)));
  return of.map(([name, { median }]) => ({ name, median })).sort((a, b) => a.median - b.median)[0];
}

/** A part of a target: what is asked, what was measured, whether it is reached. */
const part = (asked, measured, reached) => ({ asked, measured, reached });

const atLeast = (asked, peer, ours, least) => part(`≥ ${least} × ${asked} (${peer.name}: ${duration(peer.median)})`, times(peer.median / ours), peer.median / ours >= least);

function T1({ sizes }) {
  const middle = sizes[10_000];
  const ours = middle.portform.median;
  const all = Object.keys(sizes).map(Number);
  const first = sizes[Math.min(...all)].portform.median;
  const last = sizes[Math.max(...all)].portform.median;
  return [
    part("≤ 5 µs at 10,000 rows", duration(ours), ours <= 5e3),
    atLeast("as fast as the fastest form library", fastest(middle, "hook-form", "TanStack"), ours, 1000),
    atLeast("as fast as ajv over the whole value", fastest(middle, "ajv over"), ours, 100),
    part(`grows by ≤ 1.5 × from ${Math.min(...all)} to ${Math.max(...all)} rows`, times(last / first), last / first <= 1.5),
  ];
}

function T2({ shares }) {
  return Object.entries(shares)
    .filter(([name]) => !name.includes("not looked at") && name !== "100 % bad")
    .flatMap(([name, figures]) => [
      atLeast(`as fast as decode + JSON.parse + ajv, ${name}`, fastest(figures, "ajv"), figures.portform.median, 2),
      atLeast(`as fast as decode + JSON.parse alone, ${name}`, fastest(figures, "JSON.parse"), figures.portform.median, 1),
    ]);
}

const T3 = ({ shares }) => [atLeast("as fast as JSON.parse + ajv, valid", fastest(shares.valid, "ajv"), shares.valid.portform.median, 1.5)];

function T4({ shares }) {
  const { valid } = shares;
  const ours = valid.portform.median;
  const ajv = fastest(valid, "ajv");
  return [
    atLeast("as fast as zod", fastest(valid, "zod"), ours, 2),
    atLeast("as fast as valibot", fastest(valid, "valibot"), ours, 2),
    part(`ratio to ${ajv.name} (${duration(ajv.median)}), published`, times(ajv.median / ours), undefined),
  ];
}

function T5(figures) {
  const ours = figures.portform.median;
  const ajv = fastest(figures, "ajv");
  return [
    atLeast("as fast as zod", fastest(figures, "zod"), ours, 1),
    part(`ratio to ${ajv.name} (${duration(ajv.median)}), published`, times(ajv.median / ours), undefined),
  ];
}

function T6(figures) {
  const ratio = figures.portform.median / figures["portform, native"].median;
  return [part(`wasm ≤ 1.6 × native (${duration(figures["portform, native"].median)})`, times(ratio), ratio <= 1.6)];
}

function T7(figures) {
  const slim = figures["portform/slim"].brotli;
  const ratio = figures.portform.brotli / slim;
  return [
    part("slim ≤ 60 KB brotli", kilobytes(slim), slim <= 60 * 1024),
    part("slim ≤ 45 KB brotli, aimed for", kilobytes(slim), slim <= 45 * 1024),
    part("the default entry ≤ 1.4 × slim", times(ratio), ratio <= 1.4),
  ];
}

function T8({ out }) {
  return [
    [1, 15],
    [4, 50],
  ].flatMap(([slower, most]) =>
    ["portform", "portform/slim"].map((name) => {
      const { median } = out[slower][name];
      return part(`${name} ≤ ${most} ms${slower > 1 ? ` at ${slower} × throttling` : ""}`, duration(median), median <= most * 1e6);
    }),
  );
}

function T9({ leak, rows, counted }) {
  return [
    part("≤ 300 bytes per row, texts left out (the form's own count)", `${Math.round(counted)} bytes`, counted <= 300),
    part("the same, all that wasm memory grew by", `${Math.round(rows.perRow)} bytes`, undefined),
    part(`wasm memory after ${leak.forms} forms opened, edited and freed`, `grew by ${leak.after - leak.before} bytes`, leak.after === leak.before),
  ];
}

function W({ out, cancelled, again }) {
  const inWorker = Object.entries(out).filter(([name]) => name.includes("worker"));
  return [
    // A frame lasts 16.7 ms; one that comes a little late is not one that was left out.
    ...inWorker.map(([name, { gap }]) => part(`60 frames a second, ${name}: ≤ 25 ms between two`, duration(gap.median), gap.median <= 25e6)),
    ...inWorker.map(([name, { rate }]) => part(`≥ 10 reports of progress a second, ${name}`, short(rate.median), rate.median >= 10)),
    part("a check is given up within 20 ms", duration(cancelled.median), cancelled.median <= 20e6),
    part("the next check after that, with a new thread, published", duration(again.median), undefined),
  ];
}

export const targets = { T1, T2, T3, T4, T5, T6, T7, T8, T9, W };
