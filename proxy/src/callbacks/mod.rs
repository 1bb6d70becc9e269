//! What the Portal calls: the token endpoint and the two services that take notices. They are for a program, not for
//! browsers, and have their own account and their own limits; what is taken goes into the [`crate::inbox`].

pub mod account;
pub mod answer;
pub mod attempts;
pub mod credentials;
pub mod form;
pub mod routes;
pub mod token;
