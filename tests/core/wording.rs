//! What messages say: of each kind of sentence one in Russian and one in Ukrainian, and what no sentence of any payload may do, which
//! is to repeat the noun of its field's label, to speak of the document, or to name `true` and `false`.

#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use crate::support::table;
use portform::export::fields::fields;
use portform::issue::Code;
use portform::{Issue, Locale, Options, check_json, payloads};
use serde_json::{Value, json};

fn issues(name: &str, value: &Value) -> Vec<Issue> {
    check_json(table(name), value.to_string().as_bytes(), &Options::default()).issues()
}

/// What is said at the pointer under the rule, in Russian and in Ukrainian.
#[track_caller]
fn said(name: &str, value: &Value, pointer: &str, rule: &str) -> [String; 2] {
    let found = issues(name, value);
    let issue = found.iter().find(|issue| issue.pointer() == pointer && issue.rule == rule);
    let issue = issue.unwrap_or_else(|| panic!("{rule} at {pointer} of {value}"));
    [issue.message(Locale::Ru), issue.message(Locale::Uk)]
}

#[test]
fn what_cannot_be_read_is_asked_for_as_it_is_taken() {
    for (name, value, pointer, rule, ru, uk) in [
        (
            "cycle.create",
            json!({ "is_paid": true, "price": "12 000 рублей" }),
            "/price",
            "CYC-09",
            "«Стоимость обучения, руб.»: введите сумму цифрами, например 12 000,50.",
            "«Вартість навчання, руб.»: введіть суму цифрами, наприклад 12 000,50.",
        ),
        (
            "programme.create",
            json!({ "development_year": "2026 г." }),
            "/development_year",
            "PRG-04",
            "«Год разработки»: введите целое число одними цифрами.",
            "«Рік розроблення»: введіть ціле число лише цифрами.",
        ),
        (
            "programme.create",
            json!({ "volume_zet_total": "тридцать" }),
            "/volume_zet_total",
            "PRG-05",
            "«Трудоёмкость, ЗЕТ»: введите число цифрами, например 36 или 36,5.",
            "«Трудомісткість, ЗЕТ»: введіть число цифрами, наприклад 36 або 36,5.",
        ),
        (
            "cycle.create",
            json!({ "is_outbound": "наверное" }),
            "/is_outbound",
            "CYC-16",
            "«Выездной цикл»: выберите «Да» или «Нет».",
            "«Виїзний цикл»: виберіть «Так» або «Ні».",
        ),
        (
            "cycle.create",
            json!({ "begin_date": "1 декабря 2026" }),
            "/begin_date",
            "CYC-03",
            "«Дата начала цикла»: дата не распознана, введите её так: 01.12.2026.",
            "«Дата початку циклу»: дату не розпізнано, введіть її так: 01.12.2026.",
        ),
        (
            "cycle.create",
            json!({ "begin_date": "31.11.2026" }),
            "/begin_date",
            "CYC-03",
            "«Дата начала цикла»: такой даты нет в календаре. Проверьте день и месяц.",
            "«Дата початку циклу»: такої дати немає в календарі. Перевірте день і місяць.",
        ),
        (
            "contract_request.capitation",
            json!({ "contractor_payment_details": { "MFO": "12" } }),
            "/contractor_payment_details/MFO",
            "CTR-20",
            "«Код банка (МФО)»: должно быть шесть цифр.",
            "«Код банку (МФО)»: має бути шість цифр.",
        ),
        (
            "contract_request.capitation",
            json!({ "contract_number": "12" }),
            "/contract_number",
            "CTR-08",
            "«Номер договора»: запишите так: 0000-AEHK-MPTX.",
            "«Номер договору»: запишіть так: 0000-AEHK-MPTX.",
        ),
        (
            "contract_request.capitation",
            json!({ "contractor_signed": true }),
            "/contractor_signed",
            "CTR-05",
            "На этом этапе договор ещё не подписан: выберите «Нет».",
            "На цьому етапі договір ще не підписано: виберіть «Ні».",
        ),
    ] {
        assert_eq!(said(name, &value, pointer, rule), [ru, uk]);
    }
}

#[test]
fn what_is_odd_is_said_and_not_that_something_is() {
    let result = |marks: Value| json!({ "cycle_id": "1", "results": [marks] });
    for (name, value, pointer, rule, ru, uk) in [
        (
            "results.bulk_update",
            result(json!({ "attended": false, "result_status": "failed" })),
            "/results/0/attended",
            "RES-12",
            "Отмечено, что занятия не посещались, но указан результат обучения. Проверьте.",
            "Позначено, що занять не відвідували, але зазначено результат навчання. Перевірте.",
        ),
        (
            "results.bulk_update",
            result(json!({ "test_mark": 2, "result_status": "succeed" })),
            "/results/0/test_mark",
            "RES-13",
            "Оценка ниже 3 при результате «Прошёл обучение». Проверьте.",
            "Оцінка нижче 3 за результату «Пройшов навчання». Перевірте.",
        ),
        (
            "results.bulk_update",
            result(json!({ "test_mark": 3, "result_status": "failed" })),
            "/results/0/test_mark",
            "RES-13",
            "Оценка 3 и выше при результате «Не прошёл обучение». Проверьте.",
            "Оцінка 3 і вище за результату «Не пройшов навчання». Перевірте.",
        ),
        (
            "results.bulk_update",
            result(json!({ "result_status": "failed" })),
            "/results/0/test_mark",
            "RES-08",
            "Заполните поле «Оценка итогового тестирования»: результат — «Прошёл обучение» или «Не прошёл обучение».",
            "Заповніть поле «Оцінка підсумкового тестування»: результат — «Пройшов навчання» або «Не пройшов навчання».",
        ),
        (
            "results.bulk_update",
            json!({ "results": [{ "request_number": "7" }, { "request_number": "7" }] }),
            "/results/1/request_number",
            "RES-11",
            "«Номер заявки»: эта заявка уже есть в строке 1.",
            "«Номер заявки»: ця заявка вже є в рядку 1.",
        ),
        (
            "cycle.create",
            json!({ "is_budget": true, "has_budget_places": false, "budget_places": 4 }),
            "/budget_places",
            "CYC-12",
            "Отмечено, что мест нет, но их количество больше нуля. Проверьте.",
            "Позначено, що місць немає, але їх кількість більша за нуль. Перевірте.",
        ),
        (
            "cycle.create",
            json!({ "is_paid": true, "has_paid_places": true, "paid_places": 0 }),
            "/paid_places",
            "CYC-14",
            "Отмечено, что места есть, но их количество — ноль. Проверьте.",
            "Позначено, що місця є, але їх кількість — нуль. Перевірте.",
        ),
        (
            "programme.create",
            json!({ "volume_zet_total": 36, "volume_zet_extramural": 40 }),
            "/volume_zet_extramural",
            "PRG-06",
            "«Объём заочной части, ЗЕТ»: не может быть больше общей трудоёмкости.",
            "«Обсяг заочної частини, ЗЕТ»: не може бути більшим за загальну трудомісткість.",
        ),
        (
            "contract_request.capitation",
            json!({ "external_contractor_flag": true, "external_contractors": null }),
            "/external_contractor_flag",
            "CTR-18",
            "Отмечено, что подрядчики есть, но список пуст. Добавьте подрядчика или выберите «Нет».",
            "Позначено, що підрядники є, але список порожній. Додайте підрядника або виберіть «Ні».",
        ),
        (
            "cycle.create",
            json!({ "begin_date": "0001-01-01" }),
            "/begin_date",
            "GEN-06",
            "«Дата начала цикла»: пустая дата 1С считается незаполненной.",
            "«Дата початку циклу»: порожню дату 1С вважають незаповненою.",
        ),
        (
            "programme.create",
            json!({ "is_simulation": true, "simulation": [] }),
            "/simulation",
            "GEN-06",
            "«Описание симуляционного обучения»: пустой список считается незаполненным.",
            "«Опис симуляційного навчання»: порожній список вважають незаповненим.",
        ),
        (
            "cycle.create",
            json!({ "colour": 1 }),
            "/colour",
            "GEN-04",
            "В описании Портала нет поля «colour», оно не будет отправлено.",
            "В описі Порталу немає поля «colour», його не буде надіслано.",
        ),
    ] {
        assert_eq!(said(name, &value, pointer, rule), [ru, uk]);
    }
}

/// The first letters of each word, by which forms of one noun are told to be one; short words and dates are none.
fn stems(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphabetic()).map(str::to_lowercase);
    words.filter(|word| word.chars().count() > 4).map(|word| word.chars().take(5).collect()).collect()
}

#[test]
fn no_message_repeats_its_label_or_speaks_like_a_programmer() {
    // What is wrong in every field of every payload: a text that is nothing, a number, a list, a blank, and too many of each key.
    let mut found: Vec<String> = Vec::new();
    for payload in payloads() {
        for wrong in [json!("§"), json!(-1.555), json!([[]]), json!({ "§": 1 }), json!(true), json!(""), Value::Null]
        {
            let fields = fields(payload, &Options::default());
            let names = fields.iter().filter(|field| field.pointer == format!("/{}", field.name));
            let mut value: serde_json::Map<_, _> = names.map(|field| (field.name.to_owned(), wrong.clone())).collect();
            value.insert("§".to_owned(), json!(1));
            for issue in issues(payload.name(), &Value::Object(value)) {
                for locale in Locale::ALL {
                    let message = issue.message(locale);
                    let lower = message.to_lowercase();
                    for word in ["true", "false", "null", "boolean", "нет в документе", "немає в документі"]
                    {
                        assert!(!lower.contains(word), "{message}");
                    }
                    assert!(!message.contains("..") && !message.contains('{') && !message.contains(": :"), "{message}");
                    let close = if locale == Locale::En { "”: " } else { "»: " };
                    // The choices of a list are what they are.
                    let Some((label, rest)) = message.split_once(close).filter(|_| issue.code != Code::Enum) else {
                        continue;
                    };
                    let repeated: Vec<_> = stems(label).into_iter().filter(|stem| stems(rest).contains(stem)).collect();
                    if !repeated.is_empty() && !found.contains(&message) {
                        found.push(message);
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
