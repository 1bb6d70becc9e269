// The rules in yup. The rules over several fields are a test at the root, which yup runs whatever else is wrong.
import * as yup from "yup";
import { isDate, isMoney, isUrl, MESSAGES, programme as acrossProgramme, results as acrossResults, UUID } from "../rules.js";
import { path as steps, pointer, valueAt } from "../places.js";

const text = () => yup.string().nullable();
const required = () => yup.string().required(MESSAGES.required).matches(/\S/, MESSAGES.required);
const flag = () => yup.boolean().nullable();
const between = (min, max) => yup.number().integer(MESSAGES.integer).min(min, MESSAGES.too_small).max(max, MESSAGES.too_large);
const object = (fields) => yup.object(fields).noUnknown(MESSAGES.unknown_field).default(undefined).nullable();
const list = (items) => yup.array(items).nullable();
const must = (schema) => schema.nonNullable(MESSAGES.required).required(MESSAGES.required);
const uuid = () => must(yup.string().matches(UUID, MESSAGES.format));
const choice = (values) => must(yup.string().oneOf(values, MESSAGES.enum));

/** The schema with rules that run whatever else is wrong. */
function across(schema, rules) {
  return must(schema).test("across", function (value) {
    const errors = [];
    rules(value, (path, code) => {
      errors.push(this.createError({ path: path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("").slice(1), message: MESSAGES[code] }));
    });
    return errors.length === 0 || new yup.ValidationError(errors);
  });
}

const resultsSchema = across(
  object({
    cycle_id: required(),
    results: must(
      yup
        .array(
          must(
            object({
              cycle_id: text(),
              request_number: required(),
              attended: flag(),
              result_status: choice(["NOT_TRAINED", "FAILED", "SUCCEED"]),
              attendance: between(0, 100).nullable(),
              practical_skills: between(1, 5).nullable(),
              interview: between(1, 5).nullable(),
              case_solving: between(1, 5).nullable(),
              test_percentage: between(0, 100).nullable(),
              test_mark: between(1, 5).nullable(),
              certificate: text(),
              certificate_applied: flag(),
            }),
          ),
        )
        .min(1, MESSAGES.too_few),
    ),
  }),
  acrossResults,
);

const volume = () => yup.number().min(0, MESSAGES.too_small).nullable();
const price = object({
  price: yup.number().min(0, MESSAGES.too_small).test("money", MESSAGES.decimal_places, (value) => value === null || value === undefined || isMoney(value)).nullable(),
  start_date: yup.string().test("date", MESSAGES.date, (value) => value === null || value === undefined || isDate(value)).nullable(),
  comment: text(),
});
const partition = must(object({ id: uuid() }));
const kit = must(object({ id: uuid(), partitions: list(partition) }));
const fiveYear = must(object({ id: uuid(), umk: list(kit), partitions: list(partition) }));
const basis = () => must(yup.boolean());
const programmeSchema = across(
  object({
    change_comment: text(),
    program_number: required(),
    name: required(),
    development_year: must(between(1900, 2100)),
    volume_zet_total: must(yup.number().min(16, MESSAGES.too_small)),
    volume_zet_extramural: volume(),
    is_budget: basis(),
    is_paid: basis(),
    is_paid_foms: basis(),
    price_reason: text(),
    education_form: choice(["fulltime", "semiremote", "remote"]),
    annotation: text(),
    organization_unit: text(),
    internet_link: yup.string().test("url", MESSAGES.format, (value) => value === null || value === undefined || isUrl(value)).nullable(),
    is_new_competency: flag(),
    new_competency_desc: text(),
    is_simulation: basis(),
    simulation: object({ volume: volume(), equipment: flag(), description: text() }),
    is_internship: flag(),
    internship: object({ volume: volume(), description: text(), location: text(), mentor: text() }),
    is_remote: basis(),
    remote: object({ volume: volume(), description: text() }),
    is_network: basis(),
    network: object({ participants: yup.number().integer(MESSAGES.integer).min(1, MESSAGES.too_small).nullable(), organizations: list(required()) }),
    prices: list(price),
    prices_foms: list(price),
    specialities: must(yup.array(must(object({ name: required(), main: basis(), all_partitions: flag(), programmes: list(fiveYear) }))).min(1, MESSAGES.too_few)),
  }),
  acrossProgramme,
);

const CODE_OF_MESSAGE = new Map(Object.entries(MESSAGES).map(([code, message]) => [message, code]));
const toPath = (text) => steps(pointer(text === "" ? [] : text.replaceAll("[", ".").replaceAll("]", "").split(".")));

/** Paths and codes of an error in the words of the rules. */
function faults(error, value) {
  const path = toPath(error.path ?? "");
  const code = CODE_OF_MESSAGE.get(error.message);
  if (code === "unknown_field") return error.params.unknown.split(", ").map((key) => [[...path, key], code]);
  const held = valueAt(value, path);
  const blank = held === undefined || held === null || held === "";
  if (blank && (code === undefined || code === "format" || code === "enum")) return [[path, "required"]];
  return [[path, code ?? "type"]];
}

function contestant(schema) {
  return {
    run: (value) => {
      try {
        schema.validateSync(value, { abortEarly: false, strict: true });
        return [];
      } catch (error) {
        return error.inner.length > 0 ? error.inner : [error];
      }
    },
    read: (error) => error.path.length + error.message.length,
    list: (errors, value) => errors.flatMap((error) => faults(error, value)),
  };
}

export const yupSchemas = { results: contestant(resultsSchema), programme: contestant(programmeSchema) };
