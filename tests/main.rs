//! The product from outside: one test program that starts real hubs and talks to them as browsers do.
//!
//! Needs `target/debug/hub` built with the feature `chaos`; `make test` does both.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::string_slice,
    unreachable_pub,
    reason = "a test fails by panicking and prints for people; a test program has no outside"
)]

mod abuse;
mod accounts;
mod audit;
mod authorization;
mod calls_chaos;
mod calls_ghosts;
mod calls_handover;
mod calls_list;
mod calls_strangers;
mod calls_voice;
mod calls_wire;
mod chaos;
mod claim;
mod doctor;
mod doors;
mod fields;
mod frames;
mod handshake;
mod harness;
mod images;
mod kill;
mod kill_postgres;
mod left_messages;
mod operation;
mod orders;
mod own_account;
mod package_pages;
mod packages;
mod passivation;
mod plugin_commands;
mod plugin_storms;
mod plugins;
mod presence;
mod protocol;
mod resume;
mod second_factor;
mod secrets;
mod sign_in;
mod tidy;
mod waiting_room;
