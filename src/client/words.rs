//! What a person is told of a submission that was not answered, in three languages.

use super::outcome::NotSent;
use crate::options::Locale;

const UNKNOWN: [&str; 3] = [
    "Неизвестно, приняты ли данные: ответа нет или он непонятен. Прежде чем отправлять снова, проверьте, есть ли запись.",
    "Невідомо, чи прийнято дані: відповіді немає або вона незрозуміла. Перш ніж надсилати знову, перевірте, чи є запис.",
    "It is not known whether the data was accepted: there is no answer, or none that can be understood. Check whether the record is there before you send it again.",
];

const OFFLINE: [&str; 3] = [
    "Нет соединения с сетью. Ничего не отправлено.",
    "Немає з’єднання з мережею. Нічого не надіслано.",
    "There is no network connection. Nothing was sent.",
];

const UNREACHABLE: [&str; 3] = [
    "Нет связи с сервером отправки вашей организации. Ничего не отправлено, попробуйте позже.",
    "Немає зв’язку із сервером надсилання вашої організації. Нічого не надіслано, спробуйте пізніше.",
    "Your organisation's submission server cannot be reached. Nothing was sent, try again later.",
];

const ABORTED: [&str; 3] = [
    "Отправка отменена. Ничего не отправлено.",
    "Надсилання скасовано. Нічого не надіслано.",
    "Cancelled. Nothing was sent.",
];

const SIGNED_OUT: [&str; 3] = [
    "Вход в систему завершён: войдите снова и отправьте ещё раз. Ничего не отправлено, введённое сохранено.",
    "Сеанс завершено: увійдіть знову й надішліть ще раз. Нічого не надіслано, введене збережено.",
    "You are signed out: sign in again and submit once more. Nothing was sent, and what you typed is kept.",
];

const FORBIDDEN: [&str; 3] = [
    "У вас нет права отправлять эти данные. Ничего не отправлено.",
    "У вас немає права надсилати ці дані. Нічого не надіслано.",
    "You have no permission to submit this. Nothing was sent.",
];

const BUSY: [&str; 3] = [
    "Сервер отправки сейчас занят. Ничего не отправлено, попробуйте позже.",
    "Сервер надсилання зараз зайнятий. Нічого не надіслано, спробуйте пізніше.",
    "The submission server is busy. Nothing was sent, try again later.",
];

const HEADERS: [&str; 3] = [
    "Не удалось подтвердить вход в систему. Ничего не отправлено, войдите снова.",
    "Не вдалося підтвердити вхід до системи. Нічого не надіслано, увійдіть знову.",
    "Your sign-in could not be confirmed. Nothing was sent, sign in again.",
];

const NEVER_RECEIVED: [&str; 3] = [
    "Данные не дошли до сервера отправки: их можно отправить снова.",
    "Дані не дійшли до сервера надсилання: їх можна надіслати знову.",
    "The data never reached the submission server: it can be sent again.",
];

const NO_PROXY: [&str; 3] = [
    "По этому адресу нет сервера отправки. Ничего не отправлено, сообщите администратору.",
    "За цією адресою немає сервера надсилання. Нічого не надіслано, повідомте адміністратору.",
    "There is no submission server at this address. Nothing was sent, tell the administrator.",
];

/// The one message of whatever is unknown.
pub(super) fn unknown(locale: Locale) -> &'static str {
    pick(&UNKNOWN, locale)
}

/// Why nothing was sent, where the proxy itself says nothing about it.
pub(super) fn not_sent(reason: &str, locale: Locale) -> &'static str {
    let words = match reason {
        NotSent::OFFLINE => &OFFLINE,
        NotSent::ABORTED => &ABORTED,
        NotSent::SIGNED_OUT => &SIGNED_OUT,
        NotSent::FORBIDDEN => &FORBIDDEN,
        NotSent::BUSY => &BUSY,
        NotSent::HEADERS => &HEADERS,
        NotSent::NEVER_RECEIVED => &NEVER_RECEIVED,
        NotSent::NO_PROXY => &NO_PROXY,
        _ => &UNREACHABLE,
    };
    pick(words, locale)
}

fn pick(words: &[&'static str; 3], locale: Locale) -> &'static str {
    let [ru, uk, en] = words;
    match locale {
        Locale::Ru => ru,
        Locale::Uk => uk,
        Locale::En => en,
    }
}
