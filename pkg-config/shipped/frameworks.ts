// Compiled, never run: the same proof for the adapters, beside the frameworks' own declarations.
import { cycleCreate, type CycleCreate, type Form, type Issue } from "portform";
import * as angular from "portform/angular";
import { createClient, type Outcome } from "portform/client";
import * as react from "portform/react";
import * as svelte from "portform/svelte";
import * as vue from "portform/vue";
import { ref } from "vue";

export const client = createClient();

export function inReact(): readonly [boolean, string, Promise<Outcome>] {
  const form: Form<CycleCreate> = react.useForm(cycleCreate, { id: "1" }, { locale: "en" });
  const { value, set, relevant, required, expected, issues, shown, touched, inputProps } = react.useField(form, "/price");
  const told: readonly Issue[] = [...issues, ...shown];
  set(value, { typing: true });
  const [row] = react.useRows(form, "/results");
  const { errors } = react.useSummary(form);
  return [relevant || required || expected || touched || errors > 0 || told.length > 0, `${inputProps.value} ${row?.pointer}`, react.useSubmit(form, client).submit()];
}

export function inVue(): unknown {
  const form = ref(vue.useForm(cycleCreate, {}, () => ({ locale: "uk" as const })));
  const price = vue.useField(form, () => "/price");
  price.value = 1;
  price.text = "1";
  vue.useSubmit(form, client).reset();
  return [price.inputProps.onInput, vue.useRows(form, "/results").value[0]?.key, vue.useSummary(form).value.errors];
}

export function inSvelte(): unknown {
  const form = svelte.useForm(cycleCreate, {}, () => ({ locale: "uk" as const }));
  const price = svelte.useField(() => form, "/price");
  price.subscribe(({ value, inputProps }) => console.log(value, inputProps.oninput));
  return [price.required, svelte.useRows(form, "/results").current[0]?.key, svelte.useSummary(form).current, svelte.useSubmit(form, client).pending];
}

export function inAngular(): unknown {
  const form = angular.useForm(cycleCreate);
  const price = angular.useField(form, "/price");
  return [price().text, angular.useRows(form, "/results")()[0]?.key, angular.useSummary(form)().errors, angular.useSubmit(form, client)().outcome?.kind];
}
