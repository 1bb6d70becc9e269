//! The rules of two government interfaces, written once as tables.
