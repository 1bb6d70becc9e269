// Values that no form would send, put together at random: a check, a form and everything else answers, tells nothing of what was
// given, and leaves the package as it was. Each script is given the package and how many values to try, and gives what was wrong
// beside what is right, which is nothing. They run in Node and in a browser, so they import nothing.

const SECRET = "Secret-Typed-Value";

/** Numbers from 0 up to 1, the same for the same seed. */
function dice(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

class Instance {
  #own = SECRET;
  get id() {
    return this.#own;
  }
}
class Rows extends Array {
  get length() {
    return 2 ** 40;
  }
}
class Loud extends Array {
  *[Symbol.iterator]() {
    throw new Error(SECRET);
  }
}

const thrower = (what) => () => {
  throw what;
};

/** Leaves that are no values of a payload, or odd ones. */
const leaves = [
  () => undefined, () => null, () => true, () => false, () => 0, () => -0, () => 5, () => 1.5, () => -1, () => 1e308, () => 5e-324, () => 2 ** 53, () => -(2 ** 60), () => Number.NaN, () => Infinity,
  () => "", () => " ", () => SECRET, () => "12 000,50", () => "01.02.2027", () => "NOT_TRAINED", () => "true", () => "\ud800", () => "a\udc00b", () => "😀".repeat(40), () => "x".repeat(20_000), () => "\0\u0001", () => "\u202e\ufeff", () => "и\u0306",
  () => 10n ** 40n, () => Symbol(SECRET), () => Symbol.iterator, () => () => SECRET, () => class {}, () => async () => 1, () => function* () {},
  () => new Date(0), () => new Date(Number.NaN), () => /x/g, () => new Map([[SECRET, 1]]), () => new Set([1]), () => new WeakMap(), () => new Error(SECRET), () => Promise.resolve(1), () => new Uint8Array(9), () => new Float64Array(3), () => new ArrayBuffer(8), () => new DataView(new ArrayBuffer(2)),
  () => new String("1"), () => new Number(2), () => new Boolean(true), () => Object(1n), () => Object(Symbol("x")), () => new Instance(), () => Object.create({ id: SECRET }), () => Object.create(null), () => globalThis, () => (typeof document === "object" ? document.all : Reflect),
  () => (typeof document === "object" ? document.createElement("form") : process), () => Math, () => JSON, () => Intl, () => (function () { return arguments; })(1, 2), () => [1, 2][Symbol.iterator](),
  () => new Rows(), () => Loud.from([1, 2]), () => [, , 1], () => Object.assign([1], { extra: SECRET }),
  () => Proxy.revocable({}, {}), () => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return proxy; }, () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; },
  () => new Proxy({}, { get: thrower(SECRET), ownKeys: thrower(null), getPrototypeOf: thrower(undefined) }),
  () => new Proxy({ id: 1 }, { ownKeys: () => ["id", "id"] }), () => new Proxy([], { get: thrower(Symbol("x")) }), () => new Proxy([1], { get: (list, key) => (key === "length" ? "many" : list[key]) }),
  () => new Proxy({}, { ownKeys: () => ["a", "b"], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }) }),
  () => ({ get [Symbol.toStringTag]() { throw new Error(SECRET); } }), () => ({ [Symbol.toStringTag]: "Date" }), () => ({ [Symbol.toPrimitive]: thrower(SECRET) }), () => ({ toJSON: thrower(SECRET), toString: thrower(SECRET), valueOf: thrower(SECRET) }), () => ({ then: thrower(SECRET) }),
  () => ({ get id() { return this.id; } }), () => JSON.parse('{"__proto__":{"id":1},"constructor":{"prototype":1},"prototype":[]}'),
];

/** Those that are much to look at; drawn now and then. */
const large = [
  () => Object.assign([], { length: 4_000_000_000 }),
  () => { const loop = { id: 1 }; loop.address = loop; loop.results = [loop]; return loop; }, () => { const loop = []; loop.push(loop, loop); return loop; },
  () => { let deep = {}; for (let i = 0; i < 3_000; i++) deep = i % 2 ? [deep] : { results: deep }; return deep; },
  () => { let wide = "leaf"; for (let i = 0; i < 40; i++) wide = { id: wide, address: wide, results: [wide, wide] }; return wide; },
  () => { const shared = {}; for (let i = 0; i < 500; i++) shared[`k${i}`] = i; return new Array(300).fill(shared); },
];

const names = ["id", "ID", "Id ", "programme", "begin_date", "end_date", "price", "is_paid", "address", "city", "results", "request_number", "test_mark", "notes", "__proto__", "constructor", "toString", "", "a/b~c", "\ud800", "0", "-1", "length", "then", "unheard"];

/** A value whose parts are drawn; `fields` are names that the payload has. */
function value(roll, fields, depth) {
  const kind = roll();
  const pick = (list) => list[Math.floor(roll() * list.length)];
  if (depth === 0 || kind < 0.35) return pick(roll() < 0.01 ? large : leaves)();
  if (kind < 0.5) return Array.from({ length: Math.floor(roll() * 4) }, () => value(roll, fields, depth - 1));
  const target = kind < 0.9 ? {} : kind < 0.95 ? Object.create(null) : new Instance();
  for (let left = Math.floor(roll() * 6); left > 0; left--) {
    const name = pick(roll() < 0.7 ? fields : names);
    const member = value(roll, fields, depth - 1);
    const how = roll();
    const descriptor = how < 0.8 ? { value: member, writable: true } : how < 0.9 ? { get: () => member } : how < 0.95 ? { get: thrower(member) } : { get: () => value(roll, fields, 0) };
    Object.defineProperty(target, name, { enumerable: roll() < 0.95, configurable: true, ...descriptor });
  }
  return kind < 0.85 ? target : new Proxy(target, roll() < 0.5 ? {} : { get: (object, key) => (roll() < 0.1 ? thrower(SECRET)() : object[key]) });
}

/** What goes wrong with one value, in all that a payload does. */
function wrong(portform, roll, payload, fields) {
  const faults = [];
  const one = value(roll, fields, 4);
  try {
    const report = payload.check(one, roll() < 0.3 ? { mode: "strict", locale: "en", today: "2027-01-01" } : undefined);
    const { issues } = report;
    if (report.valid !== !issues.some(({ severity }) => severity === "error")) faults.push("valid is not the absence of errors");
    for (const { path, pointer, params, message, code } of issues) {
      if (!path.includes(SECRET) && JSON.stringify([params, message]).includes(SECRET)) faults.push(`${code} tells what was typed`);
      if (typeof pointer !== "string" || message === "") faults.push(`${code} is not whole`);
    }
    if (report.valid) JSON.stringify(report.value);
    payload.states(one);
    const preview = payload.preview(one);
    JSON.parse(preview.body);
  } catch (error) {
    faults.push(`check: ${error?.stack ?? String(error)}`);
  }
  try {
    const top = payload.fields().flatMap(({ pointer }) => (pointer.lastIndexOf("/") === 0 ? [pointer.slice(1)] : []));
    const form = payload.form(roll() < 0.5 ? one : undefined);
    for (let left = 4; left > 0; left--) {
      const name = top[Math.floor(roll() * top.length)];
      form.set(`/${name}`, roll() < 0.5 ? one : value(roll, fields, 2));
      form.get(`/${name}`);
      if (roll() < 0.3) form.undo();
    }
    form.replace(one);
    form.report().issues.length;
    form.preview();
    form.free();
  } catch (error) {
    faults.push(`form: ${error?.stack ?? String(error)}`);
  }
  try {
    payload.explain({ status: Math.floor(roll() * 600), body: one });
  } catch (error) {
    faults.push(`explain: ${error?.stack ?? String(error)}`);
  }
  try {
    payload.check({}, one);
  } catch (error) {
    // A wrong option, in one sentence; or what a getter of it threw.
    const said = message(error);
    if (/failed inside|unreachable|memory/.test(said)) faults.push(`options: ${said}`);
  }
  const after = portform.cycleCreate.check({ id: "1" }).issues[0];
  if (after?.pointer !== "/programme") faults.push("what comes after is wrong");
  return faults;
}

/** What an error says; a value that was thrown may not even be asked. */
function message(error) {
  try {
    return error instanceof Error ? error.message : "";
  } catch {
    return "";
  }
}

const attack = (name, fields, seed) => (portform, count) => {
  const roll = dice(seed);
  const faults = [];
  for (let left = count; left > 0 && faults.length === 0; left--) faults.push(...wrong(portform, roll, portform.payloads[name], fields));
  return [faults, []];
};

export const scripts = {
  "a cycle": attack("cycle.create", ["id", "programme", "begin_date", "education_form", "is_paid", "price", "paid_places", "address", "phone", "notes"], 1),
  "a batch of results": attack("results.bulk_update", ["cycle_id", "results", "request_number", "test_mark", "result_status"], 2),
  "a programme": attack("programme.create", ["program_number", "specialities", "programmes", "prices", "simulation", "network", "volume_zet_total"], 3),
  "a contract": attack("contract_request.capitation", ["contractor_divisions", "external_contractors", "contractor_base", "start_date", "misc", "nhs_contract_price"], 4),
  "an envelope": attack("contract_request.envelope", ["signed_content", "signed_content_encoding"], 5),
  "an application": attack("application", ["state", "program_id", "snils", "is_budget", "birth_date", "position"], 6),
};
