// The rules of the benchmark's two payloads as JSON Schema, as far as it can say them: rules.js has the rest.
import { UUID } from "../rules.js";

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
export const programmeSchema = {
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
