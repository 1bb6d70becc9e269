// Random scripts of edits of a live form. After each step the form says what a whole check of its value says, but for what only a form
// has; and a view of any version, asked whenever, says what the form said then. PORTFORM_SCRIPTS counts them, PORTFORM_SEED chooses.
import { expect, test } from "vitest";
import type { FormView, Issue, Report } from "portform";
import { Script } from "./scripted.js";

const COUNT = Number(process.env["PORTFORM_SCRIPTS"] ?? 150);
const SEED = Number(process.env["PORTFORM_SEED"] ?? 1);
const STEPS = 25;

/** What readings of one value may differ in by who wrote it: a person in the form, or whoever made the value. */
const written = new Set(["coerced", "alias"]);
/** Whether a place got words of its own from the front end, or from an upstream. */
const remark = ({ code, source }: Issue): boolean => code === "attached" || code === "refused" || source === "page" || source === "server";
const line = ({ pointer, code, severity, rule, params, message }: Issue): string => [pointer, code, severity, rule, JSON.stringify(params), message].join(" ");

/** Seen from a reader's side, whatever of it only a form has left out. */
function rest(report: Report<unknown>): readonly string[] {
  return report.issues.filter((issue) => !remark(issue) && !written.has(issue.code)).map(line);
}

const runs = Array.from({ length: COUNT }, (_, at) => SEED * 100_000 + at);

test(`the form agrees with a check of its value after each step of ${COUNT} scripts (PORTFORM_SEED=${SEED})`, () => {
  for (const seed of runs) {
    const script = new Script(seed);
    const { form, payload } = script;
    for (let step = 0; step < STEPS; step++) {
      script.step();
      const report = form.report();
      const again = payload.check(form.value(), script.options);
      const why = `seed ${seed}\n${script.done.join("\n")}`;
      // What was typed leaves no note, and in strict mode no error, where data would.
      const typed = script.options.mode === "strict";
      if (!typed) {
        expect(rest(report), why).toEqual(rest(again));
        if (!report.issues.some(remark)) expect(report.valid, why).toBe(again.valid);
        if (report.valid && again.valid) expect(report.value, why).toEqual(again.value);
      }
      const { errors, warnings, notes } = form.summary();
      const all = form.issues();
      expect([errors, warnings, notes], why).toEqual(["error", "warning", "note"].map((severity) => all.filter((issue) => issue.severity === severity).length));
      expect(form.preview().valid, why).toBe(report.valid);
    }
    form.free();
  }
});

test(`each view of ${COUNT} scripts answers for its version, whenever it is asked`, () => {
  for (const seed of runs) {
    const script = new Script(seed);
    const { form } = script;
    const told: { readonly view: FormView<unknown>; readonly answers: unknown }[] = [];
    const answers = (view: Pick<FormView<unknown>, "value" | "issues" | "report" | "preview" | "length" | "key" | "state">, lists: readonly string[]): unknown => {
      const report = view.report();
      return JSON.stringify([
        shown(view.value()), view.issues(), view.issues({ severity: "error", limit: 3 }), report.valid, report.value, report.issues, view.preview(),
        lists.map((list) => attempt(() => view.length(list))), lists.map((list) => attempt(() => view.key(list, 0))), lists.map((list) => attempt(() => view.state(list))),
      ]);
    };
    const lists = script.payload.fields().filter(({ type, pointer }) => type === "list" && !pointer.includes("*")).map(({ pointer }) => pointer);
    for (let step = 0; step < STEPS; step++) {
      const view = form.view();
      const now = { ...form, key: (pointer: string, index: number) => form.key(`${pointer}/${index}`), value: () => form.value() };
      told.push({ view, answers: answers(now, lists) });
      // Some views are asked at once, and some have been asked something.
      if (script.chance(0.2)) answers(view, lists);
      else if (script.chance(0.3)) view.value();
      script.step();
      if (script.chance(0.15)) {
        const old = script.one(told);
        expect(answers(old.view, lists), `seed ${seed}\n${script.done.join("\n")}`).toBe(old.answers);
      }
    }
    if (script.chance(0.5)) form.free();
    for (const { view, answers: before } of told) expect(answers(view, lists), `seed ${seed} version ${view.version}\n${script.done.join("\n")}`).toBe(before);
    form.free();
  }
});

function attempt(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    return (error as Error).message;
  }
}

/** With what JSON does not have. */
function shown(value: unknown): unknown {
  return JSON.stringify(value, (_, inner: unknown) => (["function", "symbol", "bigint"].includes(typeof inner) || Number.isNaN(inner) ? String(inner) : inner));
}
