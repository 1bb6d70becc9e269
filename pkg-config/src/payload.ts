// The payload objects of the public interface. Each knows its name and what the generated file says of it; everything else is
// asked of the wasm at first use. No rule of any payload stands here. A payload is a frozen object of functions that need no `this`.
import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import { packAnswer, type Answer } from "./answer.js";
import { canStart, checker, keeper, type Engine } from "./core.js";
import { draftOf, type FormEntries } from "./form-data.js";
import { liveForm } from "./form.js";
import { merged } from "./merge.js";
import { Bound } from "./options.js";
import { pack, packed, packedCopy, releaseLarge } from "./pack.js";
import { deepFrozen, invalid, invalidText, valid, validText } from "./report.js";
import { Table } from "./payload-table.js";
import type { FieldInfo, FieldState, Form, Issue, JsonReport, Options, Payload, Preview, Report } from "./types.js";
import { worded } from "./words.js";

type Standard<In, Out> = StandardSchemaV1.Props<In, Out> & StandardJSONSchemaV1.Props<In, Out>;
type Payloads = { readonly [name: string]: Payload<unknown, unknown> };
type Facts = Pick<Payload<unknown, unknown>, "name" | "direction" | "endpoint">;

/** Payloads are listed in the order in which the generated file makes them: that of the documents. */
const places = new WeakMap<object, number>();
let made = 0;

/** The payload of this name; `generated.ts` makes one of each. */
export function payload<In, Out>(name: string, direction: "outbound" | "inbound", method?: string, path?: string): Payload<In, Out> {
  const endpoint = method === undefined || path === undefined ? undefined : Object.freeze({ method, path });
  return bindable({ name, direction, endpoint }, undefined);
}

/** The payloads among a module's exports, by name. */
export function byName(exported: Readonly<Record<string, unknown>>): Payloads {
  const place = (one: unknown): number => places.get(one as object) as number;
  const named = Object.create(null) as Record<string, Payloads[string]>;
  const all = Object.values(exported).filter((one) => typeof one === "object" && places.has(one as object)) as Payloads[string][];
  for (const one of all.sort((a, b) => place(a) - place(b))) named[one.name] = one;
  return Object.freeze(named);
}

/** `options` are bound, as they were given; packed when they are first used. */
function bindable<In, Out>({ name, direction, endpoint }: Facts, options: Options | undefined): Payload<In, Out> {
  let own = options === undefined ? Bound.none : undefined;
  /** Options of the last call that had its own: mostly they are the same again. */
  let last: Bound | undefined;
  let table: Table | undefined;
  let standard: Standard<In, Out> | undefined;

  const describe = (engine: () => Engine): Table => (table ??= Table.of(name, engine));

  function bind(given: Options | undefined, engine: () => Engine): Bound {
    if (given === undefined) return (own ??= Bound.of(options as Options, undefined, engine()));
    return (last = Bound.of(merged(options, given), last, engine()));
  }

  /** Asks something of a value or a text, which `fill` puts into the engine's input. */
  function ask<T>(bound: Bound, fill: (engine: Engine) => number, call: (engine: Engine, table: Table, options: number, length: number) => T): T {
    const described = describe(checker);
    const engine = checker();
    const number = bound.number(engine);
    const length = fill(engine);
    const answer = engine.attempt(() => call(engine, described, number, length));
    engine.settle();
    return answer;
  }

  function check(value: unknown, given?: Options): Report<Out> {
    const bound = bind(given, checker);
    const described = describe(checker);
    const length = pack(value, described.shape);
    const report = ask<Report<Out>>(
      bound,
      (engine) => engine.fill(packed, length),
      (engine, { number }, options) => {
        const verdict = engine.glue.check(number, options, length);
        const block = verdict < 2 ? undefined : engine.outputBlock(verdict >>> 1, described.spoken(bound), bound.words);
        return (verdict & 1) === 1 ? valid<Out>(block, packedCopy(length), described, bound) : invalid<Out>(block);
      },
    );
    releaseLarge();
    return report;
  }

  function checkJson(text: string | Uint8Array, given?: Options): JsonReport {
    if (typeof text !== "string" && Object.prototype.toString.call(text) !== "[object Uint8Array]") {
      throw new TypeError("checkJson takes JSON as a string or as a Uint8Array.");
    }
    const bound = bind(given, checker);
    return ask<JsonReport>(
      bound,
      (engine) => (typeof text === "string" ? engine.fillText(text) : engine.fill(text)),
      (engine, described, options, length) => {
        const verdict = engine.glue.check_text(described.number, options, length);
        const block = verdict < 2 ? undefined : engine.outputBlock(verdict >>> 1, described.spoken(bound), bound.words);
        if ((verdict & 1) === 0) return invalidText(block);
        // The caller may go on writing into the bytes.
        return validText(block, typeof text === "string" ? text : text.slice(), described, bound);
      },
    );
  }

  function fields(given?: Options): readonly FieldInfo[] {
    return deepFrozen(ask(bind(given, checker), () => 0, (engine, { number }, options) => engine.glue.fields(number, options) as FieldInfo[]));
  }

  /** What is told of a value as JSON. */
  function told<T>(what: "states" | "preview", value: unknown, given: Options | undefined): T {
    const bound = bind(given, checker);
    const length = pack(value, describe(checker).shape);
    const answer = ask(
      bound,
      (engine) => engine.fill(packed, length),
      (engine, { number }, options) => engine.outputJson(engine.glue[what](number, options, length)) as T,
    );
    releaseLarge();
    return answer;
  }

  function states(value: unknown, given?: Options): readonly FieldState[] {
    return deepFrozen(told<FieldState[]>("states", value, given));
  }

  function preview(value: unknown, given?: Options): Preview {
    const preview = told<Preview>("preview", value, given);
    const { words } = given === undefined && options === undefined ? Bound.none : bind(given, checker);
    return deepFrozen({ ...preview, endpoint: preview.endpoint, readings: worded(deepFrozen(preview.readings), words) });
  }

  function form(draft?: unknown, given?: Options): Form<Out> {
    const engine = (): Engine => keeper(0);
    const described = describe(engine);
    const bound = bind(given, engine);
    return liveForm(described, options, given === undefined ? options : bound.options, bound, draft);
  }

  function explain(answer: Answer, given?: Options): readonly Issue[] {
    const bound = bind(given, checker);
    const { status, length, text } = packAnswer(answer);
    return ask(
      bound,
      (engine) => engine.fill(packed, length),
      (engine, described, options) => engine.outputBlock(engine.glue.explain(described.number, options, status, length, text), described.spoken(bound), bound.words),
    ).issues();
  }

  function jsonSchema(target = "draft-2020-12", side = "output", given?: Options): Record<string, unknown> {
    const wanted = `${String(target)},${String(side)}`;
    const schema = ask(
      bind(given, checker),
      (engine) => engine.fillText(wanted),
      (engine, { number }, options, length) => {
        const written = engine.glue.json_schema(number, options, length);
        return written === undefined ? undefined : (engine.outputJson(written) as Record<string, unknown>);
      },
    );
    if (schema === undefined) throw new TypeError(`There is no JSON Schema of ${wanted}: targets are draft-2020-12, draft-07 and openapi-3.0, sides output and input.`);
    return schema;
  }

  function fromFormData(data: FormEntries): In {
    return draftOf(data, fields()) as In;
  }

  function validate(value: unknown, given?: StandardSchemaV1.Options): StandardSchemaV1.Result<Out> {
    const report = check(value, given?.libraryOptions as Options | undefined);
    if (report.valid) return { value: report.value };
    // Form libraries write into what they are given.
    return { issues: report.issues.filter(({ severity }) => severity === "error").map((issue) => thawed(issue)) };
  }

  const schemaOf = (side: string) => (given: StandardJSONSchemaV1.Options): Record<string, unknown> =>
    jsonSchema(given.target, side, given.libraryOptions as Options | undefined);

  const one: Payload<In, Out> = Object.freeze({
    name,
    direction,
    endpoint,
    get title() {
      return describe(checker).title;
    },
    get upstream() {
      return describe(checker).upstream;
    },
    options,
    with(given: Options): Payload<In, Out> {
      const both = merged(options, given);
      // A wrong option is told here, unless nobody has called `init` yet.
      if (canStart()) Bound.of(both, undefined, checker());
      return bindable({ name, direction, endpoint }, both);
    },
    check,
    checkJson,
    fields,
    states,
    form,
    preview,
    explain,
    jsonSchema,
    fromFormData,
    get "~standard"() {
      return (standard ??= Object.freeze({
        version: 1,
        vendor: "portform",
        jsonSchema: Object.freeze({ input: schemaOf("input"), output: schemaOf("output") }),
        validate,
      }));
    },
  });
  places.set(one, made++);
  return one;
}

/** A copy that may be written into. */
function thawed<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(thawed) as T;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, thawed(member)])) as T;
}
