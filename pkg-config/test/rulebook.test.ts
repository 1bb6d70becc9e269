// The rulebook's sentences about reading, each by its smallest examples, through every way into the package: a value, a JSON text, a
// live form, slim and a worker. Rows say what is to come, not how; the rule's own tests in Rust say it natively.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { payloads, type Form, type Issue, type Options, type Payload } from "portform";
import * as slim from "portform/slim";
import { openWorker, type PortformWorker } from "portform/worker";

/** By names that are only known while it runs. */
const byName: Readonly<Record<string, Payload<unknown, unknown>>> = payloads;

type Value = Record<string, unknown>;
interface Row {
  readonly of: string;
  readonly payload: string;
  readonly value: unknown;
  readonly options?: Options;
  /** "pointer code rule" or "pointer code rule severity"; the severity is an error where it is not said. */
  readonly issues: readonly string[];
  /** What of the outgoing body is looked at. */
  readonly body?: Value;
  /** Written so in JSON, where it matters how. */
  readonly text?: string;
  /** A value that JSON has not, or that it writes in another way. */
  readonly onlyValue?: boolean;
}

const cycle = (own: Value = {}): Value => ({
  id: "c", programme: "P", begin_date: "2027-02-01", end_date: "2027-02-10", education_form: "fulltime",
  is_budget: true, is_paid: false, is_paid_foms: false, has_budget_places: true, budget_places: 10, ...own,
});
const paid = (own: Value = {}): Value => cycle({ is_paid: true, price: 100, has_paid_places: true, paid_places: 5, ...own });
const programme = (own: Value = {}): Value => ({
  program_number: "P", name: "Кардиология", development_year: 2026, volume_zet_total: 36,
  is_budget: true, is_paid: false, is_paid_foms: false, education_form: "fulltime",
  is_simulation: false, is_remote: false, is_network: false,
  specialities: [{ name: "Кардиология", main: true }, { name: "Терапия", main: false }], ...own,
});
const result = (own: Value = {}): Value => ({ cycle_id: "c", request_number: "1", result_status: "SUCCEED", test_mark: 5, ...own });
const bulk = (results: unknown): Value => ({ cycle_id: "c", results });
const contract = (own: Value = {}): Value => ({
  ...(JSON.parse(readFileSync(new URL("../../tests/fixtures/contracts/capitation.json", import.meta.url), "utf8")) as Value), ...own,
});
const speciality = (own: Value): Value => programme({ specialities: [{ name: "Кардиология", main: true, ...own }] });
const KIT = "5ae1cf44-62f8-ee0f-7ce6-add76581886f";
const HEART = "7ae1cf44-62f8-ee0f-7ce6-add76581886f";
const PART = "9ae1cf44-62f8-ee0f-7ce6-add76581886f";
const CTR = "contract_request.capitation";
const strict: Options = { mode: "strict" };
/** The reference list of five-year programmes with one kit of one part. */
const kits = (actual: boolean): Options => ({
  context: { programmes: { programmes: [{ id: HEART, name: "П", speciality: "Кардиология", umk: [{ id: KIT, name: "К", actual, partitions: [{ id: PART, name: "Р" }] }] }] } },
});

const rows: readonly Row[] = [
  // Numbers are read exactly.
  { of: "number", payload: "programme.create", value: programme({ volume_zet_total: 31.245270191439438 }), issues: [], body: { volume_zet_total: 31.245270191439438 } },
  { of: "number", payload: "cycle.create", value: paid({ price: 99999999999999.98 }), issues: [], body: { price: 99999999999999.98 } },
  { of: "number", payload: "programme.create", value: programme({ volume_zet_total: -0 }), issues: ["/volume_zet_total too_small PRG-05"] },
  { of: "number", payload: "cycle.create", value: paid({ price: "12 000,50 ₽" }), issues: ["/price coerced GEN-06 note"], body: { price: 12000.5 } },
  { of: "number", payload: "cycle.create", value: paid({ price: "12'000.5" }), issues: ["/price coerced GEN-06 note"], body: { price: 12000.5 } },
  ...["1e3", "0x10", "+5", ".5", "1.234,56", "12,500.00", "Infinity", "1 23", "12 0000", "1  234", "5."].map((price): Row => (
    { of: "number: nothing else", payload: "cycle.create", value: paid({ price }), issues: ["/price type CYC-09"] })),
  { of: "number: ambiguous", payload: "cycle.create", value: paid({ price: "12,500" }), issues: ["/price inconsistent GEN-06 warning"], body: { price: 12.5 } },
  { of: "number: ambiguous", payload: "cycle.create", value: paid({ price: "12,500" }), options: strict, issues: ["/price type GEN-06"] },
  { of: "number: ambiguous", payload: "results.bulk_update", value: bulk([result({ test_mark: "4,999" })]), issues: ["/results/0/test_mark inconsistent GEN-06 warning", "/results/0/test_mark integer RES-08"] },
  { of: "number: ambiguous", payload: "results.bulk_update", value: bulk([result({ test_mark: "4,999" })]), options: { promote: ["GEN-06"] }, issues: ["/results/0/test_mark inconsistent GEN-06"] },
  { of: "number: ambiguous hides a warning of bounds", payload: "programme.create", value: programme({ volume_zet_total: "12,500" }), issues: ["/volume_zet_total inconsistent GEN-06 warning"] },
  { of: "decimal places", payload: "cycle.create", value: paid({ price: 1.13 }), issues: [] },
  { of: "decimal places", payload: "cycle.create", value: paid({ price: 4.35 }), issues: [] },
  { of: "decimal places", payload: "cycle.create", value: paid({ price: 1.135 }), issues: ["/price decimal_places CYC-09"] },
  // Integers and texts go by the digits as written.
  { of: "integer", payload: "cycle.create", value: cycle({ budget_places: 12.0 }), issues: [], text: JSON.stringify(cycle()).replace('"budget_places":10', '"budget_places":12.0'), body: { budget_places: 12 } },
  { of: "integer", payload: "cycle.create", value: cycle(), text: JSON.stringify(cycle()).replace('"budget_places":10', '"budget_places":9007199254740991.0'), issues: [], body: { budget_places: 9007199254740991 } },
  { of: "integer", payload: "cycle.create", value: cycle(), text: JSON.stringify(cycle()).replace('"budget_places":10', '"budget_places":9007199254740991.5'), issues: ["/budget_places integer CYC-12"] },
  { of: "integer", payload: "cycle.create", value: cycle(), text: JSON.stringify(cycle()).replace('"budget_places":10', '"budget_places":9007199254740992'), issues: ["/budget_places unsafe_number CYC-12"] },
  { of: "integer", payload: "cycle.create", value: cycle(), text: JSON.stringify(cycle()).replace('"budget_places":10', '"budget_places":1e400'), issues: ["/budget_places unsafe_number CYC-12"] },
  { of: "integer", payload: "cycle.create", value: cycle({ budget_places: "9007199254740991.5" }), issues: ["/budget_places coerced GEN-06 note", "/budget_places integer CYC-12"] },
  { of: "integer", payload: "cycle.create", value: cycle({ budget_places: "9".repeat(310) }), issues: ["/budget_places coerced GEN-06 note", "/budget_places unsafe_number CYC-12"] },
  { of: "text", payload: "programme.status", value: { program_id: 1.0 }, issues: ["/program_id coerced GEN-06 note"], body: { program_id: "1" } },
  { of: "text", payload: "programme.status", value: {}, text: '{"program_id":20270100000000001}', issues: ["/program_id coerced GEN-06 note"], body: { program_id: "20270100000000001" } },
  { of: "text", payload: "programme.status", value: {}, text: '{"program_id":1e20}', issues: ["/program_id coerced GEN-06 note"], body: { program_id: "100000000000000000000" } },
  { of: "text", payload: "programme.status", value: {}, text: '{"program_id":1e400}', issues: ["/program_id unsafe_number STA-01"] },
  { of: "text", payload: "programme.status", value: {}, text: '{"program_id":0.1000000000000000055}', issues: ["/program_id unsafe_number STA-01"] },
  { of: "text", payload: "programme.status", value: { program_id: 9007199254740992 }, onlyValue: true, issues: ["/program_id unsafe_number STA-01"] },
  { of: "text", payload: "programme.status", value: { program_id: 1e300 }, onlyValue: true, issues: ["/program_id unsafe_number STA-01"] },
  { of: "text: two neighbours are no duplicate", payload: "results.bulk_update", value: {}, text: `{"cycle_id":"c","results":[${JSON.stringify(result()).replace('"1"', "20270100000000001")},${JSON.stringify(result()).replace('"1"', "20270100000000002")}]}`, issues: ["/results/0/request_number coerced GEN-06 note", "/results/1/request_number coerced GEN-06 note"] },
  { of: "token", payload: "token.answer", value: { access_token: 498891.45442284644 }, issues: ["/access_token coerced GEN-06 note"] },
  // White space.
  ...[" c", "c ", "\u00a0c", "c\u200b", "\ufeffc", "\tc\n"].map((id): Row => (
    { of: "white space", payload: "cycle.create", value: cycle({ id }), issues: ["/id trimmed GEN-06 note"], body: { id: "c" } })),
  { of: "white space", payload: "cycle.create", value: cycle({ id: " c" }), options: strict, issues: ["/id format GEN-06"] },
  { of: "white space", payload: "cycle.create", value: cycle({ begin_date: " 2027-02-01" }), issues: ["/begin_date trimmed GEN-06 note"] },
  { of: "white space", payload: "cycle.create", value: cycle({ begin_date: " 2027-02-01" }), options: strict, issues: ["/begin_date format GEN-06"] },
  { of: "white space", payload: "cycle.create", value: cycle({ education_form: "fulltime " }), issues: ["/education_form trimmed GEN-06 note"] },
  { of: "white space", payload: "cycle.create", value: cycle({ id: " \u200b" }), issues: ["/id required CYC-01"] },
  { of: "white space", payload: "cycle.create", value: cycle({ notes: " " }), issues: [], body: { notes: "" } },
  { of: "white space", payload: "cycle.create", value: cycle({ is_budget: " true " }), issues: ["/is_budget trimmed GEN-06 note"] },
  // Unicode.
  ...["x\ud800", "\udc00x", "��"].map((id): Row => (
    { of: "Unicode", payload: "cycle.create", value: cycle({ id }), onlyValue: id !== "��", issues: ["/id format CYC-01"] })),
  { of: "Unicode", payload: "cycle.create", value: cycle({ "x\ud800": 1 }), onlyValue: true, issues: ["/x\ud800 format GEN-04"] },
  { of: "Unicode", payload: "programme.status", value: {}, text: '{"program_id":"p\\ud800"}', issues: [" syntax GEN-01"] },
  { of: "Unicode", payload: "programme.create", value: programme({ specialities: [{ name: "массажи\u0306", main: true }] }), options: { context: { specialities: ["массажй"] } }, issues: [], body: { specialities: [{ name: "массажй", main: true }] } },
  { of: "Unicode", payload: "programme.create", value: programme({ specialities: [{ name: "массажй", main: true }] }), options: { context: { specialities: ["массажи\u0306"] } }, issues: [] },
  { of: "Unicode", payload: "programme.status", value: { program_id: "Е\u0308І\u0308" }, issues: [], body: { program_id: "ЁЇ" } },
  { of: "Unicode", payload: CTR, value: contract({ contractor_base: "Статут е\u0308ж" }), issues: ["/contractor_base format CTR-21"] },
  // Dates.
  ...["1.2.2027", "01.02.2027", "01.02.2027 г.", "01.02.2027г", "2027-02-01T10:00:00", "2027-02-01 10:00", "2027-02-01T00:00:00+03:00", "01.02.2027 9:00"].map((begin_date): Row => (
    { of: "date", payload: "cycle.create", value: cycle({ begin_date }), issues: ["/begin_date coerced GEN-06 note"], body: { begin_date: "2027-02-01" } })),
  { of: "date", payload: "cycle.create", value: cycle({ begin_date: "2027-01-31T21:00:00Z" }), options: { today: "2027-02-01" }, issues: ["/begin_date inconsistent GEN-06 warning"], body: { begin_date: "2027-01-31" } },
  { of: "date", payload: "cycle.create", value: cycle({ begin_date: "2027-01-31T21:00:00Z" }), options: strict, issues: ["/begin_date type GEN-06"] },
  ...["01/02/2027", "1 декабря 2027", "2027", "2027-2-1", "2027.02.01", "31-12-2027"].map((begin_date): Row => (
    { of: "date: unreadable", payload: "cycle.create", value: cycle({ begin_date }), issues: ["/begin_date date CYC-03"] })),
  { of: "date: not text", payload: "cycle.create", value: cycle({ begin_date: 46419 }), issues: ["/begin_date type CYC-03"] },
  ...["0001-01-01", "01.01.0001", "0001-01-01T00:00:00", "01.01.0001 0:00:00"].map((begin_date): Row => (
    { of: "date: 1C's empty date", payload: "cycle.create", value: cycle({ begin_date }), issues: ["/begin_date coerced GEN-06 note", "/begin_date required CYC-03"] })),
  // Booleans and enums.
  { of: "boolean", payload: "cycle.create", value: cycle({ is_paid: "FALSE" }), issues: ["/is_paid coerced GEN-06 note"] },
  ...[0, 1, "да", "0"].map((is_paid): Row => ({ of: "boolean", payload: "cycle.create", value: cycle({ is_paid }), issues: ["/is_paid type CYC-07"] })),
  { of: "enum", payload: "cycle.create", value: cycle({ education_form: "FullTime" }), issues: ["/education_form alias GEN-06 note"] },
  { of: "enum", payload: "cycle.create", value: cycle({ education_form: "FullTime" }), options: strict, issues: ["/education_form enum GEN-06"] },
  // Lists and objects.
  { of: "blank object", payload: "cycle.create", value: cycle({ address: { region: "", city: null } }), issues: [] },
  { of: "blank object", payload: "cycle.create", value: cycle({ address: { region: "", town: "" } }), issues: ["/address/town unknown_field GEN-04 warning"] },
  { of: "an item and a required object are no optional objects", payload: CTR, value: contract({ external_contractors: [{ legal_entity_id: "", divisions: [{}], contract: { number: "" } }], external_contractor_flag: true }), issues: [
    "/external_contractors/0/legal_entity_id required CTR-05", "/external_contractors/0/contract/expires_at required CTR-05",
    "/external_contractors/0/contract/issued_at required CTR-05", "/external_contractors/0/contract/number required CTR-21",
    "/external_contractors/0/divisions/0/id required CTR-05", "/external_contractors/0/divisions/0/medical_service required CTR-19"] },
  { of: "unwrapped", payload: "results.bulk_update", value: bulk([[result()]]), issues: ["/results/0 unwrapped GEN-06 note"] },
  { of: "unwrapped", payload: "results.bulk_update", value: bulk([[result(), result()]]), issues: ["/results/0 too_many RES-14"] },
  { of: "unwrapped", payload: "results.bulk_update", value: bulk([[]]), issues: ["/results/0 unwrapped GEN-06 note", "/results/0 required RES-14"] },
  { of: "unwrapped", payload: "cycle.create", value: cycle({ address: [{ region: "Р", city: "Г" }] }), issues: [] },
  { of: "unwrapped", payload: "programme.create", value: programme({ is_simulation: true, simulation: [{ volume: 1 }] }), issues: ["/simulation unwrapped GEN-06 note"] },
  { of: "unwrapped", payload: "programme.create", value: programme({ simulation: [] }), issues: [] },
  { of: "unwrapped", payload: "programme.create", value: programme({ is_simulation: true, simulation: [] }), issues: ["/simulation unwrapped GEN-06 note", "/simulation expected PRG-16 warning"] },
  { of: "wrapped", payload: "results.bulk_update", value: bulk(result()), issues: ["/results wrapped GEN-06 note"] },
  { of: "wrapped", payload: "results.bulk_update", value: bulk(result()), options: strict, issues: ["/results type GEN-06"] },
  { of: "blank item", payload: "results.bulk_update", value: bulk([""]), issues: ["/results/0 required RES-14"] },
  { of: "blank item", payload: "results.bulk_update", value: bulk([null, result()]), issues: ["/results/0 required RES-14"] },
  { of: "scalar for a list", payload: "results.bulk_update", value: bulk("1"), issues: ["/results type RES-14"] },
  { of: "scalar for an item", payload: "results.bulk_update", value: bulk([5]), issues: ["/results/0 type RES-14"] },
  { of: "object for a list of scalars", payload: "programme.create", value: programme({ is_network: true, network: { participants: 2, organizations: {} } }), issues: ["/network/organizations type PRG-22"] },
  { of: "blank item of scalars", payload: "programme.create", value: programme({ is_network: true, network: { participants: 2, organizations: ["А", ""] } }), issues: ["/network/organizations/1 required PRG-22"] },
  { of: "the whole is never unwrapped", payload: "programme.status", value: [{ program_id: "1" }], issues: [" type GEN-05"] },
  // Relevance.
  { of: "irrelevant", payload: "cycle.create", value: cycle({ Price: 5 }), issues: ["/price not_relevant CYC-09 warning"] },
  { of: "irrelevant", payload: "cycle.create", value: cycle({ Price: 5 }), options: strict, issues: ["/price not_relevant CYC-09 warning"] },
  ...[0, "0,00", false, "FALSE", null, " ", [], {}, [{}], [[null, ""]]].map((price): Row => (
    { of: "irrelevant: says nothing", payload: "cycle.create", value: cycle({ price }), issues: [] })),
  { of: "irrelevant", payload: "programme.create", value: programme({ simulation: { volume: 0, equipment: "ложь" } }), issues: ["/simulation not_relevant PRG-16 warning"] },
  { of: "irrelevant: says nothing", payload: "programme.create", value: programme({ simulation: { volume: 0, equipment: false } }), issues: [] },
  { of: "not filled", payload: "programme.create", value: programme({ is_simulation: true, simulation: { volume: 0 } }), issues: ["/simulation expected PRG-16 warning"] },
  // One code per place.
  { of: "hidden", payload: "results.bulk_update", value: bulk([result(), result()]), options: { context: { requestNumbers: [] } }, issues: ["/results/0/request_number unknown_reference RES-15 warning", "/results/1/request_number duplicate RES-11"] },
  { of: "promoted", payload: "results.bulk_update", value: bulk([result(), result()]), options: { context: { requestNumbers: [] }, promote: ["RES-15"] }, issues: ["/results/0/request_number unknown_reference RES-15", "/results/1/request_number duplicate RES-11"] },
  { of: "names", payload: "results.bulk_update", value: bulk([result()]), options: { context: { requestNumbers: [" 1"] } }, issues: [] },
  { of: "ids", payload: "programme.create", value: speciality({ programmes: [{ id: HEART }, { id: HEART.toUpperCase() }] }), issues: ["/specialities/0/programmes/1/id duplicate PRG-31 warning"] },
  { of: "duplicate key", payload: "programme.create", value: {}, text: JSON.stringify(programme()).replace('"specialities":', '"specialities":[],"specialities":'), issues: ["/specialities duplicate_key GEN-02"] },
  // PRG-32, PRG-33.
  { of: "PRG-33", payload: "programme.create", value: speciality({ programmes: [{ id: HEART, partitions: [{ id: PART }] }] }), options: kits(true), issues: ["/specialities/0/programmes/0/partitions alias GEN-06 note"], body: { specialities: [{ name: "Кардиология", main: true, programmes: [{ id: HEART, umk: [{ id: KIT, partitions: [{ id: PART }] }] }] }] } },
  { of: "PRG-33", payload: "programme.create", value: speciality({ programmes: [{ id: HEART, partitions: [{ id: PART }] }] }), options: kits(false), issues: ["/specialities/0/programmes/0/partitions alias GEN-06 note", "/specialities/0/programmes/0/partitions stale_reference PRG-32 warning"] },
  { of: "PRG-33", payload: "programme.create", value: speciality({ programmes: [{ id: HEART, partitions: [{ id: PART }] }] }), options: { ...kits(true), mode: "strict" }, issues: ["/specialities/0/programmes/0/partitions enum GEN-06"] },
  { of: "PRG-33", payload: "programme.create", value: speciality({ programmes: [{ id: HEART, partitions: [{ id: PART }] }] }), issues: ["/specialities/0/programmes/0/partitions inconsistent PRG-33 warning"] },
  { of: "PRG-23", payload: "programme.create", value: programme({ is_paid: true, prices: [{ price: "12000.50", start_date: "2027-01-01" }] }), options: strict, issues: [] },
  { of: "PRG-23", payload: "programme.create", value: programme({ is_paid: true, prices: [{ price: "12000.505", start_date: "2027-01-01" }] }), issues: ["/prices/0/price inconsistent GEN-06 warning", "/prices/0/price decimal_places PRG-23"] },
  // Formats.
  ...["+7 (495) 123–45–67", "84951234567 доб. 12", "8 495 123-45-67 ext. 12", "84951234567 #12"].map((phone): Row => ({ of: "CYC-17", payload: "cycle.create", value: cycle({ phone }), issues: [] })),
  { of: "CYC-17", payload: "cycle.create", value: cycle({ phone: "12345" }), issues: ["/phone format CYC-17 warning"] },
  ...["иван@пример.рф", "ivan@example.com"].map((email): Row => ({ of: "CYC-18", payload: "cycle.create", value: cycle({ email }), issues: [] })),
  { of: "CTR-08", payload: CTR, value: contract({ contract_number: "0000 – 9еах − ХТ7Х" }), issues: ["/contract_number coerced GEN-06 note"], body: { contract_number: "0000-9EAX-XT7X" } },
  // Answers.
  { of: "RSP-01", payload: "cycle.answer", value: { success: false }, issues: ["/reason required_when RSP-01"] },
  { of: "STA-02", payload: "status.answer", value: { success: true }, issues: ["/status required_when STA-02"] },
  { of: "RSP-02", payload: "cycle.answer", value: { success: false, reason: "zzz", reason_raw: " " }, issues: [], body: { reason: "unknown", reason_raw: "zzz" } },
  { of: "RSP-02", payload: "cycle.answer", value: { success: false, reason: "zzz", reason_raw: null }, issues: [], body: { reason: "unknown", reason_raw: "zzz" } },
  // Contracts and what was before.
  { of: "CTR-09", payload: CTR, value: contract(), options: { context: { previous: { data: { status: "TERMINATED", contract_number: contract()["contract_number"] } } } }, issues: [" wrong_status CTR-10"] },
];

/** "pointer code rule severity", the severity left out of an error. */
function said(issues: readonly Issue[]): string[] {
  return issues.map(({ pointer, code, rule, severity }) => `${pointer} ${code} ${rule}${severity === "error" ? "" : ` ${severity}`}`).sort();
}

let worker: PortformWorker;
beforeAll(async () => {
  await slim.init();
  worker = openWorker();
});
afterAll(() => worker.terminate());

const title = ({ of, payload, value, text, options }: Row): string =>
  `${of} (${payload}): ${text ?? JSON.stringify(value)}${options === undefined ? "" : ` ${JSON.stringify(options)}`}`.slice(0, 240);

describe("what the rulebook says of a value", () => {
  test.for(rows.filter((row) => row.text === undefined).map((row) => [title(row), row] as const))("%s", async ([, row]) => {
    const payload = byName[row.payload] as Payload<unknown, unknown>;
    const expected = [...row.issues].sort();
    const report = payload.check(row.value, row.options);
    expect(said(report.issues)).toEqual(expected);
    const form: Form<unknown> = payload.form(row.value, row.options);
    expect(said(form.issues())).toEqual(expected);
    expect(said(((slim.payloads as typeof byName)[row.payload] as Payload<unknown, unknown>).check(row.value, row.options).issues)).toEqual(expected);
    if (row.onlyValue !== true) {
      const text = JSON.stringify(row.value);
      const json = payload.checkJson(text, row.options);
      expect(said(json.issues)).toEqual(expected);
      if (report.valid) expect(JSON.parse(json.body as string)).toEqual(report.value);
      expect(said((await worker.checkJson(payload, text, row.options)).issues)).toEqual(expected);
    }
    if (row.body !== undefined) expect(report.value).toMatchObject(row.body);
    if (report.valid) {
      expect(JSON.parse(form.preview().body)).toEqual(report.value);
      if (payload.direction === "outbound") {
        const again = payload.check(report.value, row.options);
        expect(again.issues.filter(({ severity }) => severity === "note")).toEqual([]);
        expect(again.value).toEqual(report.value);
      }
    }
  });
});

describe("what the rulebook says of a JSON text", () => {
  test.for(rows.filter((row) => row.text !== undefined).map((row) => [title(row), row] as const))("%s", async ([, row]) => {
    const payload = byName[row.payload] as Payload<unknown, unknown>;
    const text = row.text as string;
    const report = payload.checkJson(text, row.options);
    expect(said(report.issues)).toEqual([...row.issues].sort());
    expect(said((await worker.checkJson(payload, text, row.options)).issues)).toEqual([...row.issues].sort());
    expect(said(payload.checkJson(new TextEncoder().encode(text), row.options).issues)).toEqual([...row.issues].sort());
    if (row.body !== undefined) expect(JSON.parse(report.body as string)).toMatchObject(row.body);
  });
});
