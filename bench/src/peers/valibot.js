// The rules in valibot. The rules over several fields are a raw check at the root, which runs whatever else is wrong.
import * as v from "valibot";
import { isDate, isMoney, isUrl, MESSAGES, programme as acrossProgramme, results as acrossResults, UUID } from "../rules.js";
import { valueAt } from "../places.js";

const required = () => v.pipe(v.string(), v.regex(/\S/, MESSAGES.required));
const text = () => v.nullish(v.string());
const flag = () => v.nullish(v.boolean());
const between = (min, max) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const uuid = () => v.pipe(v.string(), v.regex(UUID, MESSAGES.format));

/** The schema with rules that run whatever else is wrong. */
function across(schema, rules) {
  return v.pipe(
    schema,
    v.rawCheck(({ dataset, addIssue }) => {
      rules(dataset.value, (path, code) => {
        let input = dataset.value;
        const items = path.map((key) => {
          const item = { type: typeof key === "number" ? "array" : "object", origin: "value", input, key, value: input?.[key] };
          input = item.value;
          return item;
        });
        addIssue({ message: MESSAGES[code], path: items.length > 0 ? items : undefined });
      });
    }),
  );
}

const row = v.strictObject({
  cycle_id: text(),
  request_number: required(),
  attended: flag(),
  result_status: v.picklist(["NOT_TRAINED", "FAILED", "SUCCEED"]),
  attendance: v.nullish(between(0, 100)),
  practical_skills: v.nullish(between(1, 5)),
  interview: v.nullish(between(1, 5)),
  case_solving: v.nullish(between(1, 5)),
  test_percentage: v.nullish(between(0, 100)),
  test_mark: v.nullish(between(1, 5)),
  certificate: text(),
  certificate_applied: flag(),
});
const resultsSchema = across(v.strictObject({ cycle_id: required(), results: v.pipe(v.array(row), v.minLength(1)) }), acrossResults);

const volume = () => v.nullish(v.pipe(v.number(), v.minValue(0)));
const price = v.strictObject({
  price: v.nullish(v.pipe(v.number(), v.minValue(0), v.check(isMoney, MESSAGES.decimal_places))),
  start_date: v.nullish(v.pipe(v.string(), v.check(isDate, MESSAGES.date))),
  comment: text(),
});
const partition = v.strictObject({ id: uuid() });
const kit = v.strictObject({ id: uuid(), partitions: v.nullish(v.array(partition)) });
const fiveYear = v.strictObject({ id: uuid(), umk: v.nullish(v.array(kit)), partitions: v.nullish(v.array(partition)) });
const speciality = v.strictObject({ name: required(), main: v.boolean(), all_partitions: flag(), programmes: v.nullish(v.array(fiveYear)) });
const programmeSchema = across(
  v.strictObject({
    change_comment: text(),
    program_number: required(),
    name: required(),
    development_year: between(1900, 2100),
    volume_zet_total: v.pipe(v.number(), v.minValue(16)),
    volume_zet_extramural: volume(),
    is_budget: v.boolean(),
    is_paid: v.boolean(),
    is_paid_foms: v.boolean(),
    price_reason: text(),
    education_form: v.picklist(["fulltime", "semiremote", "remote"]),
    annotation: text(),
    organization_unit: text(),
    internet_link: v.nullish(v.pipe(v.string(), v.check(isUrl, MESSAGES.format))),
    is_new_competency: flag(),
    new_competency_desc: text(),
    is_simulation: v.boolean(),
    simulation: v.nullish(v.strictObject({ volume: volume(), equipment: flag(), description: text() })),
    is_internship: flag(),
    internship: v.nullish(v.strictObject({ volume: volume(), description: text(), location: text(), mentor: text() })),
    is_remote: v.boolean(),
    remote: v.nullish(v.strictObject({ volume: volume(), description: text() })),
    is_network: v.boolean(),
    network: v.nullish(v.strictObject({ participants: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(1))), organizations: v.nullish(v.array(required())) })),
    prices: v.nullish(v.array(price)),
    prices_foms: v.nullish(v.array(price)),
    specialities: v.pipe(v.array(speciality), v.minLength(1)),
  }),
  acrossProgramme,
);

const CODE_OF_MESSAGE = new Map(Object.entries(MESSAGES).map(([code, message]) => [message, code]));
const CODE_OF_TYPE = { integer: "integer", min_value: "too_small", max_value: "too_large", min_length: "too_few" };

/** The code of an issue in the words of the rules. */
function codeOf(issue, value, path) {
  if (issue.type === "strict_object" && issue.expected === "never") return "unknown_field";
  const held = valueAt(value, path);
  const code = CODE_OF_MESSAGE.get(issue.message);
  if (code) return held === "" && code === "format" ? "required" : code;
  if (CODE_OF_TYPE[issue.type]) return CODE_OF_TYPE[issue.type];
  if (held === undefined || held === null) return "required";
  if (issue.type === "picklist") return held === "" ? "required" : "enum";
  return "type";
}

function contestant(schema) {
  return {
    run: (value) => v.safeParse(schema, value).issues ?? [],
    read: (issue) => (issue.path?.length ?? 0) + issue.message.length,
    list: (issues, value) =>
      issues.map((issue) => {
        const path = (issue.path ?? []).map((item) => item.key);
        return [path, codeOf(issue, value, path)];
      }),
  };
}

export const valibot = { results: contestant(resultsSchema), programme: contestant(programmeSchema) };
