//! Where a document contradicts itself: which of its spellings an upstream wants. A row says which of them it follows.

/// Spellings on which the documents contradict themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Dialect {
    /// `not_trained` as in the document's table, not NOT_TRAINED as in its example.
    pub result_status_table: bool,
    /// A programme's prices are sent as text.
    pub price_text: bool,
    /// A cycle's address is sent as a list.
    pub address_list: bool,
}
