//! A programme of further education: creating, changing, and asking for the status of its review. Row by row the table of
//! «Добавление и изменение информации о ДПП ПК»; create and update share it.

use std::borrow::Cow;

use chrono::Datelike;
use serde::Serialize;

use super::{EDUCATION_FORMS, NO_BASIS};
use crate::issue::{Code, Params, Severity};
use crate::json;
use crate::kinds::status::Status;
use crate::reference::{ByKit, KitState};
use crate::table::{
    Check, DialectKey, Field, Format, Lift, Payload, Record, RowRule, Test, UPDATING, Uuid, When, Words, boolean,
    check, checks, date, exactly_one, fields, integer, lift, list, money, number, object, one_of, text, unique, uuid,
    when,
};
use crate::view::{Fault, View, error, note, warning};

const SOURCE: &str = "Добавление и изменение информации о ДПП ПК";

const PAID: When = when("is_paid", Test::True, super::PAID_CHOSEN);
const PAID_FOMS: When = when("is_paid_foms", Test::True, super::PAID_FOMS_CHOSEN);
const NEW_COMPETENCY: When = when(
    "is_new_competency",
    Test::True,
    ["отмечено получение новой компетенции", "позначено здобуття нової компетенції", "a new competency is acquired"],
);
const SIMULATION: When = when(
    "is_simulation",
    Test::True,
    [
        "программа включает симуляционное обучение",
        "програма містить симуляційне навчання",
        "the programme includes simulation training",
    ],
);
const INTERNSHIP: When = when(
    "is_internship",
    Test::True,
    ["программа включает стажировку", "програма містить стажування", "the programme includes an internship"],
);
const REMOTE: When = when(
    "is_remote",
    Test::True,
    [
        "программа включает дистанционное обучение",
        "програма містить дистанційне навчання",
        "the programme includes distance learning",
    ],
);
const NETWORK: When = when(
    "is_network",
    Test::True,
    [
        "программа включает сетевую форму реализации",
        "програма містить мережеву форму реалізації",
        "the programme is carried out jointly with other organisations",
    ],
);
const NO_KITS: When =
    when("umk", Test::Blank, ["УМК не указаны", "УМК не зазначено", "no teaching kits (УМК) are given"]);

#[rustfmt::skip]
const SIMULATION_ROWS: [Field; 3] = fields([
    number("volume", ["Объём симуляционного обучения, ЗЕТ", "Обсяг симуляційного навчання, ЗЕТ", "Volume of simulation training, credits (ЗЕТ)"]).rule("PRG-16").min(0),
    boolean("equipment", ["С применением симуляционного оборудования", "Із застосуванням симуляційного обладнання", "Simulation equipment is used"]).rule("PRG-16"),
    text("description", ["Задача, описание симуляционного обучения", "Завдання, опис симуляційного навчання", "Aim and description of simulation training"]).rule("PRG-16"),
]);
static SIMULATION_RECORD: Record = Record::new(&SIMULATION_ROWS);

#[rustfmt::skip]
const INTERNSHIP_ROWS: [Field; 4] = fields([
    number("volume", ["Объём стажировки, ЗЕТ", "Обсяг стажування, ЗЕТ", "Volume of the internship, credits (ЗЕТ)"]).rule("PRG-18").min(0),
    text("description", ["Задача, описание стажировки", "Завдання, опис стажування", "Aim and description of the internship"]).rule("PRG-18"),
    text("location", ["Место проведения стажировки", "Місце проведення стажування", "Place of the internship"]).rule("PRG-18"),
    text("mentor", ["Руководитель (куратор) стажировки", "Керівник (куратор) стажування", "Mentor of the internship"]).rule("PRG-18"),
]);
static INTERNSHIP_RECORD: Record = Record::new(&INTERNSHIP_ROWS);

#[rustfmt::skip]
const REMOTE_ROWS: [Field; 2] = fields([
    number("volume", ["Трудоёмкость ДОТ, ЗЕТ", "Трудомісткість дистанційного навчання, ЗЕТ", "Volume of distance learning, credits (ЗЕТ)"]).rule("PRG-20").min(0),
    text("description", ["Описание ДОТ и ЭО", "Опис дистанційного й електронного навчання", "Description of distance learning and e-learning"]).rule("PRG-20"),
]);
static REMOTE_RECORD: Record = Record::new(&REMOTE_ROWS);

#[rustfmt::skip]
static ORGANIZATION: Record = Record::value(&[
    text("", ["Участник сетевой формы обучения", "Учасник мережевої форми навчання", "Participating organisation"]).rule("PRG-22").required(),
]);
#[rustfmt::skip]
const NETWORK_ROWS: [Field; 2] = fields([
    integer("participants", ["Количество участников", "Кількість учасників", "Number of participants"]).rule("PRG-22").min(1)
        .hint(&["Включая собственную организацию", "Разом із власною організацією", "Including your own organisation"]),
    list("organizations", &ORGANIZATION, ["Участники сетевой формы обучения", "Учасники мережевої форми навчання", "Participating organisations"]).rule("PRG-22"),
]);
const NETWORK_CHECKS: [Check; 1] =
    checks(&NETWORK_ROWS, [check("PRG-22", "participants", &["participants", "organizations"], participants)]);
static NETWORK_RECORD: Record = Record::new(&NETWORK_ROWS).checks(&NETWORK_CHECKS);

/// The rows of one price; the list paid by the insurance fund has a rule of its own.
#[rustfmt::skip]
const fn price(rule: &'static str) -> [Field; 3] {
    fields([
        money("price", ["Стоимость обучения, руб.", "Вартість навчання, руб.", "Price, roubles"]).rule(rule).dialect(DialectKey::Price).expected(),
        date("start_date", ["Действует с", "Діє з", "Valid from"]).rule(rule).expected(),
        text("comment", ["Комментарий", "Коментар", "Comment"]).rule(rule),
    ])
}
const PRICE_OF_THIS_DAY: Words = [
    "{label}: цена с этой даты уже есть в строке {n}. Проверьте даты.",
    "{label}: ціна з цієї дати вже є в рядку {n}. Перевірте дати.",
    "{label}: row {n} already has a price from this day on. Check the dates.",
];
const PRICE: [Field; 3] = price("PRG-23");
const PRICE_ROWS: [RowRule; 1] =
    [unique("PRG-23", Severity::Warning, &PRICE, &["start_date"]).says(&PRICE_OF_THIS_DAY)];
static PRICE_RECORD: Record = Record::new(&PRICE).rows(&PRICE_ROWS);
const PRICE_FOMS: [Field; 3] = price("PRG-24");
const PRICE_FOMS_ROWS: [RowRule; 1] =
    [unique("PRG-24", Severity::Warning, &PRICE_FOMS, &["start_date"]).says(&PRICE_OF_THIS_DAY)];
static PRICE_FOMS_RECORD: Record = Record::new(&PRICE_FOMS).rows(&PRICE_FOMS_ROWS);

const PARTITION_ID: Words = ["Идентификатор раздела", "Ідентифікатор розділу", "Partition id"];
const PARTITIONS: Words =
    ["Разделы пятилетней программы", "Розділи п’ятирічної програми", "Partitions of the five-year programme"];

const PARTITION: [Field; 1] = fields([uuid("id", Uuid::Portal, PARTITION_ID).rule("PRG-32").required()]);
const PARTITION_CHECKS: [Check; 1] = checks(&PARTITION, [check("PRG-32", "id", &["id", "^id"], unknown_partition)]);
static PARTITION_RECORD: Record = Record::new(&PARTITION).checks(&PARTITION_CHECKS);

const FLAT_PARTITION: [Field; 1] = fields([uuid("id", Uuid::Portal, PARTITION_ID).rule("PRG-33").required()]);
static FLAT_PARTITION_RECORD: Record = Record::new(&FLAT_PARTITION);

#[rustfmt::skip]
const KIT: [Field; 2] = fields([
    uuid("id", Uuid::Portal, ["Идентификатор УМК", "Ідентифікатор УМК", "Teaching kit (УМК) id"]).rule("PRG-32").required(),
    list("partitions", &PARTITION_RECORD, ["Разделы УМК", "Розділи УМК", "Partitions of the kit"]).rule("PRG-32"),
]);
const KIT_CHECKS: [Check; 1] = checks(&KIT, [check("PRG-32", "id", &["id", "^id"], unknown_or_stale_kit)]);
static KIT_RECORD: Record = Record::new(&KIT).checks(&KIT_CHECKS);

#[rustfmt::skip]
const FIVE_YEAR: [Field; 3] = fields([
    uuid("id", Uuid::Portal, ["Идентификатор пятилетней программы", "Ідентифікатор п’ятирічної програми", "Five-year programme id"]).rule("PRG-31").required(),
    list("umk", &KIT_RECORD, ["УМК пятилетней программы", "УМК п’ятирічної програми", "Teaching kits (УМК) of the five-year programme"]).rule("PRG-32"),
    list("partitions", &FLAT_PARTITION_RECORD, PARTITIONS).rule("PRG-33").relevant_when(&NO_KITS),
]);
const FIVE_YEAR_CHECKS: [Check; 5] = checks(
    &FIVE_YEAR,
    [
        check("PRG-31", "id", &["id"], unknown_programme),
        check("PRG-31", "id", &["id", "^name"], another_speciality),
        check("GEN-06", "partitions", &["id", "partitions.id"], flat_lifted),
        check("PRG-32", "partitions", &["id", "partitions.id"], stale_when_lifted),
        check("PRG-33", "partitions", &["?id", "partitions.id"], flat_not_lifted),
    ],
);
const SAME_PROGRAMME: Words = [
    "{label}: эта пятилетняя программа уже есть в строке {n}.",
    "{label}: ця п’ятирічна програма вже є в рядку {n}.",
    "{label}: row {n} already has this five-year programme.",
];
const FIVE_YEAR_ROWS: [RowRule; 1] = [unique("PRG-31", Severity::Warning, &FIVE_YEAR, &["id"]).says(&SAME_PROGRAMME)];
const LIFT: Lift = lift(&FIVE_YEAR, "partitions", "umk", &["id", "partitions.id"], kits_of_partitions);
static FIVE_YEAR_RECORD: Record = Record::new(&FIVE_YEAR).checks(&FIVE_YEAR_CHECKS).rows(&FIVE_YEAR_ROWS).lift(&LIFT);

#[rustfmt::skip]
const SPECIALITY: [Field; 4] = fields([
    text("name", ["Название специальности", "Назва спеціальності", "Name of the speciality"]).rule("PRG-26").required(),
    boolean("main", ["Основная специальность", "Основна спеціальність", "Main speciality"]).rule("PRG-27").required(),
    boolean("all_partitions", ["Все разделы", "Усі розділи", "All partitions"]).rule("PRG-29"),
    list("programmes", &FIVE_YEAR_RECORD, ["Пятилетние программы", "П’ятирічні програми", "Five-year programmes"]).rule("PRG-30"),
]);
const SPECIALITY_CHECKS: [Check; 2] = checks(
    &SPECIALITY,
    [
        check("PRG-26", "name", &["name"], unknown_speciality),
        check("PRG-30", "programmes", &["all_partitions", "programmes"], all_and_some),
    ],
);
const SAME_SPECIALITY: Words = [
    "{label}: эта специальность уже есть в строке {n}.",
    "{label}: ця спеціальність уже є в рядку {n}.",
    "{label}: row {n} already has this speciality.",
];
const ONE_MAIN: Words = [
    "{label}: основной должна быть ровно одна специальность.",
    "{label}: основною має бути рівно одна спеціальність.",
    "{label}: exactly one speciality must be the main one.",
];
const SPECIALITY_ROWS: [RowRule; 2] = [
    unique("PRG-26", Severity::Warning, &SPECIALITY, &["name"]).says(&SAME_SPECIALITY),
    exactly_one("PRG-28", &SPECIALITY, "main").says(&ONE_MAIN),
];
static SPECIALITY_RECORD: Record = Record::new(&SPECIALITY).checks(&SPECIALITY_CHECKS).rows(&SPECIALITY_ROWS);

#[rustfmt::skip]
const ROWS: [Field; 27] = fields([
    text("change_comment", ["Комментарий к изменению", "Коментар до зміни", "Comment on the change"]).rule("PRG-01").expected_when(&UPDATING),
    text("program_number", ["Номер программы", "Номер програми", "Programme number"]).rule("PRG-02").required(),
    text("name", ["Название программы", "Назва програми", "Name of the programme"]).rule("PRG-03").required(),
    integer("development_year", ["Год разработки", "Рік розроблення", "Year of development"]).rule("PRG-04").required().min(1900).max(2100),
    number("volume_zet_total", ["Трудоёмкость, ЗЕТ", "Трудомісткість, ЗЕТ", "Volume, credits (ЗЕТ)"]).rule("PRG-05").required().above(0).usually_from(16),
    number("volume_zet_extramural", ["Объём заочной части, ЗЕТ", "Обсяг заочної частини, ЗЕТ", "Volume by correspondence, credits (ЗЕТ)"]).rule("PRG-06").min(0),
    boolean("is_budget", super::BUDGET).rule("PRG-07").required(),
    boolean("is_paid", super::PAID).rule("PRG-07").required(),
    boolean("is_paid_foms", super::PAID_FOMS).rule("PRG-07").required(),
    text("price_reason", ["Обоснование стоимости обучения", "Обґрунтування вартості навчання", "Grounds for the price"]).rule("PRG-09"),
    one_of("education_form", &EDUCATION_FORMS, ["Форма обучения", "Форма навчання", "Form of education"]).rule("PRG-10").required(),
    text("annotation", ["Аннотация", "Анотація", "Summary"]).rule("PRG-11"),
    text("organization_unit", ["Структурное подразделение", "Структурний підрозділ", "Department"]).rule("PRG-11"),
    text("internet_link", ["Ссылка на программу", "Посилання на програму", "Link to the programme"]).rule("PRG-12").format(Format::Url),
    boolean("is_new_competency", ["Получение новой компетенции", "Здобуття нової компетенції", "A new competency is acquired"]).rule("PRG-13"),
    text("new_competency_desc", ["Описание новой компетенции", "Опис нової компетенції", "Description of the new competency"]).rule("PRG-14").relevant_when(&NEW_COMPETENCY).expected_when(&NEW_COMPETENCY),
    boolean("is_simulation", ["Включает симуляционное обучение", "Містить симуляційне навчання", "Includes simulation training"]).rule("PRG-15").required(),
    object("simulation", &SIMULATION_RECORD, ["Описание симуляционного обучения", "Опис симуляційного навчання", "Simulation training"]).rule("PRG-16").relevant_when(&SIMULATION).expected_when(&SIMULATION),
    boolean("is_internship", ["Включает стажировку", "Містить стажування", "Includes an internship"]).rule("PRG-17").absent_is_false(),
    object("internship", &INTERNSHIP_RECORD, ["Стажировка", "Стажування", "Internship"]).rule("PRG-18").relevant_when(&INTERNSHIP).expected_when(&INTERNSHIP),
    boolean("is_remote", ["Включает дистанционное обучение", "Містить дистанційне навчання", "Includes distance learning"]).rule("PRG-19").required(),
    object("remote", &REMOTE_RECORD, ["Описание ДОТ и ЭО", "Опис дистанційного й електронного навчання", "Distance learning and e-learning"]).rule("PRG-20").relevant_when(&REMOTE).expected_when(&REMOTE),
    boolean("is_network", ["Включает сетевую форму реализации", "Містить мережеву форму реалізації", "Carried out jointly with other organisations"]).rule("PRG-21").required(),
    object("network", &NETWORK_RECORD, ["Детали сетевой формы", "Деталі мережевої форми", "Joint programme"]).rule("PRG-22").relevant_when(&NETWORK).expected_when(&NETWORK),
    list("prices", &PRICE_RECORD, ["Стоимость обучения", "Вартість навчання", "Prices"]).rule("PRG-23").relevant_when(&PAID).expected_when(&PAID),
    list("prices_foms", &PRICE_FOMS_RECORD, ["Стоимость обучения за счёт средств ФОМС", "Вартість навчання за рахунок коштів ФОМС", "Prices paid by the insurance fund (ФОМС)"]).rule("PRG-24").relevant_when(&PAID_FOMS).expected_when(&PAID_FOMS),
    list("specialities", &SPECIALITY_RECORD, ["Список специальностей", "Список спеціальностей", "Specialities"]).rule("PRG-25").required().at_least(1),
]);

#[rustfmt::skip]
const CHECKS: [Check; 8] = checks(&ROWS, [
    check("PRG-04", "development_year", &["development_year"], develops_in_the_future),
    check("PRG-06", "volume_zet_extramural", &["volume_zet_extramural", "volume_zet_total"], part_exceeds),
    check("PRG-06", "volume_zet_extramural", &["volume_zet_extramural", "volume_zet_total", "education_form"], part_against_form),
    check("PRG-08", "is_budget", &["is_budget", "is_paid", "is_paid_foms"], no_basis),
    check("PRG-16", "simulation.volume", &["simulation.volume", "volume_zet_total"], part_exceeds),
    check("PRG-18", "internship.volume", &["internship.volume", "volume_zet_total"], part_exceeds),
    check("PRG-20", "remote.volume", &["remote.volume", "volume_zet_total"], part_exceeds),
    check("PRG-34", "", &[], not_in_revision),
]);

fn develops_in_the_future(view: &View<'_, '_>) -> Option<Fault> {
    let latest = f64::from(view.today()?.year() + 1);
    (view.number(0)? > latest).then(|| warning(Code::TooLarge).params(Params::Max(latest)))
}

const MORE_THAN_WHOLE: Words = [
    "{label}: не может быть больше общей трудоёмкости.",
    "{label}: не може бути більшим за загальну трудомісткість.",
    "{label} cannot be more than the whole volume of the programme.",
];

fn part_exceeds(view: &View<'_, '_>) -> Option<Fault> {
    (view.number(0)? > view.number(1)?).then(|| error(Code::Exceeds).of("volume_zet_total").says(&MORE_THAN_WHOLE))
}

const FULLTIME_PART: Words = [
    "Для очной формы обучения заочная часть обычно не указывается. Проверьте объём и форму.",
    "Для очної форми навчання заочну частину зазвичай не зазначають. Перевірте обсяг і форму.",
    "A full-time programme usually has no part by correspondence. Check the volume and the form.",
];
const SEMIREMOTE_PART: Words = [
    "Для очно-заочной формы обычно указывают заочную часть, меньшую общей трудоёмкости. Проверьте объём и форму.",
    "Для очно-заочної форми зазвичай зазначають заочну частину, меншу за загальну трудомісткість. Перевірте обсяг і форму.",
    "A part-time programme usually has a part by correspondence, smaller than the whole. Check the volume and the form.",
];

fn part_against_form(view: &View<'_, '_>) -> Option<Fault> {
    let (part, total) = (view.number(0), view.number(1));
    let words = match view.choice(2)? {
        "fulltime" if part.is_some_and(|part| part > 0.0) => &FULLTIME_PART,
        "semiremote" if part.is_none_or(|part| part == 0.0 || Some(part) == total) => &SEMIREMOTE_PART,
        _ => return None,
    };
    Some(warning(Code::Inconsistent).with("education_form").says(words))
}

fn no_basis(view: &View<'_, '_>) -> Option<Fault> {
    let none = !view.flag(0)? && !view.flag(1)? && !view.flag(2)?;
    none.then(|| warning(Code::Expected).says(&NO_BASIS))
}

const ALONE: Words = [
    "В сетевой форме участвуют не меньше двух организаций, включая вашу. Проверьте количество участников.",
    "У мережевій формі беруть участь щонайменше дві організації разом із вашою. Перевірте кількість учасників.",
    "A joint programme has at least two organisations, your own included. Check the number of participants.",
];
const PARTICIPANTS: Words = [
    "Количество участников не сходится со списком организаций. Проверьте то и другое.",
    "Кількість учасників не збігається зі списком організацій. Перевірте те й інше.",
    "The number of participants does not agree with the list of organisations. Check both.",
];

fn participants(view: &View<'_, '_>) -> Option<Fault> {
    let participants = view.number(0)?;
    let listed = view.count(1).filter(|count| *count > 0).and_then(|count| u32::try_from(count).ok()).map(f64::from);
    let words = if participants < 2.0 {
        &ALONE
    } else if listed.is_some_and(|listed| listed != participants && listed + 1.0 != participants) {
        &PARTICIPANTS
    } else {
        return None;
    };
    Some(warning(Code::Inconsistent).with("organizations").says(words))
}

const UNKNOWN_SPECIALITY: Words = [
    "Такой специальности нет в справочнике Портала.",
    "Такої спеціальності немає в довіднику Порталу.",
    "The Portal's list has no such speciality.",
];

fn unknown_speciality(view: &View<'_, '_>) -> Option<Fault> {
    let known = view.specialities()?;
    (!known.contains(view.text(0)?))
        .then(|| error(Code::UnknownReference).list("specialities").says(&UNKNOWN_SPECIALITY))
}

const ALL_AND_SOME: Words = [
    "Выбраны все разделы, поэтому перечислять пятилетние программы не нужно. Оставьте что-то одно.",
    "Вибрано всі розділи, тому перелічувати п’ятирічні програми не потрібно. Залиште щось одне.",
    "All partitions are chosen, so five-year programmes need not be listed. Keep one of the two.",
];

fn all_and_some(view: &View<'_, '_>) -> Option<Fault> {
    (view.flag(0)? && view.count(1)? > 0)
        .then(|| warning(Code::Inconsistent).with("all_partitions").says(&ALL_AND_SOME))
}

const UNKNOWN_PROGRAMME: Words = [
    "Такой пятилетней программы нет в справочнике Портала.",
    "Такої п’ятирічної програми немає в довіднику Порталу.",
    "The Portal's list has no such five-year programme.",
];

fn unknown_programme(view: &View<'_, '_>) -> Option<Fault> {
    let known = view.programmes()?;
    (!known.has(view.text(0)?)).then(|| error(Code::UnknownReference).list("programmes").says(&UNKNOWN_PROGRAMME))
}

const ANOTHER_SPECIALITY: Words = [
    "По справочнику эта пятилетняя программа относится к другой специальности.",
    "За довідником ця п’ятирічна програма належить до іншої спеціальності.",
    "By the reference list, this five-year programme belongs to another speciality.",
];

fn another_speciality(view: &View<'_, '_>) -> Option<Fault> {
    let speciality = view.programmes()?.speciality(view.text(0)?)?;
    (speciality != view.text(1)?).then(|| warning(Code::Mismatch).with("name").says(&ANOTHER_SPECIALITY))
}

const FOREIGN_KIT: Words = [
    "По справочнику у этой пятилетней программы нет такого УМК.",
    "За довідником ця п’ятирічна програма не має такого УМК.",
    "By the reference list, this five-year programme has no such teaching kit (УМК).",
];

fn unknown_or_stale_kit(view: &View<'_, '_>) -> Option<Fault> {
    match view.programmes()?.kit(view.text(1)?, view.text(0)?)? {
        KitState::Current => None,
        KitState::Stale => Some(warning(Code::StaleReference)),
        KitState::Foreign => Some(error(Code::UnknownReference).list("umk").says(&FOREIGN_KIT)),
    }
}

const FOREIGN_PARTITION: Words = [
    "По справочнику в этом УМК нет такого раздела.",
    "За довідником у цьому УМК немає такого розділу.",
    "By the reference list, this teaching kit (УМК) has no such partition.",
];

fn unknown_partition(view: &View<'_, '_>) -> Option<Fault> {
    let belongs = view.programmes()?.partition(view.text(1)?, view.text(0)?)?;
    (!belongs).then(|| error(Code::UnknownReference).list("partitions").says(&FOREIGN_PARTITION))
}

const FLAT_WITHOUT_KITS: Words = [
    "Разделы указаны без УМК. Портал ждёт их внутри УМК; они будут переданы так, как записаны.",
    "Розділи зазначено без УМК. Портал очікує їх усередині УМК; їх буде передано так, як записано.",
    "The partitions are given without teaching kits (УМК). The Portal expects them inside kits; they will be sent as they stand.",
];
const FLAT_LIFTED: Words = [
    "Разделы указаны без УМК. УМК найдены по справочнику, разделы будут переданы внутри них.",
    "Розділи зазначено без УМК. УМК знайдено за довідником, розділи буде передано всередині них.",
    "The partitions are given without teaching kits (УМК). The kits were found in the reference list; the partitions will be sent inside them.",
];

fn flat_lifted(view: &View<'_, '_>) -> Option<Fault> {
    kits_of_partitions(view).map(|_| note(Code::Alias).named("to", "umk").says(&FLAT_LIFTED))
}

/// What the rule of kits says of those that result.
fn stale_when_lifted(view: &View<'_, '_>) -> Option<Fault> {
    let (programmes, programme) = (view.programmes()?, view.text(0)?);
    let stale = |kit: &str| programmes.kit(programme, kit) == Some(KitState::Stale);
    by_kit(view)?.iter().any(|(kit, _)| stale(kit)).then(|| warning(Code::StaleReference))
}

fn flat_not_lifted(view: &View<'_, '_>) -> Option<Fault> {
    let flat = view.count(1)? > 0 && kits_of_partitions(view).is_none();
    flat.then(|| warning(Code::Inconsistent).with("umk").says(&FLAT_WITHOUT_KITS))
}

#[derive(Serialize)]
struct Kit<'k> {
    id: &'k str,
    partitions: Vec<Partition<'k>>,
}

#[derive(Serialize)]
struct Partition<'k> {
    id: &'k str,
}

/// The flat partitions by the kits that they belong to.
fn by_kit<'v>(view: &'v View<'_, '_>) -> Option<ByKit<'v, Cow<'v, str>>> {
    view.programmes()?.by_kit(view.text(0)?, view.column(1)).filter(|kits| !kits.is_empty())
}

/// The kits of the flat partitions, as the value of the row `umk`.
fn kits_of_partitions(view: &View<'_, '_>) -> Option<String> {
    let kits = by_kit(view)?;
    let kits: Vec<_> =
        kits.iter().map(|(id, ids)| Kit { id, partitions: ids.iter().map(|id| Partition { id }).collect() }).collect();
    Some(json::text(&kits))
}

fn not_in_revision(view: &View<'_, '_>) -> Option<Fault> {
    let status = view.status()?;
    (view.updating() && status != Status::NeedsRevision)
        .then(|| error(Code::WrongStatus).params(Params::Allowed(vec!["needs_revision".into()])))
}

static RECORD: Record = Record::new(&ROWS).checks(&CHECKS);

/// `programme.create`: a new programme, which goes to technical review.
pub static CREATE: Payload = Payload::new(
    "programme.create",
    "programmeCreate",
    ["Добавление программы", "Додавання програми", "New programme"],
    SOURCE,
    &RECORD,
)
.post("education/dpppk/create")
.create();

/// `programme.update`: changes to a programme that was sent back for revision.
pub static UPDATE: Payload = Payload::new(
    "programme.update",
    "programmeUpdate",
    ["Изменение программы", "Зміна програми", "Change of a programme"],
    SOURCE,
    &RECORD,
)
.post("education/dpppk/update")
.update();
