//! The НМФО Portal.

pub mod answers;
pub mod application;
pub mod cycle;
pub mod programme;
pub mod programme_status;
pub mod reference;
pub mod results;

use crate::table::{Choices, Words, choice};

/// Forms of education (PRG-10, CYC-06).
pub static EDUCATION_FORMS: Choices = Choices::new(&[
    choice("fulltime", ["Очная", "Очна", "Full-time"]),
    choice("semiremote", ["Очно-заочная", "Очно-заочна", "Part-time"]),
    choice("remote", ["Заочная", "Заочна", "By correspondence"]),
]);

/// No basis of education is chosen (PRG-08, CYC-08).
pub(super) const NO_BASIS: Words = [
    "Не выбрана ни одна основа обучения: бюджетная, договорная или за счёт средств ФОМС.",
    "Не обрано жодної основи навчання: бюджетної, договірної або за рахунок коштів ФОМС.",
    "No basis of education is chosen: budget, paid, or paid by the insurance fund (ФОМС).",
];
