//! The proxy and its sandbox, started in-process on free ports and driven over HTTP as a page drives them.

mod access;
mod callbacks;
mod checking;
mod connections;
mod database;
mod databases;
mod ehealth;
mod failures;
mod forwarding;
mod inbox;
mod journal;
mod killed;
mod limits;
mod operation;
mod page;
mod portal;
mod program;
mod sandbox;
mod sent_or_not;
mod services;
mod settled;
mod support;
mod tokens;
mod told;
mod upstream;
mod webhook;
