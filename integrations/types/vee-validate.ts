// vee-validate 5: a payload as the schema, nested names and field arrays, without a cast.
import { programmeCreate, type ProgrammeCreateInput } from "portform";
import { useFieldArray, useForm } from "vee-validate";

const initial: ProgrammeCreateInput = { prices: [{ price: 5 }] };

export function setup() {
  const { defineField, errors, handleSubmit, setFieldValue, values } = useForm({ validationSchema: programmeCreate, initialValues: initial });
  const [name, attributes] = defineField("name");
  name.value = "x";
  setFieldValue("development_year", "2026");
  setFieldValue("prices", [{ price: "12 000,50" }]);
  const { fields, push } = useFieldArray<{ price?: number | string | null }>("prices");
  push({ price: 1 });
  return [attributes, errors.value.name, values.simulation?.volume, fields.value[0]?.value.price, handleSubmit((body) => console.log(body.name.toUpperCase()))];
}
