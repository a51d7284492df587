//! The store from outside; every story is told on SQLite and on PostgreSQL.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

#[macro_use]
mod bakery;
mod accounts;
mod backup;
mod chats;
mod erasure;
mod messages;
mod migrations;
mod opening;
mod pages;
#[path = "../../../tests/harness/postgres.rs"]
mod postgres;
mod random_appends;
mod set_up;
mod sign_ins;
