//! The envelope in which the signed contents of a contract request by NHS are sent: base64 of a signed container. Row by row the
//! example under «Request structure»; what stands in the container is checked as `contract` says.

use super::contract;
use crate::context::ContractType;
use crate::issue::Code;
use crate::kinds::cms::{self, Container};
use crate::kinds::{base64, uuid};
use crate::options::Options;
use crate::table::{
    Check, Choices, Field, Format, Payload, Record, Words, check, checks, choice, fields, one_of, text,
};
use crate::view::{Fault, View, error};

const SOURCE: &str = "Request structure";

static ENCODINGS: Choices = Choices::new(&[choice("base64", ["base64", "base64", "base64"])]);

#[rustfmt::skip]
const ROWS: [Field; 2] = fields([
    text("signed_content", ["Подписанный документ", "Підписаний документ", "Signed document"]).rule("CTR-02").required().format(Format::SignedContent)
        .hint(&["Контейнер с подписью, в кодировке base64", "Контейнер із підписом, у кодуванні base64", "The signed container in base64"]),
    one_of("signed_content_encoding", &ENCODINGS, ["Кодировка подписанного документа", "Кодування підписаного документа", "Encoding of the signed document"]).rule("CTR-02").required(),
]);

const CHECKS: [Check; 4] = checks(
    &ROWS,
    [
        check("CTR-01", "", &[], another_type),
        check("CTR-01", "", &[], no_identifier),
        check("CTR-03", "signed_content", &["signed_content"], not_base64),
        check("CTR-04", "signed_content", &["signed_content"], not_signed),
    ],
);

const TYPES: [&str; 2] = ["CAPITATION", "REIMBURSEMENT"];

const WRONG_TYPE: Words = [
    "Тип договора может быть только CAPITATION или REIMBURSEMENT. Выберите один из них.",
    "Тип договору може бути лише CAPITATION або REIMBURSEMENT. Виберіть один із них.",
    "The type of the contract is either CAPITATION or REIMBURSEMENT. Choose one of them.",
];
const WRONG_ID: Words = [
    "Идентификатор заявки: запишите так: 09106b70-18b0-4726-b0ed-6bda1369fd52.",
    "Ідентифікатор заяви: запишіть так: 09106b70-18b0-4726-b0ed-6bda1369fd52.",
    "Id of the contract request: write it like this: 09106b70-18b0-4726-b0ed-6bda1369fd52.",
];
const UNSIGNED: Words = [
    "Документ не подписан. Подпишите его электронной подписью и вложите подписанный контейнер.",
    "Документ не підписано. Підпишіть його електронним підписом і вкладіть підписаний контейнер.",
    "The document is not signed. Sign it electronically and enclose the signed container.",
];
const NOT_A_DOCUMENT: Words = [
    "В подписанном контейнере должна быть ровно одна заявка. Сформируйте её заново и подпишите.",
    "У підписаному контейнері має бути рівно одна заява. Сформуйте її наново та підпишіть.",
    "The signed container must hold exactly one contract request. Prepare it again and sign it.",
];

const APART: Words = [
    "Подпись стоит отдельно от документа: в контейнере нет самой заявки. Подпишите её так, чтобы она была внутри контейнера.",
    "Підпис стоїть окремо від документа: у контейнері немає самої заяви. Підпишіть її так, щоб вона була всередині контейнера.",
    "The signature stands apart from the document: the container does not hold the contract request. Sign it so that it stands inside the container.",
];
const WIDE: Words = [
    "Заявка в контейнере записана в кодировке UTF-16, а нужна UTF-8. Сформируйте её заново и подпишите.",
    "Заяву в контейнері записано в кодуванні UTF-16, а потрібне UTF-8. Сформуйте її наново та підпишіть.",
    "The contract request in the container is encoded in UTF-16, and UTF-8 is needed. Prepare it again and sign it.",
];
const MARKED: Words = [
    "Перед заявкой в контейнере стоит метка порядка байтов (BOM), с которой её не примут. Сохраните заявку в UTF-8 без этой метки и подпишите заново.",
    "Перед заявою в контейнері стоїть позначка порядку байтів (BOM), з якою її не приймуть. Збережіть заяву в UTF-8 без цієї позначки та підпишіть наново.",
    "A byte order mark (BOM) stands before the contract request in the container, and it will be refused. Save it in UTF-8 without the mark and sign it again.",
];

fn another_type(view: &View<'_, '_>) -> Option<Fault> {
    let given = view.param("contract_type")?;
    let known = TYPES.iter().any(|name| name.eq_ignore_ascii_case(given));
    (!known).then(|| error(Code::Enum).allowed(&TYPES).says(&WRONG_TYPE))
}

fn no_identifier(view: &View<'_, '_>) -> Option<Fault> {
    let id = view.param("id")?.to_ascii_lowercase();
    (!uuid::ehealth(&id)).then(|| error(Code::Format).named("format", "uuid").says(&WRONG_ID))
}

fn not_base64(view: &View<'_, '_>) -> Option<Fault> {
    base64::decode(view.text(0)?).is_none().then(|| error(Code::Format).named("format", "base64"))
}

fn not_signed(view: &View<'_, '_>) -> Option<Fault> {
    let bytes = base64::decode(view.text(0)?)?;
    let fault = || error(Code::Format).named("format", "cms");
    match cms::container(&bytes) {
        Container::Holds(signed) if one_object(&signed) => {
            signed.starts_with(BOM).then(|| fault().named("format", "bom").says(&MARKED))
        }
        Container::Holds(signed) if in_utf16(&signed) => Some(fault().says(&WIDE)),
        Container::Holds(_) => Some(fault().says(&NOT_A_DOCUMENT)),
        Container::Detached => Some(fault().says(&APART)),
        Container::Other if looks_like_json(&bytes) => Some(fault().says(&UNSIGNED)),
        Container::Other => Some(fault()),
    }
}

const BOM: &[u8] = b"\xef\xbb\xbf";

fn one_object(bytes: &[u8]) -> bool {
    let text = core::str::from_utf8(bytes).unwrap_or_default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    looks_like_json(bytes) && crate::input::json::is_json(text)
}

fn looks_like_json(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"{")
}

/// Whether every second byte is zero where a JSON object begins, with or without a byte order mark.
fn in_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
        || matches!(bytes, [0, b'{' | b' ' | b'\r' | b'\n', ..] | [b'{' | b' ' | b'\r' | b'\n', 0, ..])
}

/// The contents to check: what is signed, or JSON that nobody has signed yet.
pub(crate) fn contents(text: &str) -> Option<Vec<u8>> {
    let bytes = base64::decode(text)?;
    let signed = match cms::container(&bytes) {
        Container::Holds(signed) => Some(signed.into_owned()),
        Container::Detached | Container::Other => None,
    };
    signed.or(Some(bytes)).filter(|bytes| looks_like_json(bytes))
}

/// The payload that the contents of an envelope are: as the context says, else as the path says, else a capitation contract.
pub(crate) fn contents_payload(options: &Options) -> &'static Payload {
    match contract_type(options) {
        ContractType::Capitation => &contract::CAPITATION,
        ContractType::Reimbursement => &contract::REIMBURSEMENT,
    }
}

fn contract_type(options: &Options) -> ContractType {
    options.context.contract_type.unwrap_or_else(|| match options.endpoint.param("contract_type") {
        Some(given) if given.eq_ignore_ascii_case("REIMBURSEMENT") => ContractType::Reimbursement,
        _ => ContractType::Capitation,
    })
}

/// The parameters of the path: the type in lower case (`{contract_type}`) or in capitals (`{CONTRACT_TYPE}`), and the id.
pub(crate) fn endpoint_params(options: &Options) -> Vec<(String, String)> {
    let [capitation, reimbursement] = TYPES;
    let implied = match contract_type(options) {
        ContractType::Capitation => capitation,
        ContractType::Reimbursement => reimbursement,
    };
    let given = options.endpoint.param("contract_type").unwrap_or(implied);
    let mut params = vec![
        ("contract_type".to_owned(), given.to_ascii_lowercase()),
        ("CONTRACT_TYPE".to_owned(), given.to_ascii_uppercase()),
    ];
    for (name, value) in options.endpoint.params.iter().filter(|(name, _)| name != "contract_type") {
        let value = if name == "id" { value.to_ascii_lowercase() } else { value.clone() };
        params.push((name.clone(), value));
    }
    params
}

static RECORD: Record = Record::new(&ROWS).checks(&CHECKS);

/// `contract_request.envelope`: a signed contract request by NHS.
pub static ENVELOPE: Payload = Payload::new(
    "contract_request.envelope",
    "contractRequestEnvelope",
    [
        "Подписанная заявка НСЗУ на изменение договора",
        "Підписана заява НСЗУ на внесення змін до договору",
        "Signed contract request by NHS",
    ],
    SOURCE,
    &RECORD,
)
.post("api/contract_requests/{contract_type}/{id}")
.ehealth();
