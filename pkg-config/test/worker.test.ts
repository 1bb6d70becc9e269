// portform/worker in Node, through the package as built: what comes from another thread is what the page would have found itself,
// with progress on the way; what is given up leaves nothing behind; and whatever goes wrong is one sentence.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { afterEach, describe, expect, test } from "vitest";
import { contractRequestCapitation, cycleCreate, payloads, programmeCreate, resultsBulkUpdate, type Payload } from "portform";
import * as slim from "portform/slim";
import type { Changes, JsonReport, Options, Report } from "portform";
import { openWorker, type PortformWorker, type Progress, type WorkerForm, type WorkerSettings } from "portform/worker";
import { example, garbage } from "./support.js";

/** By names that are only known while it runs. */
const byName: Readonly<Record<string, Payload<unknown, unknown>>> = payloads;

let opened: PortformWorker[] = [];
afterEach(() => {
  for (const worker of opened) worker.terminate();
  opened = [];
});

function open(settings?: WorkerSettings): PortformWorker {
  const worker = openWorker(settings);
  opened.push(worker);
  return worker;
}

const script = new URL("../node_modules/portform/dist/worker-thread.js", import.meta.url);
const COLUMNS = ["request_number", "result_status", "test_mark"];

/** Rows of which every tenth has a fault. */
function cells(count: number): unknown[][] {
  return Array.from({ length: count }, (_, at) => [String(at + 1), "SUCCEED", at % 10 === 0 ? 77 : 5]);
}

function batch(count: number): { cycle_id: string; results: object[] } {
  return { cycle_id: "1", results: cells(count).map((row) => Object.fromEntries(COLUMNS.map((name, at) => [name, row[at]]))) };
}

const plain = <T>(report: Report<T> | JsonReport): unknown => structuredClone({ ...report });

/** Progress that was told, which never falls and whose total stays. */
function meter(): { readonly seen: Progress[]; onProgress(progress: Progress): void } {
  const seen: Progress[] = [];
  return { seen, onProgress: (progress) => seen.push(progress) };
}

function expectWhole(seen: readonly Progress[], total: number): void {
  expect(seen.length).toBeGreaterThan(1);
  for (const [at, { done }] of seen.entries()) expect(done).toBeGreaterThan(at === 0 ? -1 : (seen[at - 1] as Progress).done);
  expect(new Set(seen.map((progress) => progress.total))).toEqual(new Set([total]));
  expect(seen[0]).toMatchObject({ phase: "reading", done: 0 });
  expect(seen.at(-1)).toEqual({ phase: "writing", done: total, total });
}

describe("checkJson", () => {
  test.each(["cycle.create", "programme.create", "results.bulk_update", "application.answer"])("finds in the example of %s what the page finds", async (name) => {
    const payload = byName[name] as Payload<unknown, unknown>;
    const worker = open();
    const full = JSON.stringify(example(name));
    for (const text of [full, full.replaceAll(/\d/g, "x"), "{}", "[]", `${full}]`, "", '{"id":12345678901234567890,"unknown_é":"\\ud83d"}']) {
      for (const options of [undefined, { locale: "en", today: "2026-11-22" }, { mode: "strict" }] as const) {
        const there = await worker.checkJson(payload, text, options);
        expect(plain(there)).toEqual(plain(payload.checkJson(text, options)));
        expect(Object.keys(there)).toEqual(["valid", "issues", "body"]);
      }
    }
  });

  test("takes a string, bytes, which stay the caller's, and a Blob", async () => {
    const worker = open();
    const text = JSON.stringify(batch(50));
    const bytes = new TextEncoder().encode(text);
    const here = plain(resultsBulkUpdate.checkJson(text));
    const waiting = worker.checkJson(resultsBulkUpdate, bytes);
    bytes.fill(0);
    expect(plain(await waiting)).toEqual(here);
    expect(bytes.length).toBe(text.length);
    expect(plain(await worker.checkJson(resultsBulkUpdate, new Blob([text])))).toEqual(here);
    const given = new TextEncoder().encode(text);
    expect(plain(await worker.checkJson(resultsBulkUpdate, given, undefined, { transfer: true }))).toEqual(here);
    expect(given.length).toBe(0);
  });

  test("knows what the payload is bound to", async () => {
    const bound = cycleCreate.with({ locale: "en", context: { requestNumbers: ["1"] } });
    const options = { context: { status: "OPEN" } };
    expect(plain(await open().checkJson(bound, "{}", options))).toEqual(plain(bound.checkJson("{}", options)));
  });

  test("takes the payloads of portform/slim, which need no init for it", async () => {
    expect(plain(await open().checkJson(slim.cycleCreate.with({ locale: "en" }), "{}"))).toEqual(plain(cycleCreate.checkJson("{}", { locale: "en" })));
  });

  test("tells how far it is, up to the end", async () => {
    for (const text of [JSON.stringify(batch(40_000)), JSON.stringify({ cycle_id: "1", results: batch(40_000).results.map((row) => ({ ...row, test_mark: 5, certificate: "Удостоверение" })) })]) {
      const here = resultsBulkUpdate.checkJson(text);
      for (const source of [text, new Blob([text])]) {
        const { seen, onProgress } = meter();
        const report = await open().checkJson(resultsBulkUpdate, source, undefined, { onProgress });
        expect([report.valid, report.issues.length, report.body === here.body]).toEqual([here.valid, here.issues.length, true]);
        expectWhole(seen, new TextEncoder().encode(text).length);
      }
    }
  });

  test("several at once do not get mixed up", async () => {
    const worker = open();
    const sizes = [3_000, 10, 700, 0, 90];
    const reports = await Promise.all(sizes.map((size) => worker.checkJson(resultsBulkUpdate, JSON.stringify(batch(size)), { locale: size % 3 === 0 ? "en" : "uk" })));
    for (const [at, size] of sizes.entries()) {
      const here = resultsBulkUpdate.checkJson(JSON.stringify(batch(size)), { locale: size % 3 === 0 ? "en" : "uk" });
      expect(plain(reports[at] as JsonReport)).toEqual(plain(here));
    }
  });

  test("given up before it begins, nothing begins", async () => {
    let made = 0;
    const worker = open({ create: () => (made++, new Worker(script)) });
    const reason = new Error("not wanted");
    await expect(worker.checkJson(resultsBulkUpdate, "{}", undefined, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(made).toBe(0);
  });

  test("given up while it runs or waits, it ends, and the others go on", async () => {
    const worker = open();
    const [running, waiting] = [new AbortController(), new AbortController()];
    const seen: Progress[] = [];
    const text = JSON.stringify(batch(40_000));
    const first = worker.checkJson(resultsBulkUpdate, text, undefined, {
      signal: running.signal,
      onProgress: (progress) => {
        seen.push(progress);
        running.abort();
      },
    });
    const second = worker.checkJson(resultsBulkUpdate, text, undefined, { signal: waiting.signal });
    const third = worker.checkJson(resultsBulkUpdate, "{}");
    waiting.abort();
    await expect(second).rejects.toMatchObject({ name: "AbortError" });
    await expect(first).rejects.toMatchObject({ name: "AbortError" });
    expect(plain(await third)).toEqual(plain(resultsBulkUpdate.checkJson("{}")));
    expect(seen.length, "nothing is told after the end").toBe(1);
  });

  test("refuses the calls that the page refuses, in the same words", async () => {
    const worker = open();
    for (const options of [{ locale: "de" }, { promote: "PRG-01" }, 5, [], { today: () => 1 }, { context: { specialities: Symbol("x") } }, { dialect: null }]) {
      const wrong = options as unknown as Options;
      const error = thrown(() => resultsBulkUpdate.checkJson("{}", wrong));
      await expect(worker.checkJson(resultsBulkUpdate, "{}", wrong)).rejects.toEqual(error);
      if (typeof options === "object" && !Array.isArray(options)) await expect(worker.form(resultsBulkUpdate, {}, wrong)).rejects.toEqual(error);
    }
    for (const source of [undefined, 5, {}, new ArrayBuffer(2), ["{}"]]) {
      await expect(worker.checkJson(resultsBulkUpdate, source as string)).rejects.toThrow(new TypeError("checkJson takes JSON as a string, a Uint8Array or a Blob."));
    }
    await expect(worker.checkJson({ name: "cycle.create" } as never, "{}")).rejects.toThrow(TypeError);
    await expect(worker.checkJson(cycleCreate, "{}", {}, null as never)).rejects.toThrow(TypeError);
    await expect(worker.checkJson(cycleCreate, "{}", {}, { onProgress: 5 as never })).rejects.toThrow("onProgress has to be a function.");
    await expect(worker.checkJson(cycleCreate, "{}", {}, { signal: {} as never })).rejects.toThrow("signal has to be an AbortSignal.");
    expect(() => openWorker(null as never)).toThrow(TypeError);
    expect(() => openWorker({ create: "worker.js" as never })).toThrow("create has to be a function");
    expect((await worker.checkJson(cycleCreate, "{}")).valid, "and goes on working").toBe(false);
  });

  test("the listener's own faults are the page's, not the check's", async () => {
    const faults: unknown[] = [];
    const listeners = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.on("uncaughtException", (error) => faults.push(error));
    try {
      const report = await open().checkJson(resultsBulkUpdate, "{}", undefined, {
        onProgress: () => {
          throw new Error("listener");
        },
      });
      expect(report.valid).toBe(false);
      await new Promise((done) => setTimeout(done));
    } finally {
      process.removeAllListeners("uncaughtException");
      for (const listener of listeners) process.on("uncaughtException", listener);
    }
    expect(faults.length).toBeGreaterThan(0);
  });
});

describe("a form", () => {
  const shown = async (form: WorkerForm<unknown>): Promise<unknown[]> => [await form.value(), await form.summary(), await form.issues(), await form.states(), form.version];

  test("does what a form of the page does", async () => {
    const draft = example("results.bulk_update");
    const here = resultsBulkUpdate.form(draft, { locale: "en" });
    const there = await open().form(resultsBulkUpdate, draft, { locale: "en" });
    const told: Changes[] = [];
    const stop = there.subscribe((changes) => told.push(changes));
    type Name = "set" | "insert" | "remove" | "move" | "replace" | "paste" | "get" | "value" | "length" | "key" | "state" | "states" | "issues" | "summary" | "preview" | "explain" | "setOptions" | "undo" | "redo";
    const calls: readonly (readonly [Name, ...unknown[]])[] = [
      ["set", "/results/0/test_mark", "12,5"],
      ["set", "/results/-", {}],
      ["insert", "/results", 0, { request_number: "1", no_such: 1 }],
      ["insert", "/results", 0],
      ["move", "/results", 0, 2],
      ["remove", "/results", 1],
      ["state", "/results/0/test_mark"],
      ["key", "/results/1"],
      ["length", "/results"],
      ["paste", "/results", 1, [["5", "?", "x"], ["5"]], COLUMNS],
      ["undo"],
      ["redo"],
      ["redo"],
      ["explain", { status: 422, body: { error: "no" } }],
      ["setOptions", { locale: "uk" }],
      ["issues", { severity: "error", limit: 2 }],
      ["get", "/results/0"],
      ["preview"],
      ["states"],
      ["summary"],
      ["replace", { cycle_id: 5, results: [{ request_number: new Date(0) }] }],
      ["value"],
    ];
    for (const [name, ...args] of calls) {
      const own = (here[name] as (...args: unknown[]) => unknown)(...args);
      const other = await (there[name] as (...args: unknown[]) => Promise<unknown>)(...args);
      expect(other, name).toEqual(own);
      expect(there.version).toBe(here.version);
    }
    expect(plain(await there.report())).toEqual(plain(here.report()));
    expect(told.length).toBeGreaterThan(10);
    stop();
    const before = told.length;
    await there.undo();
    expect(told.length).toBe(before);
  });

  test("gives the value of what is valid", async () => {
    const draft = example("programme.create");
    const form = await open().form(programmeCreate, draft);
    expect(plain(await form.report())).toEqual(plain(programmeCreate.form(draft).report()));
    expect((await form.report()).valid).toBe(true);
  });

  test("judges whatever it is given as the page does", async () => {
    const form = await open().form(contractRequestCapitation);
    // What has no end, or is no value but the engine's own, is something else on another thread; it only has to be survived.
    const { "a proxy without end": endless, globalThis: engine, ...others } = garbage;
    await form.replace({ id_form: endless?.(), contractor_divisions: engine?.() });
    for (const [name, make] of Object.entries(others)) {
      const [here, draft] = [contractRequestCapitation.form(), { id_form: make(), contractor_divisions: [make()] }];
      here.replace(draft);
      await form.replace(draft);
      expect(plain(await form.report()), name).toEqual(plain(here.report()));
    }
  });

  test("refuses the calls that the page refuses, in the same words", async () => {
    const here = resultsBulkUpdate.form({});
    const there = await open().form(resultsBulkUpdate, {});
    for (const call of [
      (form: typeof here) => form.set("/nowhere", 1),
      (form: typeof here) => form.set(5 as never, 1),
      (form: typeof here) => form.insert("/results", 9),
      (form: typeof here) => form.insert("/results", -1),
      (form: typeof here) => form.paste("/results", 0, 5 as never, COLUMNS),
      (form: typeof here) => form.paste("/results", 0, [[1]], ["x"]),
      (form: typeof here) => form.paste("/results", 0, [[1]], "x" as never),
      (form: typeof here) => form.paste("/results", 3, cells(3_000), COLUMNS),
      (form: typeof here) => form.issues({ severity: "bad" as never }),
      (form: typeof here) => form.setOptions({ locale: "de" as never }),
      (form: typeof here) => form.explain(undefined as never),
      (form: typeof here) => form.state("/results/7/test_mark"),
    ]) {
      const error = thrown(() => call(here));
      await expect((call as unknown as (form: typeof there) => Promise<unknown>)(there)).rejects.toEqual(error);
    }
    expect(await there.undo(), "nothing was done").toBeUndefined();
    there.free();
    here.free();
    await expect(there.value()).rejects.toEqual(thrown(() => here.value()));
    await expect(there.paste("/results", 0, [], COLUMNS)).rejects.toThrow("The form is freed");
    expect(() => there.subscribe(() => undefined)).toThrow("The form is freed");
    there.free();
  });

  test("a paste of many rows is one step, and tells how far it is", async () => {
    const rows = cells(20_000);
    const here = resultsBulkUpdate.form({ cycle_id: "1" });
    const there = await open().form(resultsBulkUpdate, { cycle_id: "1" });
    const was = await shown(there);
    const { seen, onProgress } = meter();
    const [own, other] = [here.paste("/results", 0, rows, COLUMNS), await there.paste("/results", 0, rows, COLUMNS, { onProgress })];
    expect({ ...other }).toEqual({ ...own });
    expectWhole(seen, 20_000);
    await there.undo();
    expect((await shown(there)).slice(0, 4)).toEqual(was.slice(0, 4));
    expect(await there.undo()).toBeUndefined();
  });

  test("what is given up leaves the form as it was", async () => {
    const there = await open().form(resultsBulkUpdate, batch(3_000));
    await there.set("/results/0/test_mark", 9);
    await there.set("/results/0/test_mark", 10);
    await there.undo();
    const was = await shown(there);
    const told: Changes[] = [];
    there.subscribe((changes) => told.push(changes));
    for (const edit of ["paste", "replace", "loadJson"] as const) {
      for (const at of [0, 0.2, 0.4]) {
        const control = new AbortController();
        const settings = { signal: control.signal, onProgress: ({ done, total }: Progress) => done >= at * total && done < total && control.abort() };
        const work =
          edit === "paste" ? there.paste("/results", 10, cells(20_000), COLUMNS, settings) : edit === "replace" ? there.replace(batch(20_000), settings) : there.loadJson(JSON.stringify(batch(20_000)), settings);
        await expect(work).rejects.toMatchObject({ name: "AbortError" });
        expect(await shown(there)).toEqual(was);
      }
    }
    expect(told).toEqual([]);
    expect((await there.redo())?.summary, "what was taken back before can be done again").toBeDefined();
    expect(await there.get("/results/0/test_mark")).toBe(10);
  });

  test("a signal that comes when it is done changes nothing", async () => {
    const there = await open().form(resultsBulkUpdate, {});
    const control = new AbortController();
    await there.paste("/results", 0, cells(5), COLUMNS, { signal: control.signal });
    control.abort();
    expect(await there.length("/results")).toBe(5);
  });

  test("loads a JSON text", async () => {
    const text = JSON.stringify(batch(5_000));
    const here = resultsBulkUpdate.form({});
    const there = await open().form(resultsBulkUpdate, {});
    const own = here.replace(JSON.parse(text));
    const { seen, onProgress } = meter();
    expect({ ...(await there.loadJson(new TextEncoder().encode(`\ufeff${text}`), { onProgress })) }).toEqual({ ...own });
    expectWhole(seen, text.length + 3);
    await there.loadJson(new Blob([text]));
    expect(await there.length("/results")).toBe(5_000);
    const was = await shown(there);
    await expect(there.loadJson('{"secret": Иванов}')).rejects.toEqual(new SyntaxError("The text is not JSON: checkJson tells where."));
    await expect(there.loadJson(5 as never)).rejects.toThrow(new TypeError("loadJson takes JSON as a string, a Uint8Array or a Blob."));
    expect(await shown(there)).toEqual(was);
  });

  test("calls made at once are done in their order", async () => {
    const there = await open().form(resultsBulkUpdate, {});
    const paste = there.paste("/results", 0, cells(5_000), COLUMNS);
    const set = there.set("/results/4999/test_mark", 1);
    const length = there.length("/results");
    expect((await paste).summary.errors).toBeGreaterThan(0);
    await set;
    expect(await length).toBe(5_000);
    expect(await there.get("/results/4999/test_mark")).toBe(1);
  });

  test("lives on while checks are given up, and ends with its worker", async () => {
    const worker = open();
    const one = await worker.form(resultsBulkUpdate, batch(3_000));
    const two = await worker.form(cycleCreate, {});
    const control = new AbortController();
    const check = worker.checkJson(resultsBulkUpdate, JSON.stringify(batch(20_000)), undefined, { signal: control.signal, onProgress: () => control.abort() });
    await expect(check).rejects.toMatchObject({ name: "AbortError" });
    two.free();
    expect(await one.length("/results")).toBe(3_000);
    const waiting = one.value();
    worker.terminate();
    for (const promise of [waiting, one.set("/cycle_id", 1), worker.checkJson(cycleCreate, "{}"), worker.form(cycleCreate)]) {
      await expect(promise).rejects.toThrow(/^The worker is terminated: openWorker gives another\.$/);
    }
    worker.terminate();
  });

  test("can be given up while it is opened", async () => {
    const worker = open();
    const control = new AbortController();
    const opening = worker.form(resultsBulkUpdate, batch(5_000), undefined, { signal: control.signal, onProgress: () => control.abort(new Error("enough")) });
    await expect(opening).rejects.toThrow("enough");
    expect(await (await worker.form(cycleCreate, {})).length("/dates").catch(() => 0)).toBe(0);
  });
});

describe("what goes wrong with the thread is one sentence", () => {
  test("a script that is not there names `create`", async () => {
    const worker = open({ create: () => new Worker(new URL("no-such-script.js", script)) });
    for (const call of [() => worker.checkJson(cycleCreate, "{}"), () => worker.form(cycleCreate)]) await expect(call()).rejects.toThrow(/could not be loaded: give openWorker a `create`/);
  });

  test("so does a `create` that fails", async () => {
    const cause = new Error("blocked");
    const worker = open({
      create: () => {
        throw cause;
      },
    });
    await expect(worker.checkJson(cycleCreate, "{}")).rejects.toMatchObject({ message: expect.stringContaining("`create`"), cause });
    await expect(open({ create: () => ({}) as never }).checkJson(cycleCreate, "{}")).rejects.toThrow(TypeError);
  });

  test("a thread that dies takes what it was doing with it, and nothing else", async () => {
    const made: Worker[] = [];
    const create = (): Worker => {
      const one = new Worker(script);
      made.push(one);
      return one;
    };
    const worker = open({ create });
    const form = await worker.form(resultsBulkUpdate, {});
    const check = worker.checkJson(resultsBulkUpdate, JSON.stringify(batch(20_000)), undefined, { onProgress: () => void made[1]?.terminate() });
    await expect(check).rejects.toThrow(/^The worker crashed: what it was doing is lost\.$/);
    expect((await worker.checkJson(resultsBulkUpdate, "{}")).valid).toBe(false);
    expect(made.length).toBe(3);
    const values = [form.value(), form.value()];
    await made[0]?.terminate();
    for (const value of [...values, form.value()]) await expect(value.then(() => "answered before", (error: Error) => error.message)).resolves.toMatch(/crashed|answered before/);
    await expect(form.value()).rejects.toThrow("The worker crashed");
  });
});

test("threads that have nothing to do keep no process alive", () => {
  const program = `
    import { cycleCreate } from "portform";
    import { openWorker } from "portform/worker";
    const worker = openWorker();
    const report = await worker.checkJson(cycleCreate, "{}");
    const form = await worker.form(cycleCreate, {});
    console.log(report.issues.length, (await form.summary()).errors);
  `;
  // A process that does not end is killed, and that is an error.
  const said = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: new URL("..", import.meta.url), encoding: "utf8", timeout: 30_000 });
  expect(said).toMatch(/^\d+ \d+\n$/);
});

test("the page's part carries no wasm, and is small", () => {
  const text = readFileSync(new URL("worker.js", script), "utf8");
  expect(text).not.toMatch(/WebAssembly\.(Instance|Module)\(|initSync/);
  expect(text.length).toBeLessThan(30_000);
});

function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
