// Compiled, never run: proves that the shipped declarations of the default entry stand in a strict
// project that knows no DOM. Library checks are on, so every declaration file reached is checked.
import { cycleCreate, payloads, version } from "portform";
import type { CycleCreate, CycleCreateInput, Form, Issue, Payload, Report } from "portform";

export const label: string = version;
export const named: Payload<CycleCreateInput, CycleCreate> = payloads["cycle.create"];
export const byName: Readonly<Record<string, Payload<unknown, unknown>>> = payloads;
// @ts-expect-error there is no payload of this name
export const mistyped = payloads["cycle.creat"];

// A draft may be empty, written into, and hold what a person typed.
export const draft: CycleCreateInput = {};
draft.price = "12 000,50";
draft.address = { city: null };
// @ts-expect-error text is text
draft.programme = 5;
export const rows = (payloads["results.bulk_update"]["~standard"].types?.input.results ?? []).map((row) => row.attendance);

/** Pointers complete, and any other text is taken as well. */
export function edited(form: Form<CycleCreate>, pointer: string): boolean {
  form.set("/address/city", "Казань");
  form.set(pointer, 1);
  return form.view().state("/price").required;
}
export const report = cycleCreate.check({ id: "1" }, { locale: "en", today: undefined });
export const issues: readonly Issue[] = report.issues;
export const asUnknown: Report<unknown> = report;
