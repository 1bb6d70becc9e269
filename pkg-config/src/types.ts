// The public types, kept by hand; the types of the payloads themselves are generated from the tables. Nothing here runs.
import type { StandardSchemaV1, StandardJSONSchemaV1 } from "@standard-schema/spec";
import type { FormEntries } from "./form-data.js";

export type { FormEntries } from "./form-data.js";

export type Locale = "ru" | "uk" | "en";
export type Severity = "error" | "warning" | "note";
export type Path = readonly (string | number)[];

export interface Issue {
  readonly path: Path;              // ["prices", 0, "price"]; [] is the payload as a whole
  readonly pointer: string;         // "/prices/0/price" (RFC 6901); "" is the payload as a whole
  readonly code: string;            // "required", "too_small", …: a stable word
  readonly severity: Severity;
  readonly rule: string;            // "PRG-23"
  readonly source: string;          // the section of the source document
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;         // in the options' locale
}

export type Report<T> =
  | { readonly valid: true; readonly issues: readonly Issue[]; readonly value: T }            // warnings and notes do not count
  | { readonly valid: false; readonly issues: readonly Issue[]; readonly value: undefined };
export type JsonReport =
  | { readonly valid: true; readonly issues: readonly Issue[]; readonly body: string }
  | { readonly valid: false; readonly issues: readonly Issue[]; readonly body: undefined };

export interface Options {
  locale?: Locale | undefined;                  // default "ru" for the Portal, "uk" for eHealth
  mode?: "lenient" | "strict" | undefined;      // default "lenient"
  today?: string | undefined;                   // "YYYY-MM-DD"; without it the rules that need it do not run
  context?: Context | undefined;
  dialect?: Dialect | undefined;
  promote?: readonly string[] | undefined;      // rule ids whose warnings count as errors
  endpoint?: { base?: string; path?: string; params?: Readonly<Record<string, string>> } | undefined; // e.g. eHealth's contract_type and id
  message?: ((issue: Issue) => string | undefined) | undefined;   // the front end's own words; undefined keeps ours (not in a worker)
}
export interface Dialect {
  resultStatus?: "example" | "table" | undefined;   // NOT_TRAINED (default) or not_trained
  price?: "number" | "text" | undefined;            // prices[].price of a programme
  address?: "object" | "list" | undefined;          // address of a cycle
}
export interface Context {                          // a part of the wrong shape is a TypeError that names it
  status?: string | undefined;
  specialities?: unknown;                           // body of GET umk/specialities, or a list of names
  programmes?: unknown;                             // body of GET umk/programmes
  programme?: unknown;                              // the programme that a cycle belongs to
  requestNumbers?: readonly string[] | undefined;
  previous?: unknown;                               // the previous contract
  contractType?: "CAPITATION" | "REIMBURSEMENT" | undefined;
  dictionaries?: Readonly<Record<string, readonly string[] | Readonly<Record<string, string>>>> | undefined;
}

/** A pointer (RFC 6901) into a payload's value: an editor completes those of its fields, and any other text is taken as well. */
export type Pointer<Out> = PointerOf<Out> | "" | (string & {});
type PointerOf<Value> = Value extends readonly (infer Item)[]
  ? `/${number}` | `/${number}${PointerOf<Item>}`
  : Value extends object
    ? { [Key in keyof Value & string]-?: `/${Key}` | `/${Key}${PointerOf<NonNullable<Value[Key]>>}` }[keyof Value & string]
    : never;

/** One payload of the source documents. An object, never a function; every method may be passed on unbound. */
export interface Payload<In, Out> {
  readonly name: string;                                   // "cycle.create"
  readonly direction: "outbound" | "inbound";
  readonly endpoint: { readonly method: string; readonly path: string } | undefined;
  readonly title: Readonly<Record<Locale, string>>;        // what it is, for people: "Добавление цикла"
  readonly upstream: "portal" | "ehealth";
  readonly options: Options | undefined;                   // what it is bound to
  with(options: Options): Payload<In, Out>;                // a copy bound to options; a call's own options come on top
  check(value: unknown, options?: Options): Report<Out>;   // never throws on data, whatever it is
  checkJson(text: string | Uint8Array, options?: Options): JsonReport;
  fields(options?: Options): readonly FieldInfo[];         // flat, in document order
  states(value: unknown, options?: Options): readonly FieldState[];
  form(draft?: unknown, options?: Options): Form<Out>;
  preview(value: unknown, options?: Options): Preview;
  explain(answer: { status: number; body: unknown }, options?: Options): readonly Issue[];  // an upstream's answer, on the form's fields; [] when accepted
  jsonSchema(target?: "draft-2020-12" | "draft-07" | "openapi-3.0", side?: "output" | "input", options?: Options): Record<string, unknown>;  // output: the canonical body (default)
  fromFormData(data: FormEntries): In;                     // of FormData or URLSearchParams: names "prices[0].price", "prices.0.price" or "/prices/0/price"; a checkbox's "on" is true
  readonly "~standard": StandardSchemaV1.Props<In, Out> & StandardJSONSchemaV1.Props<In, Out>;   // errors only; Options may come in libraryOptions
}

export interface FieldInfo {
  readonly pointer: string;         // "/prices/*/price"
  readonly name: string;
  readonly type: "text" | "number" | "integer" | "money" | "boolean" | "date" | "enum" | "uuid" | "object" | "list";
  readonly format?: string;
  readonly label: string; readonly hint?: string;          // in the locale
  readonly required: "always" | "never" | "conditional"; readonly requiredWhen?: string; readonly relevantWhen?: string;   // in words, in the locale
  readonly options?: readonly { value: string; label: string }[];
  readonly min?: number; readonly max?: number; readonly exclusiveMin?: number; readonly maxLength?: number; readonly decimalPlaces?: number;
  readonly minItems?: number; readonly maxItems?: number;
  readonly rules: readonly string[]; readonly source: string;
}
export interface FieldState { readonly pointer: string; readonly relevant: boolean; readonly required: boolean; readonly expected: boolean }

export interface Preview {
  readonly valid: boolean;
  readonly endpoint: { readonly method: string; readonly url: string; readonly contentType: string } | undefined;
  readonly body: string;            // the exact text that submit sends; of an invalid draft, what can be read of it
  readonly leftOut: readonly { readonly pointer: string; readonly reason: "not_relevant" | "unknown_field" | "unreadable" }[];
  readonly readings: readonly Issue[];                     // the notes
  readonly serverFills: readonly { readonly pointer: string; readonly value: unknown }[];   // e.g. CTR-15
}

/** A live form: the draft stays in wasm memory; one edit costs the same in a form of ten rows and of a hundred thousand. */
export interface Form<Out> extends Disposing {
  readonly version: number;                                // grows with every change (for stores such as useSyncExternalStore)
  view(): FormView<Out>;                                   // an immutable snapshot; the same object until the form changes, another one after (React Compiler, memo, signals)
  set(pointer: Pointer<Out>, value: unknown, how?: { typing?: boolean }): Changes;   // also what a person typed: "12 000,50"; makes missing objects on the way; edits of one field with
                                                           // typing are one step of undo until another field is edited; setting what is there already is no change
  insert(pointer: Pointer<Out>, index: number, item?: unknown): Changes;
  remove(pointer: Pointer<Out>, index: number): Changes;
  move(pointer: Pointer<Out>, from: number, to: number): Changes;
  replace(draft: unknown): Changes;
  paste(pointer: Pointer<Out>, index: number, rows: readonly (readonly unknown[])[], columns: readonly string[]): Changes;  // one batch, one undo
  get(pointer: Pointer<Out>): unknown;                           // as typed
  value(): unknown;                                        // the whole draft, as typed
  length(pointer: Pointer<Out>): number;                         // of a list
  key(pointer: Pointer<Out>): number;                            // a list item's stable identity while it moves
  state(pointer: Pointer<Out>): FieldState & { readonly issues: readonly Issue[] };
  states(): readonly FieldState[];
  issues(filter?: { severity?: Severity; under?: string; offset?: number; limit?: number }): readonly Issue[];
  summary(): Summary;
  report(): Report<Out>;
  preview(): Preview;
  explain(answer: { status: number; body: unknown }): Changes;   // shown at the fields until they are edited
  attach(source: string, issues: readonly { pointer: string; message: string; severity?: "error" | "warning"; code?: string }[]): Changes;   // the front end's own findings (its own
                                                           // rules, an asynchronous check): replaced as a whole per source, move along with rows, count in report()
  setOptions(options: Options): Changes;                   // a new locale, context or day: messages and states follow
  undo(): Changes | undefined; redo(): Changes | undefined;
  subscribe(listener: (changes: Changes) => void): () => void;
  free(): void;                                            // also [Symbol.dispose], typed where the lib has it; not freeing is safe: memory goes with the object
}
/** What `using` asks for, where the lib has it. */
export type Disposing = typeof Symbol extends { readonly dispose: infer Dispose extends symbol } ? { readonly [Key in Dispose]: () => void } : {};
/** An immutable snapshot: whatever it is asked, and whenever, it answers for its version, after free() too. */
export interface FormView<Out> {
  readonly version: number; readonly summary: Summary; readonly valid: boolean;
  value(pointer?: Pointer<Out>): unknown; state(pointer: Pointer<Out>): FieldState & { readonly issues: readonly Issue[] };   // equal results are the same object while nothing of theirs changed
  issues(filter?: { severity?: Severity; under?: string; offset?: number; limit?: number }): readonly Issue[];
  length(pointer: Pointer<Out>): number; key(pointer: Pointer<Out>, index: number): number; report(): Report<Out>; preview(): Preview;
}
export interface Summary { readonly errors: number; readonly warnings: number; readonly notes: number }
export interface Changes {
  readonly added: readonly Issue[]; readonly removed: readonly Issue[];   // since the last change
  readonly states: readonly FieldState[];                  // only those that changed
  readonly shifted: readonly { readonly pointer: string; readonly from: number; readonly by: number }[];  // a list's items from an index on moved by so many places; their issues and states moved along and are not listed
  readonly summary: Summary;
}

