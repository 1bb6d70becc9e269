// What happens to a form in React over time: another payload, a part of the page that is hidden and shown again, a list that is rendered
// later than it changes, options that are made anew at each rendering.
import { Activity, StrictMode, Suspense, use, useDeferredValue, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { cycleCreate, programmeCreate, resultsBulkUpdate, type Form, type Payload, type ResultsBulkUpdate } from "portform";
import { useField, useForm, useRows, useSummary } from "portform/react";
import { draft, rendered, watched } from "../shared";

function Switch() {
  const [cycle, turn] = useState(true);
  const payload: Payload<unknown, unknown> = cycle ? cycleCreate : programmeCreate;
  const form = useForm(payload, {}, { locale: "en" });
  const { value, set } = useField(form, cycle ? "/price" : "/name");
  const { errors } = useSummary(form);
  return (
    <p>
      <button id="payload" onClick={() => turn(!cycle)}>{errors}</button>
      <button id="set" onClick={() => set("x")}>{String(value)}</button>
    </p>
  );
}

function Field({ form, pointer, id }: { form: Form<ResultsBulkUpdate>; pointer: string; id: string }) {
  const field = useField(form, pointer);
  return <input {...field.inputProps} id={id} />;
}

function Hidden() {
  const [shown, show] = useState(true);
  const [count, rerender] = useState(0);
  const form = useForm(resultsBulkUpdate, draft(), { locale: "en", context: { requestNumbers: ["n0"] } });
  rendered("hidden");
  return (
    <p>
      <button id="hide" onClick={() => show(!shown)}>Hide</button>
      <button id="rerender" onClick={() => rerender(count + 1)}>{form.version}</button>
      <button id="edit" onClick={() => form.set("/cycle_id", "edited")}>Edit</button>
      <Activity mode={shown ? "visible" : "hidden"}><Own /><Field form={form} pointer="/cycle_id" id="kept" /></Activity>
    </p>
  );
}

/** Its form is inside of what is hidden. */
function Own() {
  const form = useForm(resultsBulkUpdate, draft());
  return <Field form={form} pointer="/cycle_id" id="own" />;
}

function Deferred() {
  const form = useForm(resultsBulkUpdate, draft());
  const rows = useDeferredValue(useRows(form, "/results"));
  useEffect(() => {
    window.form = watched(form);
  }, [form]);
  return <ol>{rows.map((row) => <li key={row.key}><Field form={form} pointer={`${row.pointer}/request_number`} id={`row-${row.key}`} /></li>)}</ol>;
}

const slow = new Promise<string>((done) => setTimeout(done, 50, "loaded"));

/** Its first rendering is thrown away. */
function Waiting() {
  const form = useForm(resultsBulkUpdate, draft());
  const text = use(slow);
  return <label>{text}<Field form={form} pointer="/cycle_id" id="waited" /></label>;
}

createRoot(document.getElementById("app") as HTMLElement).render(
  <StrictMode>
    <output id="summary" />
    <Switch />
    <Hidden />
    <Deferred />
    <Suspense fallback="…"><Waiting /></Suspense>
  </StrictMode>,
);
