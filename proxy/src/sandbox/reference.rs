//! The reference lists: specialities, and five-year programmes with their teaching kits (УМК) and partitions. A small
//! selection in the document's shape, around the document's own examples.

use axum::Json;
use serde_json::{Value, json};

/// The specialities that the sandbox's Portal knows.
const SPECIALITIES: &[&str] = &[
    "Акушерство и гинекология",
    "Анестезиология-реаниматология",
    "Вирусология",
    "Кардиология",
    "Неврология",
    "Онкология",
    "Педиатрия",
    "Радиология",
    "Терапия",
    "Травматология и ортопедия",
    "Фармация",
    "Хирургия",
];

/// Whether the list has a speciality of this name.
pub fn knows(speciality: &str) -> bool {
    SPECIALITIES.contains(&speciality)
}

/// `GET umk/specialities`.
pub async fn specialities() -> Json<Value> {
    let items: Vec<Value> = SPECIALITIES.iter().map(|name| json!({ "name": name })).collect();
    Json(json!({ "specialities": items }))
}

/// `GET umk/programmes`.
pub async fn programmes() -> Json<Value> {
    Json(json!({ "programmes": [
        {
            "id": "0c3478c0-83bd-780e-11f0-56349e08e7f5",
            "name": "Вирусология",
            "speciality": "Вирусология",
            "umk": []
        },
        {
            "id": "7ae1cf44-62f8-ee0f-7ce6-add76581886f",
            "name": "Кардиология",
            "speciality": "Кардиология",
            "umk": [
                {
                    "id": "073bc744-fb09-acf0-32d0-bdc574205b4e",
                    "name": "Версия 2017 года",
                    "actual": false,
                    "partitions": []
                },
                {
                    "id": "f2afe0be-92c2-05bc-0c04-74ec1f2a8fe6",
                    "name": "Версия 2018 года",
                    "actual": false,
                    "partitions": [
                        { "id": "50953965-12a2-1b3e-9e5e-6c7e855da909", "name": "Врожденная и генетическая патология сердца" },
                        { "id": "2231cdcd-ffbf-d79e-557e-fed3429abe55", "name": "Острая ТЭЛА" }
                    ]
                },
                {
                    "id": "b1a7c5a2-4d0e-4c57-9a1f-2f6f0f5b7a10",
                    "name": "Версия 2024 года",
                    "actual": true,
                    "partitions": [
                        { "id": "5f0c7f0e-6a5b-4f51-8f0b-0d8c2f3c1a11", "name": "Острый коронарный синдром" },
                        { "id": "c9d3e9d4-93a8-4b43-8b54-7f2f7a0b6c12", "name": "Хроническая сердечная недостаточность" }
                    ]
                }
            ]
        },
        {
            "id": "3e0b4b6e-2c52-4a5c-8d5e-9d4f5c6a7b13",
            "name": "Терапия",
            "speciality": "Терапия",
            "umk": [
                {
                    "id": "8a6f2d1c-7b3e-4e49-b1c8-1a2b3c4d5e14",
                    "name": "Версия 2024 года",
                    "actual": true,
                    "partitions": [
                        { "id": "d4c3b2a1-0f9e-4d8c-b7a6-5f4e3d2c1b15", "name": "Внебольничная пневмония" }
                    ]
                }
            ]
        }
    ] }))
}
