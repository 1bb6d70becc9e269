// Conform: a payload as the schema of a form, fields of nested objects and lists, without a cast.
import { useForm } from "@conform-to/react/future";
import { parseSubmission, report } from "@conform-to/react/future";
import { programmeCreate } from "portform";

export function Programme() {
  const { form, fields } = useForm(programmeCreate, {
    defaultValue: { name: "x", prices: [{ price: 5 }] },
    onSubmit: (_, { value }) => console.log(value.name, value.prices?.[0]?.price),
  });
  const simulation = fields.simulation.getFieldset();
  return (
    <form {...form.props}>
      <input name={fields.name.name} defaultValue={fields.name.defaultValue} aria-invalid={fields.name.errors !== undefined} />
      <input name={simulation.volume.name} />
      {fields.prices.getFieldList().map((price) => <input key={price.key} name={price.getFieldset().price.name} />)}
      <p>{form.errors}{fields.prices.errors}</p>
    </form>
  );
}

/** On a server, without JavaScript in the page. */
export async function action(data: FormData) {
  const submission = parseSubmission(data);
  const checked = programmeCreate.check(programmeCreate.fromFormData(data));
  if (checked.valid) return checked.value.name;
  return report(submission, { error: { issues: checked.issues.filter(({ severity }) => severity === "error") } });
}
