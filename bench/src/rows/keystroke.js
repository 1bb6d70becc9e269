// T1: one keystroke in a form of so many rows, from `set` to the changed issues as JS objects, with a rule over all rows (RES-11).
// Form libraries run headless through their own stores, without rendering, which favours them.
import { results } from "../data.js";

let seen = 0;

/** What a person types into the row in the middle: a mark out of its bounds and mended; another number and the old one again. */
function keystrokes(batch) {
  const row = batch.results.length >> 1;
  const { test_mark = null, request_number } = batch.results[row];
  return {
    row,
    edits: [
      ["test_mark", 7],
      ["test_mark", test_mark],
      ["request_number", "2026-X"],
      ["request_number", request_number],
    ],
  };
}

/** Types one key after the other, round and round; `edit` gives the changed issues. */
function typing(batch, edit) {
  const { row, edits } = keystrokes(batch);
  let next = 0;
  return () => {
    const [field, value] = edits[next];
    next = (next + 1) % edits.length;
    return edit(row, field, value);
  };
}

const batchOf = ({ size }) => {
  const batch = results(size);
  const row = batch.results[size >> 1];
  Object.assign(row, { attended: true, result_status: "SUCCEED", test_mark: 5 });
  return batch;
};

async function portform(params) {
  const { resultsBulkUpdate } = await import("portform");
  const batch = batchOf(params);
  const form = resultsBulkUpdate.form(batch);
  const read = (issue) => {
    seen += issue.pointer.length + issue.code.length + issue.message.length;
  };
  return typing(batch, (row, field, value) => {
    const changes = form.set(`/results/${row}/${field}`, value);
    changes.added.forEach(read);
    changes.removed.forEach(read);
    return changes.summary.errors;
  });
}

/** A front row comes and goes: everything behind it moves. With 100,000 rows the list goes over its limit and back. */
async function portformFront(params) {
  const { resultsBulkUpdate } = await import("portform");
  const batch = batchOf(params);
  const form = resultsBulkUpdate.form(batch);
  const row = { ...batch.results[0], request_number: "2026-X" };
  let there = false;
  return () => {
    const changes = there ? form.remove("/results", 0) : form.insert("/results", 0, row);
    there = !there;
    return changes.shifted.length + changes.added.length;
  };
}

/** The first row takes the number of ten others, whose issues come and go. */
async function portformGroup(params) {
  const { resultsBulkUpdate } = await import("portform");
  const batch = batchOf(params);
  for (let row = 1; row <= 10; row++) batch.results[row].request_number = "2026-X";
  const form = resultsBulkUpdate.form(batch);
  const own = batch.results[0].request_number;
  let theirs = false;
  return () => {
    theirs = !theirs;
    const changes = form.set("/results/0/request_number", theirs ? "2026-X" : own);
    seen += changes.added.length + changes.removed.length;
    return changes.summary.errors;
  };
}

/** ajv over the whole value, and what changed of its errors by place and keyword. */
async function ajvWhole(params) {
  const { run } = (await import("../peers/ajv.js")).ajv.results;
  const batch = batchOf(params);
  const byPlace = (errors) => new Map(errors.map((error) => [`${error.instancePath}${error.path ?? ""} ${error.keyword ?? error.ours}`, error]));
  let before = byPlace(run(batch));
  return typing(batch, (row, field, value) => {
    batch.results[row][field] = value;
    const after = byPlace(run(batch));
    const added = [...after].filter(([key]) => !before.has(key));
    const removed = [...before].filter(([key]) => !after.has(key));
    before = after;
    seen += added.length + removed.length;
    return after.size;
  });
}

/** react-hook-form through its form control, as `useForm` uses it; validates on change. */
async function hookForm(params, resolver) {
  const { createFormControl } = await import("react-hook-form");
  const batch = batchOf(params);
  const form = createFormControl({ defaultValues: batch, mode: "onChange", resolver });
  let errors = 0;
  form.subscribe({
    formState: { errors: true },
    callback: (state) => {
      errors = Object.keys(state.errors ?? {}).length;
    },
  });
  const fields = new Map();
  return typing(batch, async (row, field, value) => {
    const name = `results.${row}.${field}`;
    let registered = fields.get(name);
    if (registered === undefined) {
      registered = form.register(name);
      fields.set(name, registered);
    }
    await registered.onChange({ type: "change", target: { name, value } });
    return errors;
  });
}

async function hookFormZod(params) {
  const { zodResolver } = await import("@hookform/resolvers/zod");
  const { resultsSchema } = await import("../peers/zod.js");
  return hookForm(params, zodResolver(resultsSchema, undefined, { mode: "sync" }));
}

/** The fastest resolver there can be: ajv, compiled beforehand, and no copy of the values. */
async function hookFormAjv(params) {
  const { run } = (await import("../peers/ajv.js")).ajv.results;
  return hookForm(params, (values) => {
    const found = run(values);
    if (found.length === 0) return { values, errors: {} };
    const errors = {};
    for (const error of found) {
      const path = error.path ?? error.instancePath.split("/").slice(1);
      let at = errors;
      for (const step of path.slice(0, -1)) at = at[step] ??= {};
      at[path.at(-1)] ??= { type: error.keyword ?? error.ours, message: error.message };
    }
    return { values: {}, errors };
  });
}

async function tanstack(params, onChange) {
  const { FieldApi, FormApi } = await import("@tanstack/react-form");
  const batch = batchOf(params);
  const form = new FormApi({ defaultValues: batch, validators: { onChange } });
  form.mount();
  const fields = new Map();
  return typing(batch, (row, field, value) => {
    const name = `results[${row}].${field}`;
    let api = fields.get(name);
    if (api === undefined) {
      api = new FieldApi({ form, name });
      api.mount();
      fields.set(name, api);
    }
    api.handleChange(value);
    return api.state.meta.errors.length;
  });
}

const tanstackZod = async (params) => tanstack(params, (await import("../peers/zod.js")).resultsSchema);

/** TanStack's own way of a function that gives errors by field. */
async function tanstackAjv(params) {
  const { run } = (await import("../peers/ajv.js")).ajv.results;
  return tanstack(params, ({ value }) => {
    const found = run(value);
    if (found.length === 0) return undefined;
    const name = (path) => path.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join("").slice(1);
    return { fields: Object.fromEntries(found.map((error) => [name(error.path ?? error.instancePath.split("/").slice(1)), error.message])) };
  });
}

export const contestants = {
  portform,
  "portform, a row in front": portformFront,
  "portform, a group of ten duplicates": portformGroup,
  "ajv over the whole value": ajvWhole,
  "react-hook-form + zod": hookFormZod,
  "react-hook-form + ajv": hookFormAjv,
  "TanStack Form + zod": tanstackZod,
  "TanStack Form + ajv": tanstackAjv,
};

/** Keeps the engine from leaving out what nobody looks at. */
export const total = () => seen;
