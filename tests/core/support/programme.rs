//! A programme that has every required field, to be created and to be updated: what the rules of programmes are tried on.

use serde_json::{Value, json};

use super::Case;

fn full() -> Value {
    json!({
        "program_number": "TEST-1234", "name": "Кардиология", "development_year": 2026, "volume_zet_total": 36,
        "is_budget": true, "is_paid": false, "is_paid_foms": false, "education_form": "fulltime",
        "is_simulation": false, "is_remote": false, "is_network": false,
        "specialities": [{ "name": "Кардиология", "main": true }, { "name": "Терапия", "main": false }]
    })
}

/// A new one.
pub fn programme() -> Case {
    Case::new("programme.create", full())
}

/// A later one.
pub fn update() -> Case {
    Case::new("programme.update", full()).set("/change_comment", "исправлено")
}
