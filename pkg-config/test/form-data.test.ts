// fromFormData: what an HTML form submits, without JavaScript in the page, becomes a draft that `check` reads.
import { describe, expect, test } from "vitest";
import { contractRequestReimbursement, cycleCreate, payloads, programmeCreate, resultsBulkUpdate, type Payload, type Report } from "portform";
import { example } from "./support.js";

const form = (...entries: readonly (readonly [string, string])[]): FormData => {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
};

/** Names and values as the controls of a page would have them. */
function entriesOf(value: unknown, name: (steps: readonly (string | number)[]) => string, steps: readonly (string | number)[] = []): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item, i) => entriesOf(item, name, [...steps, i]));
  if (typeof value === "object" && value !== null) return Object.entries(value).flatMap(([key, member]) => entriesOf(member, name, [...steps, key]));
  if (value === false) return [];
  return [[name(steps), value === true ? "on" : String(value)]];
}

describe("names", () => {
  const ways: Record<string, (steps: readonly (string | number)[]) => string> = {
    "prices[0].price": (steps) => steps.map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`)).join(""),
    "prices[0][price]": (steps) => steps.map((step, i) => (i === 0 ? step : `[${step}]`)).join(""),
    "prices.0.price": (steps) => steps.join("."),
    "/prices/0/price": (steps) => steps.map((step) => `/${step}`).join(""),
  };
  for (const [title, way] of Object.entries(ways)) {
    test(`as ${title}, of the document's example, give the same body`, () => {
      for (const name of ["programme.create", "cycle.create", "results.bulk_update"] as const) {
        const payload: Payload<unknown, unknown> = payloads[name];
        const value = example(name);
        // A checkbox that is not checked and a list without items have no controls that send anything.
        const submitted: unknown = JSON.parse(JSON.stringify(value, (_, member: unknown) => (member === false || (Array.isArray(member) && member.length === 0) ? undefined : member)));
        const draft = payload.fromFormData(form(...entriesOf(value, way)));
        const errors = ({ issues }: Report<unknown>): string[] => issues.flatMap(({ severity, pointer, code }) => (severity === "error" ? [`${pointer} ${code}`] : []));
        expect(errors(payload.check(draft))).toEqual(errors(payload.check(submitted)));
        expect(payload.preview(draft).body).toBe(payload.preview(submitted).body);
      }
    });
  }

  test("with brackets and no index are the next item; one value of a list of values is a list", () => {
    expect(contractRequestReimbursement.fromFormData(form(["contractor_divisions[]", "a"], ["contractor_divisions[]", "b"])).contractor_divisions).toEqual(["a", "b"]);
    expect(contractRequestReimbursement.fromFormData(form(["contractor_divisions", "a"])).contractor_divisions).toEqual(["a"]);
    expect(contractRequestReimbursement.fromFormData(form(["contractor_divisions[1]", "b"], ["contractor_divisions[0]", "a"])).contractor_divisions).toEqual(["a", "b"]);
  });

  test("of items that are missing leave places, so that an issue stands where its control does", () => {
    expect(resultsBulkUpdate.fromFormData(form(["results[2].test_mark", "5"])).results).toEqual([null, null, { test_mark: "5" }]);
    // But an index of a million does not cost a million items.
    expect(resultsBulkUpdate.fromFormData(form(["results[1000000000].test_mark", "5"])).results).toEqual([{ test_mark: "5" }]);
  });

  test("that the payload does not have stay, to be told; what a framework adds does not", () => {
    expect(cycleCreate.fromFormData(form(["nmae", "x"], ["$ACTION_ID_1f", ""]))).toEqual({ nmae: "x" });
    expect(programmeCreate.fromFormData(form(["a[0].b", "x"], ["a[1].b", "y"]))).toEqual({ a: [{ b: "x" }, { b: "y" }] });
    const draft = cycleCreate.fromFormData(form(["__proto__.polluted", "x"], ["constructor", "y"]));
    expect(Object.getPrototypeOf(draft)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(Object.keys(draft)).toEqual(["__proto__", "constructor"]);
  });
});

describe("values", () => {
  test("of a checkbox are true; a hidden «false» before it is overruled", () => {
    expect(cycleCreate.fromFormData(form(["is_paid", "on"])).is_paid).toBe(true);
    expect(cycleCreate.fromFormData(form(["is_paid", "false"], ["is_paid", "on"])).is_paid).toBe(true);
    expect(cycleCreate.fromFormData(form(["is_paid", "false"])).is_paid).toBe(false);
    // Where no yes or no belongs, "on" is a text like any other.
    expect(cycleCreate.fromFormData(form(["places_notes", "on"])).places_notes).toBe("on");
  });

  test("stay as they were typed, blanks too", () => {
    expect(cycleCreate.fromFormData(form(["price", "12 000,50"], ["price_foms", ""]))).toEqual({ price: "12 000,50", price_foms: "" });
  });

  test("given twice for one field are told, not chosen from", () => {
    const draft = cycleCreate.fromFormData(form(["programme", "a"], ["programme", "b"]));
    expect(cycleCreate.check(draft).issues.some(({ pointer, code }) => pointer === "/programme" && code === "type")).toBe(true);
  });

  test("of a file control in which nothing was chosen are nothing", () => {
    const data = form(["programme", "a"]);
    data.append("attachment", new File([], ""));
    expect(cycleCreate.fromFormData(data)).toEqual({ programme: "a" });
  });

  test("come from URLSearchParams as well, and from nothing else", () => {
    expect(cycleCreate.fromFormData(new URLSearchParams("address.city=%D0%9A&is_budget=on"))).toEqual({ address: { city: "К" }, is_budget: true });
    expect(() => cycleCreate.fromFormData([["is_paid", "on"]] as never)).toThrow(TypeError);
    expect(() => cycleCreate.fromFormData(undefined as never)).toThrow(TypeError);
  });
});
