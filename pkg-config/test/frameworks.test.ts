// What all adapters have in common, seen through those that need no browser: snapshots that are the same object while nothing of them
// has changed, rows that go and come, options, submissions, and what a server renders.
import { createElement, type ReactNode } from "react";
import { renderToString } from "react-dom/server";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { createSSRApp, effectScope, h, ref, shallowRef } from "vue";
import { renderToString as renderVue } from "vue/server-renderer";
import { cycleCreate, programmeCreate, resultsBulkUpdate, type Form, type Options } from "portform";
import { createClient } from "portform/client";
import * as react from "portform/react";
import { useField, useForm, useRows, useSubmit, useSummary, type Submitter } from "portform/vue";
import { example } from "./support.js";

const row = (number: string): Record<string, unknown> => ({ request_number: number, result_status: "NOT_TRAINED" });
const results = (...numbers: string[]): Form<unknown> => resultsBulkUpdate.form({ cycle_id: "1", results: numbers.map(row) });
const number = (index: number): string => `/results/${index}/request_number`;

/** A React component's result, rendered as a server does. */
function rendered(component: () => ReactNode): string {
  return renderToString(createElement(component));
}

function scoped<T>(work: () => T): T {
  return effectScope().run(work) as T;
}

describe.each([3, 200])("of a list of %i rows", (count) => {
  const numbers = Array.from({ length: count }, (_, i) => `n${i}`);

  test("a snapshot is the same object until the field changes, whoever changes it", () => {
    scoped(() => {
      const form = results(...numbers);
      const fields = numbers.map((_, i) => useField(form, number(i)));
      const rows = useRows(form, "/results");
      const summary = useSummary(form);
      // What comes with a snapshot is made once for it.
      const seen = (): unknown[] => [...fields.map(({ inputProps }) => inputProps), rows.value, summary.value];
      const changed = (work: () => void): number[] => {
        const before = seen();
        work();
        return seen().flatMap((now, i) => (now === before[i] ? [] : [i]));
      };
      expect(changed(() => void form.set("/cycle_id", "2"))).toEqual([]);
      expect(changed(() => void form.set(number(1), "x"))).toEqual([1]);
      expect(changed(() => void fields[2]?.set("y"))).toEqual([2]);
      expect(changed(() => void form.undo())).toEqual([2]);
      expect(changed(() => void form.set(number(1), "x"))).toEqual([]);
      expect(changed(() => void form.set(number(0), ""))).toEqual([0, count + 1]);
      expect(changed(() => void form.setOptions({ locale: "en" }))).toEqual([0]);
      expect(changed(() => void form.attach("page", [{ pointer: number(2), message: "look" }]))).toEqual([2, count + 1]);
      // Of another field of the row only the counts change.
      expect(changed(() => void form.set("/results/2/result_status", "SUCCEED"))).toEqual([count + 1]);
      expect(changed(() => void form.move("/results", 0, 1))).toEqual([0, 1, count]);
      expect(changed(() => void form.remove("/results", count - 1))).toEqual([...(count === 3 ? [2] : [count - 1]), count, ...(count === 3 ? [count + 1] : [])]);
      expect(fields.map(({ value }) => value)).toEqual([...numbers.keys()].map((i) => (i < count - 1 ? form.get(number(i)) : undefined)));
      form.replace({ cycle_id: "1", results: numbers.map(row) });
      expect(fields.map(({ value }) => value)).toEqual(numbers);
    });
  });

  test("an edit that a listener brings about in the midst of another one is not missed", () => {
    scoped(() => {
      const form = results(...numbers);
      form.subscribe(() => void (form.get(number(1)) === "" || form.set(number(1), "")));
      const fields = numbers.map((_, i) => useField(form, number(i)));
      fields[0]?.set("x");
      expect(fields.slice(0, 2).map(({ value }) => value)).toEqual(["x", ""]);
      expect(fields[1]?.issues[0]?.code).toBe("required");
    });
  });
});

test("an item that is not there has no value, and is there when it is", () => {
  scoped(() => {
    const form = results("a");
    const field = useField(form, number(1));
    expect([field.value, field.relevant, field.required, field.issues]).toEqual([undefined, false, false, []]);
    expect(() => field.set("x")).not.toThrow();
    expect([field.value, field.relevant, field.required]).toEqual(["x", true, true]);
    form.remove("/results", 0);
    form.remove("/results", 0);
    expect([field.value, field.relevant]).toEqual([undefined, false]);
    expect(useRows(programmeCreate.form({}), "/specialities/3/programmes").value).toEqual([]);
  });
});

test("a mistake in the page is told at once", () => {
  const form = cycleCreate.form();
  scoped(() => {
    expect(() => useField(form, "/typo")).toThrow(TypeError);
    expect(() => useRows(form, "/price")).toThrow(TypeError);
    expect(() => useField({} as Form<unknown>, "/id")).toThrow(/live form/);
    expect(() => useSubmit(form, {} as Submitter)).toThrow(/createClient/);
  });
});

test("form, pointer and options may be refs", () => {
  const options = ref<Options>({ locale: "en", context: { requestNumbers: ["a"] } });
  scoped(() => {
    const made = useForm(resultsBulkUpdate, { cycle_id: "1", results: [row("a"), row("")] }, options);
    const form = shallowRef<Form<unknown>>(made);
    const pointer = ref(number(1));
    const field = useField(form, pointer);
    expect(field.issues[0]?.message).toMatch(/^[^а-я]+$/i);
    options.value.locale = "ru";
    expect(field.issues[0]?.message).toMatch(/[а-я]/);
    // Written in place, and taken away.
    const codes = (): string[] => made.issues({ under: number(0) }).map(({ code }) => code);
    expect(codes()).toEqual([]);
    (options.value.context?.requestNumbers as string[])[0] = "b";
    expect(codes()).toHaveLength(1);
    delete options.value.context;
    expect(codes()).toEqual([]);
    pointer.value = number(0);
    expect(field.value).toBe("a");
    form.value = results("other");
    expect(field.value).toBe("other");
    made.set(number(0), "nobody looks");
    expect(field.value).toBe("other");
  });
});

test("what may be shown: a field that was left, and everything after a submission", async () => {
  await scoped(async () => {
    const form = results("", "");
    const [first, second] = [useField(form, number(0)), useField(form, number(1))];
    expect([first.issues.length, first.shown.length, first.inputProps["aria-invalid"]]).toEqual([1, 0, undefined]);
    first.touch();
    expect([first.touched, first.shown.length, second.shown.length]).toEqual([true, 1, 0]);
    expect(first.inputProps).toMatchObject({ name: "results[0].request_number", value: "", "aria-invalid": true, "aria-describedby": first.messagesProps.id, "aria-required": true });
    form.move("/results", 0, 1);
    expect([first.touched, second.touched]).toEqual([false, true]);
    form.undo();
    const asked: unknown[] = [];
    const invalid: Submitter = { submit: async (...args: unknown[]) => (asked.push(args), { kind: "invalid", issues: form.issues() }) } as Submitter;
    const [one, two] = [useSubmit(form, invalid), useSubmit(form, invalid)];
    expect(one.submit({ key: "k" })).toBe(two.submit());
    expect([one.pending, two.pending, second.shown.length]).toEqual([true, true, 1]);
    expect((await one.submit()).kind).toBe("invalid");
    expect(asked).toEqual([[form, { key: "k" }]]);
    expect([two.pending, two.outcome?.kind]).toEqual([false, "invalid"]);
    two.reset();
    expect([one.outcome, first.touched, first.shown.length, second.shown.length]).toEqual([undefined, false, 0, 0]);
  });
});

test("names of controls are those that fromFormData takes", () => {
  scoped(() => {
    const form = programmeCreate.form({ is_paid: true, prices: [{ price: 5 }], network: { organizations: ["a"] } });
    const data = new URLSearchParams();
    for (const pointer of ["/prices/0/price", "/network/organizations/0", "/is_paid"] as const) {
      const { inputProps } = useField(form, pointer);
      data.append(inputProps.name, inputProps.value);
    }
    expect(programmeCreate.fromFormData(data)).toMatchObject({ is_paid: true, prices: [{ price: "5" }], network: { organizations: ["a"] } });
  });
});

test("the adapters carry no engine, leave their framework outside, and React's may stand in a client's component only", () => {
  for (const [entry, framework] of [["react", "react"], ["vue", "vue"], ["svelte", "svelte/reactivity"], ["angular", "@angular/core"]] as const) {
    const code = readFileSync(fileURLToPath(import.meta.resolve(`portform/${entry}`)), "utf8");
    expect(code.startsWith('"use client";')).toBe(entry === "react");
    expect(code).toContain(`from"${framework}"`);
    expect(code).not.toContain("WebAssembly");
  }
});

test("a submission through the client of portform/client shows what was refused at its field", async () => {
  const answered: string[] = [];
  const client = createClient({ portal: "http://localhost/portal/", headers: () => ({ "x-token": "1" }) });
  const fetched = vi.spyOn(globalThis, "fetch").mockImplementation((request) => {
    answered.push(new URL((request as Request).url).pathname);
    return Promise.resolve(new Response(JSON.stringify({ errors: { id: ["Цикл не найден"] } }), { status: 422, headers: { "content-type": "application/json" } }));
  });
  await scoped(async () => {
    const form = cycleCreate.form(example("cycle.create"));
    const [field, submission] = [useField(form, "/id"), useSubmit(form, client)];
    await submission.submit();
    expect(answered).toContain("/portal/education/cycle/create");
    expect(submission.outcome?.kind).toBe("refused");
    expect(field.shown.map(({ code, message }) => [code, message.includes("Цикл не найден")])).toEqual([["refused", true]]);
  });
  fetched.mockRestore();
});

test("a server renders a form in Vue, each time with the same ids", async () => {
  const page = (): Promise<string> =>
    renderVue(
      createSSRApp({
        setup() {
          const form = useForm(cycleCreate, { id: "<7>" }, { locale: "en" });
          const [field, summary] = [useField(form, "/id"), useSummary(form)];
          return () => h("p", [h("input", field.inputProps), summary.value.errors]);
        },
      }),
    );
  const html = await page();
  expect(html).toMatch(/<input name="id" id="[^"]+-id" aria-required="true" value="&lt;7&gt;"><!--\[-->\d+|<input name="id" id="[^"]+-id" aria-required="true" value="&lt;7&gt;">\d+/);
  expect(await page()).toBe(html);
});

test("a server renders a form in React as a browser would begin with it", () => {
  function Page(): ReactNode {
    const form = react.useForm(cycleCreate, { id: "<7>" }, { locale: "en" });
    const field = react.useField(form, "/id");
    const { errors } = react.useSummary(form);
    return createElement("p", null, createElement("input", field.inputProps), errors);
  }
  const html = rendered(Page);
  expect(html).toMatch(/<input id="[^"]+-id" aria-required="true" name="id" value="&lt;7&gt;"\/>\d+/);
  expect(rendered(Page)).toBe(html);
});
