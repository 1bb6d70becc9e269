// The page in React: StrictMode, compiled by the React Compiler.
import { memo, StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { resultsBulkUpdate, type Form, type Locale, type ResultsBulkUpdate } from "portform";
import { useField, useForm, useRows, useSubmit, useSummary, type Row } from "portform/react";
import { client, draft, rendered, watched } from "../shared";

type Results = Form<ResultsBulkUpdate>;

function Text({ form, pointer, label }: { form: Results; pointer: string; label: string }) {
  const field = useField(form, pointer);
  rendered(pointer);
  return (
    <div data-field={pointer}>
      <label {...field.labelProps}>{label}</label>
      <input {...field.inputProps} />
      {field.shown.length > 0 && <p {...field.messagesProps}>{field.shown.map(({ message }) => message).join(" ")}</p>}
    </div>
  );
}

function Choice({ form, pointer }: { form: Results; pointer: string }) {
  const field = useField(form, pointer);
  return (
    <select {...field.inputProps}>
      <option value=""></option>
      <option value="SUCCEED">yes</option>
      <option value="NOT_TRAINED">no</option>
    </select>
  );
}

function Check({ form, pointer }: { form: Results; pointer: string }) {
  const field = useField(form, pointer);
  return (
    <fieldset>
      <input {...field.checkboxProps} />
      <input {...field.radioProps(true)} name="radio" />
      <input {...field.radioProps(false)} name="radio" />
      <output>{String(field.value)}</output>
    </fieldset>
  );
}

// A list renders all its items when one comes or goes, unless they are memoised: a row is the same object while it stands where it stood.
const Item = memo(function Item({ form, row }: { form: Results; row: Row }) {
  return (
    <li>
      <Text form={form} pointer={`${row.pointer}/request_number`} label={`Number ${row.key}`} />
    </li>
  );
});

function Rows({ form }: { form: Results }) {
  const rows = useRows(form, "/results");
  rendered("rows");
  return (
    <ol>
      {rows.map((row) => (
        <Item key={row.key} form={form} row={row} />
      ))}
    </ol>
  );
}

function Summary({ form }: { form: Results }) {
  const { errors, warnings, notes } = useSummary(form);
  rendered("summary");
  return <output id="summary">{`${errors} ${warnings} ${notes}`}</output>;
}

function Submit({ form }: { form: Results }) {
  const { submit, pending, outcome, reset, formProps } = useSubmit(form, client);
  return (
    <form {...formProps}>
      <button id="submit" disabled={pending}>Submit</button>
      <button id="again" type="button" onClick={() => void submit().catch(() => undefined)}>Again</button>
      <button id="reset" type="button" onClick={reset}>Reset</button>
      <output id="outcome">{pending ? "pending" : (outcome?.kind ?? "none")}</output>
    </form>
  );
}

function Page() {
  const [locale, speak] = useState<Locale>("ru");
  const [title, entitle] = useState(0);
  const form = useForm(resultsBulkUpdate, draft(), { locale });
  useEffect(() => {
    window.form = watched(form);
  }, [form]);
  rendered("page");
  return (
    <main>
      <button id="locale" onClick={() => speak("en")}>{locale}</button>
      <button id="page" onClick={() => entitle(title + 1)}>{title}</button>
      <Text form={form} pointer="/cycle_id" label="Cycle" />
      <Choice form={form} pointer="/results/0/result_status" />
      <Check form={form} pointer="/results/0/attended" />
      <Summary form={form} />
      <Submit form={form} />
      <Rows form={form} />
    </main>
  );
}

function App() {
  const [shown, show] = useState(true);
  return (
    <>
      <button id="toggle" onClick={() => show(!shown)}>Toggle</button>
      {shown && <Page />}
    </>
  );
}

createRoot(document.getElementById("app") as HTMLElement).render(<StrictMode><App /></StrictMode>);
