// The rules as JSON Schema for ajv, compiled in the process and, as `standalone`, compiled to code beforehand. What a schema cannot
// say (duplicates by a key, sums, "expected") is in the plain function of rules, which runs after it.
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import standaloneCode from "ajv/dist/standalone/index.js";
import { isDate, isMoney, isUrl, MESSAGES, programme as acrossProgramme, results as acrossResults, UUID } from "../rules.js";
import { path as steps, valueAt } from "../places.js";

const required = { type: "string", pattern: "\\S" };
const text = { type: ["string", "null"] };
const flag = { type: ["boolean", "null"] };
const whole = (minimum, maximum) => ({ type: ["integer", "null"], minimum, ...(maximum === undefined ? {} : { maximum }) });
const object = (properties, needed = []) => ({ type: ["object", "null"], properties, required: needed, additionalProperties: false });
const list = (items) => ({ type: ["array", "null"], items });

export const resultsSchema = {
  type: "object",
  properties: {
    cycle_id: required,
    results: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        properties: {
          cycle_id: text,
          request_number: required,
          attended: flag,
          result_status: { enum: ["NOT_TRAINED", "FAILED", "SUCCEED"] },
          attendance: whole(0, 100),
          practical_skills: whole(1, 5),
          interview: whole(1, 5),
          case_solving: whole(1, 5),
          test_percentage: whole(0, 100),
          test_mark: whole(1, 5),
          certificate: text,
          certificate_applied: flag,
        },
        required: ["request_number", "result_status"],
        additionalProperties: false,
      },
    },
  },
  required: ["cycle_id", "results"],
  additionalProperties: false,
};

const volume = { type: ["number", "null"], minimum: 0 };
const uuid = { type: "string", pattern: UUID.source.replaceAll("a-f", "a-fA-F") };
const prices = list(object({ price: { type: ["number", "null"], minimum: 0, format: "money" }, start_date: { type: ["string", "null"], format: "calendar" }, comment: text }));
const item = (properties, needed) => ({ ...object(properties, needed), type: "object" });
const partitions = list(item({ id: uuid }, ["id"]));
const programmeSchema = {
  type: "object",
  properties: {
    change_comment: text,
    program_number: required,
    name: required,
    development_year: { type: "integer", minimum: 1900, maximum: 2100 },
    volume_zet_total: { type: "number", minimum: 16 },
    volume_zet_extramural: volume,
    is_budget: { type: "boolean" },
    is_paid: { type: "boolean" },
    is_paid_foms: { type: "boolean" },
    price_reason: text,
    education_form: { enum: ["fulltime", "semiremote", "remote"] },
    annotation: text,
    organization_unit: text,
    internet_link: { type: ["string", "null"], format: "http" },
    is_new_competency: flag,
    new_competency_desc: text,
    is_simulation: { type: "boolean" },
    simulation: object({ volume, equipment: flag, description: text }),
    is_internship: flag,
    internship: object({ volume, description: text, location: text, mentor: text }),
    is_remote: { type: "boolean" },
    remote: object({ volume, description: text }),
    is_network: { type: "boolean" },
    network: object({ participants: whole(1), organizations: list(required) }),
    prices,
    prices_foms: prices,
    specialities: {
      type: "array",
      minItems: 1,
      items: item(
        {
          name: required,
          main: { type: "boolean" },
          all_partitions: flag,
          programmes: list(item({ id: uuid, umk: list(item({ id: uuid, partitions }, ["id"])), partitions }, ["id"])),
        },
        ["name", "main"],
      ),
    },
  },
  required: ["program_number", "name", "development_year", "volume_zet_total", "is_budget", "is_paid", "is_paid_foms", "education_form", "is_simulation", "is_remote", "is_network", "specialities"],
  additionalProperties: false,
};

const CODE_OF_FORMAT = { money: "decimal_places", calendar: "date", http: "format" };
const CODE_OF_KEYWORD = { minimum: "too_small", maximum: "too_large", minItems: "too_few" };

/** Path and code of an error in the words of the rules. */
function fault(error, value) {
  if (error.ours) return [error.path, error.ours];
  const path = steps(error.instancePath);
  if (error.keyword === "required") return [[...path, error.params.missingProperty], "required"];
  if (error.keyword === "additionalProperties") return [[...path, error.params.additionalProperty], "unknown_field"];
  const held = valueAt(value, path);
  if (held === null || held === "") return [path, "required"];
  switch (error.keyword) {
    case "pattern":
      return [path, error.params.pattern === "\\S" ? "required" : "format"];
    case "format":
      return [path, CODE_OF_FORMAT[error.params.format]];
    case "type":
      return [path, typeof held === "number" && String(error.params.type).includes("integer") ? "integer" : "type"];
    case "enum":
      return [path, "enum"];
    default:
      return [path, CODE_OF_KEYWORD[error.keyword]];
  }
}

const custom = { money: { type: "number", validate: isMoney }, calendar: { type: "string", validate: isDate }, http: { type: "string", validate: isUrl } };

function instance(messages, code) {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, messages, ...(code ? { code: { source: true, formats: code } } : {}) });
  formats.default(ajv);
  for (const [name, format] of Object.entries(custom)) ajv.addFormat(name, format);
  return ajv;
}

function contestant(validate, rules) {
  return {
    run: (value) => {
      const found = validate(value) ? [] : validate.errors;
      rules(value, (path, code) => found.push({ ours: code, path, instancePath: "", message: MESSAGES[code] }));
      return found;
    },
    read: (error) => error.instancePath.length + (error.message?.length ?? 0),
    list: (errors, value) => errors.map((error) => fault(error, value)),
  };
}

export function compiled(messages = true) {
  const ajv = instance(messages);
  return { results: contestant(ajv.compile(resultsSchema), acrossResults), programme: contestant(ajv.compile(programmeSchema), acrossProgramme) };
}

/** The standalone code of a schema, evaluated as the module it is. */
function standalone(schema) {
  const ajv = instance(true, undefined);
  ajv.opts.code = { ...ajv.opts.code, source: true };
  const module = { exports: {} };
  new Function("require", "module", "exports", standaloneCode.default(ajv, ajv.compile(schema)))(createRequire(import.meta.url), module, module.exports);
  return module.exports;
}

export const ajv = compiled();
export const ajvStandalone = { results: contestant(standalone(resultsSchema), acrossResults), programme: ajv.programme };
