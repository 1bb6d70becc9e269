// The payload objects of the public interface. Each knows its name and what the generated file says of it; everything else is
// asked of the wasm at first use. No rule of any payload stands here.
import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import * as glue from "../build/glue.js";
import { attempt, canStart, outputJson } from "./core.js";
import { packAnswer, type Answer } from "./answer.js";
import { LiveForm } from "./form.js";
import { outputBlock } from "./lasting.js";
import { Bound, merged } from "./options.js";
import { pack, packBytes, packText, packed, releaseLarge } from "./pack.js";
import { deepFrozen, invalid, invalidText, valid, validText } from "./report.js";
import { Table } from "./table.js";
import type { FieldInfo, FieldState, Issue, JsonReport, Locale, Options, Payload, Preview, Report } from "./types.js";

type Standard<In, Out> = StandardSchemaV1.Props<In, Out> & StandardJSONSchemaV1.Props<In, Out>;
type Payloads = { readonly [name: string]: Payload<unknown, unknown> };
type Facts = Pick<Payload<unknown, unknown>, "name" | "direction" | "endpoint">;

class Bindable<In, Out> implements Payload<In, Out> {
  readonly name: string;
  readonly direction: "outbound" | "inbound";
  readonly endpoint: { readonly method: string; readonly path: string } | undefined;
  /** Bound options, as they were given; packed when they are first used. */
  readonly #options: Options | undefined;
  #bound: Bound | undefined;
  /** Options of the last call that had its own: mostly they are the same again. */
  #last: Bound | undefined;
  #table: Table | undefined;
  #standard: Standard<In, Out> | undefined;
  static #places = 0;
  /** Payloads are listed in the order in which the generated file makes them: that of the documents. */
  readonly #place = Bindable.#places++;

  constructor(facts: Facts, options: Options | undefined) {
    this.name = facts.name;
    this.direction = facts.direction;
    this.endpoint = facts.endpoint;
    this.#options = options;
    if (options === undefined) this.#bound = Bound.none;
    Object.freeze(this);
  }

  /** The payloads among a module's exports, by name. */
  static byName(exported: Readonly<Record<string, unknown>>): Payloads {
    const named = Object.create(null) as Record<string, Payloads[string]>;
    const all = Object.values(exported).filter((one) => one instanceof Bindable);
    for (const one of all.sort((a, b) => a.#place - b.#place)) named[one.name] = one;
    return Object.freeze(named);
  }

  #describe(): Table {
    return (this.#table ??= Table.of(this.name));
  }

  #bind(options: Options | undefined): Bound {
    if (options === undefined) return (this.#bound ??= Bound.of(this.#options as Options, undefined));
    return (this.#last = Bound.of(merged(this.#options, options), this.#last));
  }

  get title(): Readonly<Record<Locale, string>> {
    return this.#describe().title;
  }

  get upstream(): "portal" | "ehealth" {
    return this.#describe().upstream;
  }

  get options(): Options | undefined {
    return this.#options;
  }

  with(options: Options): Bindable<In, Out> {
    const copy = new Bindable<In, Out>(this, merged(this.#options, options));
    // A wrong option is told here, unless nobody has called `init` yet.
    if (canStart()) copy.#bind(undefined);
    return copy;
  }

  check(value: unknown, options?: Options): Report<Out> {
    const table = this.#describe();
    const bound = this.#bind(options);
    const number = bound.number();
    const length = pack(value, table.shape);
    const verdict = attempt(() => glue.check(table.number, number, length));
    const block = verdict < 2 ? undefined : outputBlock(verdict >>> 1, bound.locale ?? table.locale);
    const report = (verdict & 1) === 0 ? invalid<Out>(block) : valid<Out>(block, packed(length), table, bound);
    releaseLarge();
    return report;
  }

  checkJson(text: string | Uint8Array, options?: Options): JsonReport {
    const table = this.#describe();
    const bound = this.#bind(options);
    const number = bound.number();
    const length = packSource(text);
    const verdict = attempt(() => glue.check_text(table.number, number, length));
    const block = verdict < 2 ? undefined : outputBlock(verdict >>> 1, bound.locale ?? table.locale);
    releaseLarge();
    if ((verdict & 1) === 0) return invalidText(block);
    // The caller may go on writing into the bytes.
    return validText(block, typeof text === "string" ? text : text.slice(), table, bound);
  }

  fields(options?: Options): readonly FieldInfo[] {
    const table = this.#describe();
    const number = this.#bind(options).number();
    return deepFrozen(attempt(() => glue.fields(table.number, number) as FieldInfo[]));
  }

  states(value: unknown, options?: Options): readonly FieldState[] {
    const table = this.#describe();
    const number = this.#bind(options).number();
    const length = pack(value, table.shape);
    return deepFrozen(attempt(() => outputJson(glue.states(table.number, number, length)) as FieldState[]));
  }

  form(draft?: unknown, options?: Options): LiveForm<Out> {
    const own = options === undefined ? this.#options : merged(this.#options, options);
    return new LiveForm(this.#describe(), this.#options, own, this.#bind(options), draft);
  }

  preview(value: unknown, options?: Options): Preview {
    const table = this.#describe();
    const number = this.#bind(options).number();
    const length = pack(value, table.shape);
    const preview = attempt(() => outputJson(glue.preview(table.number, number, length)) as Preview);
    return deepFrozen({ ...preview, endpoint: preview.endpoint });
  }

  explain(answer: Answer, options?: Options): readonly Issue[] {
    const table = this.#describe();
    const bound = this.#bind(options);
    const number = bound.number();
    const { status, length, text } = packAnswer(answer);
    const written = attempt(() => glue.explain(table.number, number, status, length, text));
    return outputBlock(written, bound.locale ?? table.locale).issues();
  }

  jsonSchema(target = "draft-2020-12", side = "output", options?: Options): Record<string, unknown> {
    const table = this.#describe();
    const number = this.#bind(options).number();
    const length = packText(`${target},${side}`);
    const written = attempt(() => glue.json_schema(table.number, number, length));
    if (written === undefined) {
      throw new TypeError(`There is no JSON Schema of ${String(target)}, ${String(side)}: targets are draft-2020-12, draft-07 and openapi-3.0, sides output and input.`);
    }
    return outputJson(written) as Record<string, unknown>;
  }

  get "~standard"(): Standard<In, Out> {
    const of = (side: string) => (options: StandardJSONSchemaV1.Options): Record<string, unknown> =>
      this.jsonSchema(options.target, side, options.libraryOptions as Options | undefined);
    return (this.#standard ??= Object.freeze({
      version: 1,
      vendor: "portform",
      jsonSchema: Object.freeze({ input: of("input"), output: of("output") }),
      validate: (value: unknown, options?: StandardSchemaV1.Options): StandardSchemaV1.Result<Out> => {
        const report = this.check(value, options?.libraryOptions as Options | undefined);
        if (report.valid) return { value: report.value };
        return { issues: report.issues.filter(({ severity }) => severity === "error") };
      },
    }));
  }
}

function packSource(text: string | Uint8Array): number {
  if (typeof text === "string") return packText(text);
  if (Object.prototype.toString.call(text) === "[object Uint8Array]") return packBytes(text);
  throw new TypeError("checkJson takes JSON as a string or as a Uint8Array.");
}

/** The payload of this name; `generated.ts` makes one of each. */
export function payload<In, Out>(name: string, direction: "outbound" | "inbound", method?: string, path?: string): Payload<In, Out> {
  const endpoint = method === undefined || path === undefined ? undefined : Object.freeze({ method, path });
  return new Bindable<In, Out>({ name, direction, endpoint }, undefined);
}


export const byName = Bindable.byName;
