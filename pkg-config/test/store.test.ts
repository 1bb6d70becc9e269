// portform/store in Node over a database in memory: a draft is never overwritten silently, and a submission that was written down ends
// as answered, as surely not sent, or as unknown, wherever its page broke off.
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cycleCancel, cycleCreate, type Form } from "portform";
import { DraftConflict, openDrafts, openOutbox, StoreError, type Drafts, type Outbox, type OutboxEntry, type Sender } from "portform/store";
import type { Outcome } from "portform/store";
import { example } from "./support.js";

let open: { close(): unknown }[] = [];
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(async () => {
  for (const store of open) await store.close();
  open = [];
  vi.unstubAllGlobals();
});

async function drafts(): Promise<Drafts> {
  const opened = await openDrafts({ locale: "en" });
  open.push(opened);
  return opened;
}

function cycle(id: string): Form<unknown> {
  return cycleCreate.form({ ...example("cycle.create"), id }) as Form<unknown>;
}

/** Resolves when the condition holds; the test's own limit ends the waiting. */
async function until(holds: () => unknown): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("drafts", () => {
  test("what was saved is there after the page was closed, as typed", async () => {
    const before = await drafts();
    const form = cycleCreate.form({});
    form.set("/price", "12 000,50");
    await before.save("cycle", form, { about: { title: "Цикл" } });
    await before.close();

    const after = await drafts();
    expect(await after.load("cycle")).toEqual({ price: "12 000,50" });
    expect(await after.list()).toMatchObject([{ id: "cycle", about: { title: "Цикл" } }]);
    await after.remove("cycle");
    expect(await after.load("cycle")).toBeUndefined();
    expect(await after.list()).toEqual([]);
  });

  test("a draft that another tab changed is told with both versions' times and not overwritten", async () => {
    const one = await drafts();
    const other = await drafts();
    const first = await one.save("cycle", { id: "one" });
    await other.load("cycle");
    const second = await one.save("cycle", { id: "two" });

    const conflict = await other.save("cycle", { id: "mine" }).catch((thrown: unknown) => thrown);
    expect(conflict).toBeInstanceOf(DraftConflict);
    expect(conflict).toMatchObject({
      reason: "conflict",
      mine: { at: first.at, value: { id: "mine" } },
      theirs: { at: second.at, value: { id: "two" } },
    });
    expect(await one.load("cycle")).toEqual({ id: "two" });

    await other.save("cycle", { id: "mine" }, { overwrite: true });
    expect(await other.load("cycle")).toEqual({ id: "mine" });
    await expect(one.save("cycle", { id: "three" })).rejects.toMatchObject({ theirs: { value: { id: "mine" } } });
  });

  test("a tab that never loaded a draft does not overwrite it", async () => {
    await (await drafts()).save("cycle", { id: "kept" });
    const other = await drafts();
    await expect(other.save("cycle", {})).rejects.toMatchObject({ name: "DraftConflict", mine: { at: undefined } });
    expect(await other.load("cycle")).toEqual({ id: "kept" });
  });

  test("other tabs hear of what is saved and removed", async () => {
    const one = await drafts();
    const other = await drafts();
    const heard: unknown[] = [];
    const stop = other.subscribe(({ id, kind }) => heard.push([id, kind]));
    await one.save("cycle", {});
    await one.remove("cycle");
    await until(() => heard.length === 2);
    expect(heard).toEqual([["cycle", "saved"], ["cycle", "removed"]]);
    stop();
  });

  test("a form is saved by itself after a pause, and once more when that is ended", async () => {
    const store = await drafts();
    const form = cycle("1");
    const saved: string[] = [];
    const stop = store.autosave("cycle", form, { delay: 1, onSaved: ({ id }) => saved.push(id) });
    form.set("/id", "2");
    form.set("/id", "3");
    await until(() => saved.length > 0);
    expect(await store.load("cycle")).toMatchObject({ id: "3" });
    form.set("/id", "4");
    await stop();
    expect(await store.load("cycle")).toMatchObject({ id: "4" });
    form.set("/id", "5");
    await stop();
    expect(await store.load("cycle")).toMatchObject({ id: "4" });
  });

  test("autosave tells a conflict once, keeps what the other tab saved, and goes on after a decision", async () => {
    const one = await drafts();
    const other = await drafts();
    const form = cycle("1");
    await one.save("cycle", form);
    const problems: StoreError[] = [];
    const stop = one.autosave("cycle", form, { delay: 0, onProblem: (problem) => problems.push(problem) });
    await other.load("cycle");
    await other.save("cycle", { id: "theirs" });
    form.set("/id", "mine");
    await until(() => problems.length > 0);
    form.set("/id", "mine still");
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(problems.map(({ reason }) => reason)).toEqual(["conflict"]);
    expect(await other.load("cycle")).toEqual({ id: "theirs" });
    await one.save("cycle", form, { overwrite: true });
    form.set("/id", "decided");
    await stop();
    expect(await other.load("cycle")).toMatchObject({ id: "decided" });
    expect(problems).toHaveLength(1);
  });

  test("where the browser keeps nothing, the page is told and goes on", async () => {
    vi.stubGlobal("indexedDB", undefined);
    const store = await drafts();
    expect(store.durable).toBe(false);
    expect(store.problem).toMatchObject({ reason: "unavailable" });
    expect(store.problem?.message).toContain("private window");
    await store.save("cycle", { id: "1" });
    expect(await store.load("cycle")).toEqual({ id: "1" });
  });

  test("a database that refuses to open is told like one that is not there", async () => {
    vi.stubGlobal("indexedDB", {
      open: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
    expect((await drafts()).problem).toMatchObject({ reason: "unavailable" });
  });

  test("no room left is told, and what was kept before stays", async () => {
    const store = await drafts();
    await store.save("cycle", { id: "kept" });
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await expect(store.save("cycle", { id: "lost" })).rejects.toMatchObject({ name: "StoreError", reason: "quota" });
    put.mockRestore();
    expect(await store.load("cycle")).toEqual({ id: "kept" });
    await expect(store.save("cycle", { id: "again" })).resolves.toBeDefined();
  });

  test("a value that a framework wraps in a proxy is kept as the data that it is, and what is no data is told", async () => {
    const store = await drafts();
    await store.save("proxy", new Proxy({ rows: [1], call: () => 1 }, {}));
    expect(await store.load("proxy")).toEqual({ rows: [1] });
    const circle: Record<string, unknown> = { call: () => 1 };
    circle["self"] = circle;
    await expect(store.save("circle", circle)).rejects.toMatchObject({ reason: "not_storable" });
  });

  test("a wrong call is one sentence", async () => {
    const store = await drafts();
    await expect(store.save("", {})).rejects.toThrow(TypeError);
    await expect(store.load(1 as never)).rejects.toThrow(TypeError);
    expect(() => store.autosave("cycle", {} as never)).toThrow(TypeError);
    await expect(openDrafts({ name: "" })).rejects.toThrow(TypeError);
    const { save, load } = store;
    await save("unbound", { id: "1" });
    expect(await load("unbound")).toEqual({ id: "1" });
    await store.close();
    await expect(store.load("unbound")).rejects.toMatchObject({ reason: "closed" });
  });
});

/** A client before a proxy with a journal: what was sent under each key, and what is answered next. */
class Upstream implements Sender {
  readonly sent: { key: string; body: string }[] = [];
  readonly journal = new Map<string, Outcome>();
  answers: ((key: string, body: string) => Outcome | Promise<Outcome>)[] = [];

  readonly submit = async (form: Form<unknown>, how?: { key?: string | undefined }): Promise<Outcome> => {
    const key = how?.key ?? "";
    const { body } = form.preview();
    this.sent.push({ key, body });
    const outcome = await (this.answers.shift() ?? accepted)(key, body);
    if (outcome.kind === "refused") form.explain({ status: outcome.status, body: outcome.answer });
    if (outcome.kind === "accepted" || outcome.kind === "refused") this.journal.set(key, outcome);
    return outcome;
  };

  outcome = async (key: string): Promise<Outcome> =>
    this.journal.get(key) ?? { kind: "not_sent", key, reason: "never_received", retryable: true, message: "" };
}

const AT = "2026-11-25T00:00:00Z";
const accepted = (key: string, body: string): Outcome => ({ kind: "accepted", key, status: 200, answer: {}, body, at: AT, repeated: false });
const unknown = (key: string, body: string): Outcome => ({ kind: "unknown", key, reason: "broken", message: "?", body });
const notSent = (retryable: boolean, retryAfter?: number) => (key: string): Outcome => ({
  kind: "not_sent", key, reason: "unreachable", retryable, message: "no", ...(retryAfter === undefined ? undefined : { retryAfter }),
});

async function outbox(client: Sender): Promise<Outbox> {
  const opened = await openOutbox({ client, locale: "en" });
  open.push(opened);
  return opened;
}

const stateOf = (box: Outbox, entry: OutboxEntry): string | undefined => box.get(entry.key)?.state;

describe("outbox", () => {
  test("what is added is sent once, byte for byte, and its outcome is kept", async () => {
    const upstream = new Upstream();
    const box = await outbox(upstream);
    const form = cycle("1");
    const entry = await box.add(form, { about: "Цикл 1" });
    await until(() => stateOf(box, entry) === "accepted");
    expect(upstream.sent).toEqual([{ key: entry.key, body: form.preview().body }]);
    expect(box.get(entry.key)).toMatchObject({ attempts: 1, about: "Цикл 1", outcome: { kind: "accepted" } });
    box.close();

    const later = await outbox(upstream);
    expect(later.entries()).toMatchObject([{ key: entry.key, state: "accepted" }]);
    expect(upstream.sent).toHaveLength(1);
  });

  test("an invalid form is said to be so, and nothing is kept or sent", async () => {
    const upstream = new Upstream();
    const box = await outbox(upstream);
    const entry = await box.add(cycleCreate.form({}));
    expect(entry).toMatchObject({ state: "invalid", key: "", outcome: { kind: "invalid" } });
    expect(box.entries()).toEqual([]);
    expect(upstream.sent).toEqual([]);
  });

  test("the same body that is on its way is not added a second time; another body is", async () => {
    const upstream = new Upstream();
    let answer: (outcome: Outcome) => void = () => {};
    upstream.answers = [() => new Promise((resolve) => (answer = resolve))];
    const box = await outbox(upstream);
    const first = await box.add(cycle("1"));
    await until(() => upstream.sent.length === 1);
    expect((await box.add(cycle("1"))).key).toBe(first.key);
    const second = await box.add(cycle("2"));
    expect(second.key).not.toBe(first.key);
    answer(accepted(first.key, first.body));
    await until(() => stateOf(box, second) === "accepted");
    expect(upstream.sent.map(({ key }) => key)).toEqual([first.key, second.key]);
  });

  test("what could not be sent is sent later with the same key", async () => {
    const upstream = new Upstream();
    upstream.answers = [notSent(true, 0.01), accepted];
    const box = await outbox(upstream);
    const entry = await box.add(cycle("1"));
    await until(() => stateOf(box, entry) === "accepted");
    expect(upstream.sent.map(({ key }) => key)).toEqual([entry.key, entry.key]);
    expect(box.get(entry.key)?.attempts).toBe(2);
  });

  test("what waits for a person is sent when the person says so", async () => {
    const upstream = new Upstream();
    upstream.answers = [notSent(false)];
    const box = await outbox(upstream);
    const entry = await box.add(cycle("1"));
    await until(() => stateOf(box, entry) === "not_sent");
    await box.retry(entry.key);
    await until(() => stateOf(box, entry) === "accepted");
    await expect(box.retry("none")).rejects.toThrow(RangeError);
  });

  test("what is unknown is never sent again by itself, and is resolved by its key", async () => {
    const upstream = new Upstream();
    upstream.answers = [unknown];
    let known = (key: string): Outcome => unknown(key, "");
    upstream.outcome = async (key) => known(key);
    const box = await outbox(upstream);
    const entry = await box.add(cycle("1"));
    await until(() => stateOf(box, entry) === "unknown");
    await box.retry(entry.key);
    expect(stateOf(box, entry)).toBe("unknown");
    expect(upstream.sent).toHaveLength(1);
    known = (key) => accepted(key, entry.body);
    await box.retry(entry.key);
    expect(stateOf(box, entry)).toBe("accepted");
    expect(upstream.sent).toHaveLength(1);
  });

  test("a page that broke off while sending: what arrived is asked for, what never arrived is sent", async () => {
    const upstream = new Upstream();
    upstream.answers = [() => new Promise<never>(() => {})];
    const gone = await outbox(upstream);
    const arrived = await gone.add(cycle("1"));
    await until(() => upstream.sent.length === 1 && stateOf(gone, arrived) === "sending");
    gone.close();
    upstream.journal.set(arrived.key, accepted(arrived.key, arrived.body));

    const after = await outbox(upstream);
    await until(() => stateOf(after, arrived) === "accepted");
    expect(upstream.sent).toHaveLength(1);

    upstream.answers = [() => new Promise<never>(() => {})];
    const lost = await after.add(cycle("2"));
    await until(() => stateOf(after, lost) === "sending");
    after.close();
    upstream.answers = [];
    const again = await outbox(upstream);
    await until(() => stateOf(again, lost) === "accepted");
    expect(upstream.sent.map(({ key }) => key)).toEqual([arrived.key, lost.key, lost.key]);
  });

  test("a refusal is shown on the form that it came from, unless that was changed since", async () => {
    const refused = (key: string, body: string): Outcome => ({
      kind: "refused", key, status: 200, answer: { success: false, reason: "already_exists" }, issues: [], body, at: AT,
    });
    const upstream = new Upstream();
    upstream.answers = [refused, (key, body) => (changed.set("/notes", "changed since"), refused(key, body))];
    const box = await outbox(upstream);
    const form = cycle("1");
    const entry = await box.add(form);
    await until(() => stateOf(box, entry) === "refused");
    expect(form.issues().filter(({ code }) => code === "refused")).toMatchObject([{ pointer: "/id" }]);
    const changed = cycle("2");
    const second = await box.add(changed);
    await until(() => stateOf(box, second) === "refused");
    expect(changed.issues().filter(({ code }) => code === "refused")).toEqual([]);
  });

  test("two tabs with one outbox send each entry once", async () => {
    const upstream = new Upstream();
    const one = await outbox(upstream);
    const other = await outbox(upstream);
    const entries = await Promise.all(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? one : other).add(cycle(String(at)))));
    await until(() => entries.every((entry) => stateOf(one, entry) === "accepted" && stateOf(other, entry) === "accepted"));
    expect(new Set(upstream.sent.map(({ key }) => key)).size).toBe(20);
    expect(upstream.sent).toHaveLength(20);
  });

  test("nothing is sent while the browser is offline", async () => {
    vi.stubGlobal("navigator", { onLine: false });
    const upstream = new Upstream();
    const box = await outbox(upstream);
    const entry = await box.add(cycle("1"));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stateOf(box, entry)).toBe("waiting");
    expect(upstream.sent).toEqual([]);
    vi.stubGlobal("navigator", { onLine: true });
    await box.retry(entry.key);
    await until(() => stateOf(box, entry) === "accepted");
  });

  test("listeners hear of every change, the list is the same until then, and what is being sent stays", async () => {
    const upstream = new Upstream();
    let answer: (outcome: Outcome) => void = () => {};
    upstream.answers = [() => new Promise((resolve) => (answer = resolve))];
    const box = await outbox(upstream);
    const heard: string[] = [];
    box.subscribe((entries) => heard.push(entries.map(({ state }) => state).join()));
    const entry = await box.add(cycle("1"));
    await until(() => stateOf(box, entry) === "sending");
    expect(box.entries()).toBe(box.entries());
    await expect(box.remove(entry.key)).rejects.toThrow(RangeError);
    answer(accepted(entry.key, entry.body));
    await until(() => stateOf(box, entry) === "accepted");
    await box.remove(entry.key);
    expect(box.entries()).toEqual([]);
    expect(heard).toEqual(["waiting", "sending", "accepted", ""]);
  });

  test("a client that throws does not lose the entry", async () => {
    const upstream = new Upstream();
    upstream.answers = [() => Promise.reject(new TypeError("a wrong call"))];
    const box = await outbox(upstream);
    const entry = await box.add(cycleCancel.form({ id: "1", change_comment: "x" }));
    await until(() => stateOf(box, entry) === "not_sent");
    expect(box.get(entry.key)?.outcome).toMatchObject({ kind: "not_sent", message: "a wrong call" });
    await expect(openOutbox({} as never)).rejects.toThrow(TypeError);
  });
});
