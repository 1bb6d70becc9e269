//! The statuses of a programme and of a cycle (STA-03), in the many spellings of the document: its wire values and the Russian
//! names of its narrative.

use super::letters::whole;
use super::text::same_letters;

/// A status of a programme or of a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Under technical review.
    InProgress,
    /// Approved; of a cycle, open.
    Approved,
    /// Sent back with a comment.
    NeedsRevision,
    /// Declined.
    Declined,
    /// In the archive.
    Closed,
    /// A cancelled cycle.
    Cancelled,
    /// Any other text: it allows nothing.
    Other,
}

const SPELLINGS: [(Status, &[&str]); 6] = [
    (Status::InProgress, &["in_progress", "Подано на экспертизу", "В работе"]),
    (Status::Approved, &["approved", "Проверено", "Утверждено", "Утвержден", "Утверждён"]),
    (Status::NeedsRevision, &["needs_revision", "rejected", "not_approved", "На доработке"]),
    (Status::Declined, &["declined", "Отклонено"]),
    (Status::Closed, &["closed", "В архиве"]),
    (Status::Cancelled, &["cancelled", "Отменен", "Отменён"]),
];

impl Status {
    /// The status that a text names, in any letter case.
    pub fn from_text(text: &str) -> Self {
        let text = whole(super::text::trim(text));
        SPELLINGS
            .iter()
            .find(|(_, names)| names.iter().any(|name| same_letters(name, &text)))
            .map_or(Self::Other, |(status, _)| *status)
    }
}

#[cfg(test)]
mod tests {
    use super::Status;

    #[test]
    fn reads_every_spelling_of_the_document() {
        for (text, status) in [
            ("In_Progress", Status::InProgress),
            ("подано на экспертизу", Status::InProgress),
            ("Утвержден", Status::Approved),
            ("Утвержде\u{308}н", Status::Approved),
            ("rejected", Status::NeedsRevision),
            ("not_approved", Status::NeedsRevision),
            ("На доработке", Status::NeedsRevision),
            ("Отклонено", Status::Declined),
            ("Closed", Status::Closed),
            ("Отменен", Status::Cancelled),
            ("на рассмотрении", Status::Other),
        ] {
            assert_eq!(Status::from_text(text), status, "{text}");
        }
    }
}
