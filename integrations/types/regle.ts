// Regle: a payload as the schema of its reactive state, without a cast.
import { useRegleSchema } from "@regle/schemas";
import { cycleCreate, type CycleCreateInput } from "portform";
import { ref } from "vue";

export async function setup() {
  const state = ref<CycleCreateInput>({ price: "12 000,50", address: { city: "" } });
  const { r$ } = useRegleSchema(state, cycleCreate);
  if (r$.price !== undefined) r$.price.$value = 5;
  const { valid, data } = await r$.$validate();
  return [r$.price?.$error, r$.$errors.price, r$.address?.city, valid && data.programme.toUpperCase()];
}
