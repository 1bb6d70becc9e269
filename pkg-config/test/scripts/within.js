// Calls of portform from within a call of portform: what a getter, a proxy, a computed value, a listener or a progress callback may
// do. Each script is given the package, and gives what it saw beside what is right. They run in Node and in a browser, so they import
// nothing.

const cycle = {
  id: "1", programme: "p", begin_date: "2027-02-01", end_date: "2027-02-10", education_form: "remote",
  is_budget: false, is_paid: true, is_paid_foms: false, price: 12000, has_paid_places: true, paid_places: 5,
};
const bad = { ...cycle, end_date: "2026-01-01", price: -1 };
const batch = { cycle_id: "1", results: [{ request_number: "7", result_status: "SUCCEED", test_mark: 5 }, { request_number: "8", result_status: "FAILED", test_mark: 2 }] };

const codes = (report) => report.issues.map(({ pointer, code }) => `${pointer} ${code}`);
/** All that a report says. */
const told = (report) => [report.valid, codes(report), report.value ?? report.body];

/** The value, of which one member is asked of a function. */
function computed(value, name, compute) {
  return Object.defineProperty({ ...value }, name, { enumerable: true, configurable: true, get: compute });
}

/** The value, all of which is asked through proxies, as a form library's reactive store has it. */
function reactive(value, asked) {
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(value, {
    get(target, key, receiver) {
      if (typeof key === "string") asked(key);
      return reactive(Reflect.get(target, key, receiver), asked);
    },
    ownKeys(target) {
      asked("keys");
      return Reflect.ownKeys(target);
    },
  });
}

export const scripts = {
  "a getter checks another value of the same payload": ({ cycleCreate }) => {
    let inner;
    const outer = cycleCreate.check(computed(bad, "id", () => ((inner = cycleCreate.check(cycle)), "1")));
    return [[told(outer), told(inner)], [told(cycleCreate.check(bad)), told(cycleCreate.check(cycle))]];
  },

  "a getter in the middle checks a bad value, and the outer one is good": ({ cycleCreate }) => {
    let inner;
    const outer = cycleCreate.check(computed(cycle, "price", () => ((inner = cycleCreate.check(bad)), 12000)));
    return [[told(outer), told(inner)], [told(cycleCreate.check(cycle)), told(cycleCreate.check(bad))]];
  },

  "a getter checks another payload with other options": ({ cycleCreate, resultsBulkUpdate }) => {
    let inner;
    const outer = cycleCreate.check(computed(bad, "programme", () => ((inner = resultsBulkUpdate.check({ results: [{}] }, { locale: "uk" })), "p")), { locale: "en", today: "2027-03-01" });
    const messages = (report) => report.issues.map(({ message }) => message);
    return [
      [messages(outer), messages(inner)],
      [messages(cycleCreate.check(bad, { locale: "en", today: "2027-03-01" })), messages(resultsBulkUpdate.check({ results: [{}] }, { locale: "uk" }))],
    ];
  },

  "a getter checks a text": ({ cycleCreate }) => {
    let inner;
    const outer = cycleCreate.check(computed(bad, "notes", () => ((inner = cycleCreate.checkJson(JSON.stringify(cycle))), "n")));
    return [[told(outer), told(inner)], [told(cycleCreate.check({ ...bad, notes: "n" })), told(cycleCreate.checkJson(JSON.stringify(cycle)))]];
  },

  "a getter of an item in a list checks a large batch": ({ resultsBulkUpdate }) => {
    const large = { cycle_id: "1", results: Array.from({ length: 3000 }, (_, at) => ({ request_number: String(at), result_status: "x".repeat(50) })) };
    let inner;
    const item = computed(batch.results[1], "test_mark", () => ((inner = resultsBulkUpdate.check(large)), 9));
    const outer = resultsBulkUpdate.check({ ...batch, results: [batch.results[0], item] });
    const plain = { ...batch, results: [batch.results[0], { ...batch.results[1], test_mark: 9 }] };
    return [[told(outer), told(inner)], [told(resultsBulkUpdate.check(plain)), told(resultsBulkUpdate.check(large))]];
  },

  "a getter checks a value whose getter checks a value, ten deep": ({ cycleCreate }) => {
    const seen = [];
    const deep = (left) => computed(left % 2 === 0 ? cycle : bad, "id", () => {
      if (left > 0) seen.push(told(cycleCreate.check(deep(left - 1))));
      return "1";
    });
    seen.push(told(cycleCreate.check(deep(10))));
    return [seen, Array.from({ length: 11 }, (_, at) => told(cycleCreate.check(at % 2 === 0 ? cycle : bad)))];
  },

  "a getter that checks its own object comes to an end": ({ cycleCreate }) => {
    const value = computed(cycle, "id", () => String(cycleCreate.check(value).valid));
    const report = cycleCreate.check(value);
    return [[typeof report.valid, codes(cycleCreate.check(cycle))], ["boolean", []]];
  },

  "every read of a reactive value checks something else": ({ cycleCreate, resultsBulkUpdate }) => {
    let asked = 0;
    const value = reactive(structuredClone(batch), () => {
      asked++;
      if (!cycleCreate.check(cycle).valid || cycleCreate.check(bad).valid) throw new Error("wrong within");
    });
    const report = resultsBulkUpdate.check(value);
    return [[told(report), asked > 10], [told(resultsBulkUpdate.check(batch)), true]];
  },

  "a getter sets a field of another form": ({ cycleCreate }) => {
    const other = cycleCreate.form(cycle);
    const outer = cycleCreate.check(computed(bad, "programme", () => (other.set("/notes", "from within"), other.get("/notes"))));
    return [
      [told(outer), other.value(), told(other.report())],
      [told(cycleCreate.check({ ...bad, programme: "from within" })), { ...cycle, notes: "from within" }, told(cycleCreate.check({ ...cycle, notes: "from within" }))],
    ];
  },

  "a getter of the value that is set sets another field of the same form": ({ cycleCreate }) => {
    const form = cycleCreate.form(cycle);
    const order = [];
    form.subscribe(() => order.push([form.get("/notes"), form.get("/address/city")]));
    form.set("/address", computed({ region: "r" }, "city", () => (form.set("/notes", "first"), "c")));
    return [
      [form.value(), order, form.version],
      [{ ...cycle, notes: "first", address: { region: "r", city: "c" } }, [["first", undefined], ["first", "c"]], 2],
    ];
  },

  "a getter frees the form that is being set": ({ cycleCreate }) => {
    const form = cycleCreate.form(cycle);
    const thrown = [];
    try {
      form.set("/address", computed({}, "city", () => (form.free(), "c")));
    } catch (error) {
      thrown.push(error instanceof TypeError, error.message.includes("freed"));
    }
    return [[thrown, cycleCreate.check(cycle).valid], [[true, true], true]];
  },

  "a getter of a draft opens another form": ({ cycleCreate }) => {
    let inner;
    const outer = cycleCreate.form(computed(bad, "id", () => ((inner = cycleCreate.form(cycle)), "outer")));
    inner.set("/notes", "inner");
    outer.set("/notes", "outer");
    return [[outer.value(), inner.value(), told(outer.report())], [{ ...bad, id: "outer", notes: "outer" }, { ...cycle, notes: "inner" }, told(cycleCreate.check({ ...bad, id: "outer", notes: "outer" }))]];
  },

  "a getter of an item that is inserted inserts another before it": ({ resultsBulkUpdate }) => {
    const form = resultsBulkUpdate.form(batch);
    form.insert("/results", 0, computed({ result_status: "FAILED" }, "request_number", () => (form.insert("/results", 0, { request_number: "inner" }), "outer")));
    const numbers = form.value().results.map(({ request_number }) => request_number);
    return [numbers, ["outer", "inner", "7", "8"]];
  },

  "a getter of rows that are pasted pastes": ({ resultsBulkUpdate }) => {
    const form = resultsBulkUpdate.form({ cycle_id: "1" });
    let once = true;
    const row = new Proxy(["outer"], {
      get(target, key) {
        if (key === "0" && once) {
          once = false;
          form.paste("/results", 0, [["inner 1"], ["inner 2"]], ["certificate"]);
        }
        return Reflect.get(target, key);
      },
    });
    form.paste("/results", 1, [["first"], row, ["last"]], ["request_number"]);
    return [form.value().results, [{ certificate: "inner 1" }, { certificate: "inner 2", request_number: "first" }, { request_number: "outer" }, { request_number: "last" }]];
  },

  "a getter of a draft that replaces sets a field, which is gone then": ({ cycleCreate }) => {
    const form = cycleCreate.form(cycle);
    form.replace(computed(bad, "id", () => (form.set("/notes", "lost"), "new")));
    const replaced = form.value();
    form.undo();
    return [[replaced, form.value()], [{ ...bad, id: "new" }, { ...cycle, notes: "lost" }]];
  },

  "options are asked of getters that check": ({ cycleCreate }) => {
    let inner;
    const options = computed({ today: "2027-03-01" }, "locale", () => ((inner = cycleCreate.check(bad, { locale: "uk" })), "en"));
    const outer = cycleCreate.check(bad, options);
    const messages = (report) => report.issues.map(({ message }) => message);
    return [
      [messages(outer), messages(inner)],
      [messages(cycleCreate.check(bad, { locale: "en", today: "2027-03-01" })), messages(cycleCreate.check(bad, { locale: "uk" }))],
    ];
  },

  "context is asked of getters that check": ({ cycleCreate }) => {
    const programme = computed({ program_number: "other" }, "education_form", () => (cycleCreate.check(bad), "fulltime"));
    return [
      codes(cycleCreate.check(cycle, { context: { programme } })),
      codes(cycleCreate.check(cycle, { context: { programme: { program_number: "other", education_form: "fulltime" } } })),
    ];
  },

  "options that are used by a call are put away by the calls within it": ({ cycleCreate }) => {
    const many = () => {
      for (let i = 0; i < 200; i++) cycleCreate.check(cycle, { endpoint: { base: `https://example.org/${i}/` } });
      return "1";
    };
    const outer = cycleCreate.preview(computed(cycle, "id", many), { endpoint: { base: "https://outer.example/" } });
    return [outer.endpoint.url, "https://outer.example/education/cycle/create"];
  },

  "an upstream's answer is asked of getters that explain": ({ cycleCreate }) => {
    let inner;
    const body = computed({ success: false }, "reason", () => ((inner = cycleCreate.explain({ status: 200, body: { success: false, reason: "incomplete_data" } })), "already_exists"));
    const outer = cycleCreate.explain({ status: 200, body });
    const reasons = (issues) => issues.map(({ params }) => params.reason);
    return [[reasons(outer), reasons(inner)], [["already_exists"], ["incomplete_data"]]];
  },

  "a form explains an answer whose getter edits it": ({ cycleCreate }) => {
    const form = cycleCreate.form(cycle);
    form.explain({ status: 200, body: computed({ success: false }, "reason", () => (form.set("/id", "2"), "already_exists")) });
    return [[form.get("/id"), codes({ issues: form.issues() })], ["2", ["/id refused"]]];
  },

  "states and preview are asked of getters that ask them": ({ cycleCreate }) => {
    const value = (then) => computed(bad, "id", () => (then(), "1"));
    const states = cycleCreate.states(value(() => cycleCreate.preview(cycle)));
    const preview = cycleCreate.preview(value(() => cycleCreate.states({})));
    return [[states, preview], [cycleCreate.states(bad), cycleCreate.preview(bad)]];
  },

  "an iterator, toJSON, valueOf and toString are not asked, and change nothing": ({ cycleCreate }) => {
    let asked = 0;
    const value = { ...cycle, toJSON: undefined };
    for (const name of ["toJSON", "valueOf", "toString"]) {
      Object.defineProperty(value, name, { enumerable: false, value: () => (asked++, cycleCreate.check(bad).valid) });
    }
    return [[told(cycleCreate.check(value)), asked], [told(cycleCreate.check(cycle)), 0]];
  },

  "a listener that asks and checks hears of what has happened": ({ cycleCreate }) => {
    const form = cycleCreate.form(cycle);
    const seen = [];
    form.subscribe(({ summary }) => seen.push([summary.errors, form.summary().errors, form.report().issues.filter(({ severity }) => severity === "error").length, cycleCreate.check(form.value()).valid, form.preview().valid]));
    form.set("/price", "no money");
    form.set("/price", 1);
    return [seen, [[1, 1, 1, false, false], [0, 0, 0, true, true]]];
  },

  "a getter that throws after it has checked is unreadable, and the rest is read": ({ cycleCreate }) => {
    const value = computed(cycle, "programme", () => {
      cycleCreate.check(bad);
      throw new Error("no");
    });
    return [codes(cycleCreate.check(value)), ["/programme type"]];
  },
};
