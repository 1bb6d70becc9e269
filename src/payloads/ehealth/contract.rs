//! What is signed of a contract request by NHS: the contents for a capitation and for a reimbursement contract. Row by row the
//! published JSON Schemas of the public request, in their order, with the rules of «Create contract request by NHS» below.

use chrono::Months;

use crate::issue::{Code, Params, Severity};
use crate::kinds::iban;
use crate::table::{
    Check, Field, Format, Payload, Record, RowRule, Uuid, Words, boolean, check, checks, concat, date, fields, list,
    member, number, object, row, text, unique, uuid,
};
use crate::view::{Fault, View, error, warning};

const SOURCE: &str = "Request structure";

const FOREIGN_DIVISION: Words = [
    "{label}: этого места нет в списке {name}. Добавьте его туда или укажите другое.",
    "{label}: цього місця немає у списку {name}. Додайте його туди або зазначте інше.",
    "{label}: the list {name} does not have this division. Add it there or give another one.",
];
const SAME_DIVISION: Words = [
    "{label}: это место уже есть в строке {n}.",
    "{label}: це місце вже є в рядку {n}.",
    "{label}: row {n} already has this division.",
];
const SAME_EMPLOYEE: Words = [
    "{label}: этот работник с этим местом уже есть в строке {n}.",
    "{label}: цей працівник із цим місцем уже є в рядку {n}.",
    "{label}: row {n} already has this employee with this division.",
];
const NOT_SIGNED_YET: Words = [
    "На этом этапе договор ещё не подписан: выберите «Нет».",
    "На цьому етапі договір ще не підписано: виберіть «Ні».",
    "At this stage the contract is not signed yet: choose No.",
];

#[rustfmt::skip]
const PAYMENT: [Field; 3] = fields([
    text("bank_name", ["Название банка", "Назва банку", "Name of the bank"]).rule("CTR-21").format(Format::EhealthName).required(),
    text("MFO", ["Код банка (МФО)", "Код банку (МФО)", "Bank code (MFO)"]).rule("CTR-20").format(Format::Mfo).required(),
    text("payer_account", ["Номер счёта", "Номер рахунку", "Account number"]).rule("CTR-20").format(Format::PayerAccount).required(),
]);
const PAYMENT_CHECKS: [Check; 1] =
    checks(&PAYMENT, [check("CTR-20", "payer_account", &["payer_account", "MFO"], another_bank)]);
static PAYMENT_RECORD: Record = Record::new(&PAYMENT).checks(&PAYMENT_CHECKS).closed();

/// The schema leaves this one object open.
#[rustfmt::skip]
const EXTERNAL_CONTRACT: [Field; 3] = fields([
    text("number", ["Номер договора с подрядчиком", "Номер договору з підрядником", "Number of the contract with the subcontractor"]).rule("CTR-21").format(Format::EhealthName).required(),
    date("issued_at", ["Дата заключения", "Дата укладення", "Issued on"]).rule("CTR-05").required(),
    date("expires_at", ["Действует до", "Діє до", "Expires on"]).rule("CTR-05").required(),
]);
const EXTERNAL_CONTRACT_CHECKS: [Check; 2] = checks(
    &EXTERNAL_CONTRACT,
    [
        check("CTR-17", "expires_at", &["expires_at", "/start_date"], expires_before_the_contract),
        check("CTR-17", "expires_at", &["expires_at", "issued_at"], expires_before_it_is_issued),
    ],
);
static EXTERNAL_CONTRACT_RECORD: Record = Record::new(&EXTERNAL_CONTRACT).checks(&EXTERNAL_CONTRACT_CHECKS);

#[rustfmt::skip]
const EXTERNAL_DIVISION: [Field; 2] = fields([
    uuid("id", Uuid::Ehealth, ["Место предоставления услуг (идентификатор)", "Місце надання послуг (ідентифікатор)", "Division (id)"]).rule("CTR-05").required(),
    text("medical_service", ["Медицинская услуга", "Медична послуга", "Medical service"]).rule("CTR-19").required().dictionary("MEDICAL_SERVICE")
        .hint(&["Справочник MEDICAL_SERVICE", "Довідник MEDICAL_SERVICE", "Dictionary MEDICAL_SERVICE"]),
]);
const EXTERNAL_DIVISION_ROWS: [RowRule; 1] =
    [member("CTR-17", &EXTERNAL_DIVISION, "id", "contractor_divisions").says(&FOREIGN_DIVISION)];
static EXTERNAL_DIVISION_RECORD: Record = Record::new(&EXTERNAL_DIVISION).rows(&EXTERNAL_DIVISION_ROWS).closed();

#[rustfmt::skip]
const EXTERNAL_CONTRACTOR: [Field; 3] = fields([
    uuid("legal_entity_id", Uuid::Ehealth, ["Подрядчик (идентификатор)", "Підрядник (ідентифікатор)", "Subcontractor (id)"]).rule("CTR-05").required(),
    object("contract", &EXTERNAL_CONTRACT_RECORD, ["Договор с подрядчиком", "Договір з підрядником", "Contract with the subcontractor"]).rule("CTR-05").required(),
    list("divisions", &EXTERNAL_DIVISION_RECORD, ["Места предоставления услуг подрядчиком", "Місця надання послуг підрядником", "Divisions served by the subcontractor"]).rule("CTR-05").required().at_least(1),
]);
static EXTERNAL_CONTRACTOR_RECORD: Record = Record::new(&EXTERNAL_CONTRACTOR).closed();

#[rustfmt::skip]
const EMPLOYEE: [Field; 4] = fields([
    uuid("employee_id", Uuid::Ehealth, ["Работник (идентификатор)", "Працівник (ідентифікатор)", "Employee (id)"]).rule("CTR-05").required(),
    number("staff_units", ["Количество ставок", "Кількість ставок", "Staff units"]).rule("CTR-05").above(0).required(),
    number("declaration_limit", ["Лимит деклараций", "Ліміт декларацій", "Declaration limit"]).rule("CTR-05").above(0).required(),
    uuid("division_id", Uuid::Ehealth, ["Место предоставления услуг (идентификатор)", "Місце надання послуг (ідентифікатор)", "Division (id)"]).rule("CTR-05").required(),
]);
const EMPLOYEE_ROWS: [RowRule; 2] = [
    member("CTR-16", &EMPLOYEE, "division_id", "contractor_divisions").says(&FOREIGN_DIVISION),
    unique("CTR-16", Severity::Error, &EMPLOYEE, &["employee_id", "division_id"]).says(&SAME_EMPLOYEE),
];
static EMPLOYEE_RECORD: Record = Record::new(&EMPLOYEE).rows(&EMPLOYEE_ROWS).closed();

#[rustfmt::skip]
const DIVISION: [Field; 1] = fields([
    uuid("", Uuid::Ehealth, ["Место предоставления услуг (идентификатор)", "Місце надання послуг (ідентифікатор)", "Division (id)"]).rule("CTR-05").required(),
]);
const DIVISION_ROWS: [RowRule; 1] = [unique("CTR-05", Severity::Error, &DIVISION, &[""]).says(&SAME_DIVISION)];
static DIVISION_RECORD: Record = Record::value(&DIVISION).rows(&DIVISION_ROWS);

#[rustfmt::skip]
const CAPITATION_ROWS: [Field; 25] = fields([
    uuid("contractor_owner_id", Uuid::Ehealth, ["Представитель учреждения (идентификатор)", "Представник закладу (ідентифікатор)", "Person who represents the provider (id)"]).rule("CTR-05").required(),
    uuid("contractor_legal_entity_id", Uuid::Ehealth, ["Учреждение, сторона договора (идентификатор)", "Заклад, сторона договору (ідентифікатор)", "Provider, party to the contract (id)"]).rule("CTR-05").required(),
    text("contractor_base", ["Основание, на котором действует учреждение", "Підстава, на якій діє заклад", "Document on which the provider acts"]).rule("CTR-21").format(Format::EhealthName).required(),
    object("contractor_payment_details", &PAYMENT_RECORD, ["Платёжные реквизиты учреждения", "Платіжні реквізити закладу", "Payment details of the provider"]).rule("CTR-05").required(),
    number("contractor_rmsp_amount", ["Количество обслуживаемых лиц", "Кількість осіб, яких обслуговує надавач", "Number of people served"]).rule("CTR-05").min(0).required(),
    boolean("external_contractor_flag", ["Есть подрядчики (второе приложение)", "Є підрядники (другий додаток)", "There are subcontractors (second appendix)"]).rule("CTR-05").absent_is_false(),
    list("external_contractors", &EXTERNAL_CONTRACTOR_RECORD, ["Подрядчики", "Підрядники", "Subcontractors"]).rule("CTR-05").at_least(1),
    list("contractor_employee_divisions", &EMPLOYEE_RECORD, ["Работники и места предоставления услуг", "Працівники та місця надання послуг", "Employees and divisions"]).rule("CTR-05").required().at_least(1),
    list("contractor_divisions", &DIVISION_RECORD, ["Места предоставления услуг", "Місця надання послуг", "Divisions"]).rule("CTR-05").required().at_least(1),
    date("start_date", ["Дата начала договора", "Дата початку договору", "Start date"]).rule("CTR-06"),
    date("end_date", ["Дата окончания договора", "Дата закінчення договору", "End date"]).rule("CTR-06")
        .hint(&["Если не указать, останется дата предыдущего договора", "Якщо не зазначити, залишиться дата попереднього договору", "If left out, the previous contract's date stays"]),
    text("id_form", ["Форма договора", "Форма договору", "Form of the contract"]).rule("CTR-19").required().dictionary("CONTRACT_TYPE")
        .hint(&["Справочник CONTRACT_TYPE", "Довідник CONTRACT_TYPE", "Dictionary CONTRACT_TYPE"]),
    text("contract_number", ["Номер договора", "Номер договору", "Contract number"]).rule("CTR-07").required().format(Format::ContractNumber).format_rule("CTR-08"),
    uuid("nhs_signer_id", Uuid::Ehealth, ["Подписант НСЗУ (идентификатор)", "Підписант НСЗУ (ідентифікатор)", "Signer from the NHS (id)"]).rule("CTR-05").required(),
    uuid("nhs_legal_entity_id", Uuid::Ehealth, ["НСЗУ (идентификатор)", "НСЗУ (ідентифікатор)", "NHS (id)"]).rule("CTR-05").required(),
    text("nhs_signer_base", ["Основание, на котором действует подписант НСЗУ", "Підстава, на якій діє підписант НСЗУ", "Document on which the NHS's signer acts"]).rule("CTR-05").required(),
    boolean("contractor_signed", ["Договор уже подписан", "Договір уже підписано", "Already signed"]).rule("CTR-05").only(false, &NOT_SIGNED_YET),
    number("nhs_contract_price", ["Цена договора, грн", "Ціна договору, грн", "Contract price, UAH"]).rule("CTR-05").min(0).required(),
    text("nhs_payment_method", ["Способ оплаты", "Спосіб оплати", "Payment method"]).rule("CTR-19").required().dictionary("CONTRACT_PAYMENT_METHOD")
        .hint(&["Справочник CONTRACT_PAYMENT_METHOD", "Довідник CONTRACT_PAYMENT_METHOD", "Dictionary CONTRACT_PAYMENT_METHOD"]),
    text("issue_city", ["Место заключения договора", "Місце укладення договору", "Place of issue"]).rule("CTR-05").required(),
    text("misc", ["Прочие условия", "Інші умови", "Other terms"]).rule("CTR-05"),
    text("consent_text", ["Текст согласия", "Текст згоди", "Text of the consent"]).rule("CTR-05").required(),
    text("status_reason", ["Причина изменения статуса", "Причина зміни статусу", "Reason of the change of status"]).rule("CTR-05").nullable(),
    uuid("parent_contract_id", Uuid::Ehealth, ["Родительский договор (идентификатор)", "Батьківський договір (ідентифікатор)", "Parent contract (id)"]).rule("CTR-05").required(),
    uuid("assignee_id", Uuid::Ehealth, ["Ответственный работник (идентификатор)", "Відповідальний працівник (ідентифікатор)", "Assignee (id)"]).rule("CTR-05"),
]);

const fn as_in_capitation(name: &str) -> Field {
    row(&CAPITATION_ROWS, name)
}

#[rustfmt::skip]
const REIMBURSEMENT_ROWS: [Field; 21] = fields([
    as_in_capitation("contractor_owner_id"),
    as_in_capitation("contractor_legal_entity_id"),
    as_in_capitation("contractor_base"),
    as_in_capitation("contractor_payment_details"),
    as_in_capitation("contractor_divisions"),
    as_in_capitation("start_date"),
    as_in_capitation("end_date"),
    as_in_capitation("id_form"),
    as_in_capitation("contract_number"),
    as_in_capitation("nhs_signer_id"),
    as_in_capitation("nhs_legal_entity_id"),
    as_in_capitation("nhs_signer_base"),
    as_in_capitation("contractor_signed"),
    as_in_capitation("nhs_payment_method"),
    as_in_capitation("issue_city"),
    as_in_capitation("misc"),
    as_in_capitation("consent_text"),
    as_in_capitation("status_reason"),
    uuid("medical_program_id", Uuid::Ehealth, ["Медицинская программа (идентификатор)", "Медична програма (ідентифікатор)", "Medical programme (id)"]).rule("CTR-05").required(),
    as_in_capitation("parent_contract_id"),
    as_in_capitation("assignee_id"),
]);

/// A row that stays as it is in the previous contract.
const fn kept(name: &'static [&'static str; 1]) -> Check {
    let [at] = name;
    check("CTR-12", at, name, changed)
}

const SHARED_CHECKS: [Check; 16] = [
    kept(&["contractor_owner_id"]),
    kept(&["contractor_legal_entity_id"]),
    kept(&["contractor_base"]),
    kept(&["contractor_payment_details"]),
    kept(&["contractor_divisions"]),
    check("CTR-12", "start_date", &["start_date"], another_start),
    check("CTR-13", "end_date", &["end_date", "start_date"], ends_before_it_begins),
    check("CTR-14", "end_date", &["end_date"], outside_the_window),
    kept(&["id_form"]),
    check("CTR-09", "contract_number", &["contract_number"], another_contract),
    kept(&["nhs_legal_entity_id"]),
    kept(&["contractor_signed"]),
    kept(&["consent_text"]),
    kept(&["status_reason"]),
    check("CTR-10", "", &[], not_verified),
    check("CTR-11", "", &[], suspended),
];

const CAPITATION_CHECKS: [Check; 21] = checks(
    &CAPITATION_ROWS,
    concat(
        SHARED_CHECKS,
        [
            kept(&["contractor_rmsp_amount"]),
            kept(&["external_contractor_flag"]),
            kept(&["external_contractors"]),
            kept(&["contractor_employee_divisions"]),
            check(
                "CTR-18",
                "external_contractor_flag",
                &["external_contractor_flag", "external_contractors"],
                flag_against_list,
            ),
        ],
    ),
);

const REIMBURSEMENT_CHECKS: [Check; 17] =
    checks(&REIMBURSEMENT_ROWS, concat(SHARED_CHECKS, [kept(&["medical_program_id"])]));

pub(crate) const ANOTHER_CONTRACT: Words = [
    "Договор с таким номером не найден: это не номер предыдущего договора.",
    "Договір з таким номером не знайдено: це не номер попереднього договору.",
    "There is no contract with this number: it is not the number of the previous contract.",
];
pub(crate) const NOT_VERIFIED: Words = [
    "Изменить можно только действующий договор (VERIFIED), а этот уже прекращён или ещё не вступил в силу.",
    "Змінити можна лише чинний договір (VERIFIED), а цей уже припинено або він ще не набрав чинності.",
    "Only a contract that is in force (VERIFIED) can be changed; this one has been terminated or is not in force yet.",
];
pub(crate) const SUSPENDED: Words = [
    "Договор приостановлен: изменить его может только представитель учреждения (contractor_owner).",
    "Договір призупинено: змінити його може лише представник закладу (contractor_owner).",
    "The contract is suspended: only the provider's representative (contractor_owner) can change it.",
];
const NO_DATE_IS_POSSIBLE: Words = [
    "Ни одна дата не подойдёт: со дня окончания предыдущего договора прошло больше трёх месяцев.",
    "Жодна дата не підійде: від дня закінчення попереднього договору минуло понад три місяці.",
    "No date is possible: more than three months have passed since the previous contract ended.",
];

const ANOTHER_BANK: Words = [
    "Счёт открыт в другом банке: код в IBAN не совпадает с кодом банка (МФО). Проверьте то и другое.",
    "Рахунок відкрито в іншому банку: код в IBAN не збігається з кодом банку (МФО). Перевірте те й інше.",
    "The account is with another bank: the code in the IBAN is not the bank code (MFO). Check both.",
];
const EXPIRES_TOO_SOON: Words = [
    "{label}: дата должна быть позже, чем в поле {name}.",
    "{label}: дата має бути пізніше, ніж у полі {name}.",
    "{label} must be later than {name}.",
];
const CONTRACTORS_BUT_NONE: Words = [
    "Отмечено, что подрядчики есть, но список пуст. Добавьте подрядчика или выберите «Нет».",
    "Позначено, що підрядники є, але список порожній. Додайте підрядника або виберіть «Ні».",
    "It is marked that there are subcontractors, but the list is empty. Add one or choose No.",
];
const NO_CONTRACTORS_BUT_SOME: Words = [
    "Подрядчики перечислены, но не отмечено, что они есть. Выберите «Да» или удалите их.",
    "Підрядників перелічено, але не позначено, що вони є. Виберіть «Так» або видаліть їх.",
    "Subcontractors are listed, but it is not marked that there are any. Choose Yes or remove them.",
];

fn another_bank(view: &View<'_, '_>) -> Option<Fault> {
    let mfo = view.text(1).filter(|text| iban::mfo(text))?;
    (iban::bank_code(view.text(0)?)? != mfo).then(|| warning(Code::Mismatch).with("MFO").says(&ANOTHER_BANK))
}

fn expires_before_the_contract(view: &View<'_, '_>) -> Option<Fault> {
    let start = view.date(1).or_else(|| view.previous()?.date("start_date"))?;
    (view.date(0)? <= start).then(|| error(Code::DateOrder).after("start_date").says(&EXPIRES_TOO_SOON))
}

fn expires_before_it_is_issued(view: &View<'_, '_>) -> Option<Fault> {
    (view.date(0)? <= view.date(1)?).then(|| warning(Code::DateOrder).after("issued_at").says(&EXPIRES_TOO_SOON))
}

fn changed(view: &View<'_, '_>) -> Option<Fault> {
    view.changed()?.then(|| error(Code::NotAllowedToChange))
}

/// The published schemas have no start_date: one that is left out changes nothing.
fn another_start(view: &View<'_, '_>) -> Option<Fault> {
    view.date(0).and_then(|_| changed(view))
}

fn ends_before_it_begins(view: &View<'_, '_>) -> Option<Fault> {
    let start = view.date(1).or_else(|| view.previous()?.date("start_date"))?;
    // An earlier year is an earlier date as well.
    (view.date(0)? < start).then(|| error(Code::DateOrder).after("start_date"))
}

fn outside_the_window(view: &View<'_, '_>) -> Option<Fault> {
    let (end, from) = (view.date(0)?, view.today()?);
    // The end of a shorter month stands for a day that it does not have.
    let to = view.previous()?.date("end_date")?.checked_add_months(Months::new(3))?;
    let fault = || error(Code::OutOfPeriod).params(Params::Period(from, to));
    if from > to {
        return Some(fault().says(&NO_DATE_IS_POSSIBLE));
    }
    (end < from || end > to).then(fault)
}

fn another_contract(view: &View<'_, '_>) -> Option<Fault> {
    let number = view.previous()?.text("contract_number")?;
    (view.text(0)? != number).then(|| error(Code::Mismatch).with("previous.contract_number").says(&ANOTHER_CONTRACT))
}

fn not_verified(view: &View<'_, '_>) -> Option<Fault> {
    let status = view.previous()?.text("status")?;
    (status != "VERIFIED").then(|| error(Code::WrongStatus).allowed(&["VERIFIED"]).says(&NOT_VERIFIED))
}

fn suspended(view: &View<'_, '_>) -> Option<Fault> {
    view.previous()?
        .flag("is_suspended")?
        .then(|| error(Code::WrongStatus).allowed(&["is_suspended = false"]).says(&SUSPENDED))
}

fn flag_against_list(view: &View<'_, '_>) -> Option<Fault> {
    let some = view.count(1).unwrap_or_default() > 0;
    let words = if some { &NO_CONTRACTORS_BUT_SOME } else { &CONTRACTORS_BUT_NONE };
    (view.flag(0).unwrap_or_default() != some).then(|| error(Code::Mismatch).with("external_contractors").says(words))
}

static CAPITATION_RECORD: Record = Record::new(&CAPITATION_ROWS).checks(&CAPITATION_CHECKS).closed();
static REIMBURSEMENT_RECORD: Record = Record::new(&REIMBURSEMENT_ROWS).checks(&REIMBURSEMENT_CHECKS).closed();

/// `contract_request.capitation`: what is signed of a request about a capitation contract.
pub static CAPITATION: Payload = Payload::new(
    "contract_request.capitation",
    "contractRequestCapitation",
    [
        "Заявка НСЗУ на изменение договора: капитация",
        "Заява НСЗУ на внесення змін до договору: капітація",
        "Contract request by NHS: capitation",
    ],
    SOURCE,
    &CAPITATION_RECORD,
)
.ehealth();

/// `contract_request.reimbursement`: what is signed of a request about a reimbursement contract.
pub static REIMBURSEMENT: Payload = Payload::new(
    "contract_request.reimbursement",
    "contractRequestReimbursement",
    [
        "Заявка НСЗУ на изменение договора: реимбурсация",
        "Заява НСЗУ на внесення змін до договору: реімбурсація",
        "Contract request by NHS: reimbursement",
    ],
    SOURCE,
    &REIMBURSEMENT_RECORD,
)
.ehealth();

/// The rows by which a previous contract is read: those of both contents, and its own state.
#[rustfmt::skip]
const PREVIOUS_ROWS: [Field; 28] = fields(concat(CAPITATION_ROWS, [
    row(&REIMBURSEMENT_ROWS, "medical_program_id"),
    text("status", ["Статус договора", "Статус договору", "Status of the contract"]).rule("CTR-10"),
    boolean("is_suspended", ["Договор приостановлен", "Договір призупинено", "The contract is suspended"]).rule("CTR-11"),
]));
static PREVIOUS_RECORD: Record = Record::new(&PREVIOUS_ROWS);

/// The previous contract, as it is given as context; never a payload of its own.
pub(crate) static PREVIOUS: Payload = Payload::new(
    "contract",
    "contract",
    ["Предыдущий договор", "Попередній договір", "Previous contract"],
    SOURCE,
    &PREVIOUS_RECORD,
)
.ehealth();
