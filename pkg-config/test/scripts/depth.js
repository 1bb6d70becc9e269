// Calls of portform where the call stack is nearly used up: at every depth each is right, or throws, and whatever comes after it is
// right. They run in Node and in a browser, so they import nothing.

const cycle = {
  id: "1", programme: "p", begin_date: "2027-02-01", end_date: "2027-02-10", education_form: "remote",
  is_budget: false, is_paid: true, is_paid_foms: false, price: 12000, has_paid_places: true, paid_places: 5,
  address: { region: "r", city: "c" },
};
const text = JSON.stringify(cycle);
const batch = { cycle_id: "1", results: Array.from({ length: 5 }, (_, at) => ({ request_number: String(at), result_status: "FAILED", test_mark: 2 })) };

/** How many calls from the end of the stack the work is tried: at first at each, then at every twentieth. */
const NEAR = 6_000;
const EACH = 100;

/** Does the work at each depth near the end of the stack; gives what came of it, but for what was thrown for want of stack. */
function nearTheEnd(work) {
  const came = [];
  let back = 0;
  const deep = () => {
    try {
      deep();
    } catch {
      // Each level on the way back has a little more.
    }
    if (back++ > NEAR || (back > EACH && back % 20 !== 0)) return;
    let result;
    try {
      result = work();
    } catch (error) {
      result = error instanceof RangeError || error?.name === "InternalError" ? undefined : `${error?.name}: ${error?.message}`;
    }
    if (result !== undefined) came.push(result);
  };
  deep();
  return came;
}

/** The different values among what came, and whether anything did. */
const kinds = (came) => [came.length > 0, [...new Set(came)]];

export const scripts = {
  "check": ({ cycleCreate }) => [kinds(nearTheEnd(() => cycleCreate.check(cycle).valid)), [true, [true]]],
  "check, looked at": ({ cycleCreate }) => {
    const bad = { ...cycle, id: "", price: -1 };
    const all = (report) => JSON.stringify([report.valid, report.issues.map(({ pointer, code, message }) => [pointer, code, message]), report.value]);
    return [kinds(nearTheEnd(() => all(cycleCreate.check(bad)))), [true, [all(cycleCreate.check(bad))]]];
  },
  "a nested value": ({ resultsBulkUpdate }) => [kinds(nearTheEnd(() => JSON.stringify(resultsBulkUpdate.check(batch).value))), [true, [JSON.stringify(resultsBulkUpdate.check(batch).value)]]],
  "what does not fit": ({ cycleCreate }) => {
    const value = { ...cycle, notes: [[[[[[{}]]]]]], unheard: { a: { b: { c: {} } } } };
    const codes = () => cycleCreate.check(value).issues.map(({ pointer, code }) => `${pointer} ${code}`).join();
    return [kinds(nearTheEnd(codes)), [true, [codes()]]];
  },
  "checkJson": ({ cycleCreate }) => [kinds(nearTheEnd(() => cycleCreate.checkJson(text).body)), [true, [cycleCreate.checkJson(text).body]]],
  "options": ({ cycleCreate }) => {
    let calls = 0;
    return [kinds(nearTheEnd(() => cycleCreate.check(cycle, { today: `2027-01-${10 + (calls++ % 20)}`, context: { programme: { program_number: "p" } } }).valid)), [true, [true]]];
  },
  "explain": ({ cycleCreate }) => {
    const codes = () => cycleCreate.explain({ status: 200, body: { success: false, reason: "already_exists" } }).map(({ pointer, code }) => `${pointer} ${code}`).join();
    return [kinds(nearTheEnd(codes)), [true, ["/id refused"]]];
  },
  "fields, states, preview, schema": ({ cycleCreate }) => {
    const all = () => [cycleCreate.fields().length, cycleCreate.states(cycle).length, cycleCreate.preview(cycle).body, JSON.stringify(cycleCreate.jsonSchema())].join();
    return [kinds(nearTheEnd(all)), [true, [all()]]];
  },
  "edits of a form": ({ cycleCreate }) => {
    const form = cycleCreate.form(cycle);
    const other = cycleCreate.form(cycle, { locale: "en" });
    other.set("/notes", "typed");
    let made = 0;
    let wanted = 12000;
    const heard = [];
    form.subscribe(() => heard.push(form.get("/price")));
    const came = nearTheEnd(() => {
      const price = 20_000 + made++;
      form.set("/price", price);
      // Only an edit that did not throw was made.
      wanted = price;
      return form.get("/price") === price;
    });
    return [
      [kinds(came), form.get("/price") === wanted || form.get("/price") > wanted, form.report().valid, other.value(), Object.keys(form.value()).length],
      [[true, [true]], true, true, { ...cycle, notes: "typed" }, Object.keys(cycle).length],
    ];
  },
  "every question to a form": ({ resultsBulkUpdate }) => {
    const form = resultsBulkUpdate.form(batch);
    form.set("/results/0/test_mark", 9);
    const all = () => JSON.stringify([form.value(), form.states().length, form.issues(), form.summary(), form.preview(), form.state("/results/0/test_mark"), form.length("/results"), form.report().valid]);
    return [kinds(nearTheEnd(all)), [true, [all()]]];
  },
  "opening forms": ({ cycleCreate }) => {
    const came = nearTheEnd(() => {
      const form = cycleCreate.form(cycle);
      const value = JSON.stringify(form.value());
      form.free();
      return value;
    });
    return [kinds(came), [true, [JSON.stringify(cycle)]]];
  },
  "a getter that calls itself": ({ cycleCreate }) => {
    const value = { ...cycle, get notes() {
      return this.notes;
    } };
    const codes = () => cycleCreate.check(value).issues.map(({ pointer, code }) => `${pointer} ${code}`).join();
    return [codes(), "/notes type"];
  },
};
