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
mod account_links;
mod accounts;
mod audit;
mod backup;
mod calls;
mod chats;
mod decisions;
mod erasure;
mod foreign;
mod images;
mod messages;
mod migrations;
mod opening;
mod orders;
mod owners;
mod packages;
mod pages;
mod plugin_changes;
mod plugins;
#[path = "../../../tests/harness/postgres.rs"]
mod postgres;
mod random_appends;
mod second_factors;
mod set_up;
mod sign_ins;
