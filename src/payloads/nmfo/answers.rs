//! The answers to what is sent: success, or a reason out of a list that differs by endpoint. Any other reason is read as `unknown`,
//! and its own text is kept in `reason_raw`. Also the token endpoint's answer, as it stands in «Аутентификация ИС на Портале».

use super::application::STATES;
use crate::table::{
    Choice, Choices, Field, Payload, Record, Test, When, Words, boolean, choice, fields, integer, one_of, text, when,
};

pub(super) const SUCCESS: Words =
    ["Операция выполнена успешно", "Операцію виконано успішно", "The operation succeeded"];

const ALREADY_EXISTS: Choice = choice("already_exists", ["Уже добавлено", "Уже додано", "Already exists"]);
const NOT_FOUND: Choice = choice("not_found", ["Программа не найдена", "Програму не знайдено", "Programme not found"]);
const CYCLE_NOT_FOUND: Choice = choice("cycle_not_found", ["Цикл не найден", "Цикл не знайдено", "Cycle not found"]);
const PROGRAM_NOT_FOUND: Choice =
    choice("program_not_found", ["Программа не найдена", "Програму не знайдено", "Programme not found"]);
const INCOMPLETE_DATA: Choice = choice(
    "incomplete_data",
    ["Переданы не все необходимые данные", "Передано не всі потрібні дані", "Some of the necessary data are missing"],
);
pub(super) const INCORRECT_DATA: Choice = choice(
    "incorrect_data",
    ["Переданы некорректные данные", "Передано некоректні дані", "Some of the data are wrong"],
);
const UNKNOWN_REQUEST: Choice =
    choice("unknown_request", ["Заявка не найдена", "Заявку не знайдено", "Application not found"]);
const INCORRECT_PIN: Choice =
    choice("incorrect_pin", ["Некорректный пин-код", "Некоректний пін-код", "The PIN is wrong"]);
const ALREADY_COMPLETED: Choice = choice(
    "already_completed",
    ["Результаты уже были внесены", "Результати вже було внесено", "The results have already been entered"],
);
pub(super) const UNKNOWN: Choice = choice("unknown", ["Другая причина", "Інша причина", "Another reason"]);

static PROGRAMME_REASONS: Choices =
    Choices::new(&[ALREADY_EXISTS, NOT_FOUND, INCOMPLETE_DATA, INCORRECT_DATA, UNKNOWN]).or_else("reason_raw");
static CYCLE_REASONS: Choices =
    Choices::new(&[ALREADY_EXISTS, CYCLE_NOT_FOUND, PROGRAM_NOT_FOUND, INCOMPLETE_DATA, INCORRECT_DATA, UNKNOWN])
        .or_else("reason_raw");
static APPLICATION_REASONS: Choices =
    Choices::new(&[CYCLE_NOT_FOUND, PROGRAM_NOT_FOUND, INCORRECT_DATA, UNKNOWN]).or_else("reason_raw");
static RESULTS_REASONS: Choices =
    Choices::new(&[UNKNOWN_REQUEST, INCORRECT_PIN, ALREADY_COMPLETED, INCOMPLETE_DATA, UNKNOWN]).or_else("reason_raw");

const FAILED: When =
    when("success", Test::False, ["операция не выполнена", "операцію не виконано", "the operation failed"]);

const REASON: Words = ["Причина ошибки выполнения", "Причина помилки виконання", "Reason of the failure"];

/// The reason, and the text of one that the document does not list.
pub(super) const fn reason_rows(reasons: &'static Choices) -> [Field; 2] {
    [
        one_of("reason", reasons, REASON).rule("RSP-02"),
        text("reason_raw", ["Причина в исходной записи", "Причина в початковому записі", "Reason as it was written"])
            .rule("RSP-02"),
    ]
}

const fn answer_rows(reasons: &'static Choices) -> [Field; 4] {
    let [reason, raw] = reason_rows(reasons);
    fields([
        boolean("success", SUCCESS).rule("RSP-01").required(),
        reason.required_when(&FAILED).needed_by("RSP-01"),
        raw,
        text("description", ["Детали результата", "Деталі результату", "Details of the result"]).rule("RSP-01"),
    ])
}

const PROGRAMME_ROWS: [Field; 4] = answer_rows(&PROGRAMME_REASONS);
static PROGRAMME_RECORD: Record = Record::new(&PROGRAMME_ROWS);
/// `programme.answer`: to `programme.create` and `programme.update`.
pub static PROGRAMME: Payload = Payload::new(
    "programme.answer",
    "programmeAnswer",
    ["Ответ на передачу программы", "Відповідь на передання програми", "Answer to a programme"],
    "Добавление и изменение информации о ДПП ПК",
    &PROGRAMME_RECORD,
)
.inbound();

const CYCLE_ROWS: [Field; 4] = answer_rows(&CYCLE_REASONS);
static CYCLE_RECORD: Record = Record::new(&CYCLE_ROWS);
/// `cycle.answer`: to `cycle.create`, `cycle.update` and `cycle.cancel`.
pub static CYCLE: Payload = Payload::new(
    "cycle.answer",
    "cycleAnswer",
    ["Ответ на передачу цикла", "Відповідь на передання циклу", "Answer to a cycle"],
    "Добавление и изменение информации о цикле",
    &CYCLE_RECORD,
)
.inbound();

const RESULTS_ROWS: [Field; 4] = answer_rows(&RESULTS_REASONS);
static RESULTS_RECORD: Record = Record::new(&RESULTS_ROWS);
/// `results.answer`: to results and to their confirmation.
pub static RESULTS: Payload = Payload::new(
    "results.answer",
    "resultsAnswer",
    ["Ответ на передачу результатов", "Відповідь на передання результатів", "Answer to results"],
    "Результаты прохождения обучения",
    &RESULTS_RECORD,
)
.inbound();

const APPLICATION_PART: [Field; 4] = answer_rows(&APPLICATION_REASONS);
#[rustfmt::skip]
const APPLICATION_ROWS: [Field; 5] = {
    let [success, reason, raw, description] = APPLICATION_PART;
    fields([
        success,
        reason,
        raw,
        description,
        one_of("state", &STATES, ["Статус заявки на цикл", "Статус заявки на цикл", "State of the application"]).rule("RSP-01"),
    ])
};
static APPLICATION_RECORD: Record = Record::new(&APPLICATION_ROWS);
/// `application.answer`: what the information system answers to an application.
pub static APPLICATION: Payload = Payload::new(
    "application.answer",
    "applicationAnswer",
    ["Ответ на заявку", "Відповідь на заявку", "Answer to an application"],
    super::application::SOURCE,
    &APPLICATION_RECORD,
);

#[rustfmt::skip]
const TOKEN_ROWS: [Field; 5] = fields([
    text("access_token", ["Токен доступа", "Токен доступу", "Access token"]).rule("TOK-01").required(),
    text("token_type", ["Тип токена", "Тип токена", "Token type"]).rule("TOK-01"),
    text("refresh_token", ["Токен обновления", "Токен оновлення", "Refresh token"]).rule("TOK-01"),
    integer("expires_in", ["Срок действия, секунд", "Строк дії, секунд", "Lifetime, seconds"]).rule("TOK-01").min(0),
    text("scope", ["Область доступа", "Область доступу", "Scope"]).rule("TOK-01"),
]);
static TOKEN_RECORD: Record = Record::new(&TOKEN_ROWS);
/// `token.answer`: the token endpoint's answer, which only the proxy sees.
pub static TOKEN: Payload = Payload::new(
    "token.answer",
    "tokenAnswer",
    ["Ответ сервиса токенов", "Відповідь сервісу токенів", "Answer of the token endpoint"],
    "Аутентификация ИС на Портале",
    &TOKEN_RECORD,
)
.inbound();
