// Memory: what it has to hold is given back, and where there is none left one clear error loses nothing.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { example, fresh } from "./support.js";

const MB = 1 << 20;
/** What an instance may have that nothing large went through. */
const SMALL = 8 * MB;

let restore = (): void => undefined;
afterEach(() => {
  restore();
  vi.useRealTimers();
});

const rowsOf = (count: number): unknown => ({ cycle_id: "1", results: Array.from({ length: count }, (_, at) => ({ request_number: String(at), result_status: "SUCCEED", test_mark: 5, certificate: "x".repeat(100) })) });

/** Runs a module in a process of its own, and gives what it prints. */
function apart(code: string, ...flags: string[]): unknown {
  const cwd = fileURLToPath(new URL("..", import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [...flags, "--input-type=module", "-e", code], { cwd, encoding: "utf8", maxBuffer: 1 << 26 }));
}

test("a large check leaves a large instance for as long as large ones come, and then it goes", async () => {
  vi.useFakeTimers();
  const { module, memory, started, restore: undo } = await fresh();
  restore = undo;
  const text = JSON.stringify(rowsOf(100_000));
  expect(module.resultsBulkUpdate.checkJson(text).valid).toBe(true);
  const large = memory().buffer.byteLength;
  expect(large).toBeGreaterThan(64 * MB);
  for (let i = 0; i < 3; i++) {
    vi.advanceTimersByTime(900);
    module.resultsBulkUpdate.checkJson(text);
    module.cycleCreate.check(example("cycle.create"));
  }
  expect(started()).toBe(1);
  expect(memory().buffer.byteLength).toBe(large);
  const unseen = module.cycleCreate.check({});
  vi.advanceTimersByTime(1_000);
  expect(module.cycleCreate.check(example("cycle.create")).valid).toBe(true);
  expect(started()).toBe(2);
  expect(memory().buffer.byteLength).toBeLessThan(SMALL);
  // A report of before can still be looked at.
  expect(unseen.issues).toEqual(module.cycleCreate.check({}).issues);
});

test("small forms do not live where a large draft lives, and its memory goes with it", async () => {
  const { module, memory, started, restore: undo } = await fresh();
  restore = undo;
  const small = module.cycleCreate.form(example("cycle.create"));
  expect(started()).toBe(1);
  const large = module.resultsBulkUpdate.form(rowsOf(50_000));
  expect(started()).toBe(2);
  expect(memory().buffer.byteLength).toBeGreaterThan(16 * MB);
  large.free();
  const next = module.cycleCreate.form(example("cycle.create"));
  expect(next.report().valid).toBe(true);
  expect(started()).toBe(2);
  small.free();
  next.free();
});

test("a form that has grown large is given no company, and goes with its memory", async () => {
  const { module, memory, started, restore: undo } = await fresh();
  restore = undo;
  const form = module.resultsBulkUpdate.form();
  form.replace(rowsOf(100_000));
  expect(memory().buffer.byteLength).toBeGreaterThan(64 * MB);
  const small = module.cycleCreate.form(example("cycle.create"));
  expect(started()).toBe(2);
  expect(memory().buffer.byteLength).toBeLessThan(SMALL);
  form.free();
  small.free();
});

test("what is given back is collected", () => {
  const seen = apart(
    `
    const memories = [];
    const { Instance } = WebAssembly;
    WebAssembly.Instance = new Proxy(Instance, { construct(target, args) {
      const instance = Reflect.construct(target, args);
      memories.push(new WeakRef(instance.exports.memory));
      return instance;
    } });
    const { resultsBulkUpdate, cycleCreate } = await import("portform");
    const value = { cycle_id: "1", results: Array.from({ length: 60_000 }, (_, at) => ({ request_number: String(at), result_status: "SUCCEED", test_mark: 5, certificate: "x".repeat(300) })) };
    const held = [];
    held.push(resultsBulkUpdate.check(value), resultsBulkUpdate.checkJson("{"));
    const form = resultsBulkUpdate.form(value);
    form.free();
    held.push(form);
    const turn = (time) => new Promise((resolve) => setTimeout(resolve, time));
    await turn(1_200);
    for (let i = 0; i < 5; i++) {
      gc();
      await turn(10);
    }
    console.log(JSON.stringify([memories.length, memories.map((memory) => memory.deref()).filter(Boolean).length, cycleCreate.check({}).valid, held[0].valid]));
    `,
    "--expose-gc",
  );
  expect(seen).toEqual([2, 0, false, true]);
});

test.each([100, 160, 320])("with memory of %i pages of 64 KB, what needs more is one clear error, and everything else goes on", (pages) => {
  const seen = apart(
    `
    import { resultsBulkUpdate, cycleCreate } from "portform";
    const rows = (count) => Array.from({ length: count }, (_, at) => ({ request_number: String(at), result_status: "SUCCEED", test_mark: 5, certificate: "x".repeat(100) }));
    const cycle = ${JSON.stringify(example("cycle.create"))};
    const told = new Set();
    const form = cycleCreate.form(cycle);
    const batch = resultsBulkUpdate.form({ cycle_id: "1", results: rows(10) });
    batch.set("/results/3/certificate", "typed");
    form.set("/notes", "typed");
    const before = JSON.stringify([form.value(), batch.value(), form.issues(), batch.issues(), form.version, batch.version]);
    const value = { cycle_id: "1", results: rows(100_000) };
    const text = JSON.stringify(value);
    const cells = value.results.map(({ request_number, certificate }) => [request_number, certificate]);
    let failed = 0;
    const calls = [
      () => resultsBulkUpdate.check(value),
      () => resultsBulkUpdate.checkJson(text),
      () => resultsBulkUpdate.checkJson(new TextEncoder().encode(text)),
      () => resultsBulkUpdate.preview(value),
      () => resultsBulkUpdate.form(value),
      () => batch.replace(value),
      () => batch.paste("/results", 0, cells, ["request_number", "certificate"]),
      () => form.set("/notes", text),
      () => form.explain({ status: 500, body: text }),
      () => cycleCreate.check(cycle, { context: { requestNumbers: cells.map(([number]) => number), programmes: JSON.parse(text) } }),
    ];
    const wrong = [];
    for (const [at, call] of calls.entries()) {
      for (let times = 0; times < 2; times++) {
        try {
          call();
          // It had room enough.
          if (at === 5 || at === 6) batch.undo();
          if (at === 7 || at === 8) form.undo();
        } catch (error) {
          failed++;
          told.add(error.name + ": " + error.message);
        }
        if (!cycleCreate.check(cycle).valid) wrong.push(at + " check");
        if (cycleCreate.checkJson('{"id":').issues[0].code !== "syntax") wrong.push(at + " checkJson");
        const after = JSON.stringify([form.value(), batch.value(), form.issues().filter(({ code }) => code !== "refused"), batch.issues(), form.version, batch.version]);
        if (failed > 0 && at < 5 && after !== before) wrong.push(at + " forms");
        if (form.get("/notes") !== "typed" || batch.get("/results/3/certificate") !== "typed") wrong.push(at + " lost");
      }
    }
    console.log(JSON.stringify([failed > 0, [...told], wrong]));
    `,
    `--wasm-max-mem-pages=${pages}`,
  );
  expect(seen).toEqual([true, ["RangeError: There is not enough memory for this: nothing was changed, and later calls go on working."], []]);
});
