//! The Portal's reference lists: specialities, and five-year programmes with their teaching kits and partitions. The examples of
//! «Получение информации о специальностях, пятилетних программах, версиях УМК и разделах УМК».

use crate::table::{Field, Payload, Record, Words, boolean, fields, list, text};

const SOURCE: &str = "Получение информации о специальностях, пятилетних программах, версиях УМК и разделах УМК";

const SPECIALITY_NAME: Words = ["Название специальности", "Назва спеціальності", "Name of the speciality"];
const LIST: Words = ["Специальности", "Спеціальності", "Specialities"];

const SPECIALITY: [Field; 1] = fields([text("name", SPECIALITY_NAME).rule("REF-01").required()]);
static SPECIALITY_RECORD: Record = Record::new(&SPECIALITY);
const SPECIALITIES_ROWS: [Field; 1] =
    fields([list("specialities", &SPECIALITY_RECORD, LIST).rule("REF-01").required()]);
static SPECIALITIES_RECORD: Record = Record::new(&SPECIALITIES_ROWS);

/// `reference.specialities`: the answer to a request for specialities.
pub static SPECIALITIES: Payload = Payload::new(
    "reference.specialities",
    "referenceSpecialities",
    ["Справочник специальностей", "Довідник спеціальностей", "List of specialities"],
    SOURCE,
    &SPECIALITIES_RECORD,
)
.get("umk/specialities")
.inbound();

static NAME_RECORD: Record = Record::value(&[text("", SPECIALITY_NAME).rule("REF-01").required()]);
const NAMES_ROWS: [Field; 1] = fields([list("specialities", &NAME_RECORD, LIST).rule("REF-01").required()]);
static NAMES_RECORD: Record = Record::new(&NAMES_ROWS);

/// Bare names of specialities, the short form in which they may be given as context; no payload of the document.
pub(crate) static SPECIALITY_NAMES: Payload =
    Payload::new("specialities", "specialities", LIST, SOURCE, &NAMES_RECORD).inbound();

#[rustfmt::skip]
const PARTITION: [Field; 2] = fields([
    text("id", ["Идентификатор раздела", "Ідентифікатор розділу", "Partition id"]).rule("REF-02").required(),
    text("name", ["Название раздела", "Назва розділу", "Name of the partition"]).rule("REF-02"),
]);
static PARTITION_RECORD: Record = Record::new(&PARTITION);

#[rustfmt::skip]
const KIT: [Field; 4] = fields([
    text("id", ["Идентификатор УМК", "Ідентифікатор УМК", "Teaching kit (УМК) id"]).rule("REF-02").required(),
    text("name", ["Название УМК", "Назва УМК", "Name of the teaching kit (УМК)"]).rule("REF-02"),
    boolean("actual", ["Действующий", "Чинний", "Current"]).rule("REF-02"),
    list("partitions", &PARTITION_RECORD, ["Разделы УМК", "Розділи УМК", "Partitions of the kit"]).rule("REF-02"),
]);
static KIT_RECORD: Record = Record::new(&KIT);

#[rustfmt::skip]
const PROGRAMME: [Field; 4] = fields([
    text("id", ["Идентификатор пятилетней программы", "Ідентифікатор п’ятирічної програми", "Five-year programme id"]).rule("REF-02").required(),
    text("name", ["Название пятилетней программы", "Назва п’ятирічної програми", "Name of the five-year programme"]).rule("REF-02"),
    text("speciality", ["Специальность", "Спеціальність", "Speciality"]).rule("REF-02"),
    list("umk", &KIT_RECORD, ["УМК", "УМК", "Teaching kits (УМК)"]).rule("REF-02"),
]);
static PROGRAMME_RECORD: Record = Record::new(&PROGRAMME);

const PROGRAMMES_ROWS: [Field; 1] = fields([list(
    "programmes",
    &PROGRAMME_RECORD,
    ["Пятилетние программы", "П’ятирічні програми", "Five-year programmes"],
)
.rule("REF-02")
.required()]);
static PROGRAMMES_RECORD: Record = Record::new(&PROGRAMMES_ROWS);

/// `reference.programmes`: the answer to a request for five-year programmes.
pub static PROGRAMMES: Payload = Payload::new(
    "reference.programmes",
    "referenceProgrammes",
    ["Справочник пятилетних программ", "Довідник п’ятирічних програм", "List of five-year programmes"],
    SOURCE,
    &PROGRAMMES_RECORD,
)
.get("umk/programmes")
.inbound();
