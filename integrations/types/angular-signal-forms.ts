// Angular's signal forms: a payload validates the model's signal, and fields are reached by their names, without a cast.
import { signal } from "@angular/core";
import { form, validateStandardSchema } from "@angular/forms/signals";
import { cycleCreate, type CycleCreateInput } from "portform";

export function cycle() {
  const model = signal<CycleCreateInput>({ price: "", address: { city: "" } });
  const fields = form(model, (path) => validateStandardSchema(path, cycleCreate));
  return [fields.price?.().value(), fields.address?.().errors(), fields().valid()];
}

/** A model of the page's own: a part of the payload, with nested objects that are always there, into which Angular descends. */
export function part() {
  const model = signal({ price: "12 000,50", address: { city: "", region: "" } });
  const fields = form(model, (path) => validateStandardSchema(path, cycleCreate));
  return [fields.price().value(), fields.address.city().errors().map(({ message }) => message)];
}
