//! Russian: one line per code. Sentences name the field by its label in the nominative, so that nothing has to be declined, and do
//! not repeat the label's noun.

use super::Template;
use crate::issue::Code;

pub(super) fn template(template: Template) -> &'static str {
    match template {
        Template::MoreThan => "{label}: значение должно быть больше {n}.",
        Template::ExpectedWhen => "Поле {label} обычно заполняют, если {when}.",
        Template::UnknownNotCounted => "В описании {system} нет поля {label}, оно не учитывается.{perhaps}",
        Template::UnknownNotAllowed => {
            "В описании {system} нет поля {label}.{perhaps} Исправьте название или удалите поле."
        }
        Template::WholeType => "Данные не похожи на эту форму. Загрузите их целиком или заполните форму.",
        Template::ItemRequired => "{label}: пустая строка. Заполните её или удалите.",
        Template::RefusedQuoted => "Данные не приняты: {reason} Ответ системы: {said}",
        Template::RefusedSaid => "Данные не приняты. Ответ системы: {said}",
        Template::Unknown => {
            "Неизвестно, приняты ли данные: ответа нет или он непонятен. Прежде чем отправлять снова, проверьте, есть ли запись."
        }
        Template::UnknownQuoted => {
            "Неизвестно, приняты ли данные. Ответ системы: {said} Прежде чем отправлять снова, проверьте, есть ли запись."
        }
        Template::Unanswered => "Ответа нет, или он непонятен. Повторите запрос позже.",
        Template::UnansweredQuoted => "Система не смогла ответить на запрос: {said} Повторите его позже.",
        Template::NotAmong => "{label}: такого значения нет в списке {name}.",
        Template::UsuallyAtLeast => "{label}: обычно не меньше {n}. Проверьте значение.",
        Template::UsuallyAtMost => "{label}: обычно не больше {n}. Проверьте значение.",
        Template::Answer => "{label}: выберите «Да» или «Нет».",
        Template::AnswerWhen => "{label}: выберите «Да» или «Нет» ({when}).",
        Template::Rows => "{label}: добавьте хотя бы одну строку.",
        Template::Group => "Заполните раздел {label}.",
        Template::NotCounted => "Поле {label} не учитывается: оно нужно, только если {when}.",
        Template::Named(code, name) => named(code, name),
        Template::Code(code) => match code {
            Code::Syntax => "Не удалось прочитать данные: ошибка в строке {line}, символ {column}.",
            Code::DuplicateKey => "Поле {label} указано дважды. Оставьте одно значение.",
            Code::TooDeep => "{label}: слишком много вложенных уровней (допускается не больше {n}).",
            Code::TooManyIssues => "Показаны не все замечания, ещё {n}. Исправьте показанные и проверьте снова.",
            Code::Type => "{label}: проверьте, как записано значение.",
            Code::Required => "Заполните поле {label}.",
            Code::RequiredWhen => "Заполните поле {label}: {when}.",
            Code::Expected => "Поле {label} не обязательно, но обычно его заполняют.",
            Code::NotRelevant => "Поле {label} не будет отправлено: оно нужно, только если {when}.",
            Code::UnknownField => "В описании {system} нет поля {label}, оно не будет отправлено.{perhaps}",
            Code::Enum => "{label}: выберите одно из значений — {allowed}.",
            Code::Integer => "{label}: введите целое число, без дробной части.",
            Code::UnsafeNumber => "{label}: в числе слишком много цифр, точно передать его нельзя.",
            Code::DecimalPlaces => "{label}: знаков после запятой может быть не больше {n}.",
            Code::TooSmall => "{label}: значение должно быть не меньше {n}.",
            Code::TooLarge => "{label}: значение должно быть не больше {n}.",
            Code::TooShort => "{label}: символов должно быть не меньше {n}.",
            Code::TooLong => "{label}: символов должно быть не больше {n}.",
            Code::TooFew => "{label}: строк должно быть не меньше {n}.",
            Code::TooMany => "{label}: строк должно быть не больше {n}.",
            Code::Date => "{label}: проверьте дату. Пример записи: 01.12.2026.",
            Code::Format => "{label}: значение записано неверно.",
            Code::Checksum => "{label}: контрольное число не сходится. Проверьте цифры.",
            Code::Duplicate => "{label}: такое значение уже есть в строке {n}.",
            Code::ExactlyOne => "{label}: отметьте {name} ровно в одной строке.",
            Code::DateOrder => "{label}: дата не должна быть раньше, чем в поле {name}.",
            Code::Exceeds => "{label}: значение не может быть больше, чем в поле {name}.",
            Code::Mismatch => "{label}: значение не согласуется с полем {name}.",
            Code::Inconsistent => "{label}: проверьте это поле вместе с полем {name}.",
            Code::UnknownReference => "{label}: такого значения нет в справочнике.",
            Code::StaleReference => "{label}: этот УМК больше не действует. Проверьте, нет ли нового.",
            Code::NotAllowedToChange => {
                "{label}: в действующем договоре это изменить нельзя. Верните прежнее значение."
            }
            Code::WrongStatus => "{label}: при нынешнем статусе это невозможно. Допустимый статус: {allowed}.",
            Code::OutOfPeriod => "{label}: дата должна быть не раньше {from} и не позже {to}.",
            Code::Refused => "Данные не приняты: {reason}",
            Code::Attached => "Проверьте это поле.",
            Code::Coerced => "{label}: запись распознана.",
            Code::Trimmed => "{label}: пробелы по краям не передаются.",
            Code::Renamed => "{label}: название поля в данных записано иначе, поле распознано.",
            Code::Unwrapped => "{label}: список из одной строки прочитан как сама строка.",
            Code::Wrapped => "{label}: единственная строка прочитана.",
            Code::Alias => "{label}: другое написание прочитано как значение из списка.",
        },
    }
}

const FORMAT: &[(&str, &str)] = &[
    ("unicode", "{label}: вместо букв стоят посторонние знаки. Вероятно, файл прочитан в неверной кодировке."),
    ("url", "{label}: начните с https:// или http://, например https://example.ru/programma"),
    ("phone", "{label}: нужно от 10 до 15 цифр, например +7 495 123-45-67."),
    ("email", "{label}: запишите так: name@example.ru"),
    ("snils", "{label}: должно быть 11 цифр."),
    ("uuid", "{label}: запишите так: 402c4e16-d18e-835a-851b-16c7b65c0950."),
    ("trimmed", "{label}: уберите пробелы по краям."),
    ("base64", "{label}: файл повреждён или вставлен не целиком. Вложите его ещё раз."),
    ("cms", "{label}: это не подписанный контейнер. Нужен контейнер с электронной подписью и одной заявкой внутри."),
    ("contract_number", "{label}: запишите так: 0000-AEHK-MPTX."),
    ("contract_number_legacy", "{label}: запись по старому образцу. Проверьте её."),
    ("iban", "{label}: нужны одни цифры или украинский IBAN (UA и 27 знаков)."),
    ("mfo", "{label}: должно быть шесть цифр."),
    (
        "name",
        "{label}: есть недопустимые символы (Ы, Ъ, Э, Ё, @, %, &, $, ^, #), перенос строки или недопустимый первый символ.",
    ),
];

const TYPE: &[(&str, &str)] = &[
    ("text", "{label}: впишите слова или цифры."),
    ("number", "{label}: введите число цифрами, например 36 или 36,5."),
    ("integer", "{label}: введите целое число одними цифрами."),
    ("money", "{label}: введите сумму цифрами, например 12 000,50."),
    ("boolean", "{label}: выберите «Да» или «Нет»."),
    ("date", "{label}: введите дату так: 01.12.2026."),
    ("enum", "{label}: выберите значение из списка."),
    ("uuid", "{label}: запишите так: 402c4e16-d18e-835a-851b-16c7b65c0950."),
    ("object", "{label}: заполните поля этого раздела."),
    ("list", "{label}: добавьте строки по одной."),
];

const COERCED: &[(&str, &str)] = &[
    ("text", "{label}: цифры приняты как они есть."),
    ("number", "{label}: запись распознана как число."),
    ("integer", "{label}: запись распознана как число."),
    ("money", "{label}: запись распознана как сумма."),
    ("boolean", "{label}: запись распознана как «Да» или «Нет»."),
    ("date", "{label}: запись распознана как дата."),
    ("uuid", "{label}: буквы заменены на строчные."),
    ("contract_number", "{label}: буквы заменены на латинские прописные, между ними поставлены дефисы."),
    ("iban", "{label}: буквы заменены на прописные, пробелы убраны."),
];

const DATE: &[(&str, &str)] = &[
    ("unreadable", "{label}: дата не распознана, введите её так: 01.12.2026."),
    ("no_such_day", "{label}: такой даты нет в календаре. Проверьте день и месяц."),
    ("year", "{label}: год должен быть от 1900 до 2100."),
];

fn named(code: Code, name: &str) -> &'static str {
    let (list, other) = match code {
        Code::Type => (TYPE, "{label}: проверьте, как записано значение."),
        Code::Coerced => (COERCED, "{label}: запись распознана."),
        Code::Date => (DATE, "{label}: проверьте дату. Пример записи: 01.12.2026."),
        _ => (FORMAT, "{label}: значение записано неверно."),
    };
    super::said(list, name).unwrap_or(other)
}

const STATUS: &[(&str, &str)] = &[("needs_revision", "«На доработке»"), ("approved", "«Утверждён»")];

/// A status as the Portal shows it.
pub(super) fn status(name: &str) -> Option<&'static str> {
    super::said(STATUS, name)
}

const REASON: &[(&str, &str)] = &[
    ("already_exists", "такая запись уже есть. Возможно, эти данные уже приняты ранее."),
    ("cycle_not_found", "цикл не найден."),
    ("not_found", "программа не найдена."),
    ("program_not_found", "программа не найдена."),
    ("unknown_program", "программа не найдена."),
    ("record_not_found", "запись не найдена."),
    ("unknown_request", "заявка не найдена."),
    ("incomplete_data", "переданы не все необходимые данные."),
    ("incorrect_data", "переданы неверные данные."),
    ("incorrect_pin", "неверный пин-код."),
    ("already_completed", "результаты уже были внесены."),
    ("unauthorized", "вход не выполнен или его срок истёк. Обратитесь к администратору."),
    ("access_denied", "доступ запрещён."),
    ("invalid_scopes", "у учётной записи нет нужных прав."),
    ("client_blocked", "учётная запись информационной системы заблокирована."),
    ("client_not_active", "учётная запись информационной системы не активна."),
    ("not_nhs", "это действие доступно только НСЗУ."),
    ("forbidden", "действие запрещено."),
    ("invalid_edrpou", "код ЕДРПОУ в подписи не совпадает с кодом организации."),
    ("conflict", "действие противоречит состоянию записи."),
    ("malformed", "запрос не удалось прочитать."),
    ("validation_failed", "значение не прошло проверку."),
    ("too_large", "данных больше, чем принимает система."),
    ("too_many_requests", "слишком много запросов подряд. Повторите через несколько минут."),
];

pub(super) fn reason(name: &str) -> &'static str {
    super::said(REASON, name).unwrap_or("причина не указана.")
}

/// Between words of our own and what a system said.
pub(super) const ANSWERED: &str = " Ответ системы: ";
