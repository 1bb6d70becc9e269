//! The field reference of a payload, for people who fill the form and know the document: field, label, type, when it is required, what
//! must hold, and the rule's id. In the language of the document. Text only; it is not part of the wasm.

use super::fields::{FieldInfo, fields, settled};
use crate::messages::pick;
use crate::options::{Locale, Options};
use crate::table::{Need, Operation, Payload, Words};

const COLUMNS: [Words; 6] = [
    ["Поле", "Поле", "Field"],
    ["Название", "Назва", "Label"],
    ["Тип", "Тип", "Type"],
    ["Обязательность", "Обов’язковість", "Required"],
    ["Условия и пояснения", "Умови та пояснення", "Conditions"],
    ["Правила", "Правила", "Rules"],
];
const SOURCE: Words = ["Раздел документа", "Розділ документа", "Section of the document"];
const ENDPOINT: Words = ["Куда отправляется", "Куди надсилається", "Sent to"];
const INBOUND: Words = ["Не отправляется, а принимается", "Не надсилається, а надходить", "Received, not sent"];
const NESTED: Words = [
    "Точка в имени поля ведёт внутрь группы, `[]` — в каждую строку списка. Обязательность вложенных полей относится к тем группам и строкам, которые заполнены.",
    "Крапка в імені поля веде всередину групи, `[]` — у кожен рядок списку. Обов’язковість вкладених полів стосується тих груп і рядків, які заповнено.",
    "A dot in a field's name leads into a group, `[]` into each row of a list. Nested fields are required in those groups and rows that are there.",
];
const ALWAYS: Words = ["да", "так", "yes"];
const NEVER: Words = ["нет", "ні", "no"];
const WHEN: Words = ["если", "якщо", "when"];
const RELEVANT: Words = ["Заполняется, если", "Заповнюється, якщо", "Relevant when"];
const VALUES: Words = ["Значения", "Значення", "Values"];
const AT_LEAST: Words = ["не меньше", "не менше", "at least"];
const MORE_THAN: Words = ["больше", "більше", "more than"];
const AT_MOST: Words = ["не больше", "не більше", "at most"];
const ROWS: Words = ["число строк: не меньше", "кількість рядків: не менше", "number of rows: at least"];
const PLACES: Words = ["знаков после запятой: не больше", "знаків після коми: не більше", "decimal places: at most"];
const USUALLY: Words = ["обычно", "зазвичай", "usually"];
const FROM: Words = ["от", "від", "from"];
const TO: Words = ["до", "до", "to"];
const EXPECTED: Words = ["обычно заполняется", "зазвичай заповнюється", "usually filled"];
const ONLY: Words = ["допустимо только", "дозволено лише", "only"];
const YES_NO: [Words; 2] = [["нет", "ні", "no"], ["да", "так", "yes"]];
const FORMATS: [(&str, Words); 9] = [
    ("url", ["адрес в интернете", "адреса в інтернеті", "web address"]),
    ("phone", ["телефон: 10–15 цифр", "телефон: 10–15 цифр", "phone number: 10–15 digits"]),
    ("email", ["адрес электронной почты", "адреса електронної пошти", "e-mail address"]),
    (
        "snils",
        ["СНИЛС с верным контрольным числом", "СНІЛС із правильним контрольним числом", "SNILS with its check number"],
    ),
    ("contract_number", ["вид 0000-AEHK-MPTX", "вигляд 0000-AEHK-MPTX", "written as 0000-AEHK-MPTX"]),
    (
        "name",
        [
            "без Ы, Ъ, Э, Ё и знаков @ % & $ ^ #",
            "без Ы, Ъ, Э, Ё та знаків @ % & $ ^ #",
            "without Ы, Ъ, Э, Ё and @ % & $ ^ #",
        ],
    ),
    ("mfo", ["шесть цифр", "шість цифр", "six digits"]),
    (
        "iban",
        [
            "номер счёта из цифр или украинский IBAN",
            "номер рахунку з цифр або український IBAN",
            "digits, or a Ukrainian IBAN",
        ],
    ),
    (
        "base64",
        [
            "подписанный документ в кодировке base64",
            "підписаний документ у кодуванні base64",
            "signed document in base64",
        ],
    ),
];
const KINDS: [(&str, Words); 10] = [
    ("text", ["текст", "текст", "text"]),
    ("number", ["число", "число", "number"]),
    ("integer", ["целое число", "ціле число", "whole number"]),
    ("money", ["сумма", "сума", "amount of money"]),
    ("boolean", ["да или нет", "так або ні", "yes or no"]),
    ("date", ["дата", "дата", "date"]),
    ("enum", ["значение из списка", "значення зі списку", "one of the listed values"]),
    ("uuid", ["идентификатор (UUID)", "ідентифікатор (UUID)", "identifier (UUID)"]),
    ("object", ["группа полей", "група полів", "group of fields"]),
    ("list", ["список", "список", "list"]),
];

/// The reference of a payload, as Markdown.
pub(super) fn reference(payload: &'static Payload) -> String {
    let locale = Locale::of(payload.system());
    let word = |words: &'static Words| pick(words, locale);
    let mut text = format!(
        "<!-- Generated from the payload tables by `cargo xtask generate`. -->\n\n# {}\n\n",
        cell(pick(payload.title(), locale))
    );
    text.push_str(&format!("`{}`\n\n", payload.name()));
    text.push_str(&format!("{}: «{}».\n", word(&SOURCE), payload.source()));
    match payload.endpoint() {
        Some(endpoint) if payload.outbound() => {
            text.push_str(&format!("{}: `{} {}`.\n", word(&ENDPOINT), endpoint.method, endpoint.path));
        }
        _ if !payload.outbound() => text.push_str(&format!("{}.\n", word(&INBOUND))),
        _ => {}
    }
    let heads: Vec<_> = COLUMNS.iter().map(word).collect();
    text.push_str(&format!("\n| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(COLUMNS.len())));
    let mut nested = false;
    for field in fields(payload, &Options::default()) {
        let row = [
            format!("`{}`", field.pointer.trim_start_matches('/').replace('/', ".").replace(".*", "[]")),
            cell(field.label),
            named(&KINDS, field.kind, locale).to_owned(),
            required(&field, payload.operation, locale),
            conditions(&field, locale),
            field.rules.join(", "),
        ];
        text.push_str(&format!("| {} |\n", row.join(" | ")));
        nested |= row.iter().take(1).any(|name| name.contains(['.', '[']));
    }
    if nested {
        text.push_str(&format!("\n{}\n", word(&NESTED)));
    }
    text
}

/// Whether the field is required, and when.
fn required(field: &FieldInfo, operation: Operation, locale: Locale) -> String {
    match (field.required, field.required_when) {
        ("always", _) => pick(&ALWAYS, locale).to_owned(),
        (_, Some(when)) => format!("{} {}", pick(&WHEN, locale), cell(when)),
        _ => {
            let never = pick(&NEVER, locale);
            let usually = pick(&EXPECTED, locale);
            match settled(field.row.expected, operation) {
                Need::Never => never.to_owned(),
                // The condition of relevance stands in the next column.
                Need::When(when) if field.relevant_when != Some(pick(&when.words, locale)) => {
                    format!("{never}; {usually}, {} {}", pick(&WHEN, locale), cell(pick(&when.words, locale)))
                }
                Need::When(_) | Need::Always => format!("{never}; {usually}"),
            }
        }
    }
}

/// Everything else that is to be known: relevance, bounds, formats, values, the hint.
fn conditions(field: &FieldInfo, locale: Locale) -> String {
    let word = |words: &'static Words| pick(words, locale);
    let mut parts = Vec::new();
    if let Some(when) = field.relevant_when.filter(|when| field.required_when != Some(when)) {
        parts.push(format!("{} {}", word(&RELEVANT), cell(when)));
    }
    let bounds = [(&AT_LEAST, field.min), (&MORE_THAN, field.exclusive_min), (&AT_MOST, field.max)];
    parts.extend(bounds.into_iter().filter_map(|(words, bound)| Some(format!("{} {}", word(words), bound?))));
    let soft = [(&FROM, field.row.soft_min), (&TO, field.row.soft_max)];
    let soft: Vec<_> =
        soft.into_iter().filter_map(|(words, bound)| Some(format!("{} {}", word(words), bound?))).collect();
    if !soft.is_empty() {
        parts.push(format!("{} {}", word(&USUALLY), soft.join(" ")));
    }
    parts.extend(field.decimal_places.map(|places| format!("{} {places}", word(&PLACES))));
    parts.extend(field.min_items.map(|items| format!("{} {items}", word(&ROWS))));
    parts.extend(field.format.map(|format| named(&FORMATS, format, locale).to_owned()));
    if let Some(only) = field.row.constant {
        let [no, yes] = &YES_NO;
        parts.push(format!("{}: {}", word(&ONLY), word(if only { yes } else { no })));
    }
    if let Some(options) = &field.options {
        let values: Vec<_> =
            options.iter().map(|option| format!("`{}` ({})", option.value, cell(&option.label))).collect();
        parts.push(format!("{}: {}", word(&VALUES), values.join(", ")));
    }
    let text = parts.join("; ");
    match field.hint {
        Some(hint) if text.is_empty() => cell(hint),
        Some(hint) => format!("{text}. {}", cell(hint)),
        None => text,
    }
}

fn named(words: &'static [(&'static str, Words)], name: &str, locale: Locale) -> &'static str {
    words.iter().find(|(other, _)| *other == name).map_or("", |(_, words)| pick(words, locale))
}

/// A text inside a table's cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
