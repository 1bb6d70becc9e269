// TanStack Form in Vue: natural default values and nested names, without a cast.
import { useField, useForm } from "@tanstack/vue-form";
import { programmeCreate, type ProgrammeCreateInput } from "portform";

const empty: ProgrammeCreateInput = { prices: [{ price: "" }], network: { organizations: ["one"] } };

export function setup() {
  const form = useForm({ defaultValues: empty, validators: { onChange: programmeCreate }, onSubmit: ({ value }) => console.log(value.prices?.[0]?.price) });
  form.setFieldValue("prices[0].price", "12 000,50");
  form.setFieldValue("network.organizations[0]", "two");
  const prices = useField({ form, name: "prices", mode: "array" });
  prices.api.pushValue({ price: 5 });
  // @ts-expect-error a price is a number or what a person types
  form.setFieldValue("prices[0].price", true);
  return form.state.errors.map((error) => error);
}
