//! Ukrainian: one line per code. Sentences name the field by its label in the nominative, so that nothing has to be declined.

use super::Template;
use crate::issue::Code;

pub(super) fn template(template: Template) -> &'static str {
    match template {
        Template::MoreThan => "{label}: значення має бути більшим за {n}.",
        Template::ExpectedWhen => "Поле {label} зазвичай заповнюють, якщо {when}.",
        Template::UnknownSuggested => {
            "Поля {label} немає в документі, його не враховано. Можливо, малося на увазі поле {name}."
        }
        Template::WholeType => "Дані не схожі на цю форму. Завантажте їх повністю або заповніть форму.",
        Template::ItemRequired => "{label}: порожній рядок. Заповніть його або видаліть.",
        Template::RefusedQuoted => "Дані не прийнято: {reason} Відповідь системи: «{quote}».",
        Template::NotAmong => "{label}: такого значення немає серед значень поля {name}.",
        Template::UsuallyAtLeast => "{label}: зазвичай не менше {n}. Перевірте значення.",
        Template::UsuallyAtMost => "{label}: зазвичай не більше {n}. Перевірте значення.",
        Template::Answer => "Зазначте «так» або «ні» в полі {label}.",
        Template::AnswerWhen => "Зазначте «так» або «ні» в полі {label}: {when}.",
        Template::NotCounted => "Поле {label} не враховано: воно потрібне, лише якщо {when}.",
        Template::Named(Code::Checksum, name) => checksum(name),
        Template::Named(Code::Date, reason) => date(reason),
        Template::Named(_, name) => format(name),
        Template::Code(code) => match code {
            Code::Syntax => "Не вдалося прочитати дані: помилка в рядку {line}, символ {column}.",
            Code::DuplicateKey => "Поле {label} зазначено двічі. Залиште одне значення.",
            Code::TooDeep => "{label}: забагато вкладених рівнів (дозволено не більше {n}).",
            Code::Type => "{label}: очікується {kind}.",
            Code::Required => "Заповніть поле {label}.",
            Code::RequiredWhen => "Заповніть поле {label}: {when}.",
            Code::Expected => "Поле {label} не обов’язкове, але зазвичай його заповнюють.",
            Code::NotRelevant => "Поле {label} не буде надіслано: воно потрібне, лише якщо {when}.",
            Code::UnknownField => "Поля {label} немає в документі, його не враховано.",
            Code::Enum => "{label}: виберіть одне зі значень — {allowed}.",
            Code::Integer => "{label}: потрібне ціле число.",
            Code::UnsafeNumber => "{label}: число завелике, передати його точно не можна.",
            Code::DecimalPlaces => "{label}: знаків після коми може бути не більше {n}.",
            Code::TooSmall => "{label}: значення має бути не менше {n}.",
            Code::TooLarge => "{label}: значення має бути не більше {n}.",
            Code::TooShort => "{label}: символів має бути не менше {n}.",
            Code::TooLong => "{label}: символів має бути не більше {n}.",
            Code::TooFew => "{label}: записів має бути не менше {n}.",
            Code::TooMany => "{label}: записів має бути не більше {n}.",
            Code::Date => "{label}: такої дати немає. Зазначте день, місяць і рік (1900–2100).",
            Code::Format => "{label}: значення записано неправильно.",
            Code::Checksum => "{label}: контрольне число не сходиться. Перевірте цифри.",
            Code::Duplicate => "{label}: таке значення вже є в записі № {n}.",
            Code::ExactlyOne => "{label}: позначка {name} має стояти рівно в одного запису.",
            Code::DateOrder => "{label}: дата не узгоджується з полем {name}. Перевірте порядок дат.",
            Code::Exceeds => "{label}: частина не може бути більшою за ціле ({name}).",
            Code::Mismatch => "{label}: значення не узгоджується з полем {name}.",
            Code::Inconsistent => "{label}: перевірте значення, воно погано поєднується з полем {name}.",
            Code::UnknownReference => "{label}: такого значення немає в довіднику.",
            Code::StaleReference => "{label}: цей навчально-методичний комплекс уже не актуальний.",
            Code::NotAllowedToChange => "{label}: це поле договору змінювати не можна.",
            Code::WrongStatus => "{label}: за поточного статусу це неможливо. Допустимий статус: {allowed}.",
            Code::OutOfPeriod => "{label}: дата має бути в межах {from}–{to}.",
            Code::Refused => "Дані не прийнято: {reason}",
            Code::Coerced => "{label}: значення записано в іншому вигляді та прочитано як {kind}.",
            Code::Trimmed => "{label}: пробіли по краях не передаються.",
            Code::Renamed => "{label}: назву поля в даних записано інакше, поле розпізнано.",
            Code::Unwrapped => "{label}: список з одного запису прочитано як сам запис.",
            Code::Wrapped => "{label}: один запис прочитано як список з одного запису.",
            Code::Alias => "{label}: інше написання прочитано як значення зі списку.",
        },
    }
}

const CHECKSUM: &[(&str, &str)] = &[
    ("snils", "{label}: контрольне число СНІЛС не сходиться. Перевірте цифри."),
    ("iban", "{label}: контрольне число IBAN не сходиться. Перевірте цифри."),
];

fn checksum(name: &str) -> &'static str {
    super::said(CHECKSUM, name).unwrap_or("{label}: контрольне число не сходиться. Перевірте цифри.")
}

const DATE: &[(&str, &str)] = &[
    ("unreadable", "{label}: дату не розпізнано, введіть її так: 01.12.2026."),
    ("no_such_day", "{label}: такої дати немає в календарі. Перевірте день і місяць."),
    ("year", "{label}: рік має бути від 1900 до 2100."),
];

fn date(reason: &str) -> &'static str {
    super::said(DATE, reason).unwrap_or("{label}: дату не розпізнано, введіть її так: 01.12.2026.")
}

const FORMAT: &[(&str, &str)] = &[
    ("url", "{label}: це не схоже на адресу сайту. Приклад: https://example.com.ua/programa"),
    ("phone", "{label}: це не схоже на номер телефону. Потрібно від 10 до 15 цифр."),
    ("email", "{label}: це не схоже на адресу електронної пошти."),
    ("snils", "{label}: у СНІЛС має бути 11 цифр."),
    ("uuid", "{label}: це не схоже на ідентифікатор виду 09106b70-18b0-4726-b0ed-6bda1369fd52."),
    ("trimmed", "{label}: приберіть пробіли по краях."),
    ("base64", "{label}: вміст не є текстом у кодуванні base64."),
    (
        "cms",
        "{label}: це не підписаний контейнер. Потрібен контейнер з електронним підписом і одним документом усередині.",
    ),
    ("contract_number", "{label}: номер договору записується у вигляді 0000-AEHK-MPTX."),
    ("contract_number_legacy", "{label}: номер договору записано за старим зразком. Перевірте його."),
    ("iban", "{label}: потрібен номер рахунку з цифр або український IBAN (UA та 27 знаків без пробілів)."),
    ("mfo", "{label}: у коді банку (МФО) має бути шість цифр."),
    (
        "name",
        "{label}: є неприпустимі символи (Ы, Ъ, Э, Ё, @, %, &, $, ^, #), перенесення рядка або неприпустимий перший символ.",
    ),
];

fn format(name: &str) -> &'static str {
    super::said(FORMAT, name).unwrap_or("{label}: значення записано неправильно.")
}

const KIND: &[(&str, &str)] = &[
    ("text", "текст"),
    ("number", "число"),
    ("integer", "ціле число"),
    ("money", "сума"),
    ("boolean", "значення «так» або «ні»"),
    ("date", "дата"),
    ("enum", "одне зі значень списку"),
    ("uuid", "ідентифікатор"),
    ("object", "група полів"),
    ("list", "список"),
];

pub(super) fn kind(name: &str) -> &'static str {
    super::said(KIND, name).unwrap_or("інше значення")
}

const STATUS: &[(&str, &str)] =
    &[("needs_revision", "«На доопрацюванні» (На доработке)"), ("approved", "«Затверджено» (Утвержден)")];

/// A status as the Portal shows it.
pub(super) fn status(name: &str) -> Option<&'static str> {
    super::said(STATUS, name)
}

const REASON: &[(&str, &str)] = &[
    ("already_exists", "такий запис уже додано."),
    ("cycle_not_found", "цикл не знайдено."),
    ("not_found", "програму не знайдено."),
    ("program_not_found", "програму не знайдено."),
    ("unknown_program", "програму не знайдено."),
    ("record_not_found", "запис не знайдено."),
    ("unknown_request", "заявку не знайдено."),
    ("incomplete_data", "передано не всі потрібні дані."),
    ("incorrect_data", "передано неправильні дані."),
    ("incorrect_pin", "неправильний пін-код."),
    ("already_completed", "результати вже було внесено."),
    ("unauthorized", "вхід не виконано або його строк минув. Зверніться до адміністратора."),
    ("access_denied", "доступ заборонено."),
    ("invalid_scopes", "обліковий запис не має потрібних прав."),
    ("client_blocked", "обліковий запис інформаційної системи заблоковано."),
    ("client_not_active", "обліковий запис інформаційної системи не активний."),
    ("not_nhs", "ця дія доступна лише НСЗУ."),
    ("forbidden", "дію заборонено."),
    ("invalid_edrpou", "код ЄДРПОУ в підписі не збігається з кодом організації."),
    ("conflict", "дія суперечить стану запису."),
    ("malformed", "запит не вдалося прочитати."),
    ("validation_failed", "значення не пройшло перевірку."),
    (
        "unavailable",
        "система не відповіла або відповіла незрозуміло. Введені дані збережено, повторіть спробу пізніше.",
    ),
    ("upstream_error", "у системі сталася помилка. Введені дані збережено, повторіть спробу пізніше."),
];

pub(super) fn reason(name: &str) -> &'static str {
    super::said(REASON, name).unwrap_or("причину не зазначено.")
}
