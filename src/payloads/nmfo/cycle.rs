//! A cycle of a programme: creating, changing and cancelling it. Row by row the table of «Добавление и изменение информации о
//! цикле»; create and update share it.

use super::{EDUCATION_FORMS, NO_BASIS};
use crate::issue::{Code, Params};
use crate::kinds::status::Status;
use crate::table::{
    Check, DialectKey, Field, Format, Payload, Record, Test, UPDATING, When, Words, boolean, check, checks, date,
    fields, integer, money, object, one_of, text, when,
};
use crate::view::{Fault, View, error, warning};

const SOURCE: &str = "Добавление и изменение информации о цикле";

const BUDGET: When = when("is_budget", Test::True, super::BUDGET_CHOSEN);
const PAID: When = when("is_paid", Test::True, super::PAID_CHOSEN);
const PAID_FOMS: When = when("is_paid_foms", Test::True, super::PAID_FOMS_CHOSEN);
const OUTBOUND: When = when("is_outbound", Test::True, ["цикл выездной", "цикл виїзний", "the cycle is held off-site"]);

#[rustfmt::skip]
const ADDRESS: [Field; 3] = fields([
    text("address", ["Улица, дом", "Вулиця, будинок", "Street address"]).rule("CYC-20"),
    text("region", ["Регион", "Регіон", "Region"]).rule("CYC-20").required(),
    text("city", ["Город", "Місто", "City"]).rule("CYC-20").required(),
]);
static ADDRESS_RECORD: Record = Record::new(&ADDRESS);

#[rustfmt::skip]
const ROWS: [Field; 22] = fields([
    text("id", ["Идентификатор цикла", "Ідентифікатор циклу", "Cycle id"]).rule("CYC-01").required(),
    text("programme", ["Программа повышения квалификации", "Програма підвищення кваліфікації", "Programme"]).rule("CYC-02").required()
        .hint(&["Номер программы, под которым она передана на Портал", "Номер програми, під яким її передано на Портал", "The number under which the programme was sent to the Portal"]),
    date("begin_date", ["Дата начала цикла", "Дата початку циклу", "First day"]).rule("CYC-03").required(),
    date("end_date", ["Дата окончания цикла", "Дата закінчення циклу", "Last day"]).rule("CYC-04").required(),
    one_of("education_form", &EDUCATION_FORMS, ["Форма обучения", "Форма навчання", "Form of education"]).rule("CYC-06").required(),
    boolean("is_budget", super::BUDGET).rule("CYC-07").required(),
    boolean("is_paid", super::PAID).rule("CYC-07").required(),
    boolean("is_paid_foms", super::PAID_FOMS).rule("CYC-07").required(),
    money("price", ["Стоимость обучения, руб.", "Вартість навчання, руб.", "Price, roubles"]).rule("CYC-09").required_when(&PAID).relevant_when(&PAID),
    money("price_foms", ["Стоимость обучения за счёт средств ФОМС, руб.", "Вартість навчання за рахунок коштів ФОМС, руб.", "Price paid by the insurance fund, roubles"]).rule("CYC-10").required_when(&PAID_FOMS).relevant_when(&PAID_FOMS),
    boolean("has_budget_places", ["Есть бюджетные места", "Є бюджетні місця", "There are budget places"]).rule("CYC-11").required_when(&BUDGET).relevant_when(&BUDGET),
    boolean("has_paid_places", ["Есть платные места", "Є платні місця", "There are paid places"]).rule("CYC-13").required_when(&PAID).relevant_when(&PAID),
    integer("budget_places", ["Количество бюджетных мест", "Кількість бюджетних місць", "Number of budget places"]).rule("CYC-12").min(0).required_when(&BUDGET).relevant_when(&BUDGET),
    integer("paid_places", ["Количество платных мест", "Кількість платних місць", "Number of paid places"]).rule("CYC-14").min(0).required_when(&PAID).relevant_when(&PAID),
    text("places_notes", ["Информация о местах", "Інформація про місця", "About the places"]).rule("CYC-15"),
    boolean("is_outbound", ["Выездной цикл", "Виїзний цикл", "Held off-site"]).rule("CYC-16"),
    text("clinical_base", ["Клиническая база", "Клінічна база", "Clinical base"]).rule("CYC-15"),
    text("phone", ["Телефон", "Телефон", "Phone"]).rule("CYC-17").format(Format::Phone),
    text("email", ["Адрес электронной почты", "Адреса електронної пошти", "E-mail"]).rule("CYC-18").format(Format::Email),
    text("notes", ["Примечания", "Примітки", "Notes"]).rule("CYC-15"),
    text("change_comment", ["Комментарий к изменению", "Коментар до зміни", "Comment on the change"]).rule("CYC-19").expected_when(&UPDATING),
    object("address", &ADDRESS_RECORD, ["Адрес", "Адреса", "Address"]).rule("CYC-20").dialect(DialectKey::Address).expected_when(&OUTBOUND),
]);

const CHECKS: [Check; 11] = checks(
    &ROWS,
    [
        check("CYC-02", "programme", &["programme"], programme_differs),
        check("CYC-03", "begin_date", &["begin_date"], begins_in_the_past),
        check("CYC-05", "end_date", &["begin_date", "end_date"], ends_before_it_begins),
        check("CYC-06", "education_form", &["education_form"], form_differs),
        check("CYC-07", "is_budget", &["is_budget"], |view| basis_differs(view, "is_budget")),
        check("CYC-07", "is_paid", &["is_paid"], |view| basis_differs(view, "is_paid")),
        check("CYC-07", "is_paid_foms", &["is_paid_foms"], |view| basis_differs(view, "is_paid_foms")),
        check("CYC-08", "is_budget", &["is_budget", "is_paid", "is_paid_foms"], no_basis),
        check("CYC-12", "budget_places", &["has_budget_places", "budget_places"], |view| {
            places(view, "has_budget_places")
        }),
        check("CYC-14", "paid_places", &["has_paid_places", "paid_places"], |view| places(view, "has_paid_places")),
        check("CYC-21", "", &[], not_approved),
    ],
);

const ANOTHER_PROGRAMME: Words = [
    "Номер не совпадает с номером программы, к которой относится цикл.",
    "Номер не збігається з номером програми, до якої належить цикл.",
    "The number is not that of the programme that the cycle belongs to.",
];
const ANOTHER_FORM: Words = [
    "В программе указана другая форма обучения. Проверьте её.",
    "У програмі зазначено іншу форму навчання. Перевірте її.",
    "The programme has another form of education. Check it.",
];
const ANOTHER_BASIS: Words = [
    "В программе эта основа обучения не предусмотрена. Проверьте отметку.",
    "У програмі цю основу навчання не передбачено. Перевірте позначку.",
    "The programme does not have this basis of education. Check the mark.",
];

fn programme_differs(view: &View<'_, '_>) -> Option<Fault> {
    let number = view.programme()?.number.as_deref()?;
    (view.text(0)? != number).then(|| error(Code::Mismatch).with("program_number").says(&ANOTHER_PROGRAMME))
}

const BEGAN_ALREADY: Words = [
    "Дата начала цикла уже прошла. Проверьте её.",
    "Дата початку циклу вже минула. Перевірте її.",
    "The first day of the cycle has passed already. Check it.",
];

fn begins_in_the_past(view: &View<'_, '_>) -> Option<Fault> {
    (view.creating() && view.date(0)? < view.today()?)
        .then(|| warning(Code::Inconsistent).with("today").says(&BEGAN_ALREADY))
}

fn ends_before_it_begins(view: &View<'_, '_>) -> Option<Fault> {
    (view.date(1)? < view.date(0)?).then(|| error(Code::DateOrder).after("begin_date"))
}

fn form_differs(view: &View<'_, '_>) -> Option<Fault> {
    let form = view.programme()?.education_form?;
    (view.choice(0)? != form).then(|| warning(Code::Mismatch).with("programme").says(&ANOTHER_FORM))
}

fn basis_differs(view: &View<'_, '_>, name: &str) -> Option<Fault> {
    let programme = view.programme()?.basis(name)?;
    (view.flag(0)? && !programme).then(|| warning(Code::Mismatch).with("programme").says(&ANOTHER_BASIS))
}

fn no_basis(view: &View<'_, '_>) -> Option<Fault> {
    let none = !view.flag(0)? && !view.flag(1)? && !view.flag(2)?;
    none.then(|| warning(Code::Expected).says(&NO_BASIS))
}

const PLACES_BUT_NONE: Words = [
    "Отмечено, что мест нет, но их количество больше нуля. Проверьте.",
    "Позначено, що місць немає, але їх кількість більша за нуль. Перевірте.",
    "It is marked that there are no places, but their number is more than zero. Check it.",
];
const NO_PLACES_BUT_SOME: Words = [
    "Отмечено, что места есть, но их количество — ноль. Проверьте.",
    "Позначено, що місця є, але їх кількість — нуль. Перевірте.",
    "It is marked that there are places, but their number is zero. Check it.",
];

fn places(view: &View<'_, '_>, flag: &'static str) -> Option<Fault> {
    let (has, none) = (view.flag(0)?, view.number(1)? == 0.0);
    let words = if has { &NO_PLACES_BUT_SOME } else { &PLACES_BUT_NONE };
    (has == none).then(|| warning(Code::Inconsistent).with(flag).says(words))
}

fn not_approved(view: &View<'_, '_>) -> Option<Fault> {
    let status = view.status()?;
    (view.updating() && status != Status::Approved)
        .then(|| error(Code::WrongStatus).params(Params::Allowed(vec!["approved".into()])))
}

static RECORD: Record = Record::new(&ROWS).checks(&CHECKS);

/// `cycle.create`: a new cycle of an approved programme.
pub static CREATE: Payload =
    Payload::new("cycle.create", "cycleCreate", ["Добавление цикла", "Додавання циклу", "New cycle"], SOURCE, &RECORD)
        .post("education/cycle/create")
        .create();

/// `cycle.update`: changes to a cycle that is open.
pub static UPDATE: Payload = Payload::new(
    "cycle.update",
    "cycleUpdate",
    ["Изменение цикла", "Зміна циклу", "Change of a cycle"],
    SOURCE,
    &RECORD,
)
.post("education/cycle/update")
.update();

#[rustfmt::skip]
const CANCEL_ROWS: [Field; 2] = fields([
    text("id", ["Идентификатор цикла", "Ідентифікатор циклу", "Cycle id"]).rule("CAN-01").required(),
    text("change_comment", ["Комментарий к отмене", "Коментар до скасування", "Comment on the cancellation"]).rule("CAN-02").expected(),
]);
const CANCEL_CHECKS: [Check; 1] = checks(&CANCEL_ROWS, [check("CAN-03", "", &[], cancels_what_is_not_open)]);
static CANCEL_RECORD: Record = Record::new(&CANCEL_ROWS).checks(&CANCEL_CHECKS);

const NOT_OPEN: Words = [
    "Обычно отменяют цикл в статусе «Утвержден». Проверьте нынешний статус цикла.",
    "Зазвичай скасовують цикл у статусі «Утвержден». Перевірте поточний статус циклу.",
    "A cycle is usually cancelled while it is approved («Утвержден»). Check its current status.",
];

fn cancels_what_is_not_open(view: &View<'_, '_>) -> Option<Fault> {
    let status = view.status()?;
    (status != Status::Approved).then(|| warning(Code::Inconsistent).with("status").says(&NOT_OPEN))
}

/// `cycle.cancel`: cancels a cycle; the document gives neither its shape nor its path.
pub static CANCEL: Payload = Payload::new(
    "cycle.cancel",
    "cycleCancel",
    ["Отмена цикла", "Скасування циклу", "Cancellation of a cycle"],
    "Описание схемы интеграции",
    &CANCEL_RECORD,
)
.post("education/cycle/cancel");
