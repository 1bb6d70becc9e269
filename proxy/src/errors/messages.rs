//! What each of the proxy's own answers says to the person in front of the form.

use super::ProxyError;

impl ProxyError {
    /// The message in Russian, Ukrainian and English.
    pub fn messages(&self) -> [&'static str; 3] {
        match self {
            Self::OriginNotAllowed => [
                "С этого сайта отправка не разрешена.",
                "З цього сайту надсилання не дозволено.",
                "Submitting from this site is not allowed.",
            ],
            Self::HostNotAllowed => [
                "Сервер отправки не отвечает по этому имени. Администратору нужно указать его в --host.",
                "Сервер надсилання не відповідає за цим ім’ям. Адміністратору треба вказати його в --host.",
                "The proxy is not called by this name. The administrator has to give it with --host.",
            ],
            Self::UserRequired => [
                "Войдите в систему своей организации. Ничего не отправлено.",
                "Увійдіть до системи своєї організації. Нічого не надіслано.",
                "Sign in to your organisation's system. Nothing was sent.",
            ],
            Self::UserInvalid => [
                "Вход в систему не подтверждён или истёк: войдите ещё раз. Ничего не отправлено.",
                "Вхід до системи не підтверджено, або його час минув: увійдіть ще раз. Нічого не надіслано.",
                "Your sign-in is not confirmed or has expired: sign in again. Nothing was sent.",
            ],
            Self::SignInUnavailable => [
                "Вход в систему сейчас нельзя проверить. Ничего не отправлено, попробуйте позже.",
                "Вхід до системи зараз не можна перевірити. Нічого не надіслано, спробуйте пізніше.",
                "Your sign-in cannot be verified now. Nothing was sent, try again later.",
            ],
            Self::NotAllowed => [
                "У вас нет права на это действие. Ничего не отправлено.",
                "У вас немає права на цю дію. Нічого не надіслано.",
                "You may not do this. Nothing was sent.",
            ],
            Self::Busy => [
                "Сервер отправки перегружен. Ничего не отправлено, попробуйте ещё раз.",
                "Сервер надсилання перевантажено. Нічого не надіслано, спробуйте ще раз.",
                "The proxy is overloaded. Nothing was sent, try again.",
            ],
            Self::TooManyRequests => [
                "Слишком много запросов сразу. Ничего не отправлено, попробуйте ещё раз.",
                "Забагато запитів водночас. Нічого не надіслано, спробуйте ще раз.",
                "Too many requests at once. Nothing was sent, try again.",
            ],
            Self::Stopping => [
                "Сервер отправки перезапускается. Ничего не отправлено, попробуйте ещё раз.",
                "Сервер надсилання перезапускається. Нічого не надіслано, спробуйте ще раз.",
                "The proxy is about to restart. Nothing was sent, try again.",
            ],
            Self::NotFound => [
                "Такого адреса нет в описании интерфейса. Ничего не отправлено.",
                "Такої адреси немає в описі інтерфейсу. Нічого не надіслано.",
                "The interface's description has no such address. Nothing was sent.",
            ],
            Self::MethodNotAllowed => [
                "По этому адресу нужен другой метод запроса. Ничего не отправлено.",
                "За цією адресою потрібен інший метод запиту. Нічого не надіслано.",
                "This address needs another request method. Nothing was sent.",
            ],
            Self::RequestTimeout => [
                "Данные не поступили вовремя. Ничего не отправлено, попробуйте ещё раз.",
                "Дані не надійшли вчасно. Нічого не надіслано, спробуйте ще раз.",
                "The data did not arrive in time. Nothing was sent, try again.",
            ],
            Self::RequestIncomplete => [
                "Данные поступили не полностью. Ничего не отправлено, попробуйте ещё раз.",
                "Дані надійшли не повністю. Нічого не надіслано, спробуйте ще раз.",
                "The data did not arrive whole. Nothing was sent, try again.",
            ],
            Self::TooLarge => [
                "Данных больше, чем принимает сервер отправки вашей организации. Ничего не отправлено.",
                "Даних більше, ніж приймає сервер надсилання вашої організації. Нічого не надіслано.",
                "There is more data than your organisation's submission server takes. Nothing was sent.",
            ],
            Self::ContentType => [
                "Принимается только application/json. Ничего не отправлено.",
                "Приймається лише application/json. Нічого не надіслано.",
                "Only application/json is accepted. Nothing was sent.",
            ],
            Self::Invalid(_) => [
                "В данных есть ошибки. Ничего не отправлено.",
                "У даних є помилки. Нічого не надіслано.",
                "There are errors in the data. Nothing was sent.",
            ],
            Self::KeyRequired => [
                "У отправки нет ключа (Idempotency-Key), а он нужен. Ничего не отправлено.",
                "Надсилання не має ключа (Idempotency-Key), а він потрібен. Нічого не надіслано.",
                "The submission has no key (Idempotency-Key), and it needs one. Nothing was sent.",
            ],
            Self::KeyInvalid => [
                "Ключ отправки (Idempotency-Key) не прочитан. Ничего не отправлено.",
                "Ключ надсилання (Idempotency-Key) не прочитано. Нічого не надіслано.",
                "The submission's key (Idempotency-Key) cannot be read. Nothing was sent.",
            ],
            Self::KeyInProgress => [
                "Эти данные уже отправляются. Подождите ответа.",
                "Ці дані вже надсилаються. Зачекайте на відповідь.",
                "This data is being sent already. Wait for the answer.",
            ],
            Self::KeyReused => [
                "Под этим ключом уже отправлялись другие данные. Ничего не отправлено.",
                "Під цим ключем уже надсилалися інші дані. Нічого не надіслано.",
                "Other data was submitted under this key. Nothing was sent now.",
            ],
            Self::NotRecorded => [
                "Неизвестно, приняты ли данные: ответ пришёл, но не записан. Прежде чем отправлять снова, проверьте, есть ли запись.",
                "Невідомо, чи прийнято дані: відповідь надійшла, але її не записано. Перш ніж надсилати знову, перевірте, чи є запис.",
                "It is not known whether the data were accepted: an answer came but could not be written down. Before you send them again, check whether the record is there.",
            ],
            Self::OutcomeUnknown => [
                "Неизвестно, приняты ли данные: отправка прервалась. Прежде чем отправлять снова, проверьте, есть ли запись.",
                "Невідомо, чи прийнято дані: надсилання перервалося. Перш ніж надсилати знову, перевірте, чи є запис.",
                "It is not known whether the data were accepted: sending was cut off. Before you send them again, check whether the record is there.",
            ],
            Self::Interrupted => [
                "Отправка прервалась, не начавшись. Ничего не отправлено, попробуйте ещё раз.",
                "Надсилання перервалося, не розпочавшись. Нічого не надіслано, спробуйте ще раз.",
                "Sending was cut off before it began. Nothing was sent, try again.",
            ],
            Self::JournalUnavailable => [
                "Журнал отправки сейчас недоступен. Ничего не отправлено, попробуйте позже.",
                "Журнал надсилання зараз недоступний. Нічого не надіслано, спробуйте пізніше.",
                "The journal cannot be reached now. Nothing was sent, try again later.",
            ],
            Self::NotInJournal => [
                "Под этим ключом ничего не записано.",
                "Під цим ключем нічого не записано.",
                "Nothing is written down under this key.",
            ],
            Self::NotUnknown => [
                "Записывать нечего: что стало с этой отправкой, уже известно, или она ещё выполняется.",
                "Записувати нічого: що сталося з цим надсиланням, уже відомо, або воно ще триває.",
                "There is nothing to settle: what became of this submission is known, or it is under way.",
            ],
            Self::JournalOff => ["Журнал отправки выключен.", "Журнал надсилання вимкнено.", "There is no journal."],
            Self::Internal => [
                "Неизвестно, приняты ли данные: на сервере отправки вашей организации произошёл сбой. Прежде чем отправлять снова, проверьте, есть ли запись. Сообщите администратору номер запроса.",
                "Невідомо, чи прийнято дані: на сервері надсилання вашої організації стався збій. Перш ніж надсилати знову, перевірте, чи є запис. Повідомте адміністратору номер запиту.",
                "It is not known whether the data were accepted: your organisation's submission server failed. Before you send them again, check whether the record is there. Tell the administrator the request number.",
            ],
            Self::NotChecked => [
                "Эти данные сервер отправки вашей организации ещё не умеет проверять. Ничего не отправлено.",
                "Ці дані сервер надсилання вашої організації ще не вміє перевіряти. Нічого не надіслано.",
                "Your organisation's submission server cannot check these data yet. Nothing was sent.",
            ],
            Self::UpstreamUnreachable => [
                "Нет связи с сервером приёма. Ничего не отправлено, попробуйте позже.",
                "Немає зв’язку із сервером приймання. Нічого не надіслано, спробуйте пізніше.",
                "The receiving server cannot be reached. Nothing was sent, try again later.",
            ],
            Self::UpstreamCertificate => [
                "Сертификат сервера приёма недействителен. Ничего не отправлено. Администратору нужно проверить адрес и сертификат.",
                "Сертифікат сервера приймання недійсний. Нічого не надіслано. Адміністратору треба перевірити адресу й сертифікат.",
                "The receiving server's certificate is not valid. Nothing was sent. The administrator has to check the address and the certificate.",
            ],
            Self::UpstreamTls => [
                "Защищённое соединение с сервером приёма не устанавливается. Ничего не отправлено. Администратору нужно проверить настройку адреса.",
                "Захищене з’єднання із сервером приймання не встановлюється. Нічого не надіслано. Адміністратору треба перевірити налаштування адреси.",
                "No secure connection to the receiving server comes about. Nothing was sent. The administrator has to check the configured address.",
            ],
            Self::UpstreamIncomplete => [
                "Связь с сервером приёма прервалась раньше, чем ушли все данные. Ничего не принято, попробуйте ещё раз.",
                "Зв’язок із сервером приймання перервався раніше, ніж надійшли всі дані. Нічого не прийнято, спробуйте ще раз.",
                "The connection to the receiving server was lost before all of the data was sent. Nothing was accepted, try again.",
            ],
            Self::UpstreamSeeOther => [
                "Неизвестно, приняты ли данные: сервер приёма отсылает по другому адресу. Прежде чем отправлять снова, проверьте, есть ли запись.",
                "Невідомо, чи прийнято дані: сервер приймання відсилає за іншою адресою. Перш ніж надсилати знову, перевірте, чи є запис.",
                "It is not known whether the data were accepted: the receiving server refers to another address. Before you send them again, check whether the record is there.",
            ],
            Self::UpstreamBroken => [
                "Неизвестно, приняты ли данные: связь с сервером приёма прервалась. Прежде чем отправлять снова, проверьте, есть ли запись.",
                "Невідомо, чи прийнято дані: зв’язок із сервером приймання перервався. Перш ніж надсилати знову, перевірте, чи є запис.",
                "It is not known whether the data were accepted: the connection to the receiving server was lost. Before you send them again, check whether the record is there.",
            ],
            Self::UpstreamTimeout => [
                "Неизвестно, приняты ли данные: сервер приёма не ответил вовремя. Прежде чем отправлять снова, проверьте, есть ли запись.",
                "Невідомо, чи прийнято дані: сервер приймання не відповів вчасно. Перш ніж надсилати знову, перевірте, чи є запис.",
                "It is not known whether the data were accepted: the receiving server did not answer in time. Before you send them again, check whether the record is there.",
            ],
            Self::UpstreamRedirect => [
                "Сервер приёма перенаправляет по другому адресу. Ничего не принято. Администратору нужно проверить настройку адреса.",
                "Сервер приймання переспрямовує за іншою адресою. Нічого не прийнято. Адміністратору треба перевірити налаштування адреси.",
                "The receiving server redirects elsewhere. Nothing was accepted. The administrator has to check the configured address.",
            ],
            Self::AnswerTooLarge => [
                "Неизвестно, приняты ли данные: ответ сервера приёма слишком велик. Прежде чем отправлять снова, проверьте, есть ли запись.",
                "Невідомо, чи прийнято дані: відповідь сервера приймання завелика. Перш ніж надсилати знову, перевірте, чи є запис.",
                "It is not known whether the data were accepted: the receiving server's answer is too large. Before you send them again, check whether the record is there.",
            ],
            Self::CredentialsRefused => [
                "Портал не принял учётные данные организации. Ничего не отправлено. Администратору нужно проверить логин и пароль.",
                "Портал не прийняв облікові дані організації. Нічого не надіслано. Адміністратору треба перевірити логін і пароль.",
                "The Portal refused the organisation's credentials. Nothing was sent. The administrator has to check the login and the password.",
            ],
            Self::TokenUnavailable => [
                "Портал не выдал разрешение на отправку. Ничего не отправлено, попробуйте позже.",
                "Портал не видав дозволу на надсилання. Нічого не надіслано, спробуйте пізніше.",
                "The Portal did not give leave to submit. Nothing was sent, try again later.",
            ],
            Self::TokenTimeout => [
                "Портал не выдал разрешение на отправку вовремя. Ничего не отправлено, попробуйте позже.",
                "Портал не видав дозволу на надсилання вчасно. Нічого не надіслано, спробуйте пізніше.",
                "The Portal did not give leave to submit in time. Nothing was sent, try again later.",
            ],
            Self::NotConfigured => [
                "Связь с этим сервером приёма не настроена. Ничего не отправлено.",
                "Зв’язок із цим сервером приймання не налаштовано. Нічого не надіслано.",
                "The connection to this receiving server is not configured. Nothing was sent.",
            ],
            Self::RequestWrong => [
                "Запрос не понят: проверьте его параметры и данные.",
                "Запит не зрозуміло: перевірте його параметри й дані.",
                "The request cannot be read: check its parameters and its data.",
            ],
            Self::PlaceUnknown => [
                "Такого места во входящих нет: база данных другая. Прочитайте их с начала.",
                "Такого місця у вхідних немає: база даних інша. Прочитайте їх від початку.",
                "There is no such place in this inbox: the database is another one. Read it from the beginning.",
            ],
            Self::DatabaseUnavailable => [
                "База данных сейчас недоступна. Попробуйте позже.",
                "База даних зараз недоступна. Спробуйте пізніше.",
                "The database cannot be reached now. Try again later.",
            ],
            Self::TooManyReaders => [
                "Входящие читают слишком многие сразу. Попробуйте позже.",
                "Вхідні читають забагато читачів водночас. Спробуйте пізніше.",
                "Too many read the inbox at once. Try again later.",
            ],
        }
    }
}
