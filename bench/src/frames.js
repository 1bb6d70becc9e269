// W: whether a page goes on moving while 100,000 rows are checked. In headless Chromium, with the frames that the page draws meanwhile
// and the reports of progress that reach it; the same check on the page itself stands beside it.
import { dist, inChromium } from "./chromium.js";
import { figures } from "./contest.js";
import { results } from "./data.js";

export const ROWS = 100_000;

/** What is watched; `tell` is to be called with each report of progress. */
const WORK = {
  "nothing at all": "await new Promise((done) => setTimeout(done, 300));",
  "a file, in the worker": "await worker.checkJson(resultsBulkUpdate, blob, undefined, { onProgress: tell });",
  "bytes, in the worker": "await worker.checkJson(resultsBulkUpdate, bytes, undefined, { onProgress: tell });",
  "text, in the worker": "await worker.checkJson(resultsBulkUpdate, text, undefined, { onProgress: tell });",
  "pasted rows, in a form of the worker": 'await form.paste("/results", 0, rows, columns, { onProgress: tell });',
  "bytes, on the page": "resultsBulkUpdate.checkJson(bytes);",
};

/** What stands in the page before anything is measured. */
const SETTING = `(async () => {
  const { resultsBulkUpdate } = await import("/index.js");
  const { openWorker } = await import("/worker.js");
  const blob = await (await fetch("/results.json")).blob();
  const text = await blob.text();
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const columns = ["request_number", "attended", "result_status", "test_mark"];
  const rows = JSON.parse(text).results.map((row) => columns.map((column) => row[column]));
  Object.assign(globalThis, { resultsBulkUpdate, worker: openWorker(), blob, text, bytes, columns, rows });
  globalThis.frame = () => new Promise((next) => requestAnimationFrame(next));
})()`;

/** One sample: the longest time between two frames, the time in all, the reports, and the longest time between two of them; milliseconds. */
const sample = (work) => `(async () => {
  const form = ${work.includes("form.")} ? await worker.form(resultsBulkUpdate, {}) : undefined;
  const frames = [], reports = [];
  let drawing = true;
  const draw = () => { frames.push(performance.now()); if (drawing) requestAnimationFrame(draw); };
  const tell = () => reports.push(performance.now());
  requestAnimationFrame(draw);
  for (let still = 0; still < 3; still++) await frame();
  const begin = performance.now();
  ${work}
  const time = performance.now() - begin;
  for (let still = 0; still < 3; still++) await frame();
  drawing = false;
  form?.free();
  const longest = (moments) => Math.max(0, ...moments.slice(1).map((moment, at) => moment - moments[at]));
  return { gap: longest(frames), time, reports: reports.length, pause: longest(reports) };
})()`;

/** From abort to the rejection (0.1 is the clock's own step), and how long the next check waits for its new thread; milliseconds. */
const CANCEL = `(async () => {
  const control = new AbortController();
  const checked = worker.checkJson(resultsBulkUpdate, blob, undefined, { signal: control.signal, onProgress: ({ done, total }) => done > total / 4 && control.abort() });
  let begin = 0;
  control.signal.addEventListener("abort", () => { begin = performance.now(); });
  await checked.then(() => { throw new Error("it was not given up"); }, (error) => { if (error.name !== "AbortError") throw error; });
  const given = Math.max(0.1, performance.now() - begin);
  begin = performance.now();
  await worker.checkJson(resultsBulkUpdate, "{}");
  return { given, again: performance.now() - begin };
})()`;

/** Figures in nanoseconds (and reports a second) by what was watched. */
export function watched({ samples }) {
  const script = (name) => [`/${name}`, ["text/javascript", dist(name)]];
  const json = JSON.stringify(results(ROWS));
  const files = { ...Object.fromEntries(["index.js", "worker.js", "worker-thread.js"].map(script)), "/results.json": ["application/json", json] };
  return inChromium("W", files, async (browser, origin) => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(origin);
    await page.evaluate(SETTING);
    const taken = Object.fromEntries(Object.keys(WORK).map((name) => [name, []]));
    const cancelled = { given: [], again: [] };
    for (let round = 0; round <= samples; round++) {
      for (const [name, work] of Object.entries(WORK)) {
        const one = await page.evaluate(sample(work));
        // The first round starts the threads and warms everything up.
        if (round > 0) taken[name].push(one);
      }
      const { given, again } = await page.evaluate(CANCEL);
      cancelled.given.push(given * 1e6);
      cancelled.again.push(again * 1e6);
    }
    const of = (list, value) => figures(list.map(value));
    const out = Object.entries(taken).map(([name, list]) => [
      name,
      { gap: of(list, ({ gap }) => gap * 1e6), time: of(list, ({ time }) => time * 1e6), rate: of(list, ({ reports, time }) => (reports * 1_000) / time), pause: of(list, ({ pause }) => pause * 1e6) },
    ]);
    return { version: browser.version(), size: json.length, out: Object.fromEntries(out), cancelled: figures(cancelled.given), again: figures(cancelled.again) };
  });
}
