//! Russian: one line per code. Sentences name the field by its label in the nominative, so that nothing has to be declined.

use super::Template;
use crate::issue::Code;

pub(super) fn template(template: Template) -> &'static str {
    match template {
        Template::MoreThan => "{label}: значение должно быть больше {n}.",
        Template::ExpectedWhen => "Поле {label} обычно заполняют, если {when}.",
        Template::UnknownSuggested => {
            "Поля {label} нет в документе, оно не учитывается. Возможно, имелось в виду поле {name}."
        }
        Template::WholeType => "Данные не похожи на эту форму. Загрузите их целиком или заполните форму.",
        Template::ItemRequired => "{label}: пустая строка. Заполните её или удалите.",
        Template::RefusedQuoted => "Данные не приняты: {reason} Ответ системы: «{quote}».",
        Template::NotAmong => "{label}: такого значения нет среди значений поля {name}.",
        Template::UsuallyAtLeast => "{label}: обычно не меньше {n}. Проверьте значение.",
        Template::UsuallyAtMost => "{label}: обычно не больше {n}. Проверьте значение.",
        Template::Answer => "Укажите «да» или «нет» в поле {label}.",
        Template::AnswerWhen => "Укажите «да» или «нет» в поле {label}: {when}.",
        Template::NotCounted => "Поле {label} не учитывается: оно нужно, только если {when}.",
        Template::Named(Code::Checksum, name) => checksum(name),
        Template::Named(Code::Date, reason) => date(reason),
        Template::Named(_, name) => format(name),
        Template::Code(code) => match code {
            Code::Syntax => "Не удалось прочитать данные: ошибка в строке {line}, символ {column}.",
            Code::DuplicateKey => "Поле {label} указано дважды. Оставьте одно значение.",
            Code::TooDeep => "{label}: слишком много вложенных уровней (допускается не больше {n}).",
            Code::Type => "{label}: ожидается {kind}.",
            Code::Required => "Заполните поле {label}.",
            Code::RequiredWhen => "Заполните поле {label}: {when}.",
            Code::Expected => "Поле {label} не обязательно, но обычно его заполняют.",
            Code::NotRelevant => "Поле {label} не будет отправлено: оно нужно, только если {when}.",
            Code::UnknownField => "Поля {label} нет в документе, оно не учитывается.",
            Code::Enum => "{label}: выберите одно из значений — {allowed}.",
            Code::Integer => "{label}: нужно целое число.",
            Code::UnsafeNumber => "{label}: число слишком большое, передать его точно нельзя.",
            Code::DecimalPlaces => "{label}: знаков после запятой может быть не больше {n}.",
            Code::TooSmall => "{label}: значение должно быть не меньше {n}.",
            Code::TooLarge => "{label}: значение должно быть не больше {n}.",
            Code::TooShort => "{label}: символов должно быть не меньше {n}.",
            Code::TooLong => "{label}: символов должно быть не больше {n}.",
            Code::TooFew => "{label}: записей должно быть не меньше {n}.",
            Code::TooMany => "{label}: записей должно быть не больше {n}.",
            Code::Date => "{label}: такой даты нет. Укажите день, месяц и год (1900–2100).",
            Code::Format => "{label}: значение записано неверно.",
            Code::Checksum => "{label}: контрольное число не сходится. Проверьте цифры.",
            Code::Duplicate => "{label}: такое значение уже есть в записи № {n}.",
            Code::ExactlyOne => "{label}: отметка {name} должна стоять ровно у одной записи.",
            Code::DateOrder => "{label}: дата не согласуется с полем {name}. Проверьте порядок дат.",
            Code::Exceeds => "{label}: часть не может быть больше целого ({name}).",
            Code::Mismatch => "{label}: значение не согласуется с полем {name}.",
            Code::Inconsistent => "{label}: проверьте значение, оно плохо сочетается с полем {name}.",
            Code::UnknownReference => "{label}: такого значения нет в справочнике.",
            Code::StaleReference => "{label}: этот УМК больше не актуален.",
            Code::NotAllowedToChange => "{label}: это поле договора менять нельзя.",
            Code::WrongStatus => "{label}: при нынешнем статусе это невозможно. Допустимый статус: {allowed}.",
            Code::OutOfPeriod => "{label}: дата должна быть в пределах {from}–{to}.",
            Code::Refused => "Данные не приняты: {reason}",
            Code::Coerced => "{label}: значение записано в другом виде и прочитано как {kind}.",
            Code::Trimmed => "{label}: пробелы по краям не передаются.",
            Code::Renamed => "{label}: название поля в данных записано иначе, поле распознано.",
            Code::Unwrapped => "{label}: список из одной записи прочитан как сама запись.",
            Code::Wrapped => "{label}: одна запись прочитана как список из одной записи.",
            Code::Alias => "{label}: другое написание прочитано как значение из списка.",
        },
    }
}

const CHECKSUM: &[(&str, &str)] = &[
    ("snils", "{label}: контрольное число СНИЛС не сходится. Проверьте цифры."),
    ("iban", "{label}: контрольное число IBAN не сходится. Проверьте цифры."),
];

fn checksum(name: &str) -> &'static str {
    super::said(CHECKSUM, name).unwrap_or("{label}: контрольное число не сходится. Проверьте цифры.")
}

const DATE: &[(&str, &str)] = &[
    ("unreadable", "{label}: дата не распознана, введите её так: 01.12.2026."),
    ("no_such_day", "{label}: такой даты нет в календаре. Проверьте день и месяц."),
    ("year", "{label}: год должен быть от 1900 до 2100."),
];

fn date(reason: &str) -> &'static str {
    super::said(DATE, reason).unwrap_or("{label}: дата не распознана, введите её так: 01.12.2026.")
}

const FORMAT: &[(&str, &str)] = &[
    ("url", "{label}: это не похоже на адрес сайта. Пример: https://example.ru/programma"),
    ("phone", "{label}: это не похоже на номер телефона. Нужно от 10 до 15 цифр."),
    ("email", "{label}: это не похоже на адрес электронной почты."),
    ("snils", "{label}: в СНИЛС должно быть 11 цифр."),
    ("uuid", "{label}: это не похоже на идентификатор вида 402c4e16-d18e-835a-851b-16c7b65c0950."),
    ("trimmed", "{label}: уберите пробелы по краям."),
    ("base64", "{label}: содержимое не является текстом в кодировке base64."),
    ("cms", "{label}: это не подписанный контейнер. Нужен контейнер с электронной подписью и одним документом внутри."),
    ("contract_number", "{label}: номер договора записывается в виде 0000-AEHK-MPTX."),
    ("contract_number_legacy", "{label}: номер договора записан по старому образцу. Проверьте его."),
    ("iban", "{label}: нужен номер счёта из цифр или украинский IBAN (UA и 27 знаков без пробелов)."),
    ("mfo", "{label}: в коде банка (МФО) должно быть шесть цифр."),
    (
        "name",
        "{label}: есть недопустимые символы (Ы, Ъ, Э, Ё, @, %, &, $, ^, #), перенос строки или недопустимый первый символ.",
    ),
];

fn format(name: &str) -> &'static str {
    super::said(FORMAT, name).unwrap_or("{label}: значение записано неверно.")
}

const KIND: &[(&str, &str)] = &[
    ("text", "текст"),
    ("number", "число"),
    ("integer", "целое число"),
    ("money", "сумма в рублях"),
    ("boolean", "значение «да» или «нет»"),
    ("date", "дата"),
    ("enum", "одно из значений списка"),
    ("uuid", "идентификатор"),
    ("object", "группа полей"),
    ("list", "список"),
];

pub(super) fn kind(name: &str) -> &'static str {
    super::said(KIND, name).unwrap_or("другое значение")
}

const STATUS: &[(&str, &str)] = &[("needs_revision", "«На доработке»"), ("approved", "«Утверждён»")];

/// A status as the Portal shows it.
pub(super) fn status(name: &str) -> Option<&'static str> {
    super::said(STATUS, name)
}

const REASON: &[(&str, &str)] = &[
    ("already_exists", "такая запись уже добавлена."),
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
    ("unavailable", "система не ответила или ответила непонятно. Введённые данные сохранены, повторите попытку позже."),
    ("upstream_error", "в системе произошла ошибка. Введённые данные сохранены, повторите попытку позже."),
];

pub(super) fn reason(name: &str) -> &'static str {
    super::said(REASON, name).unwrap_or("причина не указана.")
}
