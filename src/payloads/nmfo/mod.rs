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

/// The three bases of education have one name each, in a programme, a cycle and an application.
pub(super) const BUDGET: Words = ["Бюджетная основа", "Бюджетна основа", "Budget basis"];
pub(super) const PAID: Words = ["Платная (договорная) основа", "Платна (договірна) основа", "Paid basis"];
pub(super) const PAID_FOMS: Words = [
    "Платная основа за счёт средств ФОМС",
    "Платна основа за рахунок коштів ФОМС",
    "Basis paid by the insurance fund (ФОМС)",
];
/// The same as conditions.
pub(super) const BUDGET_CHOSEN: Words =
    ["выбрана бюджетная основа", "вибрано бюджетну основу", "the budget basis is chosen"];
pub(super) const PAID_CHOSEN: Words = ["выбрана платная основа", "вибрано платну основу", "the paid basis is chosen"];
pub(super) const PAID_FOMS_CHOSEN: Words = [
    "выбрана основа за счёт средств ФОМС",
    "вибрано основу за рахунок коштів ФОМС",
    "the basis paid by the insurance fund (ФОМС) is chosen",
];

/// No basis of education is chosen (PRG-08, CYC-08).
pub(super) const NO_BASIS: Words = [
    "Не выбрана ни одна основа обучения: бюджетная, платная или за счёт средств ФОМС.",
    "Не вибрано жодної основи навчання: бюджетної, платної або за рахунок коштів ФОМС.",
    "No basis of education is chosen: budget, paid, or paid by the insurance fund (ФОМС).",
];
