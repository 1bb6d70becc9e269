// superforms: a payload as the schema of a SvelteKit form, on both sides, without a cast.
import { programmeCreate, type ProgrammeCreate, type ProgrammeCreateInput } from "portform";
import { defaults, superForm, superValidate, type SuperValidated } from "sveltekit-superforms";
import { standard, standardClient } from "sveltekit-superforms/adapters";

declare const example: ProgrammeCreate;
const adapter = standard(programmeCreate, { defaults: example });

export async function load() {
  const form = await superValidate(adapter);
  return { form, volume: form.data.simulation?.volume, issue: form.errors.prices?.[0]?.price?.[0] };
}

export async function action(request: Request) {
  const form = await superValidate(request, adapter);
  return form.valid ? form.data.name.toUpperCase() : form.errors.simulation?.volume?.[0];
}

export function page(data: { form: SuperValidated<ProgrammeCreate, string, ProgrammeCreateInput> }) {
  const { form, errors, enhance } = superForm(data.form, { validators: standardClient(programmeCreate) });
  form.subscribe(({ prices, simulation }) => console.log(prices?.[0]?.price, simulation?.volume));
  form.update((body) => ({ ...body, name: "x" }));
  errors.subscribe(({ prices, simulation }) => console.log(prices?.[0]?.price?.[0], simulation?.volume?.[0]));
  return [enhance, defaults(example, adapter)];
}

