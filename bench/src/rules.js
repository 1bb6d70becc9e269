// The rules over several fields, for the peers: one plain loop over what a schema has let through or not. Every peer gets the same
// functions, so that none pays for a clumsier way of saying the same. `add(path, code)` takes each finding. It knows no library.

export const CODES = ["required", "required_when", "not_relevant", "type", "integer", "decimal_places", "too_small", "too_large", "date", "enum", "format", "expected",
  "exceeds", "duplicate", "exactly_one", "mismatch", "inconsistent", "too_few", "unknown_field"];

/** One text per code, as a project would have them. */
export const MESSAGES = Object.fromEntries(CODES.map((code) => [code, `Проверьте значение: ${code}`]));

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === "string";
const isNumber = (value) => typeof value === "number";

/** Absent, null, blank text, an empty list or object, 0 and false are nothing to leave out. */
function has(value) {
  if (value === undefined || value === null || value === 0 || value === false) return false;
  if (typeof value === "string") return value.trim() !== "";
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

const blank = (value) => value === undefined || value === null || (typeof value === "string" && value.trim() === "");

const TAUGHT_ONLY = ["practical_skills", "interview", "case_solving", "test_percentage", "test_mark"];

/** RES-01, -06…-09, -11…-13 of `results.bulk_update`. */
export function results(batch, add) {
  if (!isObject(batch) || !Array.isArray(batch.results)) return;
  const rows = batch.results;
  const cycle = batch.cycle_id;
  const seen = new Map();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    if (!isObject(row)) continue;
    const number = row.request_number;
    if (typeof number === "string" && number.trim() !== "") {
      if (seen.has(number)) add(["results", i, "request_number"], "duplicate");
      else seen.set(number, i);
    }
    if (row.cycle_id !== cycle && isText(row.cycle_id) && isText(cycle) && row.cycle_id.trim() !== "" && cycle.trim() !== "") add(["results", i, "cycle_id"], "mismatch");
    const status = row.result_status;
    const passed = status === "SUCCEED";
    const mark = row.test_mark;
    if (passed || status === "FAILED") {
      if (blank(mark)) add(["results", i, "test_mark"], "required_when");
      else if (isNumber(mark) && mark >= 3 !== passed) add(["results", i, "test_mark"], "inconsistent");
      if (row.attended === false) add(["results", i, "attended"], "inconsistent");
    } else if (status === "NOT_TRAINED") {
      for (const field of TAUGHT_ONLY) if (has(row[field])) add(["results", i, field], "not_relevant");
    }
    if (!passed && (status === "FAILED" || status === "NOT_TRAINED") && has(row.certificate)) add(["results", i, "certificate"], "not_relevant");
  }
}

const PARTS = [
  ["is_simulation", "simulation"],
  ["is_internship", "internship"],
  ["is_remote", "remote"],
];

/** What depends on a flag: relevant and expected with it. */
function dependent(value, flag, field, add) {
  if (flag === true) {
    if (!has(value)) add([field], "expected");
  } else if (flag === false && has(value)) add([field], "not_relevant");
}

/** The items of a list that have a value of a field before. */
function duplicates(list, field, at, add) {
  const seen = new Set();
  for (let i = 0; i < list.length; i++) {
    const value = list[i]?.[field];
    if (!isText(value) || value.trim() === "") continue;
    if (seen.has(value)) add([...at, i, field], "duplicate");
    else seen.add(value);
  }
}

function prices(list, flag, field, add) {
  dependent(list, flag, field, add);
  if (flag === false || !Array.isArray(list)) return;
  duplicates(list, "start_date", [field], add);
  for (let i = 0; i < list.length; i++) {
    if (blank(list[i]?.price)) add([field, i, "price"], "expected");
    if (blank(list[i]?.start_date)) add([field, i, "start_date"], "expected");
  }
}

function specialities(list, add) {
  duplicates(list, "name", ["specialities"], add);
  if (list.length > 0 && list.every((item) => typeof item?.main === "boolean") && list.filter((item) => item.main).length !== 1) add(["specialities"], "exactly_one");
  for (let i = 0; i < list.length; i++) {
    const programmes = list[i]?.programmes;
    if (!Array.isArray(programmes)) continue;
    if (list[i].all_partitions === true && programmes.length > 0) add(["specialities", i, "programmes"], "inconsistent");
    duplicates(programmes, "id", ["specialities", i, "programmes"], add);
    for (let j = 0; j < programmes.length; j++) {
      const { umk, partitions } = programmes[j] ?? {};
      if (has(partitions)) add(["specialities", i, "programmes", j, "partitions"], has(umk) ? "not_relevant" : "inconsistent");
    }
  }
}

/** The rules of `programme.create` over several fields; without reference lists, status and day. */
export function programme(value, add) {
  if (!isObject(value)) return;
  const total = value.volume_zet_total;
  const part = value.volume_zet_extramural;
  if (isNumber(part) && isNumber(total) && part > total) add(["volume_zet_extramural"], "exceeds");
  else if (value.education_form === "fulltime" ? isNumber(part) && part > 0 : value.education_form === "semiremote" && (blank(part) || part === 0 || part === total))
    add(["volume_zet_extramural"], "inconsistent");
  if (value.is_budget === false && value.is_paid === false && value.is_paid_foms === false) add(["is_budget"], "expected");
  dependent(value.new_competency_desc, value.is_new_competency, "new_competency_desc", add);
  for (const [flag, field] of PARTS) {
    const on = field === "internship" && value[flag] === undefined ? false : value[flag];
    dependent(value[field], on, field, add);
    const volume = value[field]?.volume;
    if (on !== false && isNumber(volume) && isNumber(total) && volume > total) add([field, "volume"], "exceeds");
  }
  dependent(value.network, value.is_network, "network", add);
  const { participants, organizations } = value.network ?? {};
  if (value.is_network !== false && isNumber(participants)) {
    const listed = Array.isArray(organizations) && organizations.length > 0 ? organizations.length : undefined;
    if (participants < 2 || (listed !== undefined && listed !== participants && listed !== participants - 1)) add(["network", "participants"], "inconsistent");
  }
  prices(value.prices, value.is_paid, "prices", add);
  prices(value.prices_foms, value.is_paid_foms, "prices_foms", add);
  if (Array.isArray(value.specialities)) specialities(value.specialities, add);
}

/** Whether a text is an absolute http(s) URL. */
export const isUrl = (text) => /^https?:\/\/[^\s/?#]+\S*$/i.test(text) || text.trim() === "";

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a text is a date of the calendar in the years 1900–2100. */
export function isDate(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return text.trim() === "";
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8));
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return year >= 1900 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= (month === 2 && leap ? 29 : DAYS[month - 1]);
}

/** Whether a number has at most two decimal places, decided on its decimal text. */
export const isMoney = (number) => /^-?\d+(\.\d{1,2})?$/.test(String(number));

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
