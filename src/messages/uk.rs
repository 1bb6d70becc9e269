//! Ukrainian: one line per code. Sentences name the field by its label in the nominative, so that nothing has to be declined, and
//! do not repeat the label's noun.

use super::Template;
use crate::issue::Code;

pub(super) fn template(template: Template) -> &'static str {
    match template {
        Template::MoreThan => "{label}: значення має бути більшим за {n}.",
        Template::ExpectedWhen => "Поле {label} зазвичай заповнюють, якщо {when}.",
        Template::UnknownNotCounted => "В описі {system} немає поля {label}, його не враховано.{perhaps}",
        Template::UnknownNotAllowed => {
            "В описі {system} немає поля {label}.{perhaps} Виправте назву або видаліть поле."
        }
        Template::WholeType => "Дані не схожі на цю форму. Завантажте їх повністю або заповніть форму.",
        Template::ItemRequired => "{label}: порожній рядок. Заповніть його або видаліть.",
        Template::RefusedQuoted => "Дані не прийнято: {reason} Відповідь системи: {said}",
        Template::RefusedSaid => "Дані не прийнято. Відповідь системи: {said}",
        Template::Unknown => {
            "Невідомо, чи прийнято дані: відповіді немає або вона незрозуміла. Перш ніж надсилати знову, перевірте, чи є запис."
        }
        Template::UnknownQuoted => {
            "Невідомо, чи прийнято дані. Відповідь системи: {said} Перш ніж надсилати знову, перевірте, чи є запис."
        }
        Template::Unanswered => "Відповіді немає, або вона незрозуміла. Повторіть запит пізніше.",
        Template::UnansweredQuoted => "Система не змогла відповісти на запит: {said} Повторіть його пізніше.",
        Template::NotAmong => "{label}: такого значення немає у списку {name}.",
        Template::UsuallyAtLeast => "{label}: зазвичай не менше {n}. Перевірте значення.",
        Template::UsuallyAtMost => "{label}: зазвичай не більше {n}. Перевірте значення.",
        Template::Answer => "{label}: виберіть «Так» або «Ні».",
        Template::AnswerWhen => "{label}: виберіть «Так» або «Ні» ({when}).",
        Template::Rows => "{label}: додайте хоча б один рядок.",
        Template::Group => "Заповніть розділ {label}.",
        Template::NotCounted => "Поле {label} не враховано: воно потрібне, лише якщо {when}.",
        Template::Named(code, name) => named(code, name),
        Template::Code(code) => match code {
            Code::Syntax => "Не вдалося прочитати дані: помилка в рядку {line}, символ {column}.",
            Code::DuplicateKey => "Поле {label} зазначено двічі. Залиште одне значення.",
            Code::TooDeep => "{label}: забагато вкладених рівнів (дозволено не більше {n}).",
            Code::TooManyIssues => "Показано не всі зауваження, ще {n}. Виправте показані та перевірте знову.",
            Code::Type => "{label}: перевірте, як записано значення.",
            Code::Required => "Заповніть поле {label}.",
            Code::RequiredWhen => "Заповніть поле {label}: {when}.",
            Code::Expected => "Поле {label} не обов’язкове, але зазвичай його заповнюють.",
            Code::NotRelevant => "Поле {label} не буде надіслано: воно потрібне, лише якщо {when}.",
            Code::UnknownField => "В описі {system} немає поля {label}, його не буде надіслано.{perhaps}",
            Code::Enum => "{label}: виберіть одне зі значень — {allowed}.",
            Code::Integer => "{label}: введіть ціле число, без дробової частини.",
            Code::UnsafeNumber => "{label}: у числі забагато цифр, точно передати його не можна.",
            Code::DecimalPlaces => "{label}: знаків після коми може бути не більше {n}.",
            Code::TooSmall => "{label}: значення має бути не менше {n}.",
            Code::TooLarge => "{label}: значення має бути не більше {n}.",
            Code::TooShort => "{label}: символів має бути не менше {n}.",
            Code::TooLong => "{label}: символів має бути не більше {n}.",
            Code::TooFew => "{label}: рядків має бути не менше {n}.",
            Code::TooMany => "{label}: рядків має бути не більше {n}.",
            Code::Date => "{label}: перевірте дату. Приклад запису: 01.12.2026.",
            Code::Format => "{label}: значення записано неправильно.",
            Code::Checksum => "{label}: контрольне число не сходиться. Перевірте цифри.",
            Code::Duplicate => "{label}: таке значення вже є в рядку {n}.",
            Code::ExactlyOne => "{label}: позначте {name} рівно в одному рядку.",
            Code::DateOrder => "{label}: дата не має бути раніше, ніж у полі {name}.",
            Code::Exceeds => "{label}: значення не може бути більшим, ніж у полі {name}.",
            Code::Mismatch => "{label}: значення не узгоджується з полем {name}.",
            Code::Inconsistent => "{label}: перевірте це поле разом із полем {name}.",
            Code::UnknownReference => "{label}: такого значення немає в довіднику.",
            Code::StaleReference => "{label}: цей УМК уже не чинний. Перевірте, чи немає нового.",
            Code::NotAllowedToChange => {
                "{label}: у чинному договорі це змінити не можна. Поверніть попереднє значення."
            }
            Code::WrongStatus => "{label}: за поточного статусу це неможливо. Допустимий статус: {allowed}.",
            Code::OutOfPeriod => "{label}: дата має бути не раніше {from} і не пізніше {to}.",
            Code::Refused => "Дані не прийнято: {reason}",
            Code::Attached => "Перевірте це поле.",
            Code::Coerced => "{label}: запис розпізнано.",
            Code::Trimmed => "{label}: пробіли по краях не передаються.",
            Code::Renamed => "{label}: назву поля в даних записано інакше, поле розпізнано.",
            Code::Unwrapped => "{label}: список з одного рядка прочитано як сам рядок.",
            Code::Wrapped => "{label}: єдиний рядок прочитано.",
            Code::Alias => "{label}: інше написання прочитано як значення зі списку.",
        },
    }
}

const FORMAT: &[(&str, &str)] = &[
    ("unicode", "{label}: замість літер стоять сторонні знаки. Імовірно, файл прочитано в неправильному кодуванні."),
    ("url", "{label}: почніть із https:// або http://, наприклад https://example.com.ua/programa"),
    ("phone", "{label}: потрібно від 10 до 15 цифр, наприклад +380 44 123-45-67."),
    ("email", "{label}: запишіть так: name@example.com.ua"),
    ("snils", "{label}: має бути 11 цифр."),
    ("uuid", "{label}: запишіть так: 09106b70-18b0-4726-b0ed-6bda1369fd52."),
    ("trimmed", "{label}: приберіть пробіли по краях."),
    ("base64", "{label}: файл пошкоджено або вставлено не повністю. Вкладіть його ще раз."),
    (
        "cms",
        "{label}: це не підписаний контейнер. Потрібен контейнер з електронним підписом і однією заявою всередині.",
    ),
    ("contract_number", "{label}: запишіть так: 0000-AEHK-MPTX."),
    ("contract_number_legacy", "{label}: запис за старим зразком. Перевірте його."),
    ("iban", "{label}: потрібні лише цифри або український IBAN (UA та 27 знаків)."),
    ("mfo", "{label}: має бути шість цифр."),
    (
        "name",
        "{label}: є неприпустимі символи (Ы, Ъ, Э, Ё, @, %, &, $, ^, #), перенесення рядка або неприпустимий перший символ.",
    ),
];

const TYPE: &[(&str, &str)] = &[
    ("text", "{label}: впишіть слова або цифри."),
    ("number", "{label}: введіть число цифрами, наприклад 36 або 36,5."),
    ("integer", "{label}: введіть ціле число лише цифрами."),
    ("money", "{label}: введіть суму цифрами, наприклад 12 000,50."),
    ("boolean", "{label}: виберіть «Так» або «Ні»."),
    ("date", "{label}: введіть дату так: 01.12.2026."),
    ("enum", "{label}: виберіть значення зі списку."),
    ("uuid", "{label}: запишіть так: 09106b70-18b0-4726-b0ed-6bda1369fd52."),
    ("object", "{label}: заповніть поля цього розділу."),
    ("list", "{label}: додайте рядки по одному."),
];

const COERCED: &[(&str, &str)] = &[
    ("text", "{label}: цифри прийнято як вони є."),
    ("number", "{label}: запис розпізнано як число."),
    ("integer", "{label}: запис розпізнано як число."),
    ("money", "{label}: запис розпізнано як суму."),
    ("boolean", "{label}: запис розпізнано як «Так» або «Ні»."),
    ("date", "{label}: запис розпізнано як дату."),
    ("uuid", "{label}: літери замінено на малі."),
    ("contract_number", "{label}: літери замінено на латинські великі, між ними поставлено дефіси."),
    ("iban", "{label}: літери замінено на великі, пробіли прибрано."),
];

const DATE: &[(&str, &str)] = &[
    ("unreadable", "{label}: дату не розпізнано, введіть її так: 01.12.2026."),
    ("no_such_day", "{label}: такої дати немає в календарі. Перевірте день і місяць."),
    ("year", "{label}: рік має бути від 1900 до 2100."),
];

fn named(code: Code, name: &str) -> &'static str {
    let (list, other) = match code {
        Code::Type => (TYPE, "{label}: перевірте, як записано значення."),
        Code::Coerced => (COERCED, "{label}: запис розпізнано."),
        Code::Date => (DATE, "{label}: перевірте дату. Приклад запису: 01.12.2026."),
        _ => (FORMAT, "{label}: значення записано неправильно."),
    };
    super::said(list, name).unwrap_or(other)
}

const STATUS: &[(&str, &str)] =
    &[("needs_revision", "«На доопрацюванні» (На доработке)"), ("approved", "«Затверджено» (Утвержден)")];

/// A status as the Portal shows it.
pub(super) fn status(name: &str) -> Option<&'static str> {
    super::said(STATUS, name)
}

const REASON: &[(&str, &str)] = &[
    ("already_exists", "такий запис уже є. Можливо, ці дані вже прийнято раніше."),
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
    ("too_large", "даних більше, ніж приймає система."),
    ("too_many_requests", "забагато запитів поспіль. Повторіть за кілька хвилин."),
];

pub(super) fn reason(name: &str) -> &'static str {
    super::said(REASON, name).unwrap_or("причину не зазначено.")
}

/// Between words of our own and what a system said.
pub(super) const ANSWERED: &str = " Відповідь системи: ";
