// The rules as JSON Schema for ajv, compiled in the process and, as `standalone`, compiled to code beforehand. What a schema cannot
// say (duplicates by a key, sums, "expected") is in the plain function of rules, which runs after it.
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import standaloneCode from "ajv/dist/standalone/index.js";
import { isDate, isMoney, isUrl, MESSAGES, programme as acrossProgramme, results as acrossResults } from "../rules.js";
import { path as steps, valueAt } from "../places.js";
import { programmeSchema, resultsSchema } from "./ajv-schemas.js";

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
