// The rules in ArkType. Its own predicates over several fields only run on data of the right shape, so that they would hide behind
// other faults: the plain function of rules runs after the type, whatever the type found.
import { type } from "arktype";
import { CODES, isDate, isMoney, isUrl, MESSAGES, programme as acrossProgramme, results as acrossResults, UUID } from "../rules.js";
import { valueAt } from "../places.js";

const whole = (min, max) => `${min} <= number.integer <= ${max} | null`;
const uuid = type("string").narrow((text, ctx) => UUID.test(text) || ctx.reject("format"));
const required = type("string").narrow((text, ctx) => /\S/.test(text) || ctx.reject("required"));

const row = type({
  "+": "reject",
  "cycle_id?": "string | null",
  request_number: required,
  "attended?": "boolean | null",
  result_status: "'NOT_TRAINED' | 'FAILED' | 'SUCCEED'",
  "attendance?": whole(0, 100),
  "practical_skills?": whole(1, 5),
  "interview?": whole(1, 5),
  "case_solving?": whole(1, 5),
  "test_percentage?": whole(0, 100),
  "test_mark?": whole(1, 5),
  "certificate?": "string | null",
  "certificate_applied?": "boolean | null",
});
const resultsType = type({ "+": "reject", cycle_id: required, results: row.array().atLeastLength(1) });

const volume = "number >= 0 | null";
const price = type({
  "+": "reject",
  "price?": type("number >= 0").narrow((number, ctx) => isMoney(number) || ctx.reject("decimal_places")).or("null"),
  "start_date?": type("string").narrow((text, ctx) => isDate(text) || ctx.reject("date")).or("null"),
  "comment?": "string | null",
});
const partition = type({ "+": "reject", id: uuid });
const kit = type({ "+": "reject", id: uuid, "partitions?": partition.array().or("null") });
const fiveYear = type({ "+": "reject", id: uuid, "umk?": kit.array().or("null"), "partitions?": partition.array().or("null") });
const speciality = type({ "+": "reject", name: required, main: "boolean", "all_partitions?": "boolean | null", "programmes?": fiveYear.array().or("null") });
const part = (more) => type({ "+": "reject", "volume?": volume, "description?": "string | null", ...more }).or("null");
const programmeType = type({
  "+": "reject",
  "change_comment?": "string | null",
  program_number: required,
  name: required,
  development_year: "1900 <= number.integer <= 2100",
  volume_zet_total: "number >= 16",
  "volume_zet_extramural?": volume,
  is_budget: "boolean",
  is_paid: "boolean",
  is_paid_foms: "boolean",
  "price_reason?": "string | null",
  education_form: "'fulltime' | 'semiremote' | 'remote'",
  "annotation?": "string | null",
  "organization_unit?": "string | null",
  "internet_link?": type("string").narrow((text, ctx) => isUrl(text) || ctx.reject("format")).or("null"),
  "is_new_competency?": "boolean | null",
  "new_competency_desc?": "string | null",
  is_simulation: "boolean",
  "simulation?": part({ "equipment?": "boolean | null" }),
  "is_internship?": "boolean | null",
  "internship?": part({ "location?": "string | null", "mentor?": "string | null" }),
  is_remote: "boolean",
  "remote?": part({}),
  is_network: "boolean",
  "network?": type({ "+": "reject", "participants?": "number.integer >= 1 | null", "organizations?": required.array().or("null") }).or("null"),
  "prices?": price.array().or("null"),
  "prices_foms?": price.array().or("null"),
  specialities: speciality.array().atLeastLength(1),
});

const CODE_OF_ERROR = { divisor: "integer", min: "too_small", max: "too_large", minLength: "too_few", required: "required" };

/** The code of one of the type's errors in the words of the rules. */
function codeOf(error, value) {
  const known = CODE_OF_ERROR[error.code];
  if (known) return known;
  if (error.code === "intersection") return codeOf(error.errors[0], value);
  const held = valueAt(value, error.path);
  if (error.code === "predicate" && error.expected === "removed") return "unknown_field";
  if (held === undefined || held === null || held === "") return "required";
  if (error.code === "predicate" && CODES.includes(error.expected)) return error.expected;
  return error.expected.startsWith('"') || error.errors?.every((branch) => branch.expected.startsWith('"')) ? "enum" : "type";
}

function contestant(shape, rules) {
  return {
    run: (value) => {
      const out = shape(value);
      const issues = out instanceof type.errors ? [...out] : [];
      rules(value, (path, code) => issues.push({ path, code, message: MESSAGES[code], ours: true }));
      return issues;
    },
    read: (issue) => issue.path.length + issue.message.length,
    list: (issues, value) => issues.map((issue) => [[...issue.path], issue.ours ? issue.code : codeOf(issue, value)]),
  };
}

export const arktype = { results: contestant(resultsType, acrossResults), programme: contestant(programmeType, acrossProgramme) };
