// TanStack Form in React: natural default values, nested names, fields that are lists, without a cast.
import { useForm } from "@tanstack/react-form";
import { cycleCreate, resultsBulkUpdate, type CycleCreateInput, type ResultsBulkUpdateInput } from "portform";

const empty: CycleCreateInput = { education_form: "", price: "" };

export function Cycle() {
  const form = useForm({
    defaultValues: empty,
    validators: { onChange: cycleCreate, onSubmit: cycleCreate.with({ locale: "en" }) },
    onSubmit: ({ value }) => console.log(value.price, value.address?.city),
  });
  return (
    <form onSubmit={() => void form.handleSubmit()}>
      <form.Field name="price">
        {(field) => <input value={field.state.value ?? ""} onChange={(event) => field.handleChange(event.target.value)} aria-invalid={field.state.meta.errors.map((error) => error?.message).length > 0} />}
      </form.Field>
      <form.Field name="address.city">{(field) => <input value={field.state.value ?? ""} onChange={(event) => field.handleChange(event.target.value)} />}</form.Field>
      <form.Field name="is_paid">{(field) => <input type="checkbox" checked={field.state.value ?? false} onChange={(event) => field.handleChange(event.target.checked)} />}</form.Field>
    </form>
  );
}

export function Results() {
  const form = useForm({ defaultValues: { cycle_id: "1", results: [{ request_number: "1" }] } as ResultsBulkUpdateInput, validators: { onChange: resultsBulkUpdate } });
  return (
    <form.Field name="results" mode="array">
      {(list) => (
        <>
          {list.state.value?.map((_, i) => (
            <form.Field key={i} name={`results[${i}].request_number`}>{(field) => <input value={field.state.value ?? ""} onChange={(event) => field.handleChange(event.target.value)} />}</form.Field>
          ))}
          <button onClick={() => list.pushValue({ request_number: "2", result_status: "NOT_TRAINED" })}>+</button>
        </>
      )}
    </form.Field>
  );
}

export function Mistakes() {
  const form = useForm({ defaultValues: empty, validators: { onChange: cycleCreate } });
  // @ts-expect-error there is no such field
  return <form.Field name="prize">{() => null}</form.Field>;
}
