// portform/client in Node against a server of the test's own that answers as the proxy does, or as badly as the network: every
// submission ends in one of five outcomes, and only what surely was not sent goes out a second time.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { runInNewContext } from "node:vm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { contractRequestEnvelope, cycleCreate, referenceSpecialities, type Form } from "portform";
import { openOutbox } from "portform/store";
import { createClient, type Client, type ClientOptions, type Outcome, type Received } from "portform/client";
import { example } from "./support.js";

interface Seen { method: string; url: string; headers: IncomingMessage["headers"]; body: string }
type Answer = (request: Seen, response: ServerResponse, at: number) => void;

let server: Server;
let base: string;
let seen: Seen[];
let answer: Answer;

beforeEach(async () => {
  seen = [];
  answer = upstream(200, { success: true });
  server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      seen.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers, body });
      answer(seen.at(-1) as Seen, response, seen.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterEach(async () => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function client(more: ClientOptions = {}): Client {
  return createClient({ portal: `${base}/portal/`, ehealth: `${base}/ehealth/`, inbox: `${base}/inbox/`, locale: "en", ...more });
}

function cycle(id = "c-1"): Form<unknown> {
  return cycleCreate.form({ ...example("cycle.create"), id }) as Form<unknown>;
}

function write(response: ServerResponse, status: number, headers: Record<string, string>, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}
function upstream(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (_, response) => write(response, status, { "x-portform-answer": "upstream", ...headers }, body);
}
function proxy(status: number, error: string, state: string, retry: boolean, headers: Record<string, string> = {}): Answer {
  const message = { ru: `ru ${error}`, uk: `uk ${error}`, en: `en ${error}` };
  return (_, response) => write(response, status, { "x-portform-answer": "proxy", ...headers }, { error, message, state, retry });
}
/** The first answers, and the last one from then on. */
function inTurn(...answers: Answer[]): Answer {
  return (request, response, at) => (answers[Math.min(at, answers.length) - 1] as Answer)(request, response, at);
}
const posts = (): Seen[] => seen.filter(({ method }) => method === "POST");

describe("submit", () => {
  test("the body goes out byte for byte, with a key, and is accepted", async () => {
    answer = upstream(200, { success: true }, { "x-portform-at": "2026-11-25T10:00:00.000Z" });
    const form = cycle();
    const outcome = await client().submit(form);
    const { body } = form.preview();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: "POST", url: "/portal/education/cycle/create", body });
    const key = (seen[0]?.headers["idempotency-key"] as string).slice(1, -1);
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(seen[0]?.headers).toMatchObject({ "content-type": "application/json", "x-portform-locale": "en" });
    expect(outcome).toEqual({ kind: "accepted", key, status: 200, answer: { success: true }, body, at: "2026-11-25T10:00:00.000Z", repeated: false });
  });

  test("a payload and a value are submitted like a form; the caller's key is used", async () => {
    const value = example("cycle.create");
    answer = upstream(200, { success: true }, { "x-portform-repeated": "1" });
    const outcome = await client().submit(cycleCreate, value, { key: "my-key" });
    expect(seen[0]).toMatchObject({ body: cycleCreate.preview(value).body, headers: { "idempotency-key": '"my-key"' } });
    expect(outcome).toMatchObject({ kind: "accepted", key: "my-key", repeated: true });
  });

  test("a contract request goes to eHealth", async () => {
    const { readFileSync } = await import("node:fs");
    const signed = readFileSync(new URL("../../tests/fixtures/signed/capitation.txt", import.meta.url), "utf8").trim();
    const params = { contract_type: "CAPITATION", id: "7ae1cf44-62f8-4e0f-9ce6-add76581886f" };
    const value = { signed_content: signed, signed_content_encoding: "base64" };
    const form = contractRequestEnvelope.form(value, { endpoint: { params } }) as Form<unknown>;
    answer = upstream(201, { data: {} });
    expect((await client().submit(form)).kind).toBe("accepted");
    expect((await client().submit(contractRequestEnvelope, value, { options: { endpoint: { params } } })).kind).toBe("accepted");
    expect(seen.map(({ url }) => url)).toEqual(Array(2).fill(`/ehealth/api/contract_requests/capitation/${params.id}`));
  });

  test("an invalid form sends nothing", async () => {
    const form = cycleCreate.form({});
    const outcome = await client().submit(form);
    expect(outcome).toEqual({ kind: "invalid", issues: form.issues() });
    expect((await client().submit(cycleCreate, {})).kind).toBe("invalid");
    expect(seen).toEqual([]);
  });

  test("a refusal is shown on the form by itself", async () => {
    answer = upstream(200, { success: false, reason: "already_exists", description: "есть" });
    const form = cycle();
    const outcome = await client().submit(form);
    expect(outcome).toMatchObject({ kind: "refused", status: 200, issues: [{ pointer: "/id", code: "refused" }] });
    expect(form.state("/id").issues.map(({ code }) => code)).toEqual(["refused"]);
    expect(await client().submit(cycleCreate, example("cycle.create"))).toMatchObject({ kind: "refused", issues: [{ pointer: "/id" }] });
  });

  test.for([
    ["an empty answer", upstream(200, "")],
    ["an HTML page", upstream(200, "<!DOCTYPE html><p>Hello", { "content-type": "text/html" })],
    ["an HTML page called JSON", upstream(200, "  <HTML>")],
    ["half an answer", upstream(200, '{"success":')],
    ["an object that says nothing", upstream(200, {})],
    ["a list that says nothing", upstream(200, [])],
    ["what JSON has beside objects", upstream(200, "null")],
    ["words without a verdict", upstream(200, { message: "Спасибо" })],
    ["a success that is taken back in the same breath", upstream(200, { success: true, error: "oops" })],
    ["a success with a status that says otherwise", upstream(409, { success: true })],
    ["a status of 4xx that says nothing else", upstream(400, {})],
    ["somebody else's 2xx", upstream(200, { status: "ok" })],
    ["5xx without a reason", upstream(500, { error: "oops" })],
    ["5xx with nothing in it", upstream(503, {})],
    ["a front server's 502", (_, response) => write(response, 502, { "content-type": "text/html" }, "<html>Bad Gateway")],
    ["what the proxy does not know", proxy(504, "upstream_timeout", "unknown", false)],
    ["an earlier attempt that nobody knows of", proxy(502, "outcome_unknown", "unknown", false)],
  ] as [string, Answer][])("%s is unknown, is told in one sentence, and is not sent again", async ([, given]) => {
    answer = given;
    const form = cycle();
    const outcome = await client().submit(form);
    expect(outcome).toMatchObject({ kind: "unknown", body: form.preview().body });
    expect((outcome as { message: string }).message).toContain("not known whether");
    expect(posts()).toHaveLength(1);
    expect(form.issues().filter(({ code }) => code === "refused")).toEqual([]);
    // Neither is it anything else for having been seen before, nor for a payload without a form.
    expect(await client().submit(form)).toMatchObject({ kind: "unknown", message: (outcome as { message: string }).message });
    expect(await client().submit(cycleCreate, example("cycle.create"))).toMatchObject({ kind: "unknown", message: (outcome as { message: string }).message });
  });

  test("the same refusal twice is a refusal twice", async () => {
    answer = upstream(200, { success: false, reason: "already_exists" });
    const form = cycle();
    const first = await client().submit(form);
    expect(await client().submit(form)).toMatchObject({ kind: "refused", issues: first.kind === "refused" ? first.issues : [] });
    expect(form.issues({ severity: "error" })).toHaveLength(1);
    answer = upstream(200, {});
    expect(await client().submit(form)).toMatchObject({ kind: "unknown", reason: "unclear" });
    expect(form.issues({ severity: "error" })).toEqual([]);
  });

  test.for([
    ["written as a text", upstream(200, { success: "true" }), "accepted"],
    ["refused in a text", upstream(200, { success: "FALSE", reason: "already_exists" }), "refused"],
    ["a reason without more", upstream(200, { reason: "already_exists" }), "refused"],
    ["entries without more", upstream(200, [{ message: "bad", path: "id" }]), "refused"],
    ["JSON in a JSON text", upstream(200, JSON.stringify(JSON.stringify({ success: true }))), "accepted"],
    ["5xx with a reason", upstream(500, { success: false, reason: "incorrect_data" }), "refused"],
    ["401 of the upstream", upstream(401, { error: "invalid_token" }), "refused"],
    ["what a person has looked up", upstream(200, { success: true }, { "x-portform-answer": "person", "x-portform-repeated": "1" }), "accepted"],
  ] as [string, Answer, string][])("the upstream's word counts: %s", async ([, given, kind]) => {
    answer = given;
    expect((await client({ headers: { authorization: "Bearer 1" } }).submit(cycle())).kind).toBe(kind);
    expect(seen).toHaveLength(1);
  });

  test("what the upstream put off is sent again, as the proxy says that nothing was accepted", async () => {
    answer = inTurn(upstream(503, "<p>", { "x-portform-state": "not_sent", "retry-after": "0" }), upstream(200, { success: true }));
    expect((await client().submit(cycle())).kind).toBe("accepted");
    answer = upstream(429, {}, { "x-portform-state": "not_sent", "retry-after": "600" });
    expect(await client().submit(cycle())).toMatchObject({ kind: "not_sent", reason: "busy", retryable: true, retryAfter: 600 });
  });

  test("an outcome has the proxy's time and the request by which the proxy knows it", async () => {
    const headers = { "x-portform-at": "2026-11-25T10:00:00.000Z", "x-portform-request-id": "r-1", "x-request-id": "r-2" };
    answer = upstream(200, { success: true }, headers);
    expect(await client().submit(cycle())).toMatchObject({ at: "2026-11-25T10:00:00.000Z", requestId: "r-1" });
    answer = upstream(200, { success: false, reason: "already_exists" }, headers);
    expect(await client().submit(cycle())).toMatchObject({ at: "2026-11-25T10:00:00.000Z", requestId: "r-1" });
    answer = proxy(504, "upstream_timeout", "unknown", false, headers);
    expect(await client().submit(cycle())).toMatchObject({ kind: "unknown", requestId: "r-1" });
    answer = proxy(503, "not_configured", "not_sent", false, { "x-request-id": "r-2" });
    expect(await client().submit(cycle())).toMatchObject({ kind: "not_sent", requestId: "r-2" });
    answer = upstream(200, { success: true });
    expect(await client().submit(cycle())).not.toHaveProperty("requestId");
  });

  test("what eHealth answers is read as eHealth's", async () => {
    const { readFileSync } = await import("node:fs");
    const signed = readFileSync(new URL("../../tests/fixtures/signed/capitation.txt", import.meta.url), "utf8").trim();
    const params = { contract_type: "CAPITATION", id: "7ae1cf44-62f8-4e0f-9ce6-add76581886f" };
    const form = contractRequestEnvelope.form({ signed_content: signed, signed_content_encoding: "base64" }, { endpoint: { params } }) as Form<unknown>;
    for (const [status, body, kind] of [
      [201, { data: {} }, "accepted"],
      [201, {}, "accepted"],
      [200, { message: "queued" }, "unknown"],
      [422, { error: { type: "validation_failed" } }, "refused"],
      [404, {}, "refused"],
      [500, { error: { message: "oops" } }, "unknown"],
    ] as const) {
      answer = upstream(status, body);
      expect((await client().submit(form)).kind, `${status} ${JSON.stringify(body)}`).toBe(kind);
    }
    expect(form.issues().filter(({ code }) => code === "refused")).toEqual([]);
  });

  test("what surely was not sent is tried again with the same key, no oftener than is bounded", async () => {
    answer = inTurn(proxy(502, "upstream_unreachable", "not_sent", true, { "retry-after": "0" }), upstream(200, { success: true }));
    expect((await client().submit(cycle())).kind).toBe("accepted");
    expect(new Set(seen.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(seen).toHaveLength(2);

    seen = [];
    answer = proxy(503, "busy", "not_sent", true, { "retry-after": "0" });
    expect(await client().submit(cycle())).toMatchObject({ kind: "not_sent", reason: "busy", retryable: true, retryAfter: 0, message: "en busy" });
    expect(seen).toHaveLength(4);
  });

  test("a wait longer than a person's patience is left to the caller", async () => {
    answer = proxy(429, "busy", "not_sent", true, { "retry-after": "600" });
    expect(await client().submit(cycle())).toMatchObject({ kind: "not_sent", retryable: true, retryAfter: 600 });
    expect(seen).toHaveLength(1);
    answer = proxy(429, "busy", "not_sent", true, { "retry-after": new Date(Date.now() + 3_600_000).toUTCString() });
    const { retryAfter } = (await client().submit(cycle())) as { retryAfter: number };
    expect(retryAfter).toBeGreaterThan(3_000);
  });

  test("what nobody can mend by waiting is not tried again", async () => {
    answer = proxy(503, "not_configured", "not_sent", false);
    expect(await client({ locale: "uk" }).submit(cycle())).toMatchObject({ kind: "not_sent", retryable: false, message: "uk not_configured" });
    expect(seen).toHaveLength(1);
  });

  test("errors that the proxy finds are an invalid form's", async () => {
    answer = (_, response) => write(response, 422, { "x-portform-answer": "proxy" }, { error: "invalid", state: "not_sent", issues: [{ pointer: "/id" }] });
    expect(await client().submit(cycle())).toEqual({ kind: "invalid", issues: [{ pointer: "/id" }] });
  });

  test("while the first attempt is under way the answer is waited for", async () => {
    answer = inTurn(proxy(409, "key_in_progress", "received", true, { "retry-after": "0" }), upstream(200, { success: true }, { "x-portform-repeated": "1" }));
    expect(await client().submit(cycle(), { key: "k" })).toMatchObject({ kind: "accepted", repeated: true });
  });

  test("an expired token is asked for anew once; a sign-in that has ended is told", async () => {
    let token = 0;
    const headers = async (): Promise<HeadersInit> => ({ authorization: `Bearer ${++token}` });
    answer = (request, response, at) =>
      request.headers.authorization === "Bearer 2" ? upstream(200, { success: true })(request, response, at) : write(response, 401, {}, "");
    expect((await client({ headers }).submit(cycle())).kind).toBe("accepted");
    expect(await client({ headers }).submit(cycle())).toMatchObject({ kind: "not_sent", reason: "signed_out", retryable: false });
    expect(token).toBe(4);
    answer = (_, response) => response.writeHead(302, { location: "/login" }).end();
    expect(await client().submit(cycle())).toMatchObject({ kind: "not_sent", reason: "signed_out" });
  });

  test("headers of every form are sent, and headers that cannot be had are told", async () => {
    await client({ headers: { "x-token": "a" } }).submit(cycle());
    await client({ headers: [["x-token", "b"]] }).submit(cycle());
    await client({ headers: () => new Headers({ "x-token": "c" }) }).submit(cycle());
    expect(seen.map(({ headers }) => headers["x-token"])).toEqual(["a", "b", "c"]);
    const headers = (): never => {
      throw "no error at all";
    };
    expect(await client({ headers }).submit(cycle())).toMatchObject({ kind: "not_sent", reason: "headers" });
  });

  test("without a connection nothing was sent", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    await new Promise((resolve) => other.close(resolve));
    const gone = createClient({ portal: `http://127.0.0.1:${port}/portal/`, locale: "en" });
    expect(await gone.submit(cycle())).toMatchObject({ kind: "not_sent", reason: "unreachable", retryable: true });
    vi.stubGlobal("navigator", { onLine: false });
    expect(await client().submit(cycle())).toMatchObject({ kind: "not_sent", reason: "offline", retryable: true });
    expect(seen).toEqual([]);
  });

  test("when a connection breaks off, the journal is asked", async () => {
    const broken = (entry: Answer): Answer => (request, response, at) =>
      request.method === "POST" && posts().length === 1 ? response.destroy() : request.method === "POST" ? upstream(200, { success: true })(request, response, at) : entry(request, response, at);
    answer = broken((_, response) => write(response, 200, {}, {
      state: "sent", status: 200, settled_at: "2026-11-25T10:00:00Z", answer: { content_type: "application/json", body: '{"success":true}' },
    }));
    expect(await client().submit(cycle(), { key: "k" })).toMatchObject({ kind: "accepted", repeated: true, at: "2026-11-25T10:00:00Z", key: "k" });
    expect(seen.map(({ url }) => url)).toEqual(["/portal/education/cycle/create", "/journal/k"]);

    seen = [];
    answer = broken(proxy(404, "not_in_journal", "not_sent", true));
    expect((await client().submit(cycle(), { key: "k" })).kind).toBe("accepted");
    expect(posts().map(({ headers }) => headers["idempotency-key"])).toEqual(['"k"', '"k"']);

    seen = [];
    answer = broken((_, response) => write(response, 200, {}, { state: "unknown", error: "outcome_unknown" }));
    expect(await client().submit(cycle())).toMatchObject({ kind: "unknown", reason: "lost" });
    expect(posts()).toHaveLength(1);

    seen = [];
    answer = broken((_, response) => response.destroy());
    expect(await client().submit(cycle())).toMatchObject({ kind: "unknown", reason: "lost" });
    expect(posts()).toHaveLength(1);
  });

  test("an answer that does not come in time is unknown", async () => {
    answer = () => {};
    expect(await client({ timeout: 50 }).submit(cycle())).toMatchObject({ kind: "unknown", reason: "timeout" });
    expect(posts()).toHaveLength(1);
  });

  test("a submission that is given up: before it is sent, while it is under way, with any reason", async () => {
    const before = await client().submit(cycle(), { signal: AbortSignal.abort("no error") });
    expect(before).toMatchObject({ kind: "not_sent", reason: "aborted" });
    expect(seen).toEqual([]);
    const control = new AbortController();
    answer = () => control.abort("no error");
    expect(await client().submit(cycle(), { signal: control.signal })).toMatchObject({ kind: "unknown", reason: "aborted" });
  });

  test("a fetch that throws whatever it likes does not break the client", async () => {
    const own = client();
    for (const thrown of ["a text", undefined, null, 0, { odd: true }]) {
      vi.stubGlobal("fetch", () => {
        throw thrown;
      });
      expect((await own.submit(cycle())).kind).toBe("unknown");
      vi.stubGlobal("fetch", () => Promise.reject(thrown));
      expect((await own.submit(cycle())).kind).toBe("unknown");
    }
    vi.stubGlobal("fetch", async () => "no response");
    expect((await own.submit(cycle())).kind).toBe("unknown");
    vi.unstubAllGlobals();
    expect((await own.submit(cycle())).kind).toBe("accepted");
  });

  test("where there is no fetch, one sentence says so", async () => {
    vi.stubGlobal("fetch", undefined);
    await expect(client().submit(cycle())).rejects.toThrow(/portform\/client needs fetch/);
  });

  test("one submission of a body at a time", async () => {
    const waiting: (() => void)[] = [];
    answer = (request, response, at) => void waiting.push(() => upstream(200, { success: true })(request, response, at));
    const own = client();
    const form = cycle();
    const first = own.submit(form);
    const second = own.submit(form);
    await vi.waitUntil(() => waiting.length === 1);
    form.set("/notes", "another body");
    const third = own.submit(form);
    await vi.waitUntil(() => waiting.length === 2);
    for (const go of waiting) go();
    expect(await second).toBe(await first);
    expect((await third as { key: string }).key).not.toBe((await first as { key: string }).key);
    expect(posts()).toHaveLength(2);
  });

  test("a wrong call is one sentence", async () => {
    const own = client();
    await expect(own.submit({} as never)).rejects.toThrow(TypeError);
    await expect(own.submit(undefined as never)).rejects.toThrow(TypeError);
    await expect(own.submit(referenceSpecialities, [{ name: "x" }])).rejects.toThrow(/received, not sent/);
    await expect(own.submit(cycle(), { key: 'with "quotes"' })).rejects.toThrow(TypeError);
    await expect(own.submit(cycle(), { key: "" })).rejects.toThrow(TypeError);
    await expect(own.submit(cycle(), { locale: "de" as never })).rejects.toThrow(TypeError);
    expect(() => createClient({ timeout: -1 })).toThrow(RangeError);
    expect(() => createClient({ portal: 1 as never })).toThrow(TypeError);
    expect(() => createClient({ credentials: "x" as never })).toThrow(TypeError);
    await expect(createClient({ portal: "not an address", ehealth: "x" }).submit(cycle())).rejects.toThrow(TypeError);
    expect(seen).toEqual([]);
    const { submit } = own;
    expect((await submit(cycle())).kind).toBe("accepted");
    expect(() => runInNewContext("Object.freeze(it)", { it: own })).not.toThrow();
  });
});

describe("outcome", () => {
  const entry = (body: unknown, status = 200): Answer => (_, response) => write(response, status, {}, body);
  const rows: [string, Answer, Partial<Outcome> & { kind: string }][] = [
    ["accepted", entry({ state: "sent", status: 200, settled_at: "T", answer: { content_type: "application/json", body: '{"success":true}' } }), { kind: "accepted" }],
    ["refused", entry({ state: "sent", status: 200, settled_at: "T", answer: { content_type: "application/json", body: '{"success":false,"reason":"x"}' } }), { kind: "refused" }],
    ["accepted, as the proxy read it", entry({ state: "sent", accepted: true, request_id: "r", status: 200, settled_at: "T", answer: { content_type: "application/json", body: '\ufeff{"success":"true"}' } }), { kind: "accepted", requestId: "r" }],
    ["refused, as the proxy read it", entry({ state: "sent", accepted: false, status: 200, settled_at: "T", answer: { content_type: "application/json", body: '[{"message":"bad"}]' } }), { kind: "refused" }],
    ["an answer from which the proxy could not tell", entry({ state: "sent", accepted: null, request_id: "r", status: 200, settled_at: "T", answer: { content_type: "application/json", body: "{}" } }), { kind: "unknown", reason: "unclear", requestId: "r" }],
    ["an answer from which nobody can tell", entry({ state: "sent", status: 200, settled_at: "T", answer: { content_type: "application/json", body: "{}" } }), { kind: "unknown", reason: "unclear" }],
    ["a status", entry({ state: "sent", payload: "programme.status", status: 200, settled_at: "T", answer: { content_type: "application/json", body: '{"status":"approved"}' } }), { kind: "accepted" }],
    ["eHealth's answer", entry({ state: "sent", payload: "contract_request.envelope", status: 201, settled_at: "T", answer: { content_type: "application/json", body: "{}" } }), { kind: "accepted" }],
    ["an acceptance whose answer cannot be opened any more", entry({ state: "sent", accepted: true, status: 200, settled_at: "T", answer: null }), { kind: "accepted", answer: "" }],
    ["put off by the upstream", entry({ state: "not_sent", error: null, message: null }), { kind: "not_sent", reason: "busy" }],
    ["an answer that says nothing", entry({ state: "sent", status: 200, settled_at: "T", answer: { content_type: "text/html", body: "<p>" } }), { kind: "unknown" }],
    ["not sent", entry({ state: "not_sent", error: "upstream_unreachable", message: { en: "words" } }), { kind: "not_sent", reason: "upstream_unreachable", message: "words" }],
    ["under way", entry({ state: "received" }), { kind: "unknown", reason: "in_progress" }],
    ["unknown", entry({ state: "unknown", error: "outcome_unknown" }), { kind: "unknown", reason: "outcome_unknown" }],
    ["never received", proxy(404, "not_in_journal", "not_sent", true), { kind: "not_sent", reason: "not_in_journal" }],
    ["another server's 404", entry("<p>", 404), { kind: "unknown" }],
    ["a fault", entry({}, 500), { kind: "unknown" }],
    ["a broken connection", (_, response) => void response.destroy(), { kind: "unknown" }],
  ];
  test.for(rows)("%s, and nothing is sent", async ([, given, expected]) => {
    answer = given;
    expect(await client().outcome("k")).toMatchObject({ key: "k", ...expected });
    expect(seen.map(({ method, url }) => [method, url])).toEqual([["GET", "/journal/k"]]);
  });
});

describe("from the outbox, when the form is another one by then", () => {
  test.for([
    [upstream(200, {}), "unknown"],
    [upstream(200, [{ message: "bad", path: "id" }]), "unknown"],
    [upstream(200, { success: true }), "accepted"],
    [upstream(200, { success: false, reason: "already_exists" }), "refused"],
  ] as [Answer, string][])("what does not say by itself that it accepts is no acceptance: %#", async ([given, state]) => {
    const outbox = await openOutbox({ client: client(), name: `alone-${seen.length}`, locale: "en" });
    let go = (): void => {};
    answer = (request, response, at) => void (go = () => given(request, response, at));
    const form = cycle();
    const { key } = await outbox.add(form);
    await vi.waitUntil(() => posts().length === 1);
    form.set("/notes", "another body");
    go();
    await vi.waitUntil(() => outbox.get(key)?.state !== "sending");
    expect(outbox.get(key)?.state).toBe(state);
    expect(form.issues({ severity: "error" })).toEqual([]);
    outbox.close();
  });
});

describe("status", () => {
  test("is the Portal's word, whatever it is about", async () => {
    answer = upstream(200, { status: "approved" });
    expect(await client().status(" p-1 ")).toMatchObject({ kind: "accepted", answer: { status: "approved" } });
    expect(posts()[0]).toMatchObject({ url: "/portal/education/dpppk/status", body: '{"program_id":"p-1"}' });
    answer = upstream(200, {});
    expect(await client().status("p-1")).toMatchObject({ kind: "unknown", reason: "unclear" });
    answer = upstream(200, { success: false, reason: "unknown_program" });
    expect((await client().status("p-1")).kind).toBe("refused");
  });
});

describe("reference lists", () => {
  test("are one request however many ask, and are asked for anew by ETag", async () => {
    answer = (request, response) =>
      request.headers["if-none-match"] === '"1"' ? response.writeHead(304).end() : write(response, 200, { etag: '"1"' }, [{ name: request.url }]);
    const own = client();
    const all = await Promise.all([own.references(), own.references(), own.references()]);
    expect(seen.map(({ url }) => url).sort()).toEqual(["/portal/umk/programmes", "/portal/umk/specialities"]);
    expect(all[0]).toEqual({ specialities: [{ name: "/portal/umk/specialities" }], programmes: [{ name: "/portal/umk/programmes" }] });
    expect(await own.references()).toEqual(all[0]);
    expect(seen).toHaveLength(4);
    answer = (_, response) => write(response, 500, {}, "");
    expect(await own.references()).toEqual(all[0]);
  });

  test("that cannot be had are one clear error; a caller that gives up does not end it for the others", async () => {
    answer = (_, response) => write(response, 502, { "content-type": "text/html" }, "<p>");
    await expect(client().references()).rejects.toThrow(/umk\/specialities cannot be had/);
    answer = (_, response) => write(response, 200, {}, []);
    const own = client();
    const control = new AbortController();
    const [given, kept] = [own.references({ signal: control.signal }), own.references()];
    control.abort();
    await expect(given).rejects.toThrow();
    expect(await kept).toEqual({ specialities: [], programmes: [] });
  });
});

test("a programme's status is asked for", async () => {
  answer = upstream(200, { success: true, status: "approved" });
  expect(await client().status("P-1")).toMatchObject({ kind: "accepted", answer: { status: "approved" } });
  expect(seen[0]).toMatchObject({ url: "/portal/education/dpppk/status", body: '{"program_id":"P-1"}' });
  await expect(client().status(" ")).rejects.toThrow(TypeError);
});

test("health tells what the proxy can do, and that it is not there", async () => {
  answer = (_, response) => write(response, 200, {}, { status: "ok", sandbox: true, portal: { configured: true }, ehealth: { configured: false } });
  expect(await client().health()).toEqual({ ok: true, portal: true, ehealth: false, sandbox: true });
  expect(seen[0]?.url).toBe("/health");
  answer = (_, response) => write(response, 200, { "content-type": "text/html" }, "<p>");
  expect(await client().health()).toEqual({ ok: false, portal: false, ehealth: false, sandbox: false });
});

describe("received", () => {
  const item = (id: number): string => `id: ${id}\ndata: ${JSON.stringify({ id: "other", at: "T", kind: "application", payload: "application", value: { имя: id } })}\n\n`;

  test("goes on from a place, reconnects behind the last event, and ends with the signal", async () => {
    const control = new AbortController();
    answer = (_, response, at) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      if (at === 1) response.end(`: hello\n\n${item(6)}${item(7)}`);
      else response.write(item(8));
    };
    const got: Received[] = [];
    for await (const received of client({ headers: { "x-token": "a" } }).received({ after: "5", signal: control.signal })) {
      got.push(received);
      if (got.length === 3) control.abort();
    }
    expect(got.map(({ id, value }) => [id, value])).toEqual([["6", { имя: 6 }], ["7", { имя: 7 }], ["8", { имя: 8 }]]);
    expect(seen.map(({ url, headers }) => [url, headers["last-event-id"], headers["x-token"]])).toEqual([["/inbox/events", "5", "a"], ["/inbox/events", "7", "a"]]);
  });

  test("leaving the loop closes the connection", async () => {
    let closed = false;
    answer = (_, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(item(1));
      response.on("close", () => (closed = true));
    };
    for await (const { id } of client().received()) {
      expect(id).toBe("1");
      break;
    }
    await vi.waitUntil(() => closed);
  });

  test("what trying again cannot help ends it with one sentence", async () => {
    answer = (_, response) => write(response, 403, {}, {});
    const iterator = client().received()[Symbol.asyncIterator]();
    await expect(iterator.next()).rejects.toThrow(/the proxy answers 403/);
    expect(await iterator.next()).toMatchObject({ done: true });
  });

  test("a signal that was given already ends it at once", async () => {
    const got: unknown[] = [];
    for await (const received of client().received({ signal: AbortSignal.abort() })) got.push(received);
    expect(got).toEqual([]);
    expect(seen).toEqual([]);
  });
});
