//! The technical review of a programme: asking for its status, the answer, and the Portal's own notification. The table of «Проверка
//! статуса прохождения технической экспертизы (оценки)»; the notification's shape follows it, because the document gives none.

use super::answers::reason_rows;
use crate::table::{Choices, Field, Payload, Record, Test, When, boolean, choice, fields, one_of, text, when};

const SOURCE: &str = "Проверка статуса прохождения технической экспертизы (оценки)";

/// The statuses of a programme (STA-03), in the document's wire spellings and the names of its narrative.
#[rustfmt::skip]
static STATUSES: Choices = Choices::new(&[
    choice("in_progress", ["Экспертиза не завершена", "Експертизу не завершено", "Under review"]).aliases(&["Подано на экспертизу", "В работе"]),
    choice("approved", ["Утверждено", "Затверджено", "Approved"]).aliases(&["Проверено", "Утверждено"]),
    choice("needs_revision", ["На доработке", "На доопрацюванні", "Needs revision"]).wire("rejected", "rejected").aliases(&["not_approved", "На доработке"]),
    choice("declined", ["Отклонено", "Відхилено", "Declined"]).aliases(&["Отклонено"]),
    choice("closed", ["В архиве", "В архіві", "Archived"]).wire("Closed", "Closed").aliases(&["В архиве"]),
]);

const PROGRAM_ID: Field =
    text("program_id", ["Идентификатор программы", "Ідентифікатор програми", "Programme id"]).required();
const STATUS: Field = one_of("status", &STATUSES, ["Статус экспертизы", "Статус експертизи", "Status of the review"]);
const COMMENT: Field = text("comment", ["Комментарий", "Коментар", "Comment"]);

const STATUS_REQUEST: [Field; 1] = fields([PROGRAM_ID.rule("STA-01")]);
static STATUS_REQUEST_RECORD: Record = Record::new(&STATUS_REQUEST);

/// `programme.status`: asks for the status of a programme's review.
pub static REQUEST: Payload = Payload::new(
    "programme.status",
    "programmeStatus",
    ["Запрос статуса программы", "Запит статусу програми", "Status of a programme"],
    SOURCE,
    &STATUS_REQUEST_RECORD,
)
.post("education/dpppk/status");

const NO_STATUS: When = when("status", Test::Blank, ["статус не указан", "статус не зазначено", "no status is given"]);
const SUCCEEDED: When =
    when("success", Test::True, ["запрос выполнен успешно", "запит виконано успішно", "the request succeeded"]);

static REASONS: Choices = Choices::new(&[
    choice("unknown_program", ["Программа не найдена", "Програму не знайдено", "Programme not found"]),
    super::answers::INCORRECT_DATA,
    super::answers::UNKNOWN,
])
.or_else("reason_raw");

#[rustfmt::skip]
const ANSWER_ROWS: [Field; 5] = {
    let [reason, reason_raw] = reason_rows(&REASONS);
    fields([
        boolean("success", super::answers::SUCCESS).rule("STA-02").required_when(&NO_STATUS).absent_is_true_with("status"),
        STATUS.rule("STA-03").required_when(&SUCCEEDED).needed_by("STA-02"),
        reason,
        reason_raw,
        COMMENT.rule("STA-02").aliases(&["status_reason", "description"]),
    ])
};
static ANSWER_RECORD: Record = Record::new(&ANSWER_ROWS);

/// `status.answer`: the Portal's answer to `programme.status`.
pub static ANSWER: Payload = Payload::new(
    "status.answer",
    "statusAnswer",
    ["Ответ на запрос статуса", "Відповідь на запит статусу", "Answer to a status request"],
    SOURCE,
    &ANSWER_RECORD,
)
.inbound();

const REVISION: When = when(
    "status",
    Test::OneOf(&["needs_revision"]),
    [
        "программа отправлена на доработку",
        "програму надіслано на доопрацювання",
        "the programme was sent back for revision",
    ],
);

const EXPERTISE_ROWS: [Field; 3] = fields([
    PROGRAM_ID.rule("EXP-01"),
    STATUS.rule("EXP-02").required(),
    COMMENT.rule("EXP-03").required_when(&REVISION),
]);
static EXPERTISE_RECORD: Record = Record::new(&EXPERTISE_ROWS);

/// `programme.expertise`: the Portal tells that the status has changed.
pub static EXPERTISE: Payload = Payload::new(
    "programme.expertise",
    "programmeExpertise",
    ["Уведомление о статусе программы", "Сповіщення про статус програми", "Notification of a programme's status"],
    "Описание схемы интеграции",
    &EXPERTISE_RECORD,
)
.inbound();
