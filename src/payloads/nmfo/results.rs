//! Results of education: one application's, a whole cycle's, and their confirmation. Row by row the table of «Результаты прохождения
//! обучения»; a single result and an item of a batch share it.

use crate::issue::{Code, Severity};
use crate::table::{
    Check, Choices, DialectKey, Field, Payload, Record, RowRule, Test, When, Words, boolean, check, checks, choice,
    fields, integer, list, one_of, text, unique, when,
};
use crate::view::{Fault, View, error, warning};

const SOURCE: &str = "Результаты прохождения обучения";

static STATUSES: Choices = Choices::new(&[
    choice("not_trained", ["Не проходил обучение", "Не проходив навчання", "Did not attend"])
        .wire("NOT_TRAINED", "not_trained"),
    choice("failed", ["Не прошёл обучение", "Не пройшов навчання", "Failed"]).wire("FAILED", "failed"),
    choice("succeed", ["Прошёл обучение", "Пройшов навчання", "Passed"])
        .wire("SUCCEED", "succed")
        .aliases(&["success"]),
]);

const TAUGHT: When = when(
    "result_status",
    Test::OneOf(&["failed", "succeed"]),
    [
        "результат — «Прошёл обучение» или «Не прошёл обучение»",
        "результат — «Пройшов навчання» або «Не пройшов навчання»",
        "the result is “Passed” or “Failed”",
    ],
);
const PASSED: When = when(
    "result_status",
    Test::OneOf(&["succeed"]),
    ["результат — «Прошёл обучение»", "результат — «Пройшов навчання»", "the result is “Passed”"],
);

const REQUEST_NUMBER: Field =
    text("request_number", ["Номер заявки", "Номер заявки", "Application number"]).rule("RES-02").required();
const CYCLE_ID: Field = text("cycle_id", ["Идентификатор цикла", "Ідентифікатор циклу", "Cycle id"]).rule("RES-01");

/// The rows of one result; only the first differs between a single result and an item of a batch.
#[rustfmt::skip]
const fn result(cycle_id: Field) -> [Field; 12] {
    fields([
        cycle_id,
        REQUEST_NUMBER,
        boolean("attended", ["Посещение", "Відвідування", "Attended"]).rule("RES-03"),
        one_of("result_status", &STATUSES, ["Результат прохождения обучения", "Результат проходження навчання", "Result"]).rule("RES-04").required().dialect(DialectKey::ResultStatus),
        integer("attendance", ["Посещаемость, %", "Відвідуваність, %", "Attendance, %"]).rule("RES-05").min(0).usually_to(100),
        integer("practical_skills", ["Практические навыки", "Практичні навички", "Practical skills"]).rule("RES-06").usually_from(1).usually_to(5).relevant_when(&TAUGHT),
        integer("interview", ["Собеседование", "Співбесіда", "Interview"]).rule("RES-06").usually_from(1).usually_to(5).relevant_when(&TAUGHT),
        integer("case_solving", ["Решение кейсов", "Розв’язання кейсів", "Case solving"]).rule("RES-06").usually_from(1).usually_to(5).relevant_when(&TAUGHT),
        integer("test_percentage", ["Тестирование, %", "Тестування, %", "Test, %"]).rule("RES-07").min(0).max(100).relevant_when(&TAUGHT),
        integer("test_mark", ["Оценка итогового тестирования", "Оцінка підсумкового тестування", "Mark of the final test"]).rule("RES-08").min(1).max(5).required_when(&TAUGHT).relevant_when(&TAUGHT),
        text("certificate", ["Номер сертификата", "Номер сертифіката", "Certificate number"]).rule("RES-09").relevant_when(&PASSED),
        boolean("certificate_applied", ["Заявка за счёт средств ФОМС", "Заявка за рахунок коштів ФОМС", "Application paid by the insurance fund (ФОМС)"]).rule("RES-10"),
    ])
}

const ITEM: [Field; 12] = result(CYCLE_ID.inherits("cycle_id"));

const ITEM_CHECKS: [Check; 4] = checks(
    &ITEM,
    [
        check("RES-01", "cycle_id", &["cycle_id", "^cycle_id"], another_cycle).of_a_value(),
        check("RES-12", "attended", &["attended", "result_status"], taught_without_attending).of_a_value(),
        check("RES-13", "test_mark", &["test_mark", "result_status"], mark_against_status).of_a_value(),
        check("RES-15", "request_number", &["request_number"], unknown_request).of_a_value(),
    ],
);

const SAME_REQUEST: Words = [
    "{label}: эта заявка уже есть в строке {n}.",
    "{label}: ця заявка вже є в рядку {n}.",
    "{label}: row {n} already has this application.",
];
const ITEM_ROWS: [RowRule; 1] = [unique("RES-11", Severity::Error, &ITEM, &["request_number"]).says(&SAME_REQUEST)];

static ITEM_RECORD: Record = Record::new(&ITEM).checks(&ITEM_CHECKS).rows(&ITEM_ROWS);

#[rustfmt::skip]
const BATCH: [Field; 2] = fields([
    CYCLE_ID.required(),
    list("results", &ITEM_RECORD, ["Результаты", "Результати", "Results"]).rule("RES-14").required().at_least(1),
]);
static BATCH_RECORD: Record = Record::new(&BATCH);

/// `results.bulk_update`: the results of a whole cycle.
pub static BULK_UPDATE: Payload = Payload::new(
    "results.bulk_update",
    "resultsBulkUpdate",
    ["Результаты обучения по циклу", "Результати навчання за циклом", "Results of a cycle"],
    SOURCE,
    &BATCH_RECORD,
)
.post("results/bulk-update");

const SINGLE: [Field; 12] = result(CYCLE_ID.required());
const SINGLE_CHECKS: [Check; 3] = checks(
    &SINGLE,
    [
        check("RES-12", "attended", &["attended", "result_status"], taught_without_attending).of_a_value(),
        check("RES-13", "test_mark", &["test_mark", "result_status"], mark_against_status).of_a_value(),
        check("RES-15", "request_number", &["request_number"], unknown_request).of_a_value(),
    ],
);
static SINGLE_RECORD: Record = Record::new(&SINGLE).checks(&SINGLE_CHECKS);

/// `result.update`: the result of one application.
pub static UPDATE: Payload = Payload::new(
    "result.update",
    "resultUpdate",
    ["Результат обучения по заявке", "Результат навчання за заявкою", "Result of an application"],
    SOURCE,
    &SINGLE_RECORD,
)
.post("results/update");

const CONFIRM_ROWS: [Field; 1] = fields([CYCLE_ID.rule("CNF-01").required()]);
static CONFIRM_RECORD: Record = Record::new(&CONFIRM_ROWS);

/// `results.confirm`: confirms the results of a cycle.
pub static CONFIRM: Payload = Payload::new(
    "results.confirm",
    "resultsConfirm",
    ["Подтверждение результатов", "Підтвердження результатів", "Confirmation of results"],
    SOURCE,
    &CONFIRM_RECORD,
)
.post("results/confirm");

const ANOTHER_CYCLE: Words = [
    "В строке указан другой цикл, чем для всего списка. Исправьте его или оставьте поле пустым.",
    "У рядку зазначено інший цикл, ніж для всього списку. Виправте його або залиште поле порожнім.",
    "The row names another cycle than the list as a whole. Correct it or leave the field empty.",
];
const UNKNOWN_REQUEST: Words = [
    "Заявки с таким номером нет среди заявок на цикл. Проверьте номер.",
    "Заявки з таким номером немає серед заявок на цикл. Перевірте номер.",
    "The cycle has no application with this number. Check the number.",
];

fn another_cycle(view: &View<'_, '_>) -> Option<Fault> {
    (view.text(0)? != view.text(1)?).then(|| error(Code::Mismatch).with("cycle_id").says(&ANOTHER_CYCLE))
}

const RESULT_WITHOUT_ATTENDING: Words = [
    "Отмечено, что занятия не посещались, но указан результат обучения. Проверьте.",
    "Позначено, що занять не відвідували, але зазначено результат навчання. Перевірте.",
    "It is marked that the classes were not attended, but there is a result of the training. Check it.",
];
const PASSED_WITH_LOW_MARK: Words = [
    "Оценка ниже 3 при результате «Прошёл обучение». Проверьте.",
    "Оцінка нижче 3 за результату «Пройшов навчання». Перевірте.",
    "The mark is under 3, but the result is “Passed”. Check it.",
];
const FAILED_WITH_GOOD_MARK: Words = [
    "Оценка 3 и выше при результате «Не прошёл обучение». Проверьте.",
    "Оцінка 3 і вище за результату «Не пройшов навчання». Перевірте.",
    "The mark is 3 or more, but the result is “Failed”. Check it.",
];

fn taught_without_attending(view: &View<'_, '_>) -> Option<Fault> {
    let taught = matches!(view.choice(1)?, "failed" | "succeed");
    (!view.flag(0)? && taught)
        .then(|| warning(Code::Inconsistent).with("result_status").says(&RESULT_WITHOUT_ATTENDING))
}

fn mark_against_status(view: &View<'_, '_>) -> Option<Fault> {
    let enough = view.number(0)? >= 3.0;
    let words = match view.choice(1)? {
        "succeed" if !enough => &PASSED_WITH_LOW_MARK,
        "failed" if enough => &FAILED_WITH_GOOD_MARK,
        _ => return None,
    };
    Some(warning(Code::Inconsistent).with("result_status").says(words))
}

fn unknown_request(view: &View<'_, '_>) -> Option<Fault> {
    let known = view.context().request_numbers.as_ref()?;
    (!known.contains(view.text(0)?))
        .then(|| warning(Code::UnknownReference).list("request_numbers").says(&UNKNOWN_REQUEST))
}
