// Mantine's form with its resolver of standard schemas: values, list items and their paths, without a cast.
import { schemaResolver, useForm } from "@mantine/form";
import { programmeCreate, type ProgrammeCreateInput } from "portform";

const initial: ProgrammeCreateInput = { prices: [{ price: "" }] };

export function useProgramme() {
  const form = useForm({ mode: "uncontrolled", initialValues: initial, validate: schemaResolver(programmeCreate, { sync: true }) });
  form.setFieldValue("prices.0.price", "12 000,50");
  form.insertListItem("prices", { price: 5 });
  form.reorderListItem("prices", { from: 0, to: 1 });
  return [form.getInputProps("prices.0.price"), form.errors["prices.0.price"], form.getValues().network?.organizations?.[0], form.key("name")];
}
