//! An application for a cycle, as the Portal sends it, and a comment on one, as it is sent to the Portal. Row by row the table of
//! «Создание, отмена и комментирование заявки»; the comment's shape follows it, because the document gives none.

use crate::issue::Code;
use crate::table::{
    Check, Choices, Field, Format, Payload, Record, Test, When, Words, boolean, check, checks, choice, date, fields,
    one_of, text, when,
};
use crate::view::{Fault, View, warning};

pub(super) const SOURCE: &str = "Создание, отмена и комментирование заявки на цикл по ДПП ПК";

/// The states of an application (APP-01).
pub(super) static STATES: Choices = Choices::new(&[
    choice("actual", ["Актуальная", "Актуальна", "Current"]),
    choice("cancelled", ["Отменена", "Скасована", "Cancelled"]),
]);

const NO_SNILS: When = when("snils", Test::Blank, ["СНИЛС не указан", "СНІЛС не зазначено", "no SNILS is given"]);
const NO_REQUEST_ID: When = when(
    "request_id",
    Test::Blank,
    ["идентификатор заявки не указан", "ідентифікатор заявки не зазначено", "no application id is given"],
);
const STANDS: When = when(
    "state",
    Test::Not("cancelled"),
    ["заявка не отменена", "заявку не скасовано", "the application is not cancelled"],
);
const WORKS: When = when("is_work", Test::True, ["указано «Работаю»", "зазначено «Працюю»", "“I work” is chosen"]);
const HAS_POSITION: When =
    when("position", Test::Filled, ["указана должность", "зазначено посаду", "a position is given"]);

#[rustfmt::skip]
const fn who(program_id: &'static str, request_id: &'static str, snils: &'static str) -> [Field; 4] {
    [
        text("program_id", ["Идентификатор программы", "Ідентифікатор програми", "Programme id"]).rule(program_id).required()
            .hint(&["Уникальный идентификатор программы в ИС организации", "Унікальний ідентифікатор програми в ІС організації", "The programme's unique id in the organisation's information system"]),
        text("cycle_id", ["Идентификатор цикла", "Ідентифікатор циклу", "Cycle id"]).rule(program_id).required(),
        text("request_id", ["Идентификатор заявки", "Ідентифікатор заявки", "Application id"]).rule(request_id).required_when(&NO_SNILS),
        text("snils", ["СНИЛС специалиста", "СНІЛС фахівця", "SNILS of the specialist"]).rule(snils).format(Format::Snils).required_when(&NO_REQUEST_ID),
    ]
}

const NUMBER: Field = text("request_number", ["Номер заявки", "Номер заявки", "Application number"]).required();

#[rustfmt::skip]
const ROWS: [Field; 20] = {
    let [program_id, cycle_id, request_id, snils] = who("APP-02", "APP-03", "APP-04");
    fields([
        program_id,
        cycle_id,
        request_id,
        NUMBER.rule("APP-05"),
        snils,
        text("first_name", ["Имя", "Ім’я", "First name"]).rule("APP-06").required().relevant_when(&STANDS)
            .hint(&["В описании Портала поле first_name подписано «фамилия»", "В описі Порталу поле first_name підписано «фамилия» (прізвище)", "The Portal's description labels first_name «фамилия» (surname)"]),
        text("last_name", ["Фамилия", "Прізвище", "Last name"]).rule("APP-06").required().relevant_when(&STANDS)
            .hint(&["В описании Портала поле last_name подписано «имя»", "В описі Порталу поле last_name підписано «имя» (ім’я)", "The Portal's description labels last_name «имя» (first name)"]),
        text("patronymic", ["Отчество", "По батькові", "Patronymic"]).rule("APP-07").expected().relevant_when(&STANDS),
        date("birth_date", ["Дата рождения", "Дата народження", "Date of birth"]).rule("APP-08").aliases(&["birthdate", "date_of_birth"]).relevant_when(&STANDS),
        boolean("is_budget", super::BUDGET).rule("APP-09").required().relevant_when(&STANDS),
        boolean("is_paid", super::PAID).rule("APP-09").required().relevant_when(&STANDS),
        boolean("is_paid_foms", super::PAID_FOMS).rule("APP-09").required().relevant_when(&STANDS),
        boolean("is_work", ["Работаю", "Працюю", "I work"]).rule("APP-10").required().relevant_when(&STANDS),
        text("position", ["Должность", "Посада", "Position"]).rule("APP-11").required_when(&WORKS).relevant_when(&STANDS),
        text("work_place", ["Место работы", "Місце роботи", "Place of work"]).rule("APP-12").required_when(&HAS_POSITION).relevant_when(&STANDS),
        text("work_address", ["Адрес места работы", "Адреса місця роботи", "Address of the place of work"]).rule("APP-12").required_when(&HAS_POSITION).relevant_when(&STANDS),
        text("payer", ["Плательщик", "Платник", "Payer"]).rule("APP-13").required().relevant_when(&STANDS),
        text("additional_info", ["Дополнительная информация", "Додаткова інформація", "Additional information"]).rule("APP-14").relevant_when(&STANDS),
        text("comment", ["Комментарий", "Коментар", "Comment"]).rule("APP-14").relevant_when(&STANDS),
        one_of("state", &STATES, ["Статус заявки на цикл", "Статус заявки на цикл", "State of the application"]).rule("APP-01"),
    ])
};

const CHECKS: [Check; 2] = checks(
    &ROWS,
    [
        check("APP-08", "birth_date", &["birth_date"], born_in_the_future),
        check("APP-09", "is_budget", &["is_budget", "is_paid", "is_paid_foms"], not_one_basis),
    ],
);

const NOT_BORN: Words = [
    "Дата рождения ещё не наступила. Проверьте её.",
    "Дата народження ще не настала. Перевірте її.",
    "The date of birth lies in the future. Check it.",
];

fn born_in_the_future(view: &View<'_, '_>) -> Option<Fault> {
    (view.date(0)? > view.today()?).then(|| warning(Code::DateOrder).after("today").says(&NOT_BORN))
}

const NOT_ONE_BASIS: Words = [
    "В заявке обычно выбрана ровно одна основа обучения. Проверьте отметки.",
    "У заявці зазвичай вибрано рівно одну основу навчання. Перевірте позначки.",
    "An application usually has exactly one basis of education. Check the marks.",
];

fn not_one_basis(view: &View<'_, '_>) -> Option<Fault> {
    let chosen = [view.flag(0)?, view.flag(1)?, view.flag(2)?].into_iter().filter(|flag| *flag).count();
    (chosen != 1).then(|| warning(Code::Inconsistent).with("is_paid").says(&NOT_ONE_BASIS))
}

static RECORD: Record = Record::new(&ROWS).checks(&CHECKS);

/// `application`: a specialist's application for a cycle, or its cancellation.
pub static APPLICATION: Payload = Payload::new(
    "application",
    "application",
    ["Заявка на цикл", "Заявка на цикл", "Application for a cycle"],
    SOURCE,
    &RECORD,
)
.inbound();

const COMMENT_ROWS: [Field; 6] = {
    let [program_id, cycle_id, request_id, snils] = who("CMT-01", "CMT-01", "CMT-01");
    fields([
        program_id,
        cycle_id,
        request_id,
        NUMBER.rule("CMT-02"),
        snils,
        text("comment", ["Комментарий", "Коментар", "Comment"]).rule("CMT-03").required(),
    ])
};
static COMMENT_RECORD: Record = Record::new(&COMMENT_ROWS);

/// `application.comment`: a comment on an application.
pub static COMMENT: Payload = Payload::new(
    "application.comment",
    "applicationComment",
    ["Комментарий к заявке", "Коментар до заявки", "Comment on an application"],
    SOURCE,
    &COMMENT_RECORD,
)
.post("education/request/comment");
