// The rules in zod. The rules over several fields hang at the root and always run, so that one fault never hides another.
import { z } from "zod";
import { isDate, isMoney, isUrl, MESSAGES, programme as acrossProgramme, results as acrossResults, UUID } from "../rules.js";
import { valueAt } from "../places.js";

const required = () => z.string().regex(/\S/, MESSAGES.required);
const text = () => z.string().nullish();
// `.int()` would end the checking of the whole value where it fails: a schema's later checks, those at the root too, do not run then.
const whole = () => z.number().refine(Number.isInteger, { message: MESSAGES.integer, params: { code: "integer" } });
const flag = () => z.boolean().nullish();
const uuid = () => z.string().regex(UUID, MESSAGES.format);

/** The schema with rules that run whatever else is wrong. */
function across(schema, rules) {
  const check = z.check((payload) => {
    rules(payload.value, (path, code) => {
      payload.issues.push({ code: "custom", input: payload.value, path, inst: check, continue: true, message: MESSAGES[code], params: { code } });
    });
  });
  check._zod.def.when = () => true;
  return schema.check(check);
}

const row = z.strictObject({
  cycle_id: text(),
  request_number: required(),
  attended: flag(),
  result_status: z.enum(["NOT_TRAINED", "FAILED", "SUCCEED"]),
  attendance: whole().min(0).max(100).nullish(),
  practical_skills: whole().min(1).max(5).nullish(),
  interview: whole().min(1).max(5).nullish(),
  case_solving: whole().min(1).max(5).nullish(),
  test_percentage: whole().min(0).max(100).nullish(),
  test_mark: whole().min(1).max(5).nullish(),
  certificate: text(),
  certificate_applied: flag(),
});
export const resultsSchema = across(z.strictObject({ cycle_id: required(), results: z.array(row).min(1) }), acrossResults);

const volume = () => z.number().min(0).nullish();
const price = z.strictObject({
  price: z.number().min(0).refine(isMoney, { message: MESSAGES.decimal_places, params: { code: "decimal_places" } }).nullish(),
  start_date: z.string().refine(isDate, { message: MESSAGES.date, params: { code: "date" } }).nullish(),
  comment: text(),
});
const partition = z.strictObject({ id: uuid() });
const kit = z.strictObject({ id: uuid(), partitions: z.array(partition).nullish() });
const fiveYear = z.strictObject({ id: uuid(), umk: z.array(kit).nullish(), partitions: z.array(partition).nullish() });
const speciality = z.strictObject({ name: required(), main: z.boolean(), all_partitions: flag(), programmes: z.array(fiveYear).nullish() });
const programmeSchema = across(
  z.strictObject({
    change_comment: text(),
    program_number: required(),
    name: required(),
    development_year: whole().min(1900).max(2100),
    volume_zet_total: z.number().min(16),
    volume_zet_extramural: volume(),
    is_budget: z.boolean(),
    is_paid: z.boolean(),
    is_paid_foms: z.boolean(),
    price_reason: text(),
    education_form: z.enum(["fulltime", "semiremote", "remote"]),
    annotation: text(),
    organization_unit: text(),
    internet_link: z.string().refine(isUrl, { message: MESSAGES.format, params: { code: "format" } }).nullish(),
    is_new_competency: flag(),
    new_competency_desc: text(),
    is_simulation: z.boolean(),
    simulation: z.strictObject({ volume: volume(), equipment: flag(), description: text() }).nullish(),
    is_internship: flag(),
    internship: z.strictObject({ volume: volume(), description: text(), location: text(), mentor: text() }).nullish(),
    is_remote: z.boolean(),
    remote: z.strictObject({ volume: volume(), description: text() }).nullish(),
    is_network: z.boolean(),
    network: z.strictObject({ participants: whole().min(1).nullish(), organizations: z.array(required()).nullish() }).nullish(),
    prices: z.array(price).nullish(),
    prices_foms: z.array(price).nullish(),
    specialities: z.array(speciality).min(1),
  }),
  acrossProgramme,
);

/** The code of an issue in the words of the rules. */
function codeOf(issue, value) {
  if (issue.params?.code) return issue.params.code;
  const held = valueAt(value, issue.path);
  switch (issue.code) {
    case "invalid_type":
      return held === undefined || held === null ? "required" : "type";
    case "invalid_value":
      return held === undefined || held === null || held === "" ? "required" : "enum";
    case "invalid_format":
      if (held === "") return "required";
      return issue.message === MESSAGES.required ? "required" : "format";
    case "too_small":
      return issue.origin === "array" ? "too_few" : "too_small";
    case "too_big":
      return "too_large";
    default:
      return issue.code;
  }
}

function contestant(schema) {
  return {
    run: (value) => {
      const result = schema.safeParse(value);
      return result.success ? [] : result.error.issues;
    },
    read: (issue) => issue.path.length + issue.message.length,
    list: (issues, value) =>
      issues.flatMap((issue) =>
        issue.code === "unrecognized_keys" ? issue.keys.map((key) => [[...issue.path, key], "unknown_field"]) : [[issue.path, codeOf(issue, value)]],
      ),
  };
}

export const zod = { results: contestant(resultsSchema), programme: contestant(programmeSchema) };
